"""A Bot API server for tests, over HTTP: strict about what it takes, with knobs for what goes wrong.

What people do comes from `fake_people`; what the bot sent lies in `messages`; `calls` has every call that arrived.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from tests.telegram import fake_rules as rules
from tests.telegram.fake_methods import Methods
from tests.telegram.fake_rules import Refusal, Request
from tests.telegram.fake_state import UPLOAD, Arrival

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
JSON_FIELDS = {
    "reply_markup", "link_preview_options", "reply_parameters", "media", "commands", "allowed_updates", "scope",
    "reaction", "results", "menu_button", "button",
}  # fmt: skip


class FakeBotApi(Methods):
    """The server. `now` stamps the calls, in seconds."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._now = now

    def application(self) -> web.Application:
        app = web.Application(client_max_size=UPLOAD + 1_000_000)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        return app

    async def _serve(self, raw: web.Request) -> web.StreamResponse:
        if raw.match_info["token"] != TOKEN:
            return _refused(Refusal("Unauthorized", 401))
        try:
            request = await _read(raw)
            rules.check_fields(request)
            return await self._carried_out(raw, request)
        except Refusal as refusal:
            return _refused(refusal)

    async def _carried_out(self, raw: web.Request, request: Request) -> web.StreamResponse:
        sending = request.method.startswith(("send", "edit"))
        fault = self.faults.drawn() if sending and request.method != "sendChatAction" else ""
        arrival = Arrival(self._now(), request.method, int(request.fields.get("chat_id", 0)), fault or "done")
        self.calls.append(arrival)
        if fault == "too_many":
            raise Refusal("Too Many Requests: retry later", 429, self.faults.retry_after)
        if fault == "broken":
            return web.Response(status=502, text="<html>Bad Gateway</html>", content_type="text/html")
        try:
            result = await getattr(self, f"_{request.method}")(request)
        except Refusal as refusal:
            arrival.outcome = refusal.description
            raise
        if fault == "ambiguous":
            await self._keep_silent(raw, result)
        return web.json_response({"ok": True, "result": result})

    async def _keep_silent(self, raw: web.Request, result: Any) -> None:
        """It was carried out, but nobody hears of it."""
        for each in result if isinstance(result, list) else [result]:
            if isinstance(each, dict):
                self.messages[each["message_id"]].ambiguous = True
        await asyncio.sleep(self.faults.hang)
        if raw.transport is not None:
            raw.transport.abort()

    async def _download(self, raw: web.Request) -> web.Response:
        file = raw.match_info["path"].partition("/")[2]
        if raw.match_info["token"] != TOKEN or file not in self._files:
            raise web.HTTPNotFound
        return web.Response(body=self._files[file][1])


async def _read(raw: web.Request) -> Request:
    name = rules.BY_LOWER_NAME.get(raw.match_info["method"].lower())
    if name is None:
        raise Refusal("Not Found: method not found", 404)
    request = Request(name, dict(raw.query))
    for key, value in (await raw.post()).items():
        if isinstance(value, web.FileField):
            request.files[key] = (value.filename, value.file.read())
        else:
            request.fields[key] = rules.read_json(str(value)) if key in JSON_FIELDS else value
    return request


def _refused(refusal: Refusal) -> web.Response:
    answer: dict[str, Any] = {"ok": False, "error_code": refusal.status, "description": refusal.description}
    if refusal.retry_after:
        answer["parameters"] = {"retry_after": refusal.retry_after}
    return web.json_response(answer, status=refusal.status)


@asynccontextmanager
async def serving(api: FakeBotApi) -> AsyncIterator[FakeBotApi]:
    """The server on a free port of this machine; `api.url` says where."""
    runner = web.AppRunner(api.application(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        api.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield api
    finally:
        await runner.cleanup()

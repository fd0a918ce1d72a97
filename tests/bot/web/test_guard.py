"""Only pages that this program served, asked for under this machine's own name, may talk to it."""

from __future__ import annotations

import pytest
from aiohttp import FormData, WSServerHandshakeError

from signing.store.blobs import Blobs
from signing.store.port import Store
from tests.bot.web.trial import trial

PATHS = ("/", "/static/chat.js", "/i/token", "/phone", "/healthz", "/ws", f"/files/a/{'0' * 64}")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", "[", ""])
async def test_another_host_name_is_refused(store: Store, blobs: Blobs, path: str, host: str) -> None:
    async with trial(store, blobs) as house:
        answer = await house.client.get(path, headers={"Host": host, "Origin": f"http://{host}"})
        assert answer.status in (400, 421)


@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1:1", "null", "", None])
async def test_a_socket_from_a_foreign_page_is_refused(
    store: Store, blobs: Blobs, origin: str | None
) -> None:
    async with trial(store, blobs) as house:
        headers = {} if origin is None else {"Origin": origin}
        with pytest.raises(WSServerHandshakeError) as refused:
            await house.client.ws_connect(f"/ws?address={house.pane().address}", headers=headers)
        assert refused.value.status == 403


@pytest.mark.parametrize("path", ["/upload", "/panes"])
async def test_a_foreign_page_can_change_nothing(store: Store, blobs: Blobs, path: str) -> None:
    async with trial(store, blobs) as house:
        pane = house.pane()
        query = {"address": pane.address, "id": "update-0001"}
        headers = {"Origin": "http://evil.example"}
        answer = await house.client.post(path, params=query, data=FormData({"a": "b"}), headers=headers)
        assert answer.status == 403
        assert house.updates(pane) == []


@pytest.mark.parametrize("path", ["/", "/static/chat.js", "/i/token", "/phone"])
async def test_every_answer_forbids_inline_scripts_framing_and_sniffing(
    store: Store, blobs: Blobs, path: str
) -> None:
    async with trial(store, blobs) as house:
        headers = (await house.client.get(path)).headers
        assert "script-src 'self';" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("name", ["words.en.json", "chat.html", "..%2fapplication.py", "nothing.js"])
async def test_only_scripts_styles_and_the_icon_are_static(store: Store, blobs: Blobs, name: str) -> None:
    async with trial(store, blobs) as house:
        assert (await house.client.get(f"/static/{name}")).status == 404

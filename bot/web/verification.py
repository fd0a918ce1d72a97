"""The public page of a contract's number: its state, once it is complete between whom (masked), and whether a PDF is the one."""

from __future__ import annotations

import hashlib
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.render import LANGUAGES, Renderer
from bot.web.markup import sanitized
from bot.web.pages import FRAME
from bot.web.verify_page import LARGEST, WORDS
from bot.web.visitors import language_of
from signing.contracts.contract import Contract, Party, State
from signing.contracts.voided import voided_by
from signing.evidence.proving import contract_of_number
from signing.store.port import Reading, Store

SHOWN = 2


class NumberPage:
    """Reads nothing but the number and, of a file that is dropped on it, the SHA-256. It keeps neither."""

    def __init__(self, store: Store, renderer: Renderer) -> None:
        self._store = store
        self._renderer = renderer
        loader = FileSystemLoader(FRAME)
        self._frame = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)

    def routes(self) -> list[web.RouteDef]:
        """For `application(routes=...)`; the page's script and style are those of the page that verifies."""
        return [web.get("/v/{number}", self.page), web.post("/v/{number}", self.compare)]

    async def page(self, request: web.Request) -> web.Response:
        language, contract = language_of(request), self._contract(request)
        if contract is None:
            return web.Response(text=self._words(language, "unknown"), status=404)
        words: dict[str, Any] = {
            word: self._renderer.text(language, f"verify.page_{word}", {}) for word in WORDS
        }
        number = request.match_info["number"].upper()
        words["lead"] = sanitized(self._lead(language, number, contract)).replace("\n", Markup("<br>"))
        words["title"] = self._words(language, "title", number=number)
        other = next(each for each in LANGUAGES if each != language)
        html = self._frame.get_template("verify.html").render(words=words, language=language, other=other)
        return web.Response(text=html, content_type="text/html")

    async def compare(self, request: web.Request) -> web.Response:
        """The file as the body; whether it is this contract's, as a sentence."""
        language, contract = language_of(request), self._contract(request)
        if contract is None:
            return web.Response(text=self._words(language, "unknown"), status=404)
        digest = await _digest(request)
        if digest is None:
            too_large = self._renderer.text(language, "verify.page_too_large", {})
            return _html(too_large, 413)
        return _html(self._words(language, self._compared(contract, digest)), 200)

    def _lead(self, language: str, number: str, contract: Contract) -> str:
        """Before it is complete, a contract is nobody's business but its parties'."""
        if contract.state != State.COMPLETED:
            return self._words(language, contract.state, number=number)
        parties = [masked(party) for party in contract.signers]
        said = {"contract": contract, "parties": parties, "voided": self._store.read(voided_by, contract.id)}
        return self._words(language, State.COMPLETED, number=number, **said)

    def _compared(self, contract: Contract, digest: str) -> str:
        """The block that says what a file with this SHA-256 is."""
        complete = contract.state == State.COMPLETED
        if complete and digest == contract.current:
            return "same"
        if digest in self._store.read(_revisions, contract):
            return "earlier" if complete else "unfinished"
        return "different"

    def _contract(self, request: web.Request) -> Contract | None:
        return self._store.read(contract_of_number, request.match_info["number"])

    def _words(self, language: str, block: str, **context: Any) -> str:
        return self._renderer.text(language, f"verification.{block}", context)


def masked(party: Party) -> str:
    """A name that can be recognised but not learned: two letters at each end of a company's, one of a person's."""
    name = party.name
    if party.kind == "person" or len(name) <= 2 * SHOWN:
        return name[:1] + "*" * (len(name) - 1)
    return name[:SHOWN] + "*" * (len(name) - 2 * SHOWN) + name[-SHOWN:]


async def _digest(request: web.Request) -> str | None:
    """SHA-256 of the body; None where it is too large."""
    found, size = hashlib.sha256(), 0
    async for part in request.content.iter_any():
        found.update(part)
        size += len(part)
        if size > LARGEST:
            return None
    return found.hexdigest()


def _revisions(tx: Reading, contract: Contract) -> set[str]:
    return {row["digest"] for row in tx.find("revisions_of_contract", contract=contract.id)}


def _html(text: str, status: int) -> web.Response:
    return web.Response(text=sanitized(text), content_type="text/html", status=status)

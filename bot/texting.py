"""Codes and invitations as text messages: words from the templates, sent by the gateway, once."""

from __future__ import annotations

import html
from collections.abc import Callable

from bot.render import Renderer
from handlers.notices import language_of
from signing.contracts.contract import Contract, read_contract
from signing.contracts.invitations import new_token
from signing.ids import ChallengeId, PartyId, new_id
from signing.store.port import Reading, Store
from signing.texting import TextGateway
from signing.willingness import NotWilling, Willingness

LinkOf = Callable[[str], str]


class Texting:
    """What dialogues ask for in `handlers.services.Texting`. Runs outside transactions."""

    def __init__(
        self, store: Store, willingness: Willingness, gateway: TextGateway, renderer: Renderer, link: LinkOf
    ) -> None:
        self._store = store
        self._willingness = willingness
        self._gateway = gateway
        self._renderer = renderer
        self._link = link

    def send_code(self, challenge: ChallengeId, language: str, block: str, title: str) -> None:
        """Send a code; nothing where it was sent before (the call is repeated after a crash)."""
        try:
            phone, code = self._store.read(self._willingness.reveal, challenge)
        except NotWilling:
            return
        body = self._words(language, f"texts.{block}", code=code, title=title)
        self._gateway.send(phone, body, challenge)
        self._store.write(self._willingness.sent, challenge)

    def send_invitation(self, party: PartyId, language: str) -> None:
        """Send a fresh link; the one before is void."""
        token = self._store.write(new_token, party)
        contract, phone = self._store.read(_invited, party)
        sender = contract.parties[0].name
        words = {"title": contract.title, "sender": sender, "link": self._link(token)}
        self._gateway.send(phone, self._words(language, "texts.invitation", **words), new_id("z", 0))

    def send_ending(self, party: PartyId) -> None:
        """Tell a signer who has no chat here how the contract ended."""
        contract, phone = self._store.read(_invited, party)
        words = {"title": contract.title, "sender": contract.parties[0].name, "state": contract.state}
        self._gateway.send(phone, self._words(language_of(phone), "texts.ended", **words), f"ended-{party}")

    def _words(self, language: str, name: str, **context: str) -> str:
        return html.unescape(self._renderer.text(language, name, context))


def _invited(tx: Reading, party: PartyId) -> tuple[Contract, str]:
    row = tx.get("parties", party)
    assert row is not None
    return read_contract(tx, row["contract"]), row["phone"]

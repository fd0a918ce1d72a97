"""Codes and letters as messages to phones and mailboxes: words from the templates, sent by the gateway, once."""

from __future__ import annotations

import html
from collections.abc import Callable

from bot.gateways import Gateways
from bot.render import Renderer
from handlers.notices import language_of
from signing.contracts.letters import Letter, Letters
from signing.ids import ChallengeId
from signing.later import later
from signing.store.port import Row, Store, Tx
from signing.texting import GatewayDown, Text, TextRefused
from signing.willingness import NotWilling, Willingness

LinkOf = Callable[[str], str]


class Texting:
    """What dialogues ask for in `handlers.services.Texting`. Runs outside transactions."""

    def __init__(
        self,
        store: Store,
        willingness: Willingness,
        letters: Letters,
        gateways: Gateways,
        renderer: Renderer,
        link: LinkOf,
    ) -> None:
        self._store = store
        self._willingness = willingness
        self._letters = letters
        self._gateways = gateways
        self._renderer = renderer
        self._link = link

    def send_code(self, challenge: ChallengeId, language: str, block: str, title: str) -> None:
        """Send a code; nothing where it was sent before (the call is repeated after a crash). Raises TextRefused."""
        try:
            outgoing = self._store.read(self._willingness.reveal, challenge)
        except NotWilling:
            return
        text = self._text(language, block, code=outgoing.code, title=title)
        self._gateways.of(outgoing.channel).send(outgoing.to, text, challenge)
        self._store.write(self._willingness.sent, challenge)

    def send(self, phone: str, language: str, block: str, key: str, **words: str) -> None:
        """Text a block's words; `key` makes a repeated call the same text. Raises GatewayDown, TextRefused."""
        self._gateways.sms.send(phone, self._text(language, block, **words), key)

    def send_letter(self, letter: str) -> None:
        """Send a letter, if it is to be sent still: with the same link however often it is tried."""
        found = self._store.read(self._letters.open, letter)
        if found is None:
            self._store.write(self._letters.drop, letter)
            return
        try:
            self._gateways.of(found.channel).send(found.to, self._written(found), letter)
        except GatewayDown:
            self._store.write(self._letters.postpone, letter)
        except TextRefused:
            self._store.write(self._letters.give_up, letter)
        else:
            self._store.write(self._letters.sent, letter)

    def ring(self, tx: Tx, timer: Row) -> None:
        """The alarm of a letter that could not be sent before."""
        later(tx, self.send_letter, timer["subject"])

    def _written(self, letter: Letter) -> Text:
        contract, language = letter.contract, language_of(letter.party.phone)
        words = {"sender": contract.parties[0].name, "title": contract.title}
        if letter.kind == "ended":
            return self._text(language, contract.state, **words)
        if letter.kind == "copy":
            return self._text(language, "copy", **words)
        return self._text(language, "invitation", **words, link=self._link(letter.token))

    def _text(self, language: str, block: str, **words: str) -> Text:
        """The words of a block; what is empty is no variable of it."""
        body = self._words(language, block, words)
        subject = self._words(language, f"{block}_subject", words) or self._words(
            language, "code_subject", {}
        )
        return Text(block, language, body, {name: value for name, value in words.items() if value}, subject)

    def _words(self, language: str, block: str, words: dict[str, str]) -> str:
        name = f"texts.{block}"
        if not self._renderer.has(language, name):
            return ""
        return html.unescape(self._renderer.text(language, name, words))

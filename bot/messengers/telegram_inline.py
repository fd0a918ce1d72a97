"""Inline mode: a sender types the bot's name in any chat and hands one of their own invitations into it.

Source: Bot API 10.0, answerInlineQuery: at most 50 results, cached for 300 s and for everybody unless `cache_time` and
`is_personal` say otherwise; the message is the sender's own, "via" the bot.
"""

from __future__ import annotations

import asyncio
import html
import logging
from collections.abc import Callable, Mapping
from typing import Any

from bot.messengers.telegram import NAME
from bot.messengers.telegram_api import NoAnswer, Refused, Transport
from bot.messengers.telegram_render import Fields, inline_keyboard, text_fields
from bot.render import Renderer
from signing.actor import Actor
from signing.contracts.passing_on import Passable, PassingOn
from signing.ids import ChatId, PersonId
from signing.store.port import Reading, Row, Store, Tx

MOST = 20
SECONDS = 10
HOME = "home"
"""What the bot is started with by somebody who has nothing to pass on."""

Json = Mapping[str, Any]

log = logging.getLogger(__name__)


class Inline:
    """Nobody is offered anything but what they sent themselves. Nothing is kept: who types on asks again."""

    def __init__(
        self, store: Store, passing_on: PassingOn, renderer: Renderer, link: Callable[[str], str]
    ) -> None:
        self._store = store
        self._passing_on = passing_on
        self._renderer = renderer
        self._link = link

    async def answer(self, transport: Transport, query: Json) -> None:
        """Answer one inline query."""
        await self.hand(transport, await self.offered(query))

    async def hand(self, transport: Transport, offered: Fields) -> None:
        """Answer with what `offered` gave. Too late is no harm."""
        try:
            await transport.call("answerInlineQuery", offered, seconds=SECONDS)
        except (Refused, NoAnswer) as error:
            log.debug("an inline query was not answered: %s", type(error).__name__)

    async def offered(self, query: Json) -> Fields:
        """The fields of answerInlineQuery: for this person alone, and not to be kept."""
        work = self._store.submit(self._found, str(query["from"]["id"]), str(query["query"]))
        language, found = await asyncio.wrap_future(work)
        language = language or _language(query)
        around = {"inline_query_id": str(query["id"]), "cache_time": 0, "is_personal": True}
        results = [self._article(language, each) for each in found]
        start = {"text": self._plain(language, "inline.nobody"), "start_parameter": HOME}
        return {**around, "results": results, **({} if results else {"button": start})}

    def _found(self, tx: Tx, address: str, words: str) -> tuple[str, list[Passable]]:
        chat = _chat(tx, address)
        if chat is None or not chat["person"]:
            return "", []
        actor = Actor(ChatId(chat["id"]), PersonId(chat["person"]))
        return chat["language"], self._passing_on.of_sender(tx, actor, words, MOST)

    def _article(self, language: str, each: Passable) -> Fields:
        words = {"invitation": each, "link": self._link(each.token)}
        message = self._renderer.message(language, "inline.invitation", words)
        texts = text_fields(message.text)
        return {
            "type": "article",
            "id": each.party,
            "title": self._plain(language, "inline.title", invitation=each),
            "description": self._plain(language, "inline.about", invitation=each),
            "input_message_content": {
                "message_text": texts.pop("text"),
                **texts,
            },
            "reply_markup": inline_keyboard(message.rows),
        }

    def _plain(self, language: str, name: str, **context: Any) -> str:
        return html.unescape(self._renderer.text(language, name, context))


def _chat(tx: Reading, address: str) -> Row | None:
    found = tx.find("chat_of_address", messenger=NAME, address=address)
    return found[0] if found else None


def _language(query: Json) -> str:
    return "zh" if str(query["from"].get("language_code", "")).lower().startswith("zh") else "en"

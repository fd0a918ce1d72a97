"""An echo bot with sealbot mounted: ours is taken, durably; everything else still goes to the host's handlers."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.messengers.telegram_inline import Inline
from bot.messengers.telegram_updates import translate
from bot.serving_telegram import inline_of
from tests import people
from tests.story.acts import start_and_seal
from tests.telegram.fake_people import Human
from tests.telegram.stage import FRAMEWORKS, TelegramStage, staged

Feed = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass
class Host:
    """A bot that exists already and echoes words; `heard` is what reached its own handlers."""

    stage: TelegramStage
    heard: list[str] = field(default_factory=list)
    feed: Feed = None  # type: ignore[assignment]

    async def gets(self, update: dict[str, Any]) -> bool:
        """Feed an update as the framework would; whether the assistant took it."""
        before = self._taken()
        await self.feed(update)
        taken = self._taken() > before
        await self.stage.app.assistant.settle()
        return taken

    def _taken(self) -> int:
        rows = self.stage.app.store.read(lambda tx: tx.find("all_inbox"))
        return len(rows)


def inline_of_stage(stage: TelegramStage) -> Inline:
    return inline_of(stage.app.settings, stage.app)


async def aiogram_host(host: Host) -> Feed:
    from aiogram import Bot, Dispatcher, Router, types

    from bot.messengers.telegram_aiogram import AiogramTransport, router

    transport = host.stage.transport
    assert isinstance(transport, AiogramTransport)
    own = Router()

    @own.message()
    async def echo(message: types.Message) -> None:
        host.heard.append(message.text or "file")

    @own.callback_query()
    async def tapped(query: types.CallbackQuery) -> None:
        host.heard.append(query.data or "")

    @own.inline_query()
    async def asked(query: types.InlineQuery) -> None:
        host.heard.append(f"inline {query.query}")

    @own.my_chat_member()
    async def changed(update: types.ChatMemberUpdated) -> None:
        host.heard.append(update.new_chat_member.status)

    dispatcher = Dispatcher()
    dispatcher.include_routers(router(host.stage.app.assistant, inline_of_stage(host.stage)), own)
    bot: Bot = transport.bot

    async def feed(update: dict[str, Any]) -> None:
        await dispatcher.feed_raw_update(bot, update)

    return feed


async def ptb_host(host: Host) -> Feed:
    from telegram import Update
    from telegram.ext import Application

    from bot.messengers.telegram_ptb import PtbTransport, handlers

    transport = host.stage.transport
    assert isinstance(transport, PtbTransport)
    application = Application.builder().bot(transport.bot).updater(None).build()
    application.add_handlers(handlers(host.stage.app.assistant, inline_of_stage(host.stage)), group=-1)
    application.add_handlers(ptb_handlers(host.heard))
    await application.initialize()

    async def feed(update: dict[str, Any]) -> None:
        await application.process_update(Update.de_json(update, transport.bot))

    return feed


def ptb_handlers(heard: list[str]) -> list[Any]:
    """The host's own: they note what reached them."""
    from telegram import Update
    from telegram.ext import (
        CallbackQueryHandler,
        ChatMemberHandler,
        InlineQueryHandler,
        MessageHandler,
        filters,
    )

    async def echo(update: Update, _: Any) -> None:
        assert update.message
        heard.append(update.message.text or "file")

    async def tapped(update: Update, _: Any) -> None:
        assert update.callback_query
        heard.append(update.callback_query.data or "")

    async def changed(update: Update, _: Any) -> None:
        assert update.my_chat_member
        heard.append(update.my_chat_member.new_chat_member.status)

    async def asked(update: Update, _: Any) -> None:
        assert update.inline_query
        heard.append(f"inline {update.inline_query.query}")

    everything = MessageHandler(filters.ALL, echo)
    return [everything, CallbackQueryHandler(tapped), ChatMemberHandler(changed), InlineQueryHandler(asked)]


@pytest.fixture(params=FRAMEWORKS)
async def host(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Host]:
    async with staged(request.param, tmp_path / "data") as stage:
        made = Host(stage)
        made.feed = await (aiogram_host if request.param == "aiogram" else ptb_host)(made)
        yield made


@pytest.fixture
def lin(host: Host) -> Human:
    return Human(host.stage.api, 700_001)


async def test_words_out_of_the_blue_are_the_hosts(host: Host, lin: Human) -> None:
    assert not await host.gets(lin.writes("hello"))
    assert host.heard == ["hello"]


async def test_a_command_of_ours_begins_our_talk(host: Host, lin: Human) -> None:
    assert await host.gets(lin.writes("/home"))
    assert host.heard == []
    assert any("request_contact" in button for button in lin.sees()[-1].buttons)


@pytest.mark.parametrize("command", ["/start", "/help", "/cancel", "/echo", "/start other-deep-link"])
async def test_commands_that_every_bot_has_stay_the_hosts(host: Host, lin: Human, command: str) -> None:
    assert not await host.gets(lin.writes(command))
    assert host.heard == [command]


async def test_in_the_middle_of_our_talk_cancel_is_ours(host: Host, lin: Human) -> None:
    await host.gets(lin.writes("/home"))
    assert await host.gets(lin.writes("/cancel"))


async def test_an_answer_to_our_question_is_ours(host: Host, lin: Human) -> None:
    await host.gets(lin.writes("/home"))
    assert await host.gets(lin.shares("+8613800134417"))
    assert await host.gets(lin.writes("林海清，110101198503120025"))
    assert host.heard == []


async def test_when_our_talk_is_over_words_are_the_hosts_again(host: Host, lin: Human) -> None:
    await host.gets(lin.writes("/home"))
    await host.gets(lin.writes("/cancel"))
    assert not await host.gets(lin.writes("hello"))


async def test_a_button_of_ours_is_ours_and_is_answered(host: Host, lin: Human) -> None:
    update = lin.taps(3, ">company")
    assert await host.gets(update)
    assert host.stage.api.answered == {update["callback_query"]["id"]: ""}


@pytest.mark.parametrize("data", ["like:3", ">elsewhere:1", "c0000000:card:start", ""])
async def test_a_button_of_the_hosts_stays_the_hosts(host: Host, lin: Human, data: str) -> None:
    assert not await host.gets(lin.taps(3, data or "x"))
    assert host.heard == [data or "x"]


async def test_a_pdf_is_ours(host: Host, lin: Human) -> None:
    assert await host.gets(lin.sends("Supply.pdf", b"%PDF-1.7", "application/pdf"))


async def test_a_picture_that_we_did_not_ask_for_is_the_hosts(host: Host, lin: Human) -> None:
    assert not await host.gets(lin.sends_photo(b"\xff\xd8\xff\xe0"))
    assert host.heard == ["file"]


async def test_an_inline_query_of_who_has_nothing_to_pass_on_is_the_hosts(host: Host, lin: Human) -> None:
    await host.feed(lin.asks_inline("cats"))
    assert (host.heard, host.stage.api.offered) == (["inline cats"], {})


async def test_a_sender_passes_on_through_the_hosts_bot(host: Host, lin: Human) -> None:
    person = people.lin(host.stage)
    await start_and_seal(person)
    asked = host.stage.humans["lin"].asks_inline("supply")
    await host.feed(asked)
    (result,) = host.stage.api.offered[asked["inline_query"]["id"]]["results"]
    assert (result["title"], host.heard) == ("Supply-2027", [])


async def test_in_a_group_the_board_is_ours(host: Host, lin: Human) -> None:
    assert await host.gets(lin.says_in(-100, "/board"))
    assert host.heard == []


async def test_in_a_group_nothing_else_is_ours(host: Host, lin: Human) -> None:
    update = lin.writes("/home")
    update["message"]["chat"] = {"id": -100, "type": "supergroup", "title": "x"}
    assert not await host.gets(update)


async def test_being_blocked_is_heard_by_both(host: Host, lin: Human) -> None:
    await host.gets(lin.writes("/home"))
    assert await host.gets(lin.blocks())
    assert host.heard == ["kicked"]


async def test_what_the_framework_hands_over_means_the_same(host: Host, lin: Human) -> None:
    """The update in the inbox is the Bot API's own, whatever the framework made of it in between."""
    update = lin.sends("Supply.pdf", b"%PDF-1.7", "application/pdf", "by 4 Dec")
    await host.gets(update)
    rows = host.stage.app.store.read(lambda tx: tx.find("all_inbox"))
    assert translate(rows[-1]["payload"]) == translate(json.dumps(update))

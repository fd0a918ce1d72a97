"""The menu of commands: always reachable, in each language, with more for whoever reviews at this moment."""

from __future__ import annotations

import pytest

from bot.messengers.telegram_api import Transport
from bot.messengers.telegram_menu import EVERYBODY, Menus
from bot.messengers.telegram_words import house_words
from bot.render import LANGUAGES
from handlers.chat import dialogue
from tests.telegram.fake_api import FakeBotApi
from tests.telegram.fake_people import Human

OPERATOR = "chat:700001"


def menus(transport: Transport, operators: list[str], pages: bool = True) -> Menus:
    return Menus(transport, house_words(), lambda: operators, pages)


def named(api: FakeBotApi, scope: str, code: str = "") -> list[str]:
    return [each["command"] for each in api.commands.get((scope, code), [])]


async def test_the_button_beside_the_text_field_opens_the_commands(
    transport: Transport, api: FakeBotApi
) -> None:
    await menus(transport, []).set()
    assert api.menu_button == {"type": "commands"}


async def test_everybody_reads_the_commands_in_their_language(transport: Transport, api: FakeBotApi) -> None:
    await menus(transport, []).set()
    english, chinese = (api.commands[("all_private_chats:", code)] for code in ("", "zh"))
    assert [each["command"] for each in english] == [each["command"] for each in chinese]
    assert {each["command"]: each["description"] for each in chinese}["help"] == "我能帮您做什么"
    assert "queue" not in named(api, "all_private_chats:")


async def test_every_command_of_a_menu_is_one(transport: Transport, api: FakeBotApi) -> None:
    await menus(transport, []).set()
    for name in named(api, "all_private_chats:"):
        assert name == "cancel" or dialogue.for_command(name), name


@pytest.mark.parametrize("pages", [True, False])
async def test_the_private_page_is_a_command_where_telegram_opens_it(
    transport: Transport, api: FakeBotApi, pages: bool
) -> None:
    await menus(transport, [], pages).set()
    assert ("private" in named(api, "all_private_chats:")) is pages


async def test_in_groups_there_is_the_board_alone(transport: Transport, api: FakeBotApi) -> None:
    await menus(transport, []).set()
    assert named(api, "all_group_chats:") == ["board"]


async def test_operators_see_the_queue_as_well(transport: Transport, api: FakeBotApi, lin: Human) -> None:
    await menus(transport, ["telegram:700001", "web:x", "telegram:x"]).set()
    assert named(api, OPERATOR)[0] == named(api, OPERATOR, "zh")[0] == "queue"


async def test_an_operator_who_has_not_started_the_bot_gets_theirs_when_they_have(
    transport: Transport, api: FakeBotApi
) -> None:
    made = menus(transport, ["telegram:700001"])
    await made.set()
    assert named(api, OPERATOR) == []
    api.meet(700_001)
    await made.step()
    assert named(api, OPERATOR)[0] == "queue"


async def test_who_is_operator_no_more_has_everybodys_menu(
    transport: Transport, api: FakeBotApi, lin: Human
) -> None:
    operators = ["telegram:700001"]
    made = menus(transport, operators)
    await made.set()
    operators.clear()
    await made.step()
    assert named(api, OPERATOR) == named(api, OPERATOR, "zh") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_in_the_menu_is_explained_by_help(language: str) -> None:
    told = house_words()(language, "home.help")
    assert [name for name in EVERYBODY if name != "help" and f"/{name} " not in told] == []

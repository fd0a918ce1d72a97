"""Inline mode: a sender hands their own invitations into any chat, and nobody sees anybody else's."""

from __future__ import annotations

from typing import Any

import pytest

from bot.demo.people import Person
from tests import people
from tests.story.acts import SU_ID, start_and_seal
from tests.telegram.stage import TelegramStage


@pytest.fixture
def lin(stage: TelegramStage) -> Person:
    return people.lin(stage)


@pytest.fixture
def su(stage: TelegramStage) -> Person:
    return people.su(stage)


async def offered(stage: TelegramStage, who: str, words: str = "") -> dict[str, Any]:
    """What the messenger shows above the keyboard."""
    query = stage.humans[who].asks_inline(words)["inline_query"]["id"]
    await stage.polling.step()
    await stage.reception.close()
    return stage.api.offered[query]


def token_of(result: dict[str, Any]) -> str:
    (row,) = result["reply_markup"]["inline_keyboard"]
    return str(row[0]["url"]).partition("?start=")[2]


async def test_a_sender_hands_an_invitation_into_a_chat_and_the_signer_comes_in_by_it(
    stage: TelegramStage, lin: Person, su: Person
) -> None:
    await start_and_seal(lin)
    answer = await offered(stage, "lin", "supply")
    (result,) = answer["results"]
    said = result["input_message_content"]["message_text"]
    assert (result["title"], result["description"]) == ("Supply-2027", "Invite 苏青窑, 蓝窑陶瓷有限公司")
    assert "<b>Supply-2027</b>" in said
    assert "8820" not in said
    assert "110101" not in said
    await su.write(f"/start {token_of(result)}")
    await su.tap("提供手机号")
    await su.write(SU_ID)
    assert "Supply-2027" in su.last.text


async def test_an_answer_is_for_one_person_and_kept_nowhere(
    stage: TelegramStage, lin: Person, su: Person
) -> None:
    await start_and_seal(lin)
    answer = await offered(stage, "lin")
    assert (str(answer["cache_time"]), str(answer["is_personal"]).lower()) == ("0", "true")


async def test_the_link_is_the_same_at_every_keystroke(stage: TelegramStage, lin: Person) -> None:
    await start_and_seal(lin)
    tokens = {token_of((await offered(stage, "lin", words))["results"][0]) for words in ("", "s", "su")}
    assert len(tokens) == 1


async def test_words_that_no_title_and_no_signer_hold_find_nothing(stage: TelegramStage, lin: Person) -> None:
    await start_and_seal(lin)
    assert (await offered(stage, "lin", "%"))["results"] == []


async def test_nobody_else_is_offered_anything(stage: TelegramStage, lin: Person, su: Person) -> None:
    await start_and_seal(lin)
    await su.write(f"/start {su.link()}")
    stage.person("stranger", "", "+8613500135523")
    for who in ("su", "stranger"):
        answer = await offered(stage, who)
        assert answer["results"] == []
        assert answer["button"]["start_parameter"] == "home"


async def test_the_button_for_who_has_nothing_to_pass_on_leads_home(
    stage: TelegramStage, lin: Person
) -> None:
    await start_and_seal(lin)
    await lin.write("/start home")
    assert "here is what is open" in lin.last.text


@pytest.mark.parametrize("name", ["quick", "refuse", "text", "undo", "status"])
async def test_a_link_from_outside_begins_nothing_that_acts(
    stage: TelegramStage, lin: Person, su: Person, name: str
) -> None:
    await start_and_seal(lin)
    before = len(su.texts())
    await lin.write(f"/start {name}_x")
    assert "no invitation" in lin.last.text.lower() or "link" in lin.last.text.lower()
    assert len(su.texts()) == before


async def test_the_card_with_the_link_opens_the_chat_picker(stage: TelegramStage, lin: Person) -> None:
    await start_and_seal(lin)
    await lin.tap("See status")
    await lin.tap("Invitation link")
    await lin.tap("A link for me")
    assert [button.share for button in lin.last.buttons] == ["Supply-2027"]


async def test_with_another_signer_what_was_handed_over_is_void(stage: TelegramStage, lin: Person) -> None:
    await start_and_seal(lin)
    before = token_of((await offered(stage, "lin"))["results"][0])
    await lin.tap("See status")
    await lin.tap("Change signer")
    await lin.write("王一帆 13600131007")
    after = token_of((await offered(stage, "lin"))["results"][0])
    assert before != after
    stranger = stage.person("stranger", "", "+8613500135523")
    await stranger.write(f"/start {before}")
    assert not any("Supply-2027" in line.said for line in stranger.lines)


async def test_an_inline_query_that_is_too_old_is_let_be(stage: TelegramStage, lin: Person) -> None:
    stage.humans["lin"].asks_inline()
    stage.api._open_queries.clear()
    await stage.polling.step()
    await stage.reception.close()
    assert stage.api.offered == {}

"""One person in several chats: a code links another, both hear of it, and either can be let go."""

from __future__ import annotations

import re

import pytest

from bot.app import App
from bot.demo.people import Person, Stage
from tests.clock import ManualClock
from tests.story.acts import LIN_ID, draft_for_kiln, open_invitation, register, start_and_seal

CODE = re.compile(r"[0-9A-Z]{5}-[0-9A-Z]{5}")


@pytest.fixture
def laptop(stage: Stage) -> Person:
    """Another chat of Lin's, with the same phone at hand."""
    person = stage.person("laptop", "林海清", "+8613800134417")
    person.language = "en"
    return person


async def shown_code(person: Person) -> str:
    await person.write("/link")
    await person.tap("Show a code")
    return next(found[0] for line in reversed(person.lines) if (found := CODE.search(line.said)))


async def linked(lin: Person, laptop: Person) -> None:
    code = await shown_code(lin)
    await laptop.write("/link")
    await laptop.write(code.lower().replace("-", " "))


async def test_another_chat_is_linked_by_the_code_and_both_hear_of_it(lin: Person, laptop: Person) -> None:
    await draft_for_kiln(lin)
    await linked(lin, laptop)
    assert "This chat is yours now" in laptop.last.text
    assert any("Another chat was linked" in line.said for line in lin.lines)
    await laptop.tap("What waits for me")
    assert laptop.button("Supply-2027")


async def test_a_code_in_the_command_links_as_well(lin: Person, laptop: Person) -> None:
    await register(lin, "林海清", LIN_ID)
    await laptop.write(f"/link {await shown_code(lin)}")
    assert "This chat is yours now" in laptop.last.text


async def test_a_code_links_once(stage: Stage, lin: Person, laptop: Person) -> None:
    await register(lin, "林海清", LIN_ID)
    code = await shown_code(lin)
    await laptop.write(f"/link {code}")
    third = stage.person("third", "", "")
    third.language = "en"
    await third.write(f"/link {code}")
    assert "no open code" in third.last.text


async def test_a_code_is_over_after_ten_minutes(lin: Person, laptop: Person, clock: ManualClock) -> None:
    await register(lin, "林海清", LIN_ID)
    code = await shown_code(lin)
    clock.advance(minutes=10)
    await laptop.write(f"/link {code}")
    assert "no open code" in laptop.last.text


async def test_a_newer_code_voids_the_one_before(lin: Person, laptop: Person) -> None:
    await register(lin, "林海清", LIN_ID)
    first = await shown_code(lin)
    await shown_code(lin)
    await laptop.write(f"/link {first}")
    assert "no open code" in laptop.last.text


async def test_wrong_codes_are_counted_and_stop_the_chat_for_an_hour(
    lin: Person, laptop: Person, clock: ManualClock
) -> None:
    await register(lin, "林海清", LIN_ID)
    for left in (4, 3, 2, 1, 0):
        await laptop.write("/link 00000-00000")
        assert f"{left} tr" in laptop.last.text
    await laptop.write(f"/link {await shown_code(lin)}")
    assert "Too many wrong codes" in laptop.last.text
    clock.advance(hours=1)
    await laptop.write(f"/link {await shown_code(lin)}")
    assert "This chat is yours now" in laptop.last.text


async def test_a_chat_of_somebody_else_is_not_taken_over(lin: Person, su: Person) -> None:
    await register(lin, "林海清", LIN_ID)
    await register(su, "苏青窑", "310105198807210049")
    await su.write(f"/link {await shown_code(lin)}")
    assert "另一个账户" in su.last.text


async def test_the_code_stands_neither_in_a_journal_nor_in_the_inbox(
    app: App, lin: Person, laptop: Person
) -> None:
    await register(lin, "林海清", LIN_ID)
    code = await shown_code(lin)
    await laptop.write(f"/link {code}")
    kept = app.store.read(
        lambda tx: [*tx.find("all_journal"), *tx.find("all_conversations"), *tx.find("all_inbox")]
    )
    assert code not in repr(kept) and code.replace("-", "").lower() not in repr(kept)


async def test_an_unlinked_chat_knows_nobody_and_what_was_open_in_it_is_over(
    lin: Person, laptop: Person
) -> None:
    await draft_for_kiln(lin)
    await linked(lin, laptop)
    await laptop.write("/home")
    await laptop.tap("Supply-2027")
    _, start = laptop.button("Start")
    await lin.write("/link")
    await lin.tap("Unlink 2")
    assert "not linked to an account any more" in laptop.last.text
    await laptop.stage.receive(laptop.address, "en", {"tap": start.data, "message": ""})
    assert "Supply-2027" not in laptop.last.text
    assert any("A chat was unlinked" in line.said for line in lin.lines)


async def test_the_only_chat_stays(lin: Person) -> None:
    await register(lin, "林海清", LIN_ID)
    await lin.write("/link")
    assert "your only chat" in lin.last.text
    assert not any("Unlink" in button.label for button in lin.last.buttons)


async def test_notices_go_to_the_chat_that_was_used_last(lin: Person, laptop: Person, su: Person) -> None:
    await start_and_seal(lin)
    await linked(lin, laptop)
    await laptop.write("/home")
    heard = len(lin.lines)
    await open_invitation(su)
    await su.tap("拒签")
    await su.tap("条款有异议")
    await su.tap("确认拒签")
    assert "“Terms”" in laptop.last.text
    assert len(lin.lines) == heard

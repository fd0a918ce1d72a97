"""Somebody who can't be reached in chat: the sender hears it once, with another way; who comes back is told again."""

from __future__ import annotations

from bot.demo.people import Person, Stage
from tests.clock import ManualClock
from tests.story.acts import SU_ID, draft_for_kiln, register, start_and_seal

GONE = "can't write to 苏青窑"


async def kiln_is_known(su: Person) -> None:
    """Somebody with a chat, to whom a contract goes without a text."""
    await register(su, "苏青窑", SU_ID)


async def test_the_sender_hears_that_the_signer_blocked_the_assistant(
    lin: Person, su: Person, stage: Stage
) -> None:
    await kiln_is_known(su)
    await start_and_seal(lin)
    await stage.receive("su", "zh", {"left": "yes"})
    assert GONE in lin.last.text
    assert [button.label for button in lin.last.buttons] == ["Text it", "Send it myself"]


async def test_it_is_said_once_however_often_it_is_found_out(lin: Person, su: Person, stage: Stage) -> None:
    await kiln_is_known(su)
    await start_and_seal(lin)
    for _ in range(3):
        await stage.receive("su", "zh", {"left": "yes"})
    assert sum(GONE in line.said for line in lin.lines) == 1


async def test_the_signer_can_be_texted_then(
    lin: Person, su: Person, stage: Stage, clock: ManualClock
) -> None:
    await kiln_is_known(su)
    await start_and_seal(lin)
    await stage.receive("su", "zh", {"left": "yes"})
    before = len(su.texts())
    await lin.tap("Text it")
    assert (len(su.texts()), su.link() != "") == (before + 1, True)
    await stage.receive("lin", "en", {"tap": f">text:{party_of(stage)}", "message": ""})
    assert len(su.texts()) == before + 1, "an hour passes between two texts"


async def test_the_sender_can_pass_the_link_on(lin: Person, su: Person, stage: Stage) -> None:
    await kiln_is_known(su)
    await start_and_seal(lin)
    await stage.receive("su", "zh", {"left": "yes"})
    await lin.tap("Send it myself")
    await lin.tap("A link for me")
    assert "/i/" in lin.last.text


async def test_nobody_else_may_choose_another_way(lin: Person, su: Person, stage: Stage) -> None:
    await kiln_is_known(su)
    await start_and_seal(lin)
    before = len(su.texts())
    for name in ("text", "invite"):
        await stage.receive("su", "zh", {"tap": f">{name}:{party_of(stage)}", "message": ""})
    assert len(su.texts()) == before


async def test_who_left_before_is_invited_by_a_text(lin: Person, su: Person, stage: Stage) -> None:
    await kiln_is_known(su)
    await stage.receive("su", "zh", {"left": "yes"})
    heard = len(su.lines)
    await start_and_seal(lin)
    assert (su.link() != "", len(su.lines)) == (True, heard)


async def test_who_comes_back_is_written_to_again(lin: Person, su: Person, stage: Stage) -> None:
    await kiln_is_known(su)
    await stage.receive("su", "zh", {"left": "yes"})
    await stage.receive("su", "zh", {"back": "yes"})
    await start_and_seal(lin)
    assert "Supply-2027" in su.last.text


async def test_a_draft_that_nobody_has_seen_is_no_reason_to_write(
    lin: Person, su: Person, stage: Stage
) -> None:
    await kiln_is_known(su)
    await draft_for_kiln(lin)
    await stage.receive("su", "zh", {"left": "yes"})
    assert GONE not in lin.last.text


def party_of(stage: Stage) -> str:
    contract = stage.app.store.read(lambda tx: tx.find("last_contract"))[0]["id"]
    return str(stage.app.store.read(lambda tx: tx.find("parties_of_contract", contract=contract))[1]["id"])

"""A company registered by somebody who is not its legal representative: licence and sealed letter."""

from __future__ import annotations

from bot.demo.people import Person, Stage
from bot.demo.story import KILN, KILN_CODE
from tests.clock import ManualClock
from tests.story.acts import contract_pdf, register, register_with_company
from tests.story.papers import letter_photo, licence_photo
from tests.story.review.acts import CHEN_ID, JPEG, licence_sent, submitted, told


async def test_an_approved_power_of_attorney_registers_the_company(
    chen: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    await submitted(chen)
    assert "case 1" in chen.last.text
    before = ops.actions
    await ops.tap("Take case 1")
    assert "Differs: applicant 陈晓舟, legal representative 苏青窑" in ops.last.text
    await ops.tap("Approve")
    assert ops.actions - before == 2
    await told(stage, clock)
    assert f"{KILN} is checked" in chen.last.text
    await chen.tap("Make its seal")
    assert "Which seal" in chen.last.text


async def test_registering_by_letter_takes_no_more_actions_than_the_design_allows(
    chen: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    await register(chen, "陈晓舟", CHEN_ID)
    before = chen.actions
    await chen.write("/company")
    await chen.write(f"{KILN} {KILN_CODE}")
    await chen.tap("Agree and get the letter")
    await chen.send(licence_photo(KILN, KILN_CODE, "苏青窑"), "licence.jpg", JPEG)
    asked = "Who is the legal representative" in chen.last.text
    if asked:
        await chen.write("苏青窑")
    await chen.send(letter_photo(KILN), "letter.jpg", JPEG)
    assert chen.actions - before <= 6


async def test_nothing_can_be_signed_before_the_letter_is_approved(
    lin: Person, chen: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    await register_with_company(lin)
    await lin.send(contract_pdf(), "Supply-2027.pdf", "application/pdf")
    await lin.write(f"{KILN} {KILN_CODE}, 陈晓舟 13700132356")
    await lin.tap("Start and seal")
    await lin.type_code()
    await chen.write(f"/start {chen.link()}")
    await chen.tap("share my number")
    await chen.write(CHEN_ID)
    await chen.tap("Agree and get the letter")
    await chen.send(licence_photo(KILN, KILN_CODE, "苏青窑"), "licence.jpg", JPEG)
    if "Who is the legal representative" in chen.last.text:
        await chen.write("苏青窑")
    await chen.send(letter_photo(KILN), "letter.jpg", JPEG)
    await chen.write("/home")
    await chen.tap("Read and sign")
    assert not any("Seal and sign" in each.label for each in chen.last.buttons)
    await ops.tap("Take case 1")
    await ops.tap("Approve")
    await told(stage, clock)
    await chen.tap("Read and sign")
    await chen.tap("Make the seal and sign")
    await chen.type_code()
    assert "complete" in chen.last.text


async def test_somebody_else_is_not_named_as_legal_representative(chen: Person) -> None:
    await register(chen, "陈晓舟", CHEN_ID)
    await chen.write("/company")
    await chen.write(f"{KILN} {KILN_CODE}")
    await chen.tap("Agree and get the letter")
    await chen.send(licence_photo(KILN, KILN_CODE, "王一帆"), "licence.jpg", JPEG)
    if "Who is the legal representative" in chen.last.text:
        await chen.write("王一帆")
    assert any("does not have 王一帆" in line.said for line in chen.lines)


async def test_a_picture_that_can_not_be_read_is_refused_and_asked_for_again(chen: Person) -> None:
    await licence_sent(chen)
    await chen.send(b"not a picture at all", "letter.jpg", JPEG)
    assert any("not a picture I can read" in line.said for line in chen.lines)
    await chen.send(letter_photo(KILN), "letter.jpg", JPEG)
    assert "case 1" in chen.last.text


async def test_two_companies_are_never_made_of_one(
    chen: Person, su: Person, lin: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    """The legal representative registers while the letter waits: the letter comes too late."""
    await submitted(chen)
    await register(su, "苏青窑", "310105198807210049")
    await su.write("/company")
    await su.write(f"{KILN} {KILN_CODE}")
    await ops.tap("Take case 1")
    await ops.tap("Approve")
    await told(stage, clock)
    assert "registered by somebody else" in chen.last.text

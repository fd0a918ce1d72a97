"""A company registered by somebody who is not its legal representative, and the operators who look at it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import App, open_app
from bot.demo.people import Person, Stage
from bot.demo.story import KILN, KILN_CODE
from bot.messengers.script import ScriptMessenger
from bot.settings import Settings
from signing.actor import Actor
from signing.identity.case import CaseTaken, NotYourCase, ProofsChanged
from tests.clock import ManualClock
from tests.story.acts import contract_pdf, register, register_with_company
from tests.story.papers import letter_photo, licence_photo

CHEN_ID = "360202199001012342"
JPEG = "image/jpeg"


@pytest.fixture
def app(tmp_path: Path, clock: ManualClock) -> Iterator[App]:
    settings = Settings(data=tmp_path / "data", operators="script:ops, script:ben")
    with open_app(settings, lambda _: ScriptMessenger(), clock) as opened:
        yield opened


@pytest.fixture
def chen(stage: Stage) -> Person:
    """Works at Blue Kiln Ceramics; 苏青窑 is its legal representative."""
    person = stage.person("chen", "陈晓舟", "+8613700132356")
    person.language = "en"
    return person


@pytest.fixture
async def ops(stage: Stage) -> Person:
    return await operator(stage, "ops")


@pytest.fixture
async def ben(stage: Stage) -> Person:
    return await operator(stage, "ben")


async def operator(stage: Stage, address: str) -> Person:
    person = stage.person(address, address, "")
    person.language = "en"
    await person.write("/queue")
    return person


async def licence_sent(chen: Person) -> None:
    """As far as the letter to print."""
    await register(chen, "陈晓舟", CHEN_ID)
    await chen.write("/company")
    await chen.write(f"{KILN} {KILN_CODE}")
    await chen.tap("Agree and get the letter")
    await chen.send(licence_photo(KILN, KILN_CODE, "苏青窑"), "licence.jpg", JPEG)
    if "Who is the legal representative" in chen.last.text:
        await chen.write("苏青窑")


async def submitted(chen: Person) -> None:
    await licence_sent(chen)
    await chen.send(letter_photo(KILN), "letter.jpg", JPEG)


async def told(stage: Stage, clock: ManualClock) -> None:
    """The minute in which a decision can be taken back is over."""
    clock.advance(seconds=61)
    await stage.settle()


def case_of(stage: Stage) -> str:
    return str(stage.app.store.read(lambda tx: tx.find("case_of_number", number=1))[0]["id"])


def actor_of(stage: Stage, address: str) -> Actor:
    row = stage.app.store.read(lambda tx: tx.find("actor_of_address", address=address))[0]
    return Actor(row["id"], row["person"])


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


async def test_a_rejection_says_why_and_just_that_paper_is_sent_again(
    chen: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    await licence_sent(chen)
    await chen.send(letter_photo(KILN, blur=6), "letter.jpg", JPEG)
    await ops.tap("Take case 1")
    assert "Looks blurred: sealed letter" in ops.last.text
    before = ops.actions
    await ops.tap("Reject")
    await ops.tap("Unreadable")
    assert ops.actions - before == 2
    await told(stage, clock)
    assert "The sealed letter is not readable" in chen.last.text
    await chen.tap("Send the sealed letter")
    await chen.send(letter_photo(KILN), "letter.jpg", JPEG)
    await ops.tap("Take case 1")
    assert "Looks blurred" not in ops.last.text
    await ops.tap("Approve")
    await told(stage, clock)
    assert f"{KILN} is checked" in chen.last.text


async def test_a_reason_can_be_written_and_is_read_word_for_word(
    chen: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    await submitted(chen)
    await ops.tap("Take case 1")
    await ops.tap("Reject")
    await ops.write("The seal is the finance seal; the official seal is needed.")
    await told(stage, clock)
    assert "The seal is the finance seal; the official seal is needed." in chen.last.text


async def test_a_decision_can_be_taken_back_for_a_minute_and_the_applicant_never_hears_of_it(
    chen: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    await submitted(chen)
    await ops.tap("Take case 1")
    await ops.tap("Reject")
    await ops.tap("No seal")
    await ops.tap("Undo")
    await told(stage, clock)
    assert "case 1" in chen.last.text and "could not be approved" not in chen.last.text
    await ops.tap("Approve")
    await told(stage, clock)
    assert f"{KILN} is checked" in chen.last.text


async def test_an_undo_after_the_applicant_was_told_is_refused(
    chen: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    await submitted(chen)
    await ops.tap("Take case 1")
    await ops.tap("Approve")
    await told(stage, clock)
    await ops.tap("Undo")
    assert "has been told already" in ops.last.text


async def test_one_operator_takes_a_case_and_the_others_see_it_taken(
    chen: Person, ops: Person, ben: Person, stage: Stage
) -> None:
    await submitted(chen)
    await ops.tap("Take case 1")
    assert any("With script:ops" in card.text for card in ben.cards.values())
    await stage.receive(ben.address, "en", {"tap": f">review:{case_of(stage)}", "message": ""})
    assert "took case 1" in ben.last.text


async def test_two_operators_who_press_at_once_make_one_decision(
    chen: Person, ops: Person, ben: Person, stage: Stage, clock: ManualClock
) -> None:
    await submitted(chen)
    case, cases, store = case_of(stage), stage.app.services.cases, stage.app.store
    shown = store.write(cases.take, actor_of(stage, "ops"), case).shown
    with pytest.raises(CaseTaken):
        store.write(cases.take, actor_of(stage, "ben"), case)
    with pytest.raises(CaseTaken):
        store.write(cases.decide, actor_of(stage, "ben"), case, "reject", shown, "no-seal", "letter")
    store.write(cases.decide, actor_of(stage, "ops"), case, "approve", shown)
    decisions = [each.kind for each in store.read(cases.look, actor_of(stage, "ops"), case).history]
    assert decisions.count("approve") == 1 and "reject" not in decisions


async def test_a_decision_holds_only_for_the_pictures_that_were_shown(
    chen: Person, ops: Person, stage: Stage
) -> None:
    await submitted(chen)
    await ops.tap("Take case 1")
    case, services, store = case_of(stage), stage.app.services, stage.app.store
    shown = store.read(services.cases.look, actor_of(stage, "ops"), case)
    other = stage.app.blobs.write(letter_photo("别的公司"))
    scan = services.proofs.scan(shown.person, other)
    store.write(services.proofs.keep, actor_of(stage, "chen"), shown.check, "letter", scan)
    with pytest.raises(ProofsChanged):
        store.write(services.cases.decide, actor_of(stage, "ops"), case, "approve", shown.shown)
    await ops.tap("Approve")
    assert any("was replaced after I showed it" in line.said for line in ops.lines)
    assert ops.button("Approve")


async def test_a_case_that_nobody_decides_goes_back_after_ten_minutes(
    chen: Person, ops: Person, ben: Person, stage: Stage, clock: ManualClock
) -> None:
    await submitted(chen)
    await ops.tap("Take case 1")
    clock.advance(minutes=11)
    await stage.settle()
    await ben.tap("Take case 1")
    with pytest.raises(CaseTaken):
        case = case_of(stage)
        stage.app.store.write(stage.app.services.cases.decide, actor_of(stage, "ops"), case, "approve", "")


async def test_a_case_that_nobody_has_can_not_be_decided(chen: Person, ops: Person, stage: Stage) -> None:
    await submitted(chen)
    with pytest.raises(NotYourCase):
        case = case_of(stage)
        stage.app.store.write(stage.app.services.cases.decide, actor_of(stage, "ops"), case, "approve", "")


async def test_an_operator_does_not_decide_on_themself(chen: Person, ops: Person, stage: Stage) -> None:
    await submitted(chen)
    store = stage.app.store
    person, chat = actor_of(stage, "chen").person, actor_of(stage, "ops").chat
    store.write(lambda tx: tx.change("chats", chat, {"person": person}))
    await ops.tap("Take case 1")
    assert "someone else must decide" in ops.last.text


async def test_nobody_becomes_an_operator_in_chat(chen: Person, stage: Stage) -> None:
    await submitted(chen)
    for tap in (">queue", f">review:{case_of(stage)}"):
        await stage.receive(chen.address, "en", {"tap": tap, "message": ""})
        assert "Only operators" in chen.last.text


async def test_the_queue_says_what_waits_and_how_long(
    chen: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    assert "No reviews wait" in ops.last.text
    await submitted(chen)
    clock.advance(minutes=12)
    await ops.write("/queue")
    assert "Reviews: 1 waiting, oldest 12 min" in ops.last.text
    await ops.tap("Take case 1")
    await ops.tap("Approve")
    await told(stage, clock)
    await ops.write("/queue")
    assert "Median today 12 min" in ops.last.text


async def test_a_case_that_waits_for_long_is_said_again(
    chen: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    await submitted(chen)
    clock.advance(minutes=121)
    await stage.settle()
    assert "has waited 121 min" in ops.last.text


async def test_somebody_else_is_not_named_as_legal_representative(chen: Person) -> None:
    await register(chen, "陈晓舟", CHEN_ID)
    await chen.write("/company")
    await chen.write(f"{KILN} {KILN_CODE}")
    await chen.tap("Agree and get the letter")
    await chen.send(licence_photo(KILN, KILN_CODE, "王一帆"), "licence.jpg", JPEG)
    if "Who is the legal representative" in chen.last.text:
        await chen.write("王一帆")
    assert any("does not have 王一帆" in line.said for line in chen.lines)


async def test_papers_are_kept_sealed_and_not_as_they_were_sent(chen: Person, stage: Stage) -> None:
    await submitted(chen)
    blobs = [path.read_bytes() for path in stage.app.settings.data.glob("blobs/??/??/*")]
    assert not any(each.startswith(b"\xff\xd8\xff") for each in blobs)
    journaled = json.dumps(stage.app.store.read(lambda tx: tx.find("all_journal")))
    assert CHEN_ID not in journaled


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


async def test_papers_are_gone_two_days_after_the_decision(
    chen: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    await submitted(chen)
    await ops.tap("Take case 1")
    await ops.tap("Approve")
    await told(stage, clock)
    store = stage.app.store
    person = store.read(lambda tx: tx.find("person_of_phone", phone=chen.phone))[0]["id"]
    assert len(store.read(lambda tx: tx.find("proofs_of_person", person=person))) == 2
    clock.advance(days=4)
    await stage.settle()
    assert store.read(lambda tx: tx.find("proofs_of_person", person=person)) == []


async def test_somebody_without_a_resident_id_is_checked_by_their_passport(
    ops: Person, stage: Stage, clock: ManualClock
) -> None:
    wei = stage.person("wei", "Wei Chen", "+85261234567")
    wei.language = "en"
    await wei.write("/start")
    await wei.tap("share my number")
    await wei.tap("no resident ID")
    await wei.tap("Passport")
    await wei.write("Wei Chen, E12345678")
    await wei.tap("Agree and go on")
    await wei.send(letter_photo("PASSPORT"), "passport.jpg", JPEG)
    await ops.tap("Take case 1")
    assert "passport ending 5678" in ops.last.text
    await ops.tap("Approve")
    await told(stage, clock)
    assert "It is you, Wei Chen" in wei.last.text
    assert stage.app.store.forget_overwritten()
    kept = b"".join(each.read_bytes() for each in stage.app.settings.data.rglob("*") if each.is_file())
    assert b"E12345678" not in kept


async def test_an_operator_takes_a_certificate_back_and_the_people_concerned_are_told(
    chen: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    await submitted(chen)
    await ops.tap("Take case 1")
    await ops.tap("Approve")
    await told(stage, clock)
    await ops.write(f"/revoke {KILN_CODE}")
    await ops.tap("Check was wrong")
    assert "is revoked" in ops.last.text
    assert "the real-name check was wrong" in chen.last.text
    company = stage.app.store.read(lambda tx: tx.find("enterprise_of_code", code=KILN_CODE))[0]["id"]
    rows = stage.app.store.read(lambda tx: tx.find("certificates_of_principal", principal=company))
    assert [row["state"] for row in rows] == ["revoked"]


async def test_only_operators_take_certificates_back(chen: Person) -> None:
    await register(chen, "陈晓舟", CHEN_ID)
    await chen.write("/revoke 13700132356")
    assert "Only operators" in chen.last.text

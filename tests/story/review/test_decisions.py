"""Decisions: for exactly what was shown, undone within a minute, by one operator, or by two where that is set."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.app import App, open_app
from bot.demo.people import Person, Stage
from bot.demo.story import KILN, KILN_CODE
from bot.messengers.script import ScriptMessenger
from bot.settings import Settings
from signing.identity.case import CaseTaken, NotYourCase, OwnCase, ProofsChanged
from tests.clock import ManualClock
from tests.remembered import migrated, remembering
from tests.story.papers import letter_photo
from tests.story.review.acts import actor_of, case_of, passport_sent, submitted, told


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


async def test_a_case_that_nobody_has_can_not_be_decided(chen: Person, ops: Person, stage: Stage) -> None:
    await submitted(chen)
    with pytest.raises(NotYourCase):
        case = case_of(stage)
        stage.app.store.write(stage.app.services.cases.decide, actor_of(stage, "ops"), case, "approve", "")


async def test_after_the_applicant_was_told_an_undo_offers_to_suspend_instead(
    chen: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    await submitted(chen)
    await ops.tap("Take case 1")
    await ops.tap("Approve")
    await told(stage, clock)
    await ops.tap("Undo")
    assert "has been told already" in ops.last.text
    await ops.tap(f"Suspend {KILN}")
    await ops.tap("Check was wrong")
    assert "is revoked" in ops.last.text
    company = stage.app.store.read(lambda tx: tx.find("enterprise_of_code", code=KILN_CODE))[0]
    assert company["state"] == "suspended"
    assert "was revoked by an operator" in chen.last.text


async def test_a_person_whose_check_was_wrong_loses_the_certificate_too(
    wei: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    await passport_sent(wei)
    await ops.tap("Take case 1")
    await ops.tap("Approve")
    await told(stage, clock)
    await ops.tap("Undo")
    await ops.tap("Suspend Wei Chen")
    await ops.tap("Check was wrong")
    assert "was revoked by an operator" in wei.last.text


async def test_after_a_rejection_was_told_there_is_nothing_to_suspend(
    chen: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    await submitted(chen)
    await ops.tap("Take case 1")
    await ops.tap("Reject")
    await ops.tap("No seal")
    await told(stage, clock)
    await ops.tap("Undo")
    assert "Nothing was given by it" in ops.last.text and not ops.last.buttons


async def test_a_claim_that_a_restored_backup_does_not_hold_is_not_approved(
    chen: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    await submitted(chen)
    person = actor_of(stage, "chen").person
    assert person is not None
    stage.app.store.write(stage.app.vault.erase, person)
    await ops.tap("Take case 1")
    await ops.tap("Approve")
    await told(stage, clock)
    assert "restored from a backup" in chen.last.text
    assert stage.app.store.read(lambda tx: tx.find("enterprise_of_code", code=KILN_CODE)) == []


class TestWithFourEyes:
    """An approval takes two operators, a rejection one."""

    @pytest.fixture
    def app(self, settings: Settings, clock: ManualClock) -> Iterator[App]:
        settings.four_eyes = True
        with open_app(
            settings, lambda _: ScriptMessenger(), clock, open_store=migrated, open_children=remembering
        ) as opened:
            yield opened

    async def test_nothing_is_approved_before_the_second(
        self, chen: Person, ops: Person, ben: Person, stage: Stage, clock: ManualClock
    ) -> None:
        await submitted(chen)
        await ops.tap("Take case 1")
        await ops.tap("Approve")
        assert "A second operator must approve it too" in ops.last.text
        await told(stage, clock)
        assert stage.app.store.read(lambda tx: tx.find("enterprise_of_code", code=KILN_CODE)) == []
        await ben.tap("Take case 1")
        await ben.tap("Approve")
        await told(stage, clock)
        assert f"{KILN} is checked" in chen.last.text

    async def test_the_same_operator_twice_is_refused(
        self, chen: Person, ops: Person, stage: Stage, clock: ManualClock
    ) -> None:
        await submitted(chen)
        await ops.tap("Take case 1")
        await ops.tap("Approve")
        case, cases, store = case_of(stage), stage.app.services.cases, stage.app.store
        with pytest.raises(OwnCase):
            store.write(cases.take, actor_of(stage, "ops"), case)
        assert store.write(cases.take_next, actor_of(stage, "ops")) is None
        await stage.receive(ops.address, "en", {"tap": f">review:{case}", "message": ""})
        assert "someone else must decide" in ops.last.text

    async def test_one_rejection_is_enough(
        self, chen: Person, ops: Person, stage: Stage, clock: ManualClock
    ) -> None:
        await submitted(chen)
        await ops.tap("Take case 1")
        await ops.tap("Reject")
        await ops.tap("No seal")
        await told(stage, clock)
        assert "no company seal" in chen.last.text

"""Operators take certificates back."""

from __future__ import annotations

from bot.demo.people import Person, Stage
from bot.demo.story import KILN_CODE
from tests.clock import ManualClock
from tests.story.acts import register
from tests.story.review.acts import CHEN_ID, submitted, told


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

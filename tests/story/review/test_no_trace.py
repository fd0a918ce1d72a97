"""What operators look at and what waits for the register: nowhere in plain, and gone for good with its person."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from bot.demo.people import Person, Stage
from signing.errors import SigningError
from signing.identity.providers.base import ProviderDown
from signing.store.port import Reading
from signing.store.sqlite import SqliteStore
from signing.store.vault import Sealed
from tests.clock import ManualClock
from tests.story.acts import register
from tests.story.review.acts import CHEN_ID, actor_of, passport_sent, submitted
from tests.story.test_privacy import files_of, ids

DOWN = "赵可心", "330106199308145523", "+8613500135523"


def sealed_of(tx: Reading, person: str) -> list[bytes]:
    """Everything in the database that was sealed for a person."""
    checks = tx.find("checks_of_person", person=person)
    secrets = tx.find("secrets_of_subject", subject=person)
    return [row["elements"] for row in checks if row["elements"]] + [row["sealed"] for row in secrets]


async def test_numbers_of_documents_leave_no_trace(
    wei: Person, stage: Stage, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    """Claimed, reviewed and told: in no log, no exception, no byte of the database or the files."""
    caplog.set_level(logging.DEBUG)
    await passport_sent(wei)
    services, store, actor = stage.app.services, stage.app.store, actor_of(stage, "wei")
    numbers, raised = ids(200), []
    for number in numbers:
        try:
            found = {"name": "Wei Chen", "number": number}
            check = store.write(services.claims.open_document, actor, "passport", found)
            store.write(services.cases.submit, actor, check)
        except SigningError as error:
            raised.append(f"{error!r} {error.details}")
            clock.advance(days=1)
    await stage.settle()
    assert store.forget_overwritten()
    kept = files_of(stage.app) + caplog.text.encode() + "".join(raised).encode()
    assert raised and [number for number in numbers if number.encode() in kept] == []


async def test_answers_that_wait_for_the_register_are_in_no_file_and_no_log(
    stage: Stage, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    name, number, phone = DOWN
    zhao = stage.person("zhao", name, phone)
    zhao.language = "en"
    await register(zhao, name, number)
    check = stage.app.store.read(lambda tx: tx.find("all_checks"))[0]["id"]
    with pytest.raises(ProviderDown) as silence:
        stage.app.services.checks.ask_provider(check)
    for _ in range(3):
        clock.advance(minutes=6)
        await stage.settle()
    assert stage.app.store.forget_overwritten()
    assert number.encode() not in files_of(stage.app)
    assert number not in caplog.text + repr(silence.value) + str(silence.value.details)


async def test_erasing_leaves_nothing_that_opens_not_even_in_a_backup_made_before(
    chen: Person, ops: Person, stage: Stage, clock: ManualClock, tmp_path: Path
) -> None:
    """Papers before an operator, what the claim says, and every file about the person."""
    await submitted(chen)
    app, person = stage.app, str(actor_of(stage, "chen").person)
    papers = [row["digest"] for row in app.store.read(lambda tx: tx.find("proofs_of_person", person=person))]
    files = {digest: app.blobs.read(digest) for digest in papers}
    before = app.store.read(sealed_of, person)
    assert len(papers) == 2 and before
    assert all(app.store.read(app.vault.open, person, each) for each in [*before, *files.values()])
    assert isinstance(app.store, SqliteStore)
    app.store.backup(tmp_path / "before.db")
    await chen.write("/privacy")
    await chen.tap("Erase my data")
    await chen.tap("Erase everything")
    older = SqliteStore(tmp_path / "before.db", clock)
    try:
        assert older.read(sealed_of, person) == before
        for store in (app.store, older):
            for each in [*before, *files.values()]:
                with pytest.raises(Sealed):
                    store.read(app.vault.open, person, each)
    finally:
        older.close()
    assert app.store.read(sealed_of, person) == []
    assert CHEN_ID.encode() not in files_of(app)

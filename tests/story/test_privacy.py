"""People's data: shown, exported, erased, absent from wherever it has no business to be."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from stdnum.cn import ric

from bot.app import App
from bot.demo.people import Person, Stage
from signing.actor import Actor
from signing.errors import SigningError
from signing.store.blobs import BlobMissing
from signing.store.sqlite import SqliteStore
from signing.store.vault import Sealed
from tests.clock import ManualClock
from tests.story.acts import LIN_ID, register, start_and_seal

MANY = 1000


def ids(count: int) -> list[str]:
    """Resident ID numbers of nobody, with right check digits."""
    bare = [f"110101{1950 + n % 50}{1 + n % 12:02}{1 + n % 28:02}{n:03}" for n in range(count)]
    return [number + ric.calc_check_digit(number + "0") for number in bare]


def files_of(app: App) -> bytes:
    """Every byte of the installation: the database, its log and the files."""
    return b"".join(path.read_bytes() for path in app.settings.data.rglob("*") if path.is_file())


async def test_privacy_shows_what_is_kept_with_numbers_masked(lin: Person) -> None:
    await register(lin, "林海清", LIN_ID)
    await lin.write("/privacy")
    assert "*** 4417" in lin.last.text and "0025" in lin.last.text
    assert LIN_ID not in lin.last.text and "13800134417" not in lin.last.text


async def test_an_export_holds_what_is_kept_and_is_itself_sealed(lin: Person, app: App) -> None:
    await register(lin, "林海清", LIN_ID)
    await lin.write("/privacy")
    await lin.tap("Export")
    digest = lin.files("application/json")[-1]
    row = app.store.read(lambda tx: tx.get("blobs", digest))
    assert row is not None
    exported = json.loads(app.store.read(app.blobs.read_sealed, row["subject"], digest))
    assert exported["person"]["name"] == "林海清" and exported["checks"][0]["state"] == "passed"
    assert b"exported" not in app.blobs.read(digest)


async def test_an_export_is_let_go_after_two_days(
    lin: Person, app: App, stage: Stage, clock: ManualClock
) -> None:
    await register(lin, "林海清", LIN_ID)
    await lin.write("/privacy")
    await lin.tap("Export")
    digest = lin.files("application/json")[-1]
    clock.advance(days=1.5)
    await stage.settle()
    assert app.blobs.read(digest)
    clock.advance(days=1.5)
    await stage.settle()
    with pytest.raises(BlobMissing):
        app.blobs.read(digest)


async def test_an_erased_person_is_somebody_new(lin: Person, app: App) -> None:
    await register(lin, "林海清", LIN_ID)
    await lin.write("/privacy")
    await lin.tap("Erase my data")
    await lin.tap("Erase everything")
    assert "Erased" in lin.last.text
    assert "林海清".encode() not in files_of(app) and b"13800134417" not in files_of(app)
    await lin.write("/start")
    assert "First I must know who you are" in lin.last.text


async def test_nobody_is_erased_while_a_contract_of_theirs_is_being_signed(lin: Person) -> None:
    await start_and_seal(lin)
    await lin.write("/privacy")
    await lin.tap("Erase my data")
    await lin.tap("Erase everything")
    assert "still being signed" in lin.last.text
    await lin.write("/home")
    assert "林海清" in lin.last.text


async def test_what_was_sealed_for_an_erased_person_can_not_be_opened_even_from_an_older_backup(
    lin: Person, app: App, clock: ManualClock, tmp_path: Path
) -> None:
    await register(lin, "林海清", LIN_ID)
    me = app.store.read(lambda tx: tx.find("person_of_phone", phone="+8613800134417"))[0]["id"]
    digest = app.store.write(app.blobs.write_sealed, me, b"a photo of a passport", "image/jpeg")
    assert app.store.read(app.blobs.read_sealed, me, digest) == b"a photo of a passport"
    sealed = app.blobs.read(digest)
    assert isinstance(app.store, SqliteStore)
    app.store.backup(tmp_path / "before.db")
    await lin.write("/privacy")
    await lin.tap("Erase my data")
    await lin.tap("Erase everything")
    older = SqliteStore(tmp_path / "before.db", clock)
    try:
        for store in (app.store, older):
            with pytest.raises(Sealed):
                store.read(app.vault.open, me, sealed)
    finally:
        older.close()


async def test_a_thousand_id_numbers_leave_no_trace(
    lin: Person, app: App, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    """Collected, refused, checked and failed: in no log, no exception, no byte of the database or the files."""
    caplog.set_level(logging.DEBUG)
    await lin.write("/start")
    await lin.tap("share my number")
    row = app.store.read(lambda tx: tx.find("actor_of_address", address="lin"))[0]
    actor, checks = Actor(row["id"], row["person"]), app.services.checks
    numbers, raised = ids(MANY), []
    for number in numbers:
        try:
            check = app.store.write(checks.open_person, actor)
            app.store.write(checks.collect, actor, check, {"name": "林海清", "resident_id": number})
            outcome = checks.ask_provider(check)
            app.store.write(checks.settle_person, actor, check, outcome)
        except SigningError as error:
            raised.append(f"{error!r} {error.details}")
            clock.advance(days=1)
    await lin.write(f"林海清, {numbers[0]}")
    await lin.write(f"林海清, {numbers[1][:-1]}{'1' if numbers[1][-1] != '1' else '2'}")
    assert app.store.forget_overwritten()
    kept = files_of(app) + caplog.text.encode() + "".join(raised).encode()
    assert raised and [number for number in numbers if number.encode() in kept] == []

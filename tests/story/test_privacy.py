"""People's data: shown, exported, erased, absent from wherever it has no business to be."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

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
from tests.story.acts import LIN_ID, open_invitation, register, start_and_seal

MANY = 1000


def ids(count: int) -> list[str]:
    """Resident ID numbers of nobody, with right check digits."""
    bare = [f"110101{1950 + n % 50}{1 + n % 12:02}{1 + n % 28:02}{n:03}" for n in range(count)]
    return [number + ric.calc_check_digit(number + "0") for number in bare]


def actor_of(app: App, address: str) -> Actor:
    row = app.store.read(lambda tx: tx.find("actor_of_address", address=address))[0]
    return Actor(row["id"], row["person"])


def exported(app: App, person: Person) -> Any:
    """What the newest export of a person says."""
    digest = person.files("application/json")[-1]
    row = app.store.read(lambda tx: tx.get("blobs", digest))
    assert row is not None
    return json.loads(app.store.read(app.blobs.read_sealed, row["subject"], digest))


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
    told = exported(app, lin)
    assert told["person"]["name"] == "林海清" and told["checks"][0]["state"] == "passed"
    assert b"person" not in app.blobs.read(lin.files("application/json")[-1])


async def test_who_asked_and_who_answered_find_their_own_words_in_their_export(
    lin: Person, su: Person, app: App
) -> None:
    await start_and_seal(lin)
    await open_invitation(su)
    await su.tap("联系发起方")
    await su.write("第三页的单价含税吗？")
    await lin.tap("Answer")
    await lin.write("Yes, 13 % included.")
    for person, label in ((su, "导出"), (lin, "Export")):
        await person.write("/privacy")
        await person.tap(label)
    theirs, mine = exported(app, su), exported(app, lin)
    assert [each["words"] for each in theirs["questions"]] == ["第三页的单价含税吗？"]
    assert [each["words"] for each in mine["answers"]] == ["Yes, 13 % included."]
    assert theirs["answers"] == mine["questions"] == []
    assert theirs["questions"][0]["title"] == "Supply-2027"


async def test_an_erased_signers_question_can_not_be_read_any_more(lin: Person, su: Person, app: App) -> None:
    await start_and_seal(lin)
    await open_invitation(su)
    await su.tap("联系发起方")
    await su.write("第三页的单价含税吗？")
    await su.tap("查看并签署")
    await su.tap("签署")
    await su.type_code()
    contract = app.store.read(lambda tx: tx.find("last_contract"))[0]["id"]
    (row,) = app.store.read(lambda tx: tx.find("questions_of_contract", contract=contract))
    assert app.store.read(app.vault.open, row["asker"], row["asked"]) == "第三页的单价含税吗？".encode()
    await su.write("/privacy")
    await su.tap("删除我的数据")
    await su.tap("全部删除")
    with pytest.raises(Sealed):
        app.store.read(app.vault.open, row["asker"], row["asked"])
    told = app.store.read(app.services.questions.told, actor_of(app, "lin"), contract)
    assert [each.asked for each in told] == [""]


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
    actor, checks = actor_of(app, "lin"), app.services.checks
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

"""Searching and exporting contracts."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from openpyxl import load_workbook

from bot.app import App
from bot.demo.people import Person, Stage
from tests import people
from tests.clock import ManualClock
from tests.story.acts import register, sign, start_and_seal
from tests.story.test_contracts import another


def unpacked(app: App, digest: str) -> dict[str, bytes]:
    subject = app.store.read(lambda tx: tx.get("blobs", digest))["subject"]  # type: ignore[index]
    with ZipFile(BytesIO(app.store.read(app.blobs.read_sealed, subject, digest))) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


async def test_the_words_of_the_document_and_the_month_find_a_contract(
    lin: Person, su: Person, stage: Stage
) -> None:
    await start_and_seal(lin)
    await lin.write("/contracts")
    await lin.tap("For others")
    for words, count in (
        ("景德镇", 0),
        ("供货", 1),
        ("甲方", 1),
        ("甲方 2026-11", 1),
        ("甲方 2025-11", 0),
        ("2026年", 1),
        ("甲方 没有的词", 0),
        ('"甲方" OR x*', 0),
    ):
        await lin.write(words)
        assert f"Waiting for others: {count}" in lin.last.text, words


async def test_nobody_finds_the_words_of_somebody_elses_contract(
    lin: Person, su: Person, stage: Stage
) -> None:
    await start_and_seal(lin)
    wang = people.wang(stage)
    await register(wang, "王一帆", "440304199511231017")
    await wang.write("/contracts")
    await wang.write("甲方")
    assert [each.label for each in wang.last.buttons][:3] == ["For me: 0", "For others: 0", "Ended: 0"]


async def test_a_months_contracts_come_as_a_zip_with_a_table(
    app: App, lin: Person, su: Person, clock: ManualClock
) -> None:
    await start_and_seal(lin)
    await sign(su)
    await another(lin, clock, "=2+3")
    await lin.write("/export")
    await lin.write("2026-11")
    assert "2 contracts from 2026-11-01 to 2026-11-30" in lin.last.text
    (archive,) = [each.digest for each in lin.last.attachments]
    files = unpacked(app, archive)
    table = load_workbook(BytesIO(files["index.xlsx"])).active
    rows = list(table.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert [row[1:3] for row in rows[1:]] == [("Supply-2027", "complete"), ("=2+3", "being signed")]
    assert table["B3"].data_type == "s", "a title is no formula"  # type: ignore[index]
    assert set(files) == {
        "index.xlsx",
        "0001-Supply-2027.pdf",
        "0001-Supply-2027-evidence.pdf",
        "0002-_2_3.pdf",
    }
    assert files["0001-Supply-2027.pdf"].startswith(b"%PDF") and rows[1][6]


async def test_a_time_without_contracts_gives_no_file(lin: Person) -> None:
    await start_and_seal(lin)
    await lin.write("/export")
    await lin.write("2024")
    assert "No contract of yours" in lin.last.text and not lin.last.attachments


async def test_what_is_no_time_is_asked_again(lin: Person) -> None:
    await start_and_seal(lin)
    await lin.write("/export")
    await lin.write("everything")
    assert "can't read that as a time" in lin.last.text


async def test_what_is_too_large_for_one_file_comes_in_parts(
    app: App, lin: Person, su: Person, clock: ManualClock
) -> None:
    await start_and_seal(lin)
    await another(lin, clock, "Order-2028")
    exports = app.services.exports
    person = app.store.read(lambda tx: tx.find("person_of_phone", phone=lin.phone))[0]["id"]
    exports._part = 1
    parts = exports.pack(person, "2026-11-01T00:00:00+08:00", "2026-12-01T00:00:00+08:00", "en")
    assert [each.contracts for each in parts] == [1, 1] and len({each.name for each in parts}) == 2
    second = unpacked(app, parts[1].digest)
    rows = list(load_workbook(BytesIO(second["index.xlsx"])).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert [row[0] for row in rows[1:]] == ["1", "2"] and "0002-Order-2028.pdf" in second

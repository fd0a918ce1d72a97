"""Many contracts from one template and a table: nothing is made before all was read, one code starts them."""

from __future__ import annotations

import pytest

from bot.app import App
from bot.demo.people import Person
from bot.demo.story import TEA
from signing.documents.word import find_soffice
from signing.forms.forms import DOCX
from signing.willingness import NotWilling
from tests.signing.forms.word_forms import word_file
from tests.story.acts import register_with_company

needs_libreoffice = pytest.mark.skipif(find_soffice() is None, reason="needs LibreOffice")
LEASE = (
    "租约",
    "甲方：{{ 甲方 }}",
    "乙方：{{ 乙方 }}",
    "月租金 {{ 月租金 }} 元，身份证号 {{ 乙方身份证号 }}",
    "甲方（盖章）：",
    "乙方（签字）：",
)
HEAD = "乙方名称,乙方手机,月租金,乙方身份证号,备注\n"
SU, CHEN = "苏青窑,13900138820,5000,310105198807210049,\n", "陈晓舟,13700132356,6000.50,360202199001012342,\n"


async def many(lin: Person, table: str) -> None:
    await register_with_company(lin)
    await lin.send(word_file(*LEASE), "租约.docx", DOCX)
    await lin.tap("Keep as a template")
    await lin.tap("Many from a table")
    await lin.send(table.encode(), "rows.csv", "text/csv")


async def test_errors_are_told_by_row_before_anything_is_made(app: App, lin: Person) -> None:
    await many(lin, HEAD + SU + "王一帆,123,five,44030419951123101,x\n" + "无名,,7000,,\n")
    text = lin.last.text
    assert "1 row is good" in text
    assert "Row 3, 乙方手机: not a mobile number" in text
    assert "Row 3, 月租金: not an amount" in text
    assert "Row 3, 乙方身份证号: a digit of the ID number is wrong" in text
    assert "Row 4, 乙方手机: missing" in text
    assert "Not used: 备注" in text
    assert app.store.read(lambda tx: tx.find("last_contract")) == []


async def test_a_table_without_a_needed_column_is_refused_and_the_empty_table_has_it(lin: Person) -> None:
    await many(lin, "月租金\n5000\n")
    assert any(
        "These columns are missing: 乙方名称, 乙方手机, 乙方身份证号" in line.said for line in lin.lines[-3:]
    )
    await lin.tap("Empty table")
    assert any(
        each.name == "租约.xlsx" for line in lin.lines if line.message for each in line.message.attachments
    )


async def test_the_table_itself_is_not_kept(app: App, lin: Person) -> None:
    await many(lin, HEAD + SU)
    kept = [path.read_bytes() for path in (app.settings.data / "blobs").rglob("*") if path.is_file()]
    assert not any(b"310105198807210049" in data for data in kept)
    rows = app.store.read(lambda tx: tx.find("all_journal"))
    assert not any("310105198807210049" in row["value"] for row in rows)


@needs_libreoffice
async def test_one_code_starts_and_seals_a_contract_for_each_row(lin: Person, app: App) -> None:
    await many(lin, HEAD + SU + CHEN)
    await lin.tap("Make 2 contracts")
    assert "2 drafts are made" in lin.last.text and "with 陈晓舟" in lin.last.text
    assert any("2 of 2 contracts are made" in message.text for message in lin.cards.values())
    await lin.tap("Start and seal all")
    assert "租约 × 2" in lin.last.text
    await lin.type_code()
    assert "2 contracts have started" in lin.last.text
    started = app.store.read(
        lambda tx: tx.find("started_by_sender", sender=tx.find("newest_chat")[0]["person"], limit=9)
    )
    assert len(started) == 2
    assert len({row["id"] for row in started}) == 2


@needs_libreoffice
async def test_without_the_code_they_stay_drafts(lin: Person) -> None:
    await many(lin, HEAD + SU)
    await lin.tap("Make 1 contract")
    await lin.tap("Start and seal all")
    await lin.tap("Cancel")
    assert "1 draft is kept. Nothing was started" in lin.last.text


def test_a_list_binding_stands_for_exactly_its_lines() -> None:
    from signing.contracts.bindings import start_list_binding

    listed = [["t1", "y1", "d1", "s1"], ["t2", "y2", "d2", ""]]
    binding = start_list_binding(listed)
    assert binding.purposes == ("start:t1", "start:t2", "seal:t1")
    assert binding.hashed() != start_list_binding(listed[:1]).hashed()
    assert binding.hashed() != start_list_binding([["t1", "y1", "other", "s1"], listed[1]]).hashed()
    assert NotWilling.code


@needs_libreoffice
async def test_who_has_two_seals_chooses_one_for_all_and_the_code_names_it(app: App, lin: Person) -> None:
    await many(lin, HEAD + SU + CHEN)
    await lin.write("/seal")
    await lin.tap("Official seal")
    await lin.tap("Make 2 contracts")
    assert "You sign with: contract seal" in lin.last.text
    await lin.tap("Another seal")
    await lin.tap("Official seal")
    assert "You sign with: official seal" in lin.last.text
    await lin.tap("Start and seal all")
    assert f"put the official seal of {TEA} on each" in lin.last.text
    await lin.type_code()
    assert "2 contracts have started" in lin.last.text
    contract = app.store.read(lambda tx: tx.find("last_contract"))[0]["id"]
    signed = app.store.read(lambda tx: tx.find("parties_of_contract", contract=contract))[0]["seal"]
    assert app.store.read(lambda tx: tx.get("seals", signed))["kind"] == "official"

"""Export of a period: signed PDFs and their evidence in ZIP files, each with a table of all of them (.xlsx)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from signing.actor import Actor
from signing.contracts.contract import Contract, NoSuchContract, State
from signing.contracts.invitations import NO_CHAT
from signing.contracts.readers import require_reader
from signing.evidence.proving import Proof, read_proof
from signing.ids import ContractId, Digest, PersonId
from signing.store.blobs import Blobs
from signing.store.port import Reading, Store
from signing.store.times import milliseconds

PART = 45_000_000
"""Bytes of a part, so that every messenger takes it."""
INDEX = "index.xlsx"
WIDTHS = (7, 36, 14, 18, 18, 48, 18, 44, 66)

Words = Callable[[str, str, Mapping[str, Any]], str]
"""The block of export.html in a language, filled in; plain text."""


@dataclass(frozen=True, slots=True)
class Part:
    """One ZIP file, sealed under the person's key; `contracts` are how many it holds."""

    digest: Digest
    name: str
    contracts: int


@dataclass(frozen=True, slots=True)
class Item:
    """A contract with its files: name in the ZIP, and digest."""

    contract: Contract
    number: str
    files: tuple[tuple[str, Digest], ...]


class Exports:
    """Packs what a person may see of the contracts that were started in a period."""

    def __init__(self, store: Store, blobs: Blobs, words: Words, zone: ZoneInfo, part: int = PART) -> None:
        self._store = store
        self._blobs = blobs
        self._words = words
        self._zone = zone
        self._part = part

    def pack(self, person: PersonId, since: str, until: str, language: str) -> list[Part]:
        """From a moment (ISO 8601) to another, outside any transaction; nothing where there were no contracts."""
        span = (milliseconds(datetime.fromisoformat(each)) for each in (since, until))
        items = self._store.read(_items, person, *span)
        groups = list(self._grouped(items))
        table = self._table(groups, language)
        return [
            self._kept(person, group, table, f"contracts-{since[:10]}-{number}.zip")
            for number, group in enumerate(groups, start=1)
        ]

    def _grouped(self, items: Sequence[Item]) -> Iterator[list[Item]]:
        """The items in parts, none larger than a part may be unless it is one contract alone."""
        group: list[Item] = []
        size = 0
        for item in items:
            bytes_ = sum(len(self._blobs.read(digest)) for _, digest in item.files)
            if group and size + bytes_ > self._part:
                yield group
                group, size = [], 0
            group.append(item)
            size += bytes_
        if group:
            yield group

    def _kept(self, person: PersonId, group: Sequence[Item], table: bytes, name: str) -> Part:
        packed = BytesIO()
        with ZipFile(packed, "w", ZIP_STORED) as archive:
            archive.writestr(INDEX, table)
            for item in group:
                for path, digest in item.files:
                    archive.writestr(path, self._blobs.read(digest))
        data = packed.getvalue()
        sealed = self._store.write(self._blobs.write_sealed, person, data, "application/zip")
        return Part(Digest(sealed), name, len(group))

    def _table(self, groups: Sequence[Sequence[Item]], language: str) -> bytes:
        book = Workbook()
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        sheet.title = self._words(language, "sheet", {})
        _write(sheet, 1, self._words(language, "columns", {}).splitlines())
        row = 2
        for part, group in enumerate(groups, start=1):
            for item in group:
                _write(sheet, row, self._line(part, item, language))
                row += 1
        _made_readable(sheet)
        out = BytesIO()
        book.save(out)
        return out.getvalue()

    def _line(self, part: int, item: Item, language: str) -> list[str]:
        contract = item.contract
        signed = [each.signed for each in contract.parties if each.signed]
        return [
            str(part),
            contract.title,
            self._words(language, "state", {"state": contract.state}),
            self._when(contract.deadline),
            self._when(max(signed)) if signed else "",
            "; ".join(each.name for each in contract.parties),
            item.number,
            item.files[0][0],
            contract.current,
        ]

    def _when(self, moment: datetime) -> str:
        return f"{moment.astimezone(self._zone):%Y-%m-%d %H:%M}"


def _items(tx: Reading, person: PersonId, since: int, until: int) -> list[Item]:
    rows = tx.find("contracts_of_period", person=person, since=since, until=until)
    read = [each for each in (_readable(tx, person, row["id"]) for row in rows) if each]
    return [_item(tx, number, contract) for number, contract in enumerate(read, start=1)]


def _readable(tx: Reading, person: PersonId, contract: ContractId) -> Contract | None:
    try:
        return require_reader(tx, Actor(NO_CHAT, person), contract)
    except NoSuchContract:
        return None


def _item(tx: Reading, number: int, contract: Contract) -> Item:
    proof = read_proof(tx, contract.id) or Proof("", Digest(""), Digest(""))
    name = f"{number:04}-{_plain(contract.title)}"
    files = [(f"{name}.pdf", contract.current)]
    if contract.state == State.COMPLETED and proof.report:
        files.append((f"{name}-evidence.pdf", proof.report))
    return Item(contract, proof.number if proof.report else "", tuple(files))


def _plain(title: str) -> str:
    """A title as part of a file's name on any machine."""
    kept = "".join(letter if letter.isalnum() or letter in " -_" else "_" for letter in title)
    return kept.strip()[:60] or "contract"


def _write(sheet: Worksheet, row: int, values: Sequence[str]) -> None:
    """Text and nothing but text: what a person called a contract is no formula."""
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column, value)
        cell.data_type = "s"


def _made_readable(sheet: Worksheet) -> None:
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width

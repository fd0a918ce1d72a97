"""Rosters: one form and a table of rows, a contract each. Read and checked as a whole before anything is made."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from signing.actor import Actor
from signing.contracts.contract import Contract, read_contract
from signing.documents.child import MIB, Limits, Run
from signing.errors import SigningError
from signing.forms.content import Content, Told, is_senders, is_told, others_of
from signing.forms.errors import NoSuchColumns, NoSuchForm, NotFilledIn
from signing.forms.fillings import Fillings
from signing.forms.forms import Form
from signing.forms.known import Fact, Part, fact_of
from signing.forms.table import empty_table
from signing.forms.values import CHINESE, read_value
from signing.identity.elements import credit_code, mobile_number, normalized, person_name
from signing.ids import ContractId, Digest, FillingId, FormId, PersonId, RosterId, new_id
from signing.store.blobs import Blobs
from signing.store.port import Reading, Row, Store, Tx

LIMITS = Limits(seconds=30, cpu=20, memory=1024 * MIB)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS: tuple[tuple[Part, str, str], ...] = (
    ("name", "{role}名称", "{role} name"),
    ("code", "{role}信用代码", "{role} credit code"),
    ("contact", "{role}签署人", "{role} signer"),
    ("phone", "{role}手机", "{role} phone"),
)
READERS: dict[Part, Callable[[str], str]] = {
    "name": str,
    "code": credit_code,
    "contact": person_name,
    "phone": mobile_number,
}


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong in a row (its number in the table) under a column."""

    row: int
    label: str
    code: str
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Roster:
    """A table that was read: `rows` are good, `problems` the others'. `unused` are columns that belong to no field."""

    id: RosterId
    rows: int
    problems: tuple[RowProblem, ...]
    unused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A row on its way: its number in the table, and the contract if it is made."""

    filling: FillingId
    number: int
    contract: ContractId | None


class Rosters:
    """Reads tables and keeps their rows as fillings, sealed."""

    def __init__(self, store: Store, blobs: Blobs, fillings: Fillings, run: Run) -> None:
        self._store = store
        self._blobs = blobs
        self._fillings = fillings
        self._run = run

    def empty(self, form: FormId, person: PersonId) -> Digest:
        """An .xlsx with the columns that a form needs; outside any transaction. Raises NoSuchForm."""
        read, mine = self._store.read(self._fillings.role_in, _actor(person), form)
        digest = Digest(self._blobs.write(empty_table(columns_of(read, mine))))
        self._store.write(lambda tx: self._blobs.register(tx, digest, XLSX))
        return digest

    def read(self, upload: Digest, form: FormId, person: PersonId) -> Roster:
        """Read a table and keep its good rows; outside any transaction.

        Raises a Refused, NoSuchForm, NoSuchColumns.
        """
        sheet, mine = self._store.read(self._fillings.role_in, _actor(person), form)
        told, _ = self._run("signing.forms.table:read_rows", self._blobs.read(upload), {}, LIMITS)
        columns = [_column(name, sheet, mine) for name in told["head"]]
        missing = [each for each in _needed(sheet, mine) if each not in columns]
        if missing:
            raise NoSuchColumns(labels=[_name(each) for each in missing])
        good, problems = [], []
        for number, cells in told["rows"]:
            content, wrong = _content(sheet, mine, columns, cells)
            problems += [RowProblem(number, label, why.code, why.details) for label, why in wrong]
            good += [] if wrong else [(int(number), content)]
        unused = [name for name, column in zip(told["head"], columns, strict=True) if column is None and name]
        kept = self._store.write(self._keep, _actor(person), sheet, good)
        return Roster(kept, len(good), tuple(problems), tuple(unused))

    def lines(self, tx: Reading, actor: Actor, roster: RosterId) -> list[Line]:
        """The rows in order. Raises NoSuchForm."""
        row = tx.get("rosters", roster)
        if row is None or row["person"] != actor.registered:
            raise NoSuchForm
        found = tx.find("fillings_of_roster", roster=roster)
        return [Line(each["id"], each["line"], each["contract"]) for each in found]

    def drafts(self, tx: Reading, actor: Actor, roster: RosterId) -> list[Contract]:
        """The contracts that were made of it and are still drafts. Raises NoSuchForm."""
        made = [each.contract for each in self.lines(tx, actor, roster) if each.contract]
        read = [read_contract(tx, contract) for contract in made]
        return [each for each in read if each.state == "draft"]

    def _keep(self, tx: Tx, actor: Actor, form: Form, rows: list[tuple[int, Content]]) -> RosterId:
        key = RosterId(new_id("r", tx.now))
        row: Row = {"id": key, "person": actor.registered, "form": form.id, "version": form.version}
        tx.insert("rosters", {**row, "rows": len(rows), "created": tx.now})
        for number, content in rows:
            self._fillings.add(tx, actor, form, content, key, number)
        return key


def columns_of(form: Form, mine: str) -> list[str]:
    """The head of a form's table: four columns for each other party, then the sender's fields."""
    parties = [
        (chinese if CHINESE.search(role) else english).format(role=role)
        for role in others_of(form.sheet.roles, Content(mine))
        for _, chinese, english in COLUMNS
    ]
    return [*parties, *(each.label for each in form.sheet.fields if is_senders(each, mine))]


Column = Fact | str
"""A part of what is known of a party, or a field's label."""


def _needed(form: Form, mine: str) -> list[Column]:
    parts: tuple[Part, ...] = ("name", "phone")
    facts = [Fact(role, part) for role in others_of(form.sheet.roles, Content(mine)) for part in parts]
    fields = [each.label for each in form.sheet.fields if is_senders(each, mine) and each.required]
    return [*facts, *fields]


def _column(name: str, form: Form, mine: str) -> Column | None:
    plain = normalized(name).casefold()
    for field in form.sheet.fields:
        if is_senders(field, mine) and normalized(field.label).casefold() == plain:
            return field.label
    fact = fact_of(re.sub(r"\s+", " ", normalized(name)))
    roles = {role.casefold(): role for role in others_of(form.sheet.roles, Content(mine))}
    return Fact(roles[fact.role.casefold()], fact.part) if fact and fact.role.casefold() in roles else None


def _name(column: Column) -> str:
    if isinstance(column, str):
        return column
    chinese, english = next((zh, en) for part, zh, en in COLUMNS if part == column.part)
    return (chinese if CHINESE.search(column.role) else english).format(role=column.role)


def _content(
    form: Form, mine: str, columns: Sequence[Column | None], cells: Sequence[str]
) -> tuple[Content, list[tuple[str, SigningError]]]:
    """What a row fills in, and what is wrong with it."""
    content, wrong = Content(mine), list[tuple[str, SigningError]]()
    for column, text in zip(columns, cells, strict=False):
        if column is None or not text:
            continue
        try:
            if isinstance(column, Fact):
                party = content.parties.setdefault(column.role, _nobody())
                party[column.part] = READERS[column.part](text)
            else:
                content.values[column] = read_value(form.field(column), text)
        except SigningError as refusal:
            wrong.append((_name(column), refusal))
    for party in content.parties.values():
        if not party["contact"] and not party["code"]:
            party["contact"], party["name"] = party["name"], ""
    told_wrong = {label for label, _ in wrong}
    empty = [_name(each) for each in _needed(form, mine) if _is_empty(content, each)]
    wrong += [(label, NotFilledIn(labels=[label])) for label in empty if label not in told_wrong]
    if not wrong:
        half = [role for role, party in content.parties.items() if not is_told(party)]
        wrong += [(role, NotFilledIn(labels=[role])) for role in half]
    return content, wrong


def _is_empty(content: Content, column: Column) -> bool:
    if isinstance(column, str):
        return column not in content.values
    party = content.parties.get(column.role, _nobody())
    return not (party[column.part] or (column.part == "name" and party["contact"]))


def _nobody() -> Told:
    return {"contact": "", "phone": "", "name": "", "code": ""}


def _actor(person: PersonId) -> Actor:
    return Actor(chat="", person=person)  # type: ignore[arg-type]

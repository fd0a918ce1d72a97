"""Fillings: what is put into a form, kept sealed while it is collected, and the contract that is made of it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from signing.actor import Actor
from signing.contracts.drafts import Document, Drafts
from signing.contracts.seating import NewParty
from signing.enterprises import read_enterprise
from signing.forms.content import (
    Content,
    is_left_to_others,
    is_senders,
    is_told,
    merged,
    others_of,
    party_in_words,
    value_of,
)
from signing.forms.errors import NoSuchForm, NotFilledIn
from signing.forms.field import Field
from signing.forms.forms import Form, Forms
from signing.forms.lines import Taken, take_lines
from signing.forms.printing import Printing, Value
from signing.forms.values import masked_value
from signing.ids import ContractId, EnterpriseId, FillingId, FormId, RosterId, new_id
from signing.persons import read_person
from signing.store.port import Reading, Row, Store, Tx
from signing.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Filled:
    """A field or a party's role with what it is filled with, of an ID number the last four."""

    label: str
    shown: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read: the label, and the error's code and details."""

    label: str
    code: str
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Filling:
    """How far a form is filled in. `mine` is the sender's role; `missing` and `spare` (not required) are labels, `others`
    the roles of the other parties, which stand in `missing` until they are told in full."""

    id: FillingId
    form: Form
    mine: str
    filled: tuple[Filled, ...]
    missing: tuple[str, ...]
    spare: tuple[str, ...]
    others: tuple[str, ...]
    left_to: tuple[str, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether anything is left to be asked for, or to be asked for again."""
        return bool(self.missing or self.spare or self.problems)

    @property
    def has_secrets(self) -> bool:
        """Whether what is typed next may hold an ID number."""
        asked = {*self.missing, *self.spare}
        return any(each.is_secret for each in self.form.sheet.fields if each.label in asked)


class Fillings:
    """Collects what a form needs and makes a draft of it."""

    def __init__(self, store: Store, vault: Vault, forms: Forms, printing: Printing, drafts: Drafts) -> None:
        self._store = store
        self._vault = vault
        self._forms = forms
        self._printing = printing
        self._drafts = drafts

    def begin(self, tx: Tx, actor: Actor, form: FormId) -> Filling:
        """An empty one; the sender plays the role that they played last. Raises NoSuchForm, FormRetired."""
        read, mine = self.role_in(tx, actor, form)
        return self._view(tx, actor, self.add(tx, actor, read, Content(mine)), read)

    def role_in(self, tx: Reading, actor: Actor, form: FormId) -> tuple[Form, str]:
        """A form, and the role that the person plays in it. Raises NoSuchForm, FormRetired."""
        read = self._forms.view(tx, actor, form)
        last = self._last(tx, actor, read)
        mine = last.mine if last and last.mine in read.sheet.roles else next(iter(read.sheet.roles), "")
        return read, mine

    def again(self, tx: Tx, actor: Actor, filling: FillingId) -> Filling:
        """The same as last time, as far as it still fits. Raises NoSuchForm."""
        row, read = self._own(tx, actor, filling)
        last = self._last(tx, actor, read)
        if last is not None:
            labels = {each.label for each in read.sheet.fields}
            last.values = {label: value for label, value in last.values.items() if label in labels}
            self._save(tx, actor, row, last)
        return self.view(tx, actor, filling)

    def view(self, tx: Reading, actor: Actor, filling: FillingId) -> Filling:
        """Raises NoSuchForm."""
        row, read = self._own(tx, actor, filling)
        return self._view(tx, actor, row, read)

    def play(self, tx: Tx, actor: Actor, filling: FillingId, role: str) -> Filling:
        """The sender is another of the parties. Raises NoSuchForm."""
        row, read = self._own(tx, actor, filling)
        content = self._content(tx, row)
        if role not in read.sheet.roles:
            raise NoSuchForm
        moved = content.parties.pop(role, None)
        if moved:
            content.parties[content.mine] = moved
        content.mine = role
        self._save(tx, actor, row, content)
        return self.view(tx, actor, filling)

    def take(self, tx: Tx, actor: Actor, filling: FillingId, text: str) -> Filling:
        """Fill in what a text says, a line each. What can't be read stands among the problems. Raises NothingToFill."""
        before = self.view(tx, actor, filling)
        row, read = self._own(tx, actor, filling)
        content = self._content(tx, row)
        asked = [each for each in read.sheet.fields if is_senders(each, content.mine)]
        taken = take_lines(text, asked, before.others, [*before.missing, *before.spare])
        content.values |= taken.values
        for role, told in taken.parties.items():
            content.parties[role] = merged(content.parties.get(role, {}), told)
        self._save(tx, actor, row, content)
        return self._view(tx, actor, {**row, "sealed": self._sealed(tx, actor, content)}, read, taken)

    def name_party(self, tx: Tx, actor: Actor, filling: FillingId, role: str, party: NewParty) -> Filling:
        """A party that is known already plays a role."""
        row, _ = self._own(tx, actor, filling)
        content = self._content(tx, row)
        content.parties[role] = {name: getattr(party, name) for name in ("contact", "phone", "name", "code")}
        self._save(tx, actor, row, content)
        return self.view(tx, actor, filling)

    def print(self, filling: FillingId) -> Document:
        """The document, filled in; outside any transaction. Raises a Refused, NotFilledIn."""
        form, values, blanks, order = self._store.read(self._to_print, filling)
        return self._printing.print(form, values, blanks, order)

    def draft(self, tx: Tx, actor: Actor, filling: FillingId, document: Document) -> ContractId:
        """A draft of it with its parties. Raises SenderNotChecked, NotAMember, PartyTwice."""
        row, read = self._own(tx, actor, filling)
        content = self._content(tx, row)
        company = EnterpriseId(read.owner) if read.owner != actor.registered else None
        contract = self._drafts.create(tx, actor, document, read.name, company)
        for role in others_of(read.sheet.roles, content):
            if role in content.parties:
                told = content.parties[role]
                party = NewParty(told["contact"], told["phone"], told.get("name", ""), told.get("code", ""))
                self._drafts.add_party(tx, actor, contract, party)
        tx.change("fillings", filling, {"contract": contract, "changed": tx.now})
        return contract

    def had_last_time(self, tx: Reading, actor: Actor, form: FormId) -> bool:
        """Whether the person made a contract of this form before."""
        return bool(tx.find("last_filling", form=form, person=actor.registered))

    def _to_print(
        self, tx: Reading, filling: FillingId
    ) -> tuple[Form, dict[str, Value], list[Field], list[str]]:
        row = tx.get("fillings", filling)
        if row is None:
            raise NoSuchForm
        read = self._forms.version(tx, row["form"], row["version"])
        content = self._content(tx, row)
        actor = Actor(chat="", person=row["person"])  # type: ignore[arg-type]
        view = self._view(tx, actor, row, read)
        if view.missing:
            raise NotFilledIn(labels=list(view.missing))
        facts = self._facts(tx, actor, read, content)
        values = {each.label: value_of(each, content, facts) for each in read.sheet.fields}
        blanks = [each for each in read.sheet.fields if is_left_to_others(each, content.mine)]
        order = [content.mine, *others_of(read.sheet.roles, content)] if content.mine else []
        return read, {label: value for label, value in values.items() if value}, blanks, order

    def _view(self, tx: Reading, actor: Actor, row: Row, form: Form, taken: Taken | None = None) -> Filling:
        content = self._content(tx, row)
        others = others_of(form.sheet.roles, content)
        asked = [each for each in form.sheet.fields if is_senders(each, content.mine)]
        empty = [each for each in asked if each.label not in content.values]
        waiting = [role for role in others if not is_told(content.parties.get(role))]
        told = [
            Filled(role, party_in_words(content.parties[role])) for role in others if role in content.parties
        ]
        return Filling(
            id=row["id"],
            form=form,
            mine=content.mine,
            filled=tuple(
                told
                + [Filled(e.label, masked_value(e, content.values[e.label])) for e in asked if e not in empty]
            ),
            missing=tuple(waiting + [each.label for each in empty if each.required]),
            spare=tuple(each.label for each in empty if not each.required),
            others=tuple(others),
            left_to=tuple(each.label for each in form.sheet.fields if is_left_to_others(each, content.mine)),
            problems=tuple(Problem(label, why.code, why.details) for label, why in taken.problems)
            if taken
            else (),
        )

    def _facts(self, tx: Reading, actor: Actor, form: Form, content: Content) -> dict[str, dict[str, str]]:
        """What is known of each role's party."""
        person = read_person(tx, actor.registered)
        me = {"contact": person.name, "phone": person.phone, "name": person.name, "code": ""}
        if form.owner != actor.registered:
            company = read_enterprise(tx, EnterpriseId(form.owner))
            me |= {"name": company.name, "code": company.code}
        facts = {content.mine: me, **content.parties}
        return {role.casefold(): told for role, told in facts.items()}

    def _own(self, tx: Reading, actor: Actor, filling: FillingId) -> tuple[Row, Form]:
        row = tx.get("fillings", filling)
        if row is None or row["person"] != actor.registered:
            raise NoSuchForm
        self._forms.view(tx, actor, row["form"])
        return row, self._forms.version(tx, row["form"], row["version"])

    def _last(self, tx: Reading, actor: Actor, form: Form) -> Content | None:
        rows = tx.find("last_filling", form=form.id, person=actor.registered)
        return self._content(tx, rows[0]) if rows else None

    def add(
        self,
        tx: Tx,
        actor: Actor,
        form: Form,
        content: Content,
        roster: RosterId | None = None,
        line: int = 0,
    ) -> Row:
        """Keep a filling, one line of a roster or by itself."""
        row: Row = {
            "id": new_id("i", tx.now),
            "form": form.id,
            "version": form.version,
            "person": actor.registered,
            "roster": roster,
            "line": line,
            "sealed": self._sealed(tx, actor, content),
            "changed": tx.now,
        }
        tx.insert("fillings", row)
        return row

    def _save(self, tx: Tx, actor: Actor, row: Row, content: Content) -> None:
        tx.change("fillings", row["id"], {"sealed": self._sealed(tx, actor, content), "changed": tx.now})

    def _sealed(self, tx: Tx, actor: Actor, content: Content) -> bytes:
        return self._vault.seal(tx, actor.registered, json.dumps(asdict(content)).encode())

    def _content(self, tx: Reading, row: Row) -> Content:
        return Content(**json.loads(self._vault.open(tx, row["person"], row["sealed"])))

"""Any sequence of works, whole, failed or half undone, leaves what a dictionary would hold."""

from __future__ import annotations

import tempfile
from copy import deepcopy
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from signing.store.port import Duplicate, Missing, NotHeld, Row, Tx
from signing.store.sqlite import SqliteStore
from tests.clock import ManualClock
from tests.signing.store.tables import MIGRATIONS

keys = st.sampled_from(["a", "b", "c"])
words = st.none() | st.text(max_size=3)
counts = st.integers(-(2**63), 2**63 - 1)
rows = st.fixed_dictionaries({"word": words, "count": counts}, optional={"chat": st.none()})
edits = rows.filter(bool)
steps = st.one_of(
    st.tuples(st.just("insert"), keys, rows, st.booleans()),
    st.tuples(st.just("change"), keys, edits, st.none() | rows),
    st.tuples(st.just("remove"), keys),
    st.tuples(st.just("fail")),
)
works = st.lists(steps | st.tuples(st.just("attempt"), st.lists(steps, max_size=4)), max_size=6)
Notes = dict[str, Row]


class Undone(Exception):
    """A work that changes its mind."""


class Model:
    """The table of notes as a dictionary."""

    def __init__(self, notes: Notes) -> None:
        self.notes = deepcopy(notes)

    def insert(self, key: str, row: Row, once: bool) -> Any:
        if key in self.notes or self._taken(key, row.get("word")):
            return False if once else Duplicate
        self.notes[key] = {"id": key, "chat": None, **row}
        return True

    def change(self, key: str, row: Row, was: Row | None) -> Any:
        if key not in self.notes:
            return Missing
        if any(self.notes[key][name] != value for name, value in (was or {}).items()):
            return False
        if self._taken(key, row.get("word")):
            return Duplicate
        self.notes[key].update(row)
        return True

    def remove(self, key: str) -> Any:
        self.notes.pop(key, None)

    def _taken(self, key: str, word: str | None) -> bool:
        return word is not None and any(
            row["word"] == word for other, row in self.notes.items() if other != key
        )


def perform(tx: Tx, step: Any) -> Any:
    """One step on the store: what came back, or the class of what was raised."""
    try:
        match step:
            case "insert", key, row, once:
                return tx.insert("notes", {"id": key, **row}, once=once)
            case "change", key, row, was:
                return tx.change("notes", key, row, was=was)
            case "remove", key:
                return tx.remove("notes", key)
    except (Duplicate, Missing) as error:
        return type(error)


class Stores(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "model.db"
        self.store = SqliteStore(self.path, ManualClock(), MIGRATIONS)
        self.notes: Notes = {}
        self.titles: dict[str, str] = {}

    @rule(steps=works)
    def work(self, steps: list[Any]) -> None:
        model = Model(self.notes)
        try:
            self.store.write(self._perform_all, model, steps)
        except Undone:
            return
        self.notes = model.notes

    def _perform_all(self, tx: Tx, model: Model, steps: list[Any]) -> None:
        for step in steps:
            if step[0] == "fail":
                raise Undone
            if step[0] == "attempt":
                self._attempt(tx, model, step[1])
            else:
                assert perform(tx, step) == getattr(model, step[0])(*step[1:]), step
                assert tx.get("notes", step[1]) == model.notes.get(step[1])

    def _attempt(self, tx: Tx, model: Model, steps: list[Any]) -> None:
        inner = Model(model.notes)
        try:
            tx.attempt(self._perform_all, inner, steps)
        except Undone:
            return
        model.notes = inner.notes

    @rule(key=keys, held=st.booleans(), title=st.text(max_size=5))
    def title(self, key: str, held: bool, title: str) -> None:
        """A contract is made by whoever comes first, and changed only by who holds it."""

        def work(tx: Tx) -> None:
            if held and key in self.titles:
                tx.hold("contracts", key)
            if not tx.insert("contracts", {"id": key, "title": title}, once=True):
                tx.change("contracts", key, {"title": title})

        try:
            self.store.write(work)
        except NotHeld:
            assert key in self.titles and not held
        else:
            assert held or key not in self.titles
            self.titles[key] = title

    @precondition(lambda self: self.notes)
    @rule()
    def open_again(self) -> None:
        self.store.close()
        self.store = SqliteStore(self.path, ManualClock(), MIGRATIONS)

    @invariant()
    def holds_what_the_model_holds(self) -> None:
        for key in "abc":
            assert self.store.read(lambda tx, key=key: tx.get("notes", key)) == self.notes.get(key)
            contract = self.store.read(lambda tx, key=key: tx.get("contracts", key))
            assert (contract and contract["title"]) == self.titles.get(key)

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()


TestStores = Stores.TestCase
TestStores.settings = settings(max_examples=40, stateful_step_count=15, deadline=None)

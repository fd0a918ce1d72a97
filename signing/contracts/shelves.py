"""A person's contracts on three shelves: those that wait for them, those that wait for others, those that ended."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from signing.actor import Actor
from signing.contracts.contract import Contract, State, read_contract
from signing.contracts.readers import require_reader
from signing.contracts.search import read_wanted
from signing.documents.words import asked
from signing.ids import ContractId
from signing.persons import read_person
from signing.store.port import Reading

PAGE = 5

Name = Literal["mine", "others", "done"]
NAMES: tuple[Name, ...] = ("mine", "others", "done")


@dataclass(frozen=True, slots=True)
class Line:
    """One contract on a shelf."""

    id: ContractId
    title: str
    sender: str
    state: State


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of a shelf; `counts` are the contracts on each. Waiting ones come with the nearest deadline first,
    ended ones with the latest."""

    name: Name
    page: int
    pages: int
    counts: dict[str, int]
    lines: tuple[Line, ...]


class Shelves:
    """What a person may see of the contracts that have started. `zone` is where dates that are typed are."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    def look(
        self, tx: Reading, actor: Actor, name: Name, words: str, page: int, principal: str = ""
    ) -> Shelf:
        """A page (from 0) of those whose title, parties or document hold the words, of the time that stands among them;
        with a `principal`, theirs and what waits.

        Raises NotRegistered.
        """
        person = read_person(tx, actor.registered)
        found: dict[str, list[ContractId]] = {each: [] for each in NAMES}
        wanted = read_wanted(words, self._zone)
        values = {"words": f"%{literal(wanted.words.lower())}%", "parts": json.dumps(asked(wanted.words))}
        values |= {"person": person.id, "phone": person.phone, "principal": principal}
        for row in tx.find("contracts_on_shelves", **values, since=wanted.since, until=wanted.until):
            found[row["shelf"]].append(row["id"])
        found["done"].reverse()
        here = found[name]
        pages = max(1, -(-len(here) // PAGE))
        page = min(max(page, 0), pages - 1)
        lines = tuple(_line(read_contract(tx, each)) for each in here[page * PAGE : (page + 1) * PAGE])
        return Shelf(name, page, pages, {each: len(found[each]) for each in NAMES}, lines)

    def view(self, tx: Reading, actor: Actor, contract: ContractId) -> Contract:
        """One contract, for whoever may read it. Raises NotRegistered, NoSuchContract."""
        return require_reader(tx, actor, contract)


def _line(contract: Contract) -> Line:
    return Line(contract.id, contract.title, contract.parties[0].name, contract.state)


def literal(words: str) -> str:
    """Words of a LIKE pattern that stand for nothing but themselves."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")

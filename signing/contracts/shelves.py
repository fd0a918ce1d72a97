"""A person's contracts on three shelves: those that wait for them, those that wait for others, those that ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from signing.actor import Actor
from signing.contracts.contract import Contract, NoSuchContract, State, read_contract
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
    """What a person may see of the contracts that have started."""

    def look(self, tx: Reading, actor: Actor, name: Name, words: str, page: int) -> Shelf:
        """A page (from 0) of those whose title or parties hold the words. Raises NotRegistered."""
        person = read_person(tx, actor.registered)
        found: dict[str, list[ContractId]] = {each: [] for each in NAMES}
        pattern = f"%{literal(words.lower())}%"
        for row in tx.find("contracts_on_shelves", person=person.id, phone=person.phone, words=pattern):
            found[row["shelf"]].append(row["id"])
        found["done"].reverse()
        here = found[name]
        pages = max(1, -(-len(here) // PAGE))
        page = min(max(page, 0), pages - 1)
        lines = tuple(_line(read_contract(tx, each)) for each in here[page * PAGE : (page + 1) * PAGE])
        return Shelf(name, page, pages, {each: len(found[each]) for each in NAMES}, lines)

    def view(self, tx: Reading, actor: Actor, contract: ContractId) -> Contract:
        """One contract, for its sender, its copy-holders and whoever was let in to sign.

        Raises NotRegistered, NoSuchContract.
        """
        read = read_contract(tx, contract)
        if actor.registered != read.sender and read.party_of(actor.registered) is None:
            _require_copy(tx, actor, read)
        return read


def _require_copy(tx: Reading, actor: Actor, contract: Contract) -> None:
    """A copy-holder is known by their proved phone, once the contract has started. Raises NoSuchContract."""
    phone = read_person(tx, actor.registered).phone
    started = contract.state not in (State.DRAFT, State.DISCARDED)
    if not started or not phone or phone not in [each.phone for each in contract.copies]:
        raise NoSuchContract


def _line(contract: Contract) -> Line:
    return Line(contract.id, contract.title, contract.parties[0].name, contract.state)


def literal(words: str) -> str:
    """Words of a LIKE pattern that stand for nothing but themselves."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")

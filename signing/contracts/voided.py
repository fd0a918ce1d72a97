"""Which contract voids which, and that it names the same parties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from signing.contracts.contract import Contract, read_contract
from signing.errors import SigningError
from signing.ids import ContractId
from signing.store.port import Reading
from signing.store.times import moment


class VoidingIncomplete(SigningError):
    """A voiding names other parties than the contract that it voids."""

    code = "voiding.parties"


@dataclass(frozen=True, slots=True)
class Voided:
    """By which contract another one is void, and since when."""

    contract: ContractId
    title: str
    at: datetime


def voided_by(tx: Reading, contract: ContractId) -> Voided | None:
    """The voiding that counts."""
    for row in tx.find("voidings_of", contract=contract):
        if row["settled"]:
            return Voided(row["id"], read_contract(tx, row["id"]).title, moment(row["settled"]))
    return None


def require_all_parties(tx: Reading, draft: Contract) -> None:
    """That a voiding names everyone whom the first contract names. Raises VoidingIncomplete."""
    row = tx.get("voidings", draft.id)
    if row is not None and _named(draft) != _named(read_contract(tx, row["voids"])):
        raise VoidingIncomplete


def _named(contract: Contract) -> set[tuple[str, str]]:
    return {(each.kind, each.code or each.phone) for each in contract.parties}

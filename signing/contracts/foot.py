"""The mark at the foot of the last page, where the sender wants one: a QR code and the contract's public number."""

from __future__ import annotations

import secrets

from signing.actor import Actor
from signing.contracts.changing import changed, open_draft
from signing.contracts.contract import Contract, read_contract
from signing.documents.child import Run
from signing.documents.margins import Corner, free_foot
from signing.errors import SigningError
from signing.ids import ALPHABET, ContractId
from signing.pdf.fields import FootMark
from signing.store.blobs import Blobs
from signing.store.port import Reading, Store, Tx


class NoFreeFoot(SigningError):
    """The last page has no free corner for a mark."""

    code = "contract.no-free-foot"


class Feet:
    """Marks drafts. `base_url` is where the public page of a number is."""

    def __init__(self, store: Store, blobs: Blobs, run: Run, base_url: str) -> None:
        self._store = store
        self._blobs = blobs
        self._run = run
        self._base_url = base_url

    def has_room(self, contract: ContractId) -> bool:
        """Whether a corner is free, outside any transaction. Raises NoFreeFoot."""
        self._corner(self._store.read(read_contract, contract))
        return True

    def switch(self, tx: Tx, actor: Actor, contract: ContractId) -> str:
        """Give a draft its number, or take it away; the number. Raises NoSuchContract, WrongState."""
        number = "" if open_draft(tx, actor, contract).number else new_number()
        changed(tx, contract)
        tx.change("contracts", contract, {"number": number or None})
        return number

    def mark(self, draft: Contract) -> FootMark | None:
        """What is put on a draft's last page; None where none was asked for. Raises NoFreeFoot."""
        if not draft.number:
            return None
        corner = self._corner(draft)
        address = f"{self._base_url}/v/{draft.number}"
        return FootMark(corner.page, corner.box, address, (draft.number, address.partition("://")[2]))

    def _corner(self, draft: Contract) -> Corner:
        last = draft.pages - 1
        taken = [area.box for area in draft.areas if area.page == last]
        corner = free_foot(self._blobs.read(draft.document), taken, run=self._run)
        if corner is None:
            raise NoFreeFoot
        return corner


def number_of(tx: Reading, contract: ContractId) -> str:
    """The contract's public number: the one on its foot, else a new one."""
    return read_contract(tx, contract).number or new_number()


def new_number() -> str:
    """A public number of 60 random bits that can be read out: "7K2M-0QXA-93TF"."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(12)).upper()
    return "-".join(letters[at : at + 4] for at in (0, 4, 8))

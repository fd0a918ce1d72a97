"""Entries: what a party fills into its text areas before it signs, sealed until it stands in the signed file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from signing.actor import Actor
from signing.contracts.contract import (
    Area,
    Contract,
    Party,
    State,
    hold_contract,
    read_contract,
    require_open,
    require_sender,
)
from signing.contracts.fields import blank_fields, fields_of
from signing.contracts.invitations import require_signer
from signing.contracts.papers import DPI, Shown
from signing.documents.child import Run
from signing.documents.preview import Mark, Picture, render_pages
from signing.errors import SigningError
from signing.forms.errors import NotFilledIn
from signing.forms.field import Field
from signing.forms.values import masked_value, read_value, shown_value
from signing.ids import AreaId, ContractId, Digest, PartyId
from signing.pdf.filled import filled_in
from signing.pdf.prepare import prepare
from signing.store.blobs import Blobs
from signing.store.port import Reading, Row, Store, Tx
from signing.store.vault import Vault

MOST_PAGES = 6


class NoSuchBlank(SigningError):
    """The party has nothing to fill in there."""

    code = "entry.none"


@dataclass(frozen=True, slots=True)
class Blank:
    """A place to fill in; `shown` is what stands there so far (an ID number's last four), None for nothing yet.

    An empty `shown` is a choice: what is not required was left empty.
    """

    area: AreaId
    field: Field
    page: int
    shown: str | None


class Entries:
    """Takes and gives what a signer fills in. Changing an entry makes codes for the signature void."""

    def __init__(self, store: Store, blobs: Blobs, vault: Vault, run: Run) -> None:
        self._store = store
        self._blobs = blobs
        self._vault = vault
        self._run = run

    def blanks(self, tx: Reading, actor: Actor, contract: ContractId, party: PartyId) -> list[Blank]:
        """What the party fills in, in reading order. Raises as `put`."""
        read, named = self._open(tx, actor, read_contract(tx, contract), party)
        values = self._values(tx, named)
        return [_blank(area, values.get(area.id)) for area in read.blanks_of(named.id)]

    def put(
        self, tx: Tx, actor: Actor, contract: ContractId, party: PartyId, area: AreaId, text: str
    ) -> Blank:
        """Fill in one place as typed; an empty text leaves it empty.

        Raises NotTheSigner, NoSuchContract, WrongState, NoSuchBlank, NotFilledIn, and as `read_value`.
        """
        held, _ = self._open(tx, actor, hold_contract(tx, contract), party)
        found = next((each for each in held.blanks_of(party) if each.id == area), None)
        if found is None:
            raise NoSuchBlank
        asked = asked_at(found)
        if not text and asked.required:
            raise NotFilledIn(labels=[asked.label])
        value = read_value(asked, text) if text else ""
        sealed = self._vault.seal(tx, actor.registered, value.encode())
        row = {"contract": contract, "party": party, "person": actor.registered, "sealed": sealed}
        tx.remove("entries", area)
        tx.insert("entries", {"id": area, **row, "changed": tx.now})
        return _blank(found, value)

    def look(self, contract: ContractId, party: PartyId) -> list[Shown]:
        """The pages with the party's entries written in, ID numbers masked; outside any transaction."""
        read = self._store.read(read_contract, contract)
        named = read.party(party)
        values = self._store.read(self._values, named)
        pdf = self._blobs.read(read.current)
        if read.prepared is None:
            pdf = prepare(pdf, fields_of(read))
        blanks = read.blanks_of(party)
        written = filled_in(pdf, _written(read, named, values, masked_value))
        marks = [Mark(area.page, area.box, str(number)) for number, area in enumerate(blanks, start=1)]
        pages = sorted({area.page for area in blanks})[:MOST_PAGES]
        pictures = render_pages(written, pages, DPI, marks, run=self._run)
        return [self._kept(picture, page) for picture, page in zip(pictures, pages, strict=True)]

    def texts(self, tx: Reading, contract: Contract, party: Party) -> dict[str, str]:
        """What the party's signature writes, by the PDF's fields. Raises NotFilledIn."""
        values = self._values(tx, party)
        require_filled(contract, party, values)
        return _written(contract, party, values, shown_value)

    def agreed(self, tx: Reading, contract: Contract, party: Party) -> str:
        """What a code for the signature stands for of the entries: another one once any of them changes.

        Empty where the party fills in nothing. Raises NotFilledIn.
        """
        if not contract.blanks_of(party.id):
            return ""
        rows = _rows(tx, party)
        require_filled(contract, party, {row["id"]: row for row in rows})
        facts = [[row["id"], hashlib.sha256(row["sealed"]).hexdigest()] for row in rows]
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()

    def _values(self, tx: Reading, party: Party) -> dict[AreaId, str]:
        return {
            row["id"]: self._vault.open(tx, row["person"], row["sealed"]).decode() for row in _rows(tx, party)
        }

    def _kept(self, picture: Picture, page: int) -> Shown:
        digest = Digest(self._blobs.write(picture.data))
        self._store.write(_register, self._blobs, digest, picture.mime)
        return Shown(digest, picture.mime, (page + 1,))

    def _open(self, tx: Reading, actor: Actor, contract: Contract, party: PartyId) -> tuple[Contract, Party]:
        """The party, if the person may fill in for it now: its signer, the sender in the draft too."""
        if contract.state == State.DRAFT:
            require_sender(contract, actor)
        else:
            require_open(tx, contract)
        return contract, require_signer(tx, actor, contract, party)


def asked_at(area: Area) -> Field:
    """What an area of kind text asks for."""
    return area.field or Field("")


def require_filled(contract: Contract, party: Party, filled: Mapping[AreaId, object]) -> None:
    """Raises NotFilledIn where a place of the party has not even been left empty on purpose."""
    missing = [asked_at(area).label for area in contract.blanks_of(party.id) if area.id not in filled]
    if missing:
        raise NotFilledIn(labels=missing)


def _rows(tx: Reading, party: Party) -> list[Row]:
    """The party's entries, as far as the one who signs for it now made them."""
    return [row for row in tx.find("entries_of_party", party=party.id) if row["person"] == party.person]


def _written(
    contract: Contract, party: Party, values: Mapping[AreaId, str], show: Callable[[Field, str], str]
) -> dict[str, str]:
    """What stands in the PDF's fields; what was left empty stands nowhere."""
    fields = blank_fields(contract, party)
    return {
        fields[area.id].name: show(asked_at(area), values[area.id])
        for area in contract.blanks_of(party.id)
        if values.get(area.id)
    }


def _register(tx: Tx, blobs: Blobs, digest: Digest, mime: str) -> None:
    blobs.register(tx, digest, mime)


def _blank(area: Area, value: str | None) -> Blank:
    asked = asked_at(area)
    shown = masked_value(asked, value) if value else value
    return Blank(area.id, asked, area.page, shown)

"""The revisions of a contract's file: the prepared one is the first, and each signature makes another."""

from __future__ import annotations

from signing.ids import ContractId, Digest, PartyId, new_id
from signing.store.blobs import Blobs
from signing.store.port import Tx


def add_revision(
    tx: Tx, blobs: Blobs, contract: ContractId, number: int, digest: Digest, party: PartyId | None = None
) -> None:
    """Keep a file as revision `number` of a held contract; `party` signed it."""
    blobs.register(tx, digest, "application/pdf")
    row = {"id": new_id("v", tx.now), "contract": contract, "number": number, "digest": digest}
    tx.insert("revisions", {**row, "party": party, "created": tx.now})

"""Passes: what is shown once and opens once. A link lets a colleague in, a code links another chat."""

from __future__ import annotations

from typing import Literal

from signing.ids import PersonId, new_id
from signing.store.port import Reading, Row, Tx
from signing.store.vault import Vault

Kind = Literal["member", "chat"]


def make_pass(tx: Tx, kind: Kind, token: str, person: PersonId, life: int, **columns: str | None) -> str:
    """A new pass by the digest of its token, good for `life` milliseconds; its id."""
    key = new_id("j", tx.now)
    row: Row = {"id": key, "kind": kind, "token": token, "person": person, "state": "open"}
    tx.insert("passes", {**row, **columns, "expires": tx.now + life, "created": tx.now})
    return key


def pass_of_token(tx: Reading, kind: Kind, token: str) -> Row | None:
    """The open pass with this token's digest."""
    found = tx.find("pass_of_token", kind=kind, token=token, now=tx.now)
    return found[0] if found else None


def open_pass(tx: Reading, key: str) -> Row | None:
    """A pass by its id, as long as it can be used."""
    row = tx.get("passes", key)
    return row if row and row["state"] == "open" and row["expires"] > tx.now else None


def use_pass(tx: Tx, key: str) -> bool:
    """Use it up; False where somebody was quicker."""
    return tx.change("passes", key, {"state": "used"}, was={"state": "open"})


def keep_token(tx: Tx, vault: Vault, key: str, token: str) -> None:
    """Keep a pass's token sealed until it was texted."""
    sealed = vault.seal(tx, key, token.encode())
    tx.insert("secrets", {"id": key, "subject": key, "sealed": sealed, "created": tx.now})


def kept_token(tx: Reading, vault: Vault, key: str) -> str:
    """The token that is still to be texted; empty once it was."""
    sealed = tx.get("secrets", key)
    return vault.open(tx, key, sealed["sealed"]).decode() if sealed else ""


def forget_token(tx: Tx, vault: Vault, key: str) -> None:
    tx.remove("secrets", key)
    vault.erase(tx, key)

"""Letters: what goes to a signer outside of every dialogue. Each is a row, sent once, tried again for hours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from signing.contracts.contract import Contract, Party, State, read_contract
from signing.contracts.invitations import is_token_of, new_token
from signing.contracts.states import ends
from signing.ids import PartyId, new_id
from signing.later import set_timer
from signing.store.port import Reading, Row, Tx
from signing.store.vault import Vault

LETTER = "letter"
TRIES = 8
FIRST_WAIT = 30_000
"""Milliseconds; doubled at each try, so that the eighth comes about an hour after the first."""

Kind = Literal["invitation", "request", "copy", "ended"]
Channel = Literal["chat", "sms", "email"]

Failed = Callable[[Tx, Contract, Party], None]
"""Tell the sender that a party could not be reached, in the transaction that gives up."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that is still to be sent. `token` opens the invitation, `to` is a phone (E.164) or a mailbox."""

    id: str
    kind: Kind
    channel: Channel
    contract: Contract
    party: Party
    to: str
    token: str


class Letters:
    """Writes letters, and remembers what became of them. `failed` hears of each that was given up."""

    def __init__(self, vault: Vault, failed: Failed) -> None:
        self._vault = vault
        self._failed = failed

    def write(self, tx: Tx, party: PartyId, kind: Kind, channel: Channel) -> str:
        """A letter's row; its link, made here and now, lies sealed until it is sent. Links made before are void."""
        key = new_id("l", tx.now)
        row = {"id": key, "party": party, "kind": kind, "channel": channel, "state": "waiting"}
        tx.insert("letters", {**row, "created": tx.now})
        if kind == "invitation":
            sealed = self._vault.seal(tx, key, new_token(tx, party).encode())
            tx.insert("secrets", {"id": key, "subject": key, "sealed": sealed, "created": tx.now})
        return key

    def open(self, tx: Reading, letter: str) -> Letter | None:
        """The letter, if it is to be sent still: not where it was, was given up, or says what is so no more."""
        row = tx.get("letters", letter)
        if row is None or row["state"] != "waiting":
            return None
        party_row = tx.get("parties", row["party"])
        if party_row is None:
            return None
        contract = read_contract(tx, party_row["contract"])
        party, token = contract.party(row["party"]), self._token(tx, letter)
        if not _is_so(contract, party, row["kind"], token, party_row):
            return None
        to = party.email if row["channel"] == "email" else party.phone
        return Letter(letter, row["kind"], row["channel"], contract, party, to, token)

    def sent(self, tx: Tx, letter: str) -> None:
        """It is on its way: the link is forgotten here."""
        self._settle(tx, letter, "sent")

    def postpone(self, tx: Tx, letter: str) -> None:
        """The gateway was down: again later, and after eight tries not at all."""
        row = tx.get("letters", letter)
        assert row is not None
        tries = row["tries"] + 1
        tx.change("letters", letter, {"tries": tries})
        if tries < TRIES:
            set_timer(tx, LETTER, letter, tx.now + FIRST_WAIT * 2 ** (tries - 1))
        else:
            self.give_up(tx, letter)

    def give_up(self, tx: Tx, letter: str) -> None:
        """It will never arrive: the sender hears that, unless there is nothing to be done about it any more."""
        found = self.open(tx, letter)
        self._settle(tx, letter, "failed")
        if found is not None and found.contract.state == State.SIGNING:
            self._failed(tx, found.contract, found.party)

    def drop(self, tx: Tx, letter: str) -> None:
        """What it says is not so any more."""
        row = tx.get("letters", letter)
        if row is not None and row["state"] == "waiting":
            self._settle(tx, letter, "void")

    def _settle(self, tx: Tx, letter: str, state: str) -> None:
        tx.change("letters", letter, {"state": state, "settled": tx.now})
        tx.remove("secrets", letter)
        self._vault.erase(tx, letter)

    def _token(self, tx: Reading, letter: str) -> str:
        sealed = tx.get("secrets", letter)
        return self._vault.open(tx, letter, sealed["sealed"]).decode() if sealed else ""


def _is_so(contract: Contract, party: Party, kind: Kind, token: str, row: Row) -> bool:
    if kind == "ended":
        return ends(contract.state)
    if kind == "copy":
        return contract.state == State.SIGNING
    open_still = contract.state == State.SIGNING and party.state in ("invited", "opened")
    return open_still and (kind == "request" or is_token_of(row, token))

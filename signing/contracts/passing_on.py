"""Invitations that a sender hands into chats of their own choice: the same link however often it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from signing.actor import Actor
from signing.audit import note
from signing.contracts.contract import Contract, Party, hold_contract, read_contract
from signing.contracts.invitations import digest_of
from signing.contracts.shelves import literal
from signing.ids import PartyId
from signing.store.port import Tx
from signing.store.vault import Vault

TOKEN_CHARS = 36
"""Of hexadecimal: 144 bits."""


@dataclass(frozen=True, slots=True)
class Passable:
    """An invitation that its sender may pass on. `token` opens reading for nobody but the named signer."""

    party: PartyId
    title: str
    sender: str
    principal: str
    contact: str
    deadline: datetime
    token: str


class PassingOn:
    """What a messenger's chat picker offers. It asks at every keystroke, so a token is the same each time: it is made
    of the party and its signer, void with another signer, and known only once it was asked for."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def of_sender(self, tx: Tx, actor: Actor, words: str, limit: int) -> list[Passable]:
        """The actor's own invitations whose title or signer holds the words, newest first. Raises NotRegistered."""
        pattern = f"%{literal(words.strip().lower())}%"
        values = {"sender": actor.registered, "words": pattern, "now": tx.now, "limit": limit}
        rows = tx.find("passable_by_sender", **values)
        return [self._passable(tx, actor, read_contract(tx, row["contract"]), row["id"]) for row in rows]

    def _passable(self, tx: Tx, actor: Actor, contract: Contract, key: PartyId) -> Passable:
        party = contract.party(key)
        token = self._token(party)
        self._know(tx, actor, contract, party, digest_of(token))
        sender = contract.parties[0].name
        return Passable(key, contract.title, sender, party.name, party.contact, contract.deadline, token)

    def _token(self, party: Party) -> str:
        named = f"{party.id}\n{party.contact}\n{party.phone}"
        return self._vault.digest(f"passed on\n{named}")[:TOKEN_CHARS]

    def _know(self, tx: Tx, actor: Actor, contract: Contract, party: Party, digest: str) -> None:
        row = tx.get("parties", party.id)
        if row is None or row["handed"] == digest:
            return
        hold_contract(tx, contract.id)
        tx.change("parties", party.id, {"handed": digest})
        note(tx, contract.id, "link_made", actor.registered, party=party.id)

"""Which of a party's seals or signatures goes on its line: the one chosen on the draft, otherwise the default."""

from __future__ import annotations

from signing.actor import Actor
from signing.contracts.changing import changed, open_draft
from signing.contracts.contract import Contract, Party, read_contract
from signing.ids import ContractId, PartyId, SealId
from signing.seals.keeping import Seal, Seals
from signing.store.port import Reading, Tx


class SealChoice:
    """Offers what a person may put on a contract, and keeps what the sender chose."""

    def __init__(self, seals: Seals) -> None:
        self._seals = seals

    def offered(self, tx: Reading, actor: Actor, contract: ContractId, party: PartyId) -> list[Seal]:
        """What the person may put on the party's line, first what is used unless they choose another.

        Raises NoSuchContract, NotRegistered, NotAMember.
        """
        read = read_contract(tx, contract)
        return self.of(tx, actor, read, read.party(party))

    def of(self, tx: Reading, actor: Actor, contract: Contract, party: Party) -> list[Seal]:
        """`offered`, of a contract that is read already."""
        usable = self._seals.usable(tx, actor, str(party.principal), contract.id)
        return sorted(usable, key=lambda seal: seal.id != party.seal)

    def choose(self, tx: Tx, actor: Actor, contract: ContractId, seal: SealId) -> None:
        """Put another one on the sender's own line of a draft.

        Raises SealNotYours and as `SealRecords.require_genuine`, and as every change of a draft.
        """
        own = open_draft(tx, actor, contract).parties[0]
        self._seals.require_usable(tx, actor, str(own.principal), seal, contract)
        tx.change("parties", own.id, {"seal": seal})
        changed(tx, contract)

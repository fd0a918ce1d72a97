"""Putting a party's signature on a contract once its code was accepted."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.chat import Chat
from handlers.services import Services
from signing.contracts.bindings import Entry
from signing.contracts.contract import Contract
from signing.contracts.signatures import Overtaken
from signing.ids import ChallengeId, ContractId, PartyId, SealId


async def put_signature(
    chat: Chat,
    services: Services,
    contract: ContractId,
    party: PartyId,
    seal: SealId,
    challenge: ChallengeId,
    batch: Sequence[Entry] = (),
) -> Contract:
    """Compute and commit, again whenever another party was quicker; the others are told."""
    listed = [list(entry) for entry in batch]
    who = await chat.actor()
    while True:
        made = await chat.call(
            services.signatures.compute, contract, party, seal, challenge, who.chat, who.person, listed
        )
        try:
            signed = await chat.do(services.signatures.commit, contract, party, seal, challenge, made, listed)
        except Overtaken:
            continue
        await tell_others(chat, signed, party)
        return signed


async def tell_others(chat: Chat, contract: Contract, party: PartyId) -> None:
    """The sender and who is waiting hear who signed; when all have, the completion tells everyone."""
    signer = contract.party(party)
    if contract.waiting and contract.sender != signer.person:
        await chat.tell(contract.sender, "notices.signed", contract=contract, party=signer)

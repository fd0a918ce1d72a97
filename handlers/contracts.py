"""Contracts that have started: their files, and everything that proves them."""

from __future__ import annotations

from handlers.chat import Chat, dialogue
from handlers.message import Attachment
from handlers.services import Services
from signing.contracts.contract import Contract
from signing.evidence.proving import Proof
from signing.ids import ContractId


@dialogue("bundle", argument="contract")
async def bundle(chat: Chat, services: Services, contract: ContractId) -> None:
    """Everything that proves a contract, for machines."""
    title = await chat.do(services.proving.title, contract)
    proof = await chat.do(services.proving.of, contract)
    file = Attachment(proof.bundle, f"{title}-evidence.zip", "application/zip")
    await chat.say("contracts.bundle", attachments=[file], title=title)


def signed_file(contract: Contract) -> Attachment:
    """The PDF as it stands."""
    return Attachment(contract.current, f"{contract.title}-signed.pdf", "application/pdf")


def evidence_file(contract: Contract, proof: Proof) -> Attachment:
    """The evidence report."""
    return Attachment(proof.report, f"{contract.title}-evidence.pdf", "application/pdf")

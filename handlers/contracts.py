"""Contracts that have started: their files, and everything that proves them."""

from __future__ import annotations

from handlers.chat import Chat, Continue, dialogue
from handlers.message import Attachment
from handlers.register import checked_person
from handlers.services import Services
from handlers.typed import one_line
from signing.contracts.contract import Contract
from signing.contracts.shelves import Name
from signing.evidence.proving import Proof
from signing.ids import ContractId


@dialogue("contracts", command="contracts", passing=True)
async def contracts(
    chat: Chat, services: Services, shelf: Name = "mine", words: str = "", page: int = 0
) -> None:
    """All that have started, on three shelves; what is typed is searched for."""
    if await checked_person(chat, services) is None:
        return
    acting = await chat.do(services.membership.acting.look)
    seen = await chat.do(services.shelves.look, shelf, words, page, acting.principal)
    answer = await chat.answer("contracts.shelf", text=one_line, shelf=seen, words=words, acting=acting)
    turned = {"next": page + 1, "before": page - 1}
    if answer.value:
        raise Continue("contracts", shelf=shelf, words=answer.value)
    if answer.choice in turned:
        raise Continue("contracts", shelf=shelf, words=words, page=turned[answer.choice])
    if answer.choice == "all":
        raise Continue("contracts", shelf=shelf)
    raise Continue("contracts", shelf=answer.choice, words=words)


@dialogue("contract", argument="contract")
async def contract_(chat: Chat, services: Services, contract: ContractId) -> None:
    """One contract with its files, for its sender and its signers."""
    view = await chat.do(services.shelves.view, contract)
    files = [signed_file(view)]
    proof = await chat.do(services.proving.found, contract)
    if proof is not None and proof.report:
        files.insert(0, evidence_file(view, proof))
    mine = view.party_of((await chat.actor()).person)
    await chat.say(
        "contracts.card",
        attachments=files,
        contract=view,
        mine=mine,
        proof=proof,
        voided=await chat.do(services.voidings.of, contract),
        voidable=await chat.do(services.voidings.voidable, contract),
        questions=await chat.do(services.questions.told, contract),
    )


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

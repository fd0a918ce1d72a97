"""Voiding a completed contract: proposed by one of its parties, signed by all of them."""

from __future__ import annotations

from handlers.chat import Answer, Chat, Continue, dialogue
from handlers.services import Services
from signing.contracts.endings import clean_reason
from signing.contracts.voiding import VoidingUnderway
from signing.ids import ContractId

PREFIX = {"en": "Voiding of ", "zh": "作废协议："}


@dialogue("void", argument="contract")
async def void(chat: Chat, services: Services, contract: ContractId) -> None:
    """A reason, then a document of ours as a draft that goes the way of every contract."""
    try:
        first = await chat.do(services.voidings.require_voidable, contract)
    except VoidingUnderway as underway:
        await chat.say(
            "voiding.underway", contract=underway.details["contract"], title=underway.details["title"]
        )
        return
    answer: Answer[str] = await chat.answer("voiding.why", text=clean_reason, contract=first)
    if not answer.value:
        raise Continue("contract", contract=contract)
    mine = first.party_of((await chat.actor()).person)
    document = await chat.call(services.voidings.draw, contract, mine.id if mine else "", answer.value)
    title = PREFIX[await chat.spoken()] + first.title
    draft = await chat.do(services.voidings.begin, contract, document, title, answer.value)
    raise Continue("draft", contract=draft)

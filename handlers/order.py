"""In which order the parties of a draft sign."""

from __future__ import annotations

import re
import unicodedata

from handlers.chat import Answer, Chat, Continue, dialogue
from handlers.services import Services
from signing.contracts.contract import Contract
from signing.contracts.order import NotAnOrder
from signing.errors import SigningError
from signing.ids import ContractId, PartyId

THEN = re.compile(r"\s*(?:[,;、>→]|\bthen\b|然后|再)\s*")
WITH = re.compile(r"\s*(?:[+&/]|\band\b|\bwith\b|和|与|\s)\s*")


@dialogue("order", argument="contract")
async def order(chat: Chat, services: Services, contract: ContractId) -> None:
    """All at once, one after another, or in groups that are typed by number."""
    view = await chat.do(services.drafts.view, contract)
    answer: Answer[list[list[int]]] = await chat.answer("order.card", text=groups, contract=view)
    if answer.choice != "back":
        try:
            wanted = answer.value or READY[answer.choice or ""](len(view.signers))
            await chat.do(services.orders.set, contract, parties_of(view, wanted))
        except SigningError as refusal:
            await chat.refuse(refusal)
            raise Continue("order", contract=contract) from None
    raise Continue("draft", contract=contract)


def together(parties: int) -> list[list[int]]:
    return [list(range(1, parties + 1))]


def in_sequence(parties: int) -> list[list[int]]:
    return [[number] for number in range(1, parties + 1)]


def sender_last(parties: int) -> list[list[int]]:
    return [list(range(2, parties + 1)), [1]]


READY = {"together": together, "sequence": in_sequence, "last": sender_last}


def groups(text: str) -> list[list[int]]:
    """ "2, 3+4, 1": numbers of parties, groups apart by commas, who signs together joined by plus. Raises NotAnOrder."""
    words = unicodedata.normalize("NFKC", text).strip().casefold()
    parts = [[each for each in WITH.split(part) if each] for part in THEN.split(words)]
    if not all(parts) or not all(each.isascii() and each.isdigit() for part in parts for each in part):
        raise NotAnOrder
    return [[int(each) for each in part] for part in parts]


def parties_of(view: Contract, wanted: list[list[int]]) -> list[list[PartyId]]:
    """The parties behind numbers as the card counts them. Raises NotAnOrder."""
    if any(not 1 <= number <= len(view.signers) for group in wanted for number in group):
        raise NotAnOrder
    return [[view.signers[number - 1].id for number in group] for group in wanted]

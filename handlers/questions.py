"""Questions about a contract: to its sender, and back; more time; the whole of it once more."""

from __future__ import annotations

from handlers.chat import Answer, Chat, Continue, dialogue
from handlers.deadlines import read_deadline
from handlers.services import Services
from handlers.typed import one_line
from signing.contracts.questions import clean_words
from signing.ids import ContractId, PartyId


@dialogue("ask", argument="party")
async def ask(chat: Chat, services: Services, party: PartyId) -> None:
    """A signer asks the sender."""
    invitation = await chat.do(services.invitations.of_party, party)
    answer: Answer[str] = await chat.answer("questions.ask", text=clean_words, invitation=invitation)
    if answer.value:
        question = await chat.do(services.questions.ask, party, answer.value)
        await chat.say("questions.asked", question=question, invitation=invitation)


@dialogue("answer", argument="question")
async def answer_(chat: Chat, services: Services, question: str) -> None:
    """The sender answers."""
    asked = await chat.do(services.questions.to_answer, question)
    answer: Answer[str] = await chat.answer("questions.answer", text=clean_words, question=asked)
    if answer.value:
        answered = await chat.do(services.questions.answer, question, answer.value)
        await chat.say("questions.answered", question=answered)


@dialogue("more-time", argument="party")
async def more_time(chat: Chat, services: Services, party: PartyId) -> None:
    """A signer asks for a later deadline, or for the contract once more."""
    contract = await chat.do(services.questions.ask_for_time, party)
    await chat.say("questions.time_asked", contract=contract)


@dialogue("extend", argument="contract")
async def extend(chat: Chat, services: Services, contract: ContractId) -> None:
    """The sender gives everyone more time."""
    view = await chat.do(services.drafts.view, contract)
    answer: Answer[str] = await chat.answer("status.extend", text=one_line, contract=view)
    if answer.value:
        deadline = read_deadline(answer.value, await chat.now(), services.zone)
        view = await chat.do(services.deadlines.extend, contract, deadline)
        await chat.say("status.extended", contract=view)
    raise Continue("status", contract=contract)


@dialogue("again", argument="contract")
async def again(chat: Chat, services: Services, contract: ContractId) -> None:
    """A contract that ended, as a new draft: an end stays an end."""
    view = await chat.do(services.drafts.view, contract)
    raise Continue("draft", contract=await chat.do(services.copying.copy, contract, view.title))

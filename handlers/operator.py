"""Operators in chat: the queue, a case with its pictures, the decision, a minute to take it back."""

from __future__ import annotations

from handlers.chat import Answer, Chat, Continue, dialogue
from handlers.message import Attachment
from handlers.services import Services
from handlers.typed import one_line
from signing.identity.case import Case, ProofsChanged, Verdict, clean_reason
from signing.identity.proofs import Part, Proof

SHOWN_IN_QUEUE = 5


@dialogue("queue", command="queue")
async def queue(chat: Chat, services: Services) -> None:
    """What waits, oldest first."""
    waits = await chat.do(services.cases.queue)
    await chat.say("review.queue", queue=waits, first=waits.cases[:SHOWN_IN_QUEUE])


@dialogue("review", argument="case")
async def review(chat: Chat, services: Services, case: str) -> None:
    """Take a case, look at it, decide."""
    taken = await chat.do(services.cases.take, case)
    pictures = [_picture(taken, proof) for proof in taken.proofs]
    answer: Answer[None] = await chat.answer("review.case", attachments=pictures, case=taken)
    match answer.choice:
        case "approve":
            await decide(chat, services, taken, "approve")
        case "reject":
            await reject(chat, services, taken)
        case "again":
            await ask_again(chat, services, taken)
        case "history":
            await chat.say("review.history", case=taken)
            raise Continue("review", case=case)
        case _:
            await chat.do(services.cases.give_back, case)
            raise Continue("queue")


async def reject(chat: Chat, services: Services, taken: Case) -> None:
    """With the sentence that the applicant will read: chosen, or written."""
    answer = await chat.answer("review.reason", text=clean_reason, case=taken)
    if answer.choice == "back":
        raise Continue("review", case=taken.id)
    await decide(chat, services, taken, "reject", answer.choice or answer.value or "", taken.main_part)


async def ask_again(chat: Chat, services: Services, taken: Case) -> None:
    """A better picture of one paper."""
    chosen = await chat.choose("review.again", case=taken)
    part = next((part for part in taken.parts if part == chosen), None)
    if part is None:
        raise Continue("review", case=taken.id)
    await decide(chat, services, taken, "again", "unreadable", part)


async def decide(
    chat: Chat,
    services: Services,
    taken: Case,
    verdict: Verdict,
    reason: str = "",
    part: Part | None = None,
) -> None:
    """The decision, for exactly the pictures that were shown; a minute to take it back."""
    try:
        decided = await chat.do(services.cases.decide, taken.id, verdict, taken.shown, reason, part)
    except ProofsChanged as changed:
        await chat.refuse(changed)
        raise Continue("review", case=taken.id) from None
    await chat.say("review.decided" if decided.state == "decided" else "review.seconded", case=decided)


@dialogue("undo", argument="case")
async def undo(chat: Chat, services: Services, case: str) -> None:
    """Take a decision back before it is told."""
    await chat.do(services.cases.undo, case)
    raise Continue("review", case=case)


@dialogue("next")
async def next_case(chat: Chat, services: Services) -> None:
    """The oldest case that nobody has."""
    waits = await chat.do(services.cases.queue)
    free = next((each for each in waits.cases if each.state == "waiting"), None)
    if free is None:
        raise Continue("queue")
    raise Continue("review", case=free.id)


@dialogue("revoke", command="revoke", argument="whose")
async def revoke(chat: Chat, services: Services, whose: str = "") -> None:
    """Take a certificate back, with a reason that the people concerned read."""
    if not whose:
        answer = await chat.answer("review.revoke", text=one_line)
        whose = answer.value or ""
    if not whose:
        return
    found = await chat.do(services.revoking.find, whose)
    reason = await chat.choose("review.revoke_reason", found=found)
    if reason == "back":
        return
    done = await chat.do(services.revoking.revoke, whose, reason)
    await chat.say("review.revoked", found=done)
    for person in done.people:
        await chat.tell(person, "review.revoked_notice", found=done, reason=reason)


def _picture(case: Case, proof: Proof) -> Attachment:
    facts: dict[str, str | int] = {"number": case.number, "part": proof.part, "soft": int(proof.soft)}
    return Attachment(
        proof.digest, f"case-{case.number}-{proof.part}.jpeg", "image/jpeg", "captions.proof", facts
    )

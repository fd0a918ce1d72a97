"""Operators in chat: the queue, a case with its pictures, the decision, a minute to take it back."""

from __future__ import annotations

from handlers.chat import Answer, Chat, Continue, dialogue
from handlers.message import Attachment
from handlers.next_review import next_review
from handlers.services import Services
from handlers.typed import one_line
from signing.identity.case import (
    Case,
    CaseOver,
    CaseTaken,
    OwnCase,
    ProofsChanged,
    TooLateToUndo,
    Verdict,
    clean_reason,
)
from signing.identity.proofs import Part, Proof

SHOWN_IN_QUEUE = 5
NOT_FREE = {CaseTaken.code: "review.taken", CaseOver.code: "review.over", OwnCase.code: "review.own"}


@dialogue("queue", command="queue")
async def queue(chat: Chat, services: Services) -> None:
    """What waits, oldest first."""
    waits = await chat.do(services.cases.queue)
    seals = await chat.do(services.seal_reviews.waiting)
    await chat.say(
        "review.queue", queue=waits, first=waits.cases[:SHOWN_IN_QUEUE], seals=seals, few=SHOWN_IN_QUEUE
    )


@dialogue("review", argument="case")
async def review(chat: Chat, services: Services, case: str) -> None:
    """Take a case, look at it, decide."""
    try:
        taken = await chat.do(services.cases.take, case)
    except (CaseTaken, CaseOver, OwnCase) as refusal:
        await chat.say(NOT_FREE[refusal.code], **refusal.details)
        return
    await look_at(chat, services, taken)


@dialogue("next")
async def next_case(chat: Chat, services: Services) -> None:
    """What has waited for longest and nobody has."""
    await next_review(chat, services)
    raise Continue("queue")


async def look_at(chat: Chat, services: Services, taken: Case) -> None:
    """One card, with the pictures, until there is a decision; what is chosen on the way changes it in place."""
    pictures = [_picture(taken, proof) for proof in taken.proofs]
    while True:
        answer: Answer[None] = await chat.answer("review.case", attachments=pictures, case=taken)
        pictures = []
        match answer.choice:
            case "approve":
                return await decide(chat, services, taken, "approve")
            case "reject":
                if reason := await reason_for(chat, taken, taken.main_part):
                    return await decide(chat, services, taken, "reject", reason, taken.main_part)
            case "again":
                part = await which_part(chat, taken)
                if part and (reason := await reason_for(chat, taken, part)):
                    return await decide(chat, services, taken, "again", reason, part)
            case "history":
                await chat.choose("review.history", case=taken)
            case _:
                await chat.do(services.cases.give_back, taken.id)
                raise Continue("queue")


async def which_part(chat: Chat, taken: Case) -> Part | None:
    """Which picture is to be sent again; None goes back to the case."""
    if len(taken.parts) == 1:
        return taken.parts[0]
    chosen = await chat.choose("review.again", case=taken)
    return next((part for part in taken.parts if part == chosen), None)


async def reason_for(chat: Chat, taken: Case, part: Part) -> str:
    """The sentence that the applicant will read: chosen, or written; empty goes back to the case."""
    answer = await chat.answer("review.reason", text=clean_reason, case=taken, part=part)
    if answer.choice == "write":
        answer = await chat.answer("review.write", text=clean_reason, case=taken)
    if answer.choice == "back":
        return ""
    return answer.choice or answer.value or ""


async def decide(
    chat: Chat,
    services: Services,
    taken: Case,
    verdict: Verdict,
    reason: str = "",
    part: Part | None = None,
) -> None:
    """The decision, for exactly the pictures that were shown; a minute to take it back; then the next case."""
    try:
        decided = await chat.do(services.cases.decide, taken.id, verdict, taken.shown, reason, part)
    except ProofsChanged as changed:
        await chat.refuse(changed)
        raise Continue("review", case=taken.id) from None
    await chat.say("review.decided" if decided.state == "decided" else "review.seconded", case=decided)
    await next_review(chat, services)


@dialogue("undo", argument="case")
async def undo(chat: Chat, services: Services, case: str) -> None:
    """Take a decision back before it is told; afterwards only what it gave can be taken away."""
    try:
        await chat.do(services.cases.undo, case)
    except TooLateToUndo:
        await chat.say("review.late", told=await chat.do(services.cases.told, case))
        return
    raise Continue("review", case=case)


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

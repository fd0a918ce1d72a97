"""A person's own signatures and name seals: look at them, make one, choose the one to sign with."""

from __future__ import annotations

from handlers.chat import Answer, Chat, dialogue
from handlers.handwriting import keep_by_hand
from handlers.message import Attachment
from handlers.register import checked_person
from handlers.seal import draw_and_keep, picture
from handlers.services import Services
from signing.contracts.contract import Party
from signing.persons import Person
from signing.seals.keeping import Seal

MOST = 6


@dialogue("signature", command="signature")
async def signature(chat: Chat, services: Services) -> None:
    """What the person signs with, and how to make another."""
    person = await checked_person(chat, services)
    if person is None:
        return
    mine = await chat.do(services.seals.all_of, person.id)
    answer: Answer[None] = await chat.answer(
        "signature.card", upload=True, attachments=pictures(mine, person), mine=mine[:MOST]
    )
    made = await make(chat, services, person, answer)
    if made is not None:
        await chat.say("signature.made", attachments=pictures([made], person), seal=made)


async def make(chat: Chat, services: Services, person: Person, answer: Answer[None]) -> Seal | None:
    """By hand, set in type, or a name seal; None where nothing is wanted."""
    if answer.upload is not None:
        return await keep_by_hand(chat, services, person, answer.upload)
    if answer.choice == "typed":
        return await draw_and_keep(chat, services, person.id, "signature")
    if answer.choice != "name_seal":
        return None
    look: Answer[None] = await chat.answer("signature.name_seal", upload=True)
    if look.upload is not None:
        return await keep_by_hand(chat, services, person, look.upload, "name_seal")
    if look.choice not in ("plain", "inverse"):
        return None
    return await draw_and_keep(chat, services, person.id, "name_seal", inverse=look.choice == "inverse")


async def another_seal(chat: Chat, services: Services, party: Party, seals: list[Seal]) -> Seal | None:
    """Which of several a party's line of a contract is signed with; a person may draw one now. None to go back."""
    me = await chat.do(services.persons.me)
    person = me if me is not None and me.id == party.principal else None
    shown = [picture(each, party.name) for each in seals[:MOST]]
    answer: Answer[None] = await chat.answer(
        "signature.which", attachments=shown, seals=seals[:MOST], person=person is not None
    )
    if answer.upload is not None and person is not None:
        return await keep_by_hand(chat, services, person, answer.upload)
    return next((each for each in seals if each.id == answer.choice), None)


def pictures(seals: list[Seal], person: Person) -> list[Attachment]:
    return [picture(each, person.name or "") for each in seals[:MOST]]

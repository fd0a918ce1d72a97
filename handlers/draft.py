"""From a file to a planned contract: the draft's card goes round until it is started or discarded."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from handlers.acting import principal
from handlers.chat import Answer, Chat, Continue, dialogue
from handlers.confirm import Cancelled
from handlers.deadlines import read_deadline
from handlers.forms import offer_form
from handlers.message import Attachment, Upload
from handlers.my_signature import another_seal
from handlers.parties import add_party, party_in_caption
from handlers.photos import gathered
from handlers.pictures import editor_picture
from handlers.register import checked_person
from handlers.services import Services
from handlers.start import start
from handlers.typed import one_line
from handlers.verify import told_of_signatures
from signing.actor import Actor
from signing.contracts.contract import Contract, State
from signing.contracts.drafts import Drafts
from signing.errors import SigningError
from signing.ids import ContractId, EnterpriseId
from signing.seals.keeping import Seal
from signing.store.port import Tx
from signing.store.times import moment


@dialogue("upload", takes_upload=True)
async def upload(chat: Chat, services: Services, upload: dict[str, Any]) -> None:
    """A file came: a signed one is checked, from any other a draft is made."""
    file = Upload(**upload)
    if not file.mime.startswith("image/") and await told_of_signatures(chat, services, file):
        return
    person = await checked_person(chat, services)
    if person is None:
        return
    await offer_form(chat, services, file)
    if file.mime.startswith("image/"):
        pages = await gathered(chat, file)
        if not pages:
            return
        document = await chat.call(services.papers.take_in_photos, pages, file.name)
    else:
        document = await chat.call(services.papers.take_in, file.digest, file.name)
    company = await sending_company(chat, services)
    contract = await chat.do(services.drafts.create, document, file.name, company)
    if file.caption:
        await read_caption(chat, services, contract, file.caption)
    raise Continue("draft", contract=contract)


async def sending_company(chat: Chat, services: Services) -> EnterpriseId | None:
    """For whom the contract is sent: a company of the person's, or the person."""
    return (await principal(chat, services)).enterprise


async def read_caption(chat: Chat, services: Services, contract: ContractId, caption: str) -> None:
    """ "Blue Kiln, by 4 Dec": what of a file's caption names a known party or a date is taken."""
    for part in (each.strip() for each in caption.replace("，", ",").split(",")):
        found = await chat.do(party_in_caption, services.book, part)
        try:
            if found is not None:
                await chat.do(services.drafts.add_party, contract, found)
            else:
                await chat.do(deadline_of, services.drafts, contract, part, services.zone.key)
        except SigningError:
            continue


@dialogue("draft", argument="contract", resume="resume")
async def draft(chat: Chat, services: Services, contract: ContractId) -> None:
    """The draft's card: one message, edited in place."""
    view = await chat.do(services.drafts.view, contract)
    if view.state != State.DRAFT:
        raise Continue("contract", contract=contract)
    if "parties" in view.missing:
        if not await add_party(chat, services, view):
            return
        raise Continue("draft", contract=contract)
    picture = editor_picture(await chat.call(services.papers.card, contract))
    seals = await seals_at_once(chat, services, view)
    answer: Answer[None] = await chat.answer("draft.card", attachments=[picture], contract=view, seals=seals)
    await CHOICES[answer.choice or ""](chat, services, view, picture)
    raise Continue("draft", contract=contract)


async def seals_at_once(chat: Chat, services: Services, view: Contract) -> list[Seal]:
    """What the sender can seal with in the same breath, first what is used; none where others sign before."""
    sender = view.parties[0]
    return await chat.do(services.seal_choice.offered, view.id, sender.id) if sender in view.due else []


async def seal_and_start(chat: Chat, services: Services, view: Contract, picture: Attachment) -> None:
    await _start(chat, services, view, sealing=True)


async def change_seal(chat: Chat, services: Services, view: Contract, picture: Attachment) -> None:
    """Another of the sender's seals or signatures, for this contract."""
    seals = await seals_at_once(chat, services, view)
    chosen = await another_seal(chat, services, view.parties[0], seals)
    try:
        if chosen is not None:
            await chat.do(services.seal_choice.choose, view.id, chosen.id)
    except SigningError as refusal:
        await chat.refuse(refusal)


async def start_only(chat: Chat, services: Services, view: Contract, picture: Attachment) -> None:
    await _start(chat, services, view, sealing=False)


async def _start(chat: Chat, services: Services, view: Contract, sealing: bool) -> None:
    try:
        await start(chat, services, view, sealing)
    except Cancelled:
        await chat.say("draft.kept", title=view.title)
    except SigningError as refusal:
        await chat.refuse(refusal)
    else:
        raise Continue("status", contract=view.id, quiet=True)


async def change_parties(chat: Chat, services: Services, view: Contract, picture: Attachment) -> None:
    raise Continue("parties", contract=view.id)


async def change_places(chat: Chat, services: Services, view: Contract, picture: Attachment) -> None:
    raise Continue("areas", contract=view.id)


async def more(chat: Chat, services: Services, view: Contract, picture: Attachment) -> None:
    raise Continue("more", contract=view.id)


async def change_deadline(chat: Chat, services: Services, view: Contract, picture: Attachment) -> None:
    answer = await chat.answer("draft.deadline", text=one_line, attachments=[picture], contract=view)
    if answer.choice:
        return
    try:
        await chat.do(deadline_of, services.drafts, view.id, answer.value, services.zone.key)
    except SigningError as refusal:
        await chat.refuse(refusal)


async def discard(chat: Chat, services: Services, view: Contract, picture: Attachment) -> None:
    """At once, and for a minute it can be taken back."""
    await chat.do(services.drafts.discard, view.id)
    await chat.say("draft.discarded", contract=view)
    raise Continue("home")


@dialogue("undiscard", argument="contract")
async def undiscard(chat: Chat, services: Services, contract: ContractId) -> None:
    """Take a discarded draft back."""
    await chat.do(services.drafts.restore, contract)
    raise Continue("draft", contract=contract)


CHOICES = {
    "seal": seal_and_start,
    "other": change_seal,
    "start": start_only,
    "parties": change_parties,
    "places": change_places,
    "deadline": change_deadline,
    "more": more,
    "discard": discard,
}


def deadline_of(tx: Tx, actor: Actor, drafts: Drafts, contract: ContractId, text: str, zone: str) -> datetime:
    """Set a draft's deadline from words. Raises NotADate, DeadlinePast."""
    deadline = read_deadline(text, moment(tx.now), ZoneInfo(zone))
    drafts.set_deadline(tx, actor, contract, deadline)
    return deadline

"""All drafts, and what is done with one as a whole: copy, rename, replace its file, hand it over, look through it."""

from __future__ import annotations

from handlers.acting import concerning
from handlers.areas import page_number
from handlers.chat import Answer, Chat, Continue, dialogue
from handlers.message import Attachment
from handlers.pictures import editor_picture, page_picture
from handlers.register import checked_person
from handlers.services import Services
from signing.contracts.contract import Contract
from signing.contracts.drafts import clean_title
from signing.errors import SigningError
from signing.ids import ContractId, Digest, PersonId

SHOWN = 8


@dialogue("drafts", command="drafts", passing=True)
async def drafts(chat: Chat, services: Services) -> None:
    """The person's drafts with what each lacks."""
    if await checked_person(chat, services) is None:
        return
    acting = await chat.do(services.membership.acting.look)
    found = concerning(acting, await chat.do(services.drafts.open_drafts))
    if not found:
        await chat.say("drafts.none")
        return
    chosen = await chat.choose("drafts.list", drafts=found[:SHOWN], count=len(found), now=await chat.now())
    raise Continue("draft", contract=chosen)


@dialogue("resume", argument="contract", passing=True)
async def resume(chat: Chat, services: Services, contract: ContractId) -> None:
    """Coming back after half a day: how the draft stands, in a line."""
    view = await chat.do(services.drafts.view, contract)
    if view.state != "draft":
        raise Continue("home")
    if await chat.choose("drafts.resume", contract=view, now=await chat.now()) == "continue":
        raise Continue("draft", contract=contract)
    await chat.do(services.drafts.discard, contract)
    await chat.say("draft.discarded", contract=view)


@dialogue("more", argument="contract", resume="resume")
async def more(chat: Chat, services: Services, contract: ContractId) -> None:
    """What is seldom done with a draft."""
    view = await chat.do(services.drafts.view, contract)
    picture = editor_picture(await chat.call(services.papers.card, contract))
    answer: Answer[None] = await chat.answer("drafts.more", attachments=[picture], contract=view)
    try:
        await CHOICES[answer.choice or ""](chat, services, view, picture)
    except SigningError as refusal:
        await chat.refuse(refusal)
    raise Continue("draft", contract=contract)


async def rename(chat: Chat, services: Services, view: Contract, picture: Attachment) -> None:
    answer = await chat.answer("drafts.title", text=clean_title, attachments=[picture], contract=view)
    if answer.value:
        await chat.do(services.drafts.rename, view.id, answer.value)


async def copy(chat: Chat, services: Services, view: Contract, picture: Attachment) -> None:
    """A second draft like this one; it is the one that is worked on from here."""
    answer = await chat.answer("drafts.copy", text=clean_title, attachments=[picture], contract=view)
    if answer.choice == "back":
        return
    title = answer.value or view.title
    raise Continue("draft", contract=await chat.do(services.copying.copy, view.id, title))


async def replace(chat: Chat, services: Services, view: Contract, picture: Attachment) -> None:
    """Another file; the places that fit stay."""
    answer: Answer[None] = await chat.answer("drafts.file", upload=True, attachments=[picture], contract=view)
    if answer.upload is None:
        return
    file = answer.upload
    document = await chat.call(services.papers.take_in, Digest(file.digest), file.name)
    done = await chat.do(services.replacing.replace, view.id, document)
    await chat.say("drafts.replaced", title=view.title, pages=document.pages, done=done)


async def hand_over(chat: Chat, services: Services, view: Contract, picture: Attachment) -> None:
    """A colleague goes on with it."""
    colleagues = await chat.do(services.succession.colleagues, view.id)
    answer: Answer[None] = await chat.answer(
        "drafts.heir", attachments=[picture], contract=view, colleagues=colleagues
    )
    if answer.choice == "back":
        return
    heir = PersonId(str(answer.choice))
    handed = await chat.do(services.succession.hand_over, view.id, heir)
    me = await chat.do(services.persons.me)
    await chat.tell(heir, "drafts.received", contract=handed, giver=me.name if me else "")
    await chat.say("drafts.handed", contract=handed)
    raise Continue("home")


async def look_through(chat: Chat, services: Services, view: Contract, picture: Attachment) -> None:
    """All pages, six a picture, and any of them large."""
    raise Continue("pages", contract=view.id)


async def back(chat: Chat, services: Services, view: Contract, picture: Attachment) -> None:
    raise Continue("draft", contract=view.id)


CHOICES = {
    "title": rename,
    "copy": copy,
    "file": replace,
    "heir": hand_over,
    "pages": look_through,
    "back": back,
}


@dialogue("pages", argument="contract")
async def pages(chat: Chat, services: Services, contract: ContractId, page: int = 0) -> None:
    """All pages, six a picture; a number typed shows that page large (from 1, 0 for all)."""
    view = await chat.do(services.shelves.view, contract)
    if page:
        shown = [editor_picture(await chat.call(services.papers.page, contract, page - 1))]
    else:
        shown = [page_picture(each) for each in await chat.call(services.papers.overview, contract)]
    answer: Answer[int] = await chat.answer(
        "drafts.pages", text=page_number, attachments=shown, contract=view, page=page
    )
    turned = {"before": page - 1, "next": page + 1, "all": 0}
    if answer.choice == "back":
        raise Continue("draft", contract=contract)
    wanted = answer.value or turned[str(answer.choice)]
    raise Continue("pages", contract=contract, page=min(max(wanted, 0), view.pages))

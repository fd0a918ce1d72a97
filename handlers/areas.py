"""Where everybody signs: a page as a picture, its areas to choose, and one to move, size, copy or delete."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from handlers.chat import Answer, Chat, Continue, dialogue
from handlers.message import Attachment
from handlers.pictures import editor_picture
from handlers.services import Services
from handlers.typed import one_line
from signing.contracts.areas import kinds_for
from signing.contracts.contract import Area, Contract
from signing.contracts.grid import Grid
from signing.contracts.naming import names_of
from signing.contracts.papers import Sheet
from signing.errors import SigningError
from signing.ids import AreaId, ContractId, PartyId

NUDGE = re.compile(r"(left|right|up|down)(\d+)")
WAYS = {"left": (-1.0, 0.0), "right": (1.0, 0.0), "up": (0.0, 1.0), "down": (0.0, -1.0)}
SIZES = {"wider": (5.0, 0.0), "narrower": (-5.0, 0.0), "higher": (0.0, 2.0), "flatter": (0.0, -2.0)}


class NoSuchPlace(SigningError):
    """Neither the number of a page nor the name of an area."""

    code = "area.no-such-place"


@dataclass(frozen=True, slots=True)
class View:
    """What the editor looks at: the draft as it was shown, a page (from 0), and the chosen area."""

    draft: Contract
    page: int
    sheet: Sheet
    area: Area | None

    @property
    def picture(self) -> list[Attachment]:
        """The page, which every card of the editor is written below."""
        return [editor_picture(self.sheet.shown)]

    @property
    def words(self) -> dict[str, Any]:
        """What the templates say of it."""
        here = [each for each in self.draft.areas if each.page == self.page]
        names = names_of(self.draft)
        shown = {"contract": self.draft, "page": self.page, "here": here, "names": names}
        return {**shown, "findings": self.sheet.findings}

    def again(self, **changes: Any) -> NoReturn:
        """Round again, with a fresh picture."""
        arguments = {"contract": self.draft.id, "page": self.page, **changes}
        raise Continue("areas", **arguments)


@dialogue("areas", argument="contract", resume="resume")
async def areas(
    chat: Chat,
    services: Services,
    contract: ContractId,
    page: int | None = None,
    area: str = "",
    removed: Sequence[str] = (),
) -> None:
    """One round of the editor. `removed` are the areas that were just deleted."""
    draft = await chat.do(services.drafts.view, contract)
    if page is None:
        page = min((each.page for each in draft.areas), default=draft.pages - 1)
    chosen = next((each for each in draft.areas if each.id == area), None)
    page = chosen.page if chosen else page
    sheet = await chat.call(services.papers.sheet, contract, page, area if chosen else "")
    view = View(draft, page, sheet, chosen)
    try:
        if chosen is not None:
            await one_area(chat, services, view, chosen)
        else:
            await one_page(chat, services, view, removed)
    except SigningError as refusal:
        await chat.refuse(refusal)
    view.again(area=area)


async def one_page(chat: Chat, services: Services, view: View, removed: Sequence[str]) -> None:
    """A page's areas: choose one, add one, turn the page."""
    answer = await chat.answer(
        "areas.page",
        text=typed_place,
        attachments=view.picture,
        removed=removed,
        **view.words,
    )
    if answer.upload is not None:
        sent = await chat.call(services.dragging.read, answer.upload.digest)
        await chat.do(services.dragging.put, view.draft.id, sent)
        view.again(removed=sent.removed)
    elif answer.choice in PAGE_CHOICES:
        await PAGE_CHOICES[answer.choice](chat, services, view)
    elif answer.choice == "undo":
        for area in removed:
            await chat.do(services.areas.put_back, view.draft.id, AreaId(area))
        view.again(area=removed[0])
    elif answer.choice:
        view.again(area=answer.choice)
    elif answer.value:
        go_to(view, answer.value)


def go_to(view: View, place: str) -> NoReturn:
    """To a page by its number, to an area by its name. Raises NoSuchPlace."""
    named = [area for area, name in names_of(view.draft).items() if name == place]
    if named:
        view.again(area=named[0])
    if not place.isdigit() or not 1 <= int(place) <= view.draft.pages:
        raise NoSuchPlace(pages=view.draft.pages)
    view.again(page=int(place) - 1)


async def turn_on(chat: Chat, services: Services, view: View) -> None:
    view.again(page=view.page + 1)


async def turn_back(chat: Chat, services: Services, view: View) -> None:
    view.again(page=view.page - 1)


async def back_to_draft(chat: Chat, services: Services, view: View) -> None:
    raise Continue("draft", contract=view.draft.id)


async def swap(chat: Chat, services: Services, view: View) -> None:
    await chat.do(services.drafts.swap_roles, view.draft.id)
    raise Continue("areas", contract=view.draft.id)


async def to_the_foot(chat: Chat, services: Services, view: View) -> None:
    await chat.do(services.drafts.place_at_foot, view.draft.id)
    view.again(page=view.draft.pages - 1)


async def add_area(chat: Chat, services: Services, view: View) -> None:
    """Another area for a party, in the middle of the page."""
    without = [each.id for each in view.draft.placeless]
    signers = sorted(view.draft.signers, key=lambda each: each.id not in without)
    offered = [(party, kind) for party in signers for kind in kinds_for(view.draft, party.id)]
    answer: Answer[None] = await chat.answer(
        "areas.add", attachments=view.picture, offered=offered, page=view.page
    )
    if answer.choice == "back":
        return
    party, _, kind = str(answer.choice).partition(".")
    asks = ""
    if kind == "text":
        named = view.draft.party(PartyId(party)).name
        told = await chat.answer("areas.asks", text=one_line, attachments=view.picture, name=named)
        asks = (told.value or "")[:40]
    place = (view.draft.id, view.draft.plan, PartyId(party), kind, view.page, asks)
    view.again(area=await chat.do(services.areas.add, *place))


async def straddle(chat: Chat, services: Services, view: View) -> None:
    """Each company's seal across the pages' edges, or not."""
    companies = [each for each in view.draft.signers if each.kind == "enterprise"]
    answer: Answer[None] = await chat.answer(
        "areas.straddle", attachments=view.picture, contract=view.draft, companies=companies
    )
    if answer.choice == "back":
        return
    party = view.draft.party(PartyId(str(answer.choice)))
    await chat.do(services.areas.straddle, view.draft.id, view.draft.plan, party.id, not party.straddle)


PAGE_CHOICES = {
    "next": turn_on,
    "before": turn_back,
    "add": add_area,
    "straddle": straddle,
    "swap": swap,
    "foot": to_the_foot,
    "done": back_to_draft,
}


async def one_area(chat: Chat, services: Services, view: View, area: Area) -> None:
    """One area: nudge it, or have it on a square of the grid."""
    answer: Answer[str] = await chat.answer(
        "areas.area",
        text=typed_place,
        attachments=view.picture,
        area=area,
        box=view.sheet.size_mm,
        party=view.draft.party(area.party),
        **view.words,
    )
    choice = answer.choice or ""
    plan, steps = view.draft.plan, services.areas
    if nudged := NUDGE.fullmatch(choice):
        right, up = (part * int(nudged[2]) for part in WAYS[nudged[1]])
        await chat.do(steps.nudge, view.draft.id, plan, area.id, right, up)
    elif choice in SIZES:
        await chat.do(steps.resize, view.draft.id, plan, area.id, *SIZES[choice])
    elif choice in AREA_CHOICES:
        await AREA_CHOICES[choice](chat, services, view, area)
    elif answer.value:
        await chat.do(steps.to_cell, view.draft.id, plan, area.id, answer.value)


async def to_square(chat: Chat, services: Services, view: View, area: Area) -> None:
    """The grid as a keypad."""
    grid = Grid(*view.sheet.grid)
    name = names_of(view.draft)[area.id]
    answer: Answer[None] = await chat.answer(
        "areas.grid", attachments=view.picture, cells=grid.cells, name=name
    )
    if answer.choice != "back":
        cell = str(answer.choice)
        await chat.do(services.areas.to_cell, view.draft.id, view.draft.plan, area.id, cell)


async def copy(chat: Chat, services: Services, view: View, area: Area) -> None:
    """The same place on another page."""
    name = names_of(view.draft)[area.id]
    answer = await chat.answer(
        "areas.copy", text=page_number, attachments=view.picture, contract=view.draft, name=name
    )
    if answer.value:
        page = answer.value - 1
        key = await chat.do(services.areas.copy_to, view.draft.id, view.draft.plan, area.id, page)
        view.again(area=key, page=page)


async def everywhere(chat: Chat, services: Services, view: View, area: Area) -> None:
    await chat.do(services.areas.on_every_page, view.draft.id, view.draft.plan, area.id)


async def remove(chat: Chat, services: Services, view: View, area: Area) -> None:
    await chat.do(services.areas.remove, view.draft.id, view.draft.plan, area.id)
    view.again(removed=[area.id])


async def back_to_page(chat: Chat, services: Services, view: View, area: Area) -> None:
    view.again()


AREA_CHOICES = {
    "grid": to_square,
    "copy": copy,
    "every": everywhere,
    "remove": remove,
    "back": back_to_page,
}


class NotAPage(SigningError):
    """Not the number of a page."""

    code = "not-a-page"


def page_number(text: str) -> int:
    """A page's number as typed, from 1. Raises NotAPage."""
    digits = "".join(letter for letter in text if letter.isdigit())
    if not digits or len(digits) > 4 or int(digits) == 0:
        raise NotAPage
    return int(digits)


def typed_place(text: str) -> str:
    """The name of a square, a page or an area, as it is compared."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()[:40]

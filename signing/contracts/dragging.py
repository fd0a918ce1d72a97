"""What the page of the area editor shows of a draft, and what it sends back: places dragged, sized, added and taken off,
in millimetres."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from signing.actor import Actor
from signing.contracts.areas import SIZES_MM, Areas
from signing.contracts.changing import open_draft
from signing.contracts.contract import Area, Contract, Party, State, read_contract, require_sender
from signing.contracts.naming import names_of
from signing.contracts.pages import NoSuchPage, page_picture, read_pages
from signing.contracts.plan import mark_of
from signing.documents.geometry import PageView, millimetres
from signing.errors import SigningError
from signing.ids import AreaId, ContractId, Digest, PartyId
from signing.store.blobs import Blobs
from signing.store.port import Reading, Tx

MOST_BYTES = 100_000
Length = Annotated[float, Field(ge=-10_000, le=10_000, allow_inf_nan=False)]
Lengths = tuple[Length, Length, Length, Length]


class NotDragged(SigningError):
    """What came is not what the page sends."""

    code = "area.not-dragged"


@dataclass(frozen=True)
class Dragged:
    """A place and where it is now: (x0, y0, x1, y1) in millimetres from the displayed page's lower left corner."""

    area: str
    box: Lengths


@dataclass(frozen=True)
class Added:
    """A new place of a party's, with its box as `Dragged` has it."""

    party: str
    kind: str
    box: Lengths


@dataclass(frozen=True)
class Sent:
    """Everything that was done on the page, on the plan that it showed."""

    plan: int
    page: int
    moved: Annotated[list[Dragged], Field(max_length=1000)]
    added: Annotated[list[Added], Field(max_length=200)]
    removed: Annotated[list[str], Field(max_length=1000)]
    straddle: dict[str, bool]


SENT = TypeAdapter(Sent)


class Dragging:
    """What the page sends, read and done."""

    def __init__(self, blobs: Blobs, areas: Areas) -> None:
        self._blobs = blobs
        self._areas = areas

    def read(self, upload: Digest) -> Sent:
        """What the page sent. Raises NotDragged."""
        data = self._blobs.read(upload)
        try:
            return SENT.validate_json(data[: MOST_BYTES + 1], strict=True)
        except ValidationError:
            raise NotDragged from None

    def put(self, tx: Tx, actor: Actor, contract: ContractId, sent: Sent) -> None:
        """Do all of it or nothing. Raises PlanChanged, and as `Areas.put`, `Areas.add` and `Areas.remove`."""
        open_draft(tx, actor, contract, sent.plan)

        def now() -> tuple[Tx, Actor, ContractId, int]:
            return tx, actor, contract, read_contract(tx, contract).plan

        for each in sent.moved:
            self._areas.put(*now(), AreaId(each.area), sent.page, each.box)
        for new in sent.added:
            area = self._areas.add(*now(), PartyId(new.party), new.kind, sent.page)
            self._areas.put(*now(), area, sent.page, new.box)
        for gone in sent.removed:
            self._areas.remove(*now(), AreaId(gone))
        for party, on in sent.straddle.items():
            self._areas.straddle(*now(), PartyId(party), on)


def shown_page(tx: Reading, actor: Actor, argument: str) -> tuple[dict[str, Any], Digest, str]:
    """A page of a draft as JSON, and its picture's digest and MIME type. `argument` is "contract.page".

    Raises NotRegistered, NoSuchContract, WrongState, NoSuchPage.
    """
    key, _, number = argument.partition(".")
    draft = require_sender(read_contract(tx, ContractId(key)), actor, State.DRAFT)
    views = read_pages(tx, draft.document)
    page = int(number) if number.isdigit() else 0
    found = page_picture(tx, draft.document, page)
    if found is None or page >= len(views):
        raise NoSuchPage(pages=len(views))
    return _told(draft, page, views[page], found.digest), found.digest, found.mime


def _told(draft: Contract, page: int, view: PageView, picture: Digest) -> dict[str, Any]:
    width, height = view.size_mm
    names = names_of(draft)
    return {
        "plan": draft.plan,
        "page": page,
        "pages": draft.pages,
        "title": draft.title,
        "width": width,
        "height": height,
        "picture": picture,
        "areas": [_area(draft, each, view, names[each.id]) for each in draft.areas if each.page == page],
        "parties": [
            _offered(each, number) for number, each in enumerate(draft.parties, start=1) if each.signs
        ],
        "companies": [
            {"id": each.id, "name": each.name, "straddle": each.straddle}
            for each in draft.signers
            if each.kind == "enterprise" and draft.pages > 1
        ],
    }


def _offered(party: Party, number: int) -> dict[str, Any]:
    """What may be added for a party, with its size; what it fills in is asked for in the chat."""
    kinds = {kind: SIZES_MM[kind] for kind in (mark_of(party.kind), "date")}
    hue = party.position - 1
    return {"id": party.id, "name": party.name, "number": number, "hue": hue, "kinds": kinds}


def _area(draft: Contract, area: Area, view: PageView, name: str) -> dict[str, Any]:
    party = draft.party(area.party)
    box = [round(millimetres(edge), 2) for edge in view.to_display(area.box)]
    return {
        "id": area.id,
        "name": name,
        "kind": area.kind,
        "party": party.name,
        "hue": party.position - 1,
        "box": box,
    }

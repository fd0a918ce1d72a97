"""Areas of a draft, changed one at a time. Lengths in millimetres of the page as people see it.

Every change names the plan that it was decided on, so that an old button or another window changes nothing.
"""

from __future__ import annotations

from signing.actor import Actor
from signing.contracts.changing import changed, open_draft, require_undoable
from signing.contracts.contract import Area, Contract, NoSuchContract
from signing.contracts.grid import grid_of
from signing.contracts.pages import NoSuchPage, read_pages
from signing.contracts.plan import mark_of
from signing.documents.geometry import Box, PageView, centred, kept_on, points
from signing.errors import SigningError
from signing.forms.field import Field, as_json
from signing.ids import AreaId, ContractId, PartyId, new_id
from signing.store.port import Tx

SIZES_MM = {"seal": (42.0, 42.0), "signature": (45.0, 12.0), "date": (35.0, 7.0), "text": (60.0, 8.0)}
SMALLEST_MM, LARGEST_MM = 5.0, 180.0
MOST_AREAS = 1000


class NoSuchArea(SigningError):
    """The draft has no such area (any more)."""

    code = "area.none"


class NoSuchKind(SigningError):
    """A party can't have an area of this kind."""

    code = "area.no-such-kind"


class SealsKeepTheirSize(SigningError):
    """A seal is put on at its true size, whatever the room."""

    code = "area.seal-size"


class TooManyAreas(SigningError):
    """A contract has at most 1000 areas."""

    code = "area.too-many"


class Areas:
    """What a draft's sender does with its areas.

    Each raises NotRegistered, NoSuchContract, WrongState, PlanChanged, and NoSuchArea where it names one.
    """

    def add(
        self,
        tx: Tx,
        actor: Actor,
        contract: ContractId,
        plan: int,
        party: PartyId,
        kind: str,
        page: int,
        asks: str = "",
    ) -> AreaId:
        """A new area in the middle of a page (from 0); of a text, `asks` is what the party fills in there.

        Raises NoSuchKind, TooManyAreas.
        """
        sheet = _Sheet(tx, actor, contract, plan)
        if kind not in kinds_for(sheet.draft, party):
            raise NoSuchKind
        view = sheet.view(page)
        width, height = (points(mm) for mm in SIZES_MM[kind])
        box = centred(width, height, view.width / 2, view.height / 2)
        field = Field(asks) if kind == "text" else None
        key = sheet.insert(party, kind, page, box, "", field)
        changed(tx, contract)
        return key

    def put(
        self, tx: Tx, actor: Actor, contract: ContractId, plan: int, area: AreaId, page: int, box: Box
    ) -> None:
        """Put an area where it was dragged: `box` in millimetres from the displayed page's lower left corner.

        Raises SealsKeepTheirSize.
        """
        sheet = _Sheet(tx, actor, contract, plan)
        x0, y0, x1, y1 = (points(edge) for edge in box)
        before = sheet.displayed(sheet.area(area))
        sheet.resize(area, page, (x0, y0, x1, y1), before)

    def to_cell(self, tx: Tx, actor: Actor, contract: ContractId, plan: int, area: AreaId, cell: str) -> None:
        """Put an area's middle on a square of the grid. Raises NotACell."""
        sheet = _Sheet(tx, actor, contract, plan)
        found = sheet.area(area)
        view = sheet.view(found.page)
        x, y = grid_of(view).middle(cell, view)
        sheet.move(area, found.page, centred(*_size(sheet.displayed(found)), x, y))

    def nudge(
        self, tx: Tx, actor: Actor, contract: ContractId, plan: int, area: AreaId, right: float, up: float
    ) -> None:
        """Move an area a little."""
        sheet = _Sheet(tx, actor, contract, plan)
        found = sheet.area(area)
        x0, y0, x1, y1 = sheet.displayed(found)
        dx, dy = points(right), points(up)
        sheet.move(area, found.page, (x0 + dx, y0 + dy, x1 + dx, y1 + dy))

    def resize(
        self, tx: Tx, actor: Actor, contract: ContractId, plan: int, area: AreaId, wider: float, higher: float
    ) -> None:
        """Make an area larger or smaller around its middle. Raises SealsKeepTheirSize."""
        sheet = _Sheet(tx, actor, contract, plan)
        found = sheet.area(area)
        before = sheet.displayed(found)
        x0, y0, x1, y1 = before
        dx, dy = points(wider) / 2, points(higher) / 2
        sheet.resize(area, found.page, (x0 - dx, y0 - dy, x1 + dx, y1 + dy), before)

    def remove(self, tx: Tx, actor: Actor, contract: ContractId, plan: int, area: AreaId) -> None:
        """Take an area off; for a minute it can be put back."""
        sheet = _Sheet(tx, actor, contract, plan)
        tx.change("areas", sheet.area(area).id, {"removed": tx.now})
        changed(tx, contract)

    def put_back(self, tx: Tx, actor: Actor, contract: ContractId, area: AreaId) -> None:
        """Undo `remove`. Raises UndoOver."""
        open_draft(tx, actor, contract)
        row = tx.get("areas", area)
        if row is None or row["contract"] != contract or row["removed"] is None:
            raise NoSuchArea
        require_undoable(tx, row["removed"])
        tx.change("areas", area, {"removed": None})
        changed(tx, contract)

    def copy_to(
        self, tx: Tx, actor: Actor, contract: ContractId, plan: int, area: AreaId, page: int
    ) -> AreaId:
        """The same area on another page (from 0), at the same spot. Raises NoSuchPage, TooManyAreas."""
        sheet = _Sheet(tx, actor, contract, plan)
        key = sheet.copy(sheet.area(area), page)
        changed(tx, contract)
        return key

    def on_every_page(self, tx: Tx, actor: Actor, contract: ContractId, plan: int, area: AreaId) -> int:
        """The same area on every page where the party has none of its kind; how many were added.

        Raises TooManyAreas.
        """
        sheet = _Sheet(tx, actor, contract, plan)
        found = sheet.area(area)
        alike = [each for each in sheet.draft.areas_of(found.party) if each.kind == found.kind]
        wanted = sorted(set(range(sheet.draft.pages)) - {each.page for each in alike})
        for page in wanted:
            sheet.copy(found, page)
        changed(tx, contract)
        return len(wanted)

    def straddle(
        self, tx: Tx, actor: Actor, contract: ContractId, plan: int, party: PartyId, on: bool
    ) -> None:
        """Have a company's seal go across the pages' edges, or not."""
        draft = open_draft(tx, actor, contract, plan)
        if party not in [each.id for each in draft.signers if each.kind == "enterprise"]:
            raise NoSuchContract
        tx.change("parties", party, {"straddle": int(on)})
        changed(tx, contract)


def kinds_for(draft: Contract, party: PartyId) -> tuple[str, ...]:
    """The kinds of area that a party can have. Raises NoSuchContract."""
    found = next((each for each in draft.signers if each.id == party), None)
    if found is None:
        raise NoSuchContract
    return mark_of(found.kind), "date", "text"


class _Sheet:
    """A held draft with its pages; boxes are displayed ones, in points."""

    def __init__(self, tx: Tx, actor: Actor, contract: ContractId, plan: int) -> None:
        self.tx = tx
        self.draft = open_draft(tx, actor, contract, plan)
        self.views = read_pages(tx, self.draft.document)

    def view(self, page: int) -> PageView:
        if not 0 <= page < len(self.views):
            raise NoSuchPage(pages=len(self.views))
        return self.views[page]

    def area(self, area: AreaId) -> Area:
        found = next((each for each in self.draft.areas if each.id == area), None)
        if found is None:
            raise NoSuchArea
        return found

    def displayed(self, area: Area) -> Box:
        return self.view(area.page).to_display(area.box)

    def move(self, area: AreaId, page: int, box: Box) -> None:
        self.tx.change("areas", area, {"page": page, **self._columns(page, box)})
        changed(self.tx, self.draft.id)

    def resize(self, area: AreaId, page: int, box: Box, before: Box) -> None:
        if _differ(_size(box), _size(before)):
            if self.area(area).kind == "seal":
                raise SealsKeepTheirSize
            box = _within(box, self.view(page))
        self.move(area, page, box)

    def copy(self, area: Area, page: int) -> AreaId:
        self.view(page)
        return self.insert(area.party, area.kind, page, self.displayed(area), area.anchor, area.field)

    def insert(
        self, party: PartyId, kind: str, page: int, box: Box, anchor: str, field: Field | None
    ) -> AreaId:
        key = AreaId(new_id("a", self.tx.now))
        if len(self.draft.areas) >= MOST_AREAS:
            raise TooManyAreas
        row = {"id": key, "contract": self.draft.id, "party": party, "kind": kind, "page": page}
        words = {"anchor": anchor, "field": as_json(field) if field else None}
        self.tx.insert("areas", {**row, **words, **self._columns(page, box)})
        return key

    def _columns(self, page: int, box: Box) -> dict[str, float]:
        """The box on the page, as it is kept: in the page's own user space."""
        view = self.view(page)
        kept = view.to_user(kept_on(box, view.width, view.height))
        return {name: round(edge, 3) for name, edge in zip(("x0", "y0", "x1", "y1"), kept, strict=True)}


def _size(box: Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _differ(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return any(abs(a - b) > points(0.5) for a, b in zip(one, other, strict=True))


def _within(box: Box, view: PageView) -> Box:
    """The box around its middle, neither too small to write in nor larger than the page."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    least, most = points(SMALLEST_MM), points(LARGEST_MM)
    width, height = _size(box)
    width = min(max(width, least), most, view.width)
    return centred(width, min(max(height, least), most, view.height), x, y)

"""What the pictures of a plan show: every area outlined and named, and the slices of straddle seals at the edges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from signing.contracts.contract import Contract, Party
from signing.contracts.fields import straddle_of, straddles
from signing.contracts.naming import names_of
from signing.documents.geometry import Box, PageView, points
from signing.documents.preview import Mark
from signing.ids import AreaId
from signing.pdf.fields import STRADDLE_PAGES, Straddle


def outlines(contract: Contract, views: Sequence[PageView], chosen: AreaId | None = None) -> list[Mark]:
    """The marks of all pages; the chosen area's is strong."""
    return [*_areas(contract, chosen), *_edges(contract, views)]


def _areas(contract: Contract, chosen: AreaId | None) -> Iterator[Mark]:
    names = names_of(contract)
    for area in contract.areas:
        hue = contract.party(area.party).position - 1
        yield Mark(area.page, area.box, names[area.id], hue, area.id == chosen)


def _edges(contract: Contract, views: Sequence[PageView]) -> Iterator[Mark]:
    for number, party in enumerate(contract.parties, start=1):
        if straddles(contract, party):
            yield from _slices(party, str(number), straddle_of(contract, party), views)


def _slices(party: Party, name: str, straddle: Straddle, views: Sequence[PageView]) -> Iterator[Mark]:
    count = min(len(views), STRADDLE_PAGES)
    for page in straddle.pages:
        if page < len(views):
            box = views[page].to_user(_slice(views[page], straddle, count))
            yield Mark(page, box, name, party.position - 1)


def _slice(view: PageView, straddle: Straddle, count: int) -> Box:
    """Where a slice lies on the displayed page: at its right edge."""
    room = points(straddle.room_mm)
    low = min(max(view.height * straddle.height - room / 2, 0.0), max(view.height - room, 0.0))
    return view.width - room / count, low, view.width, low + room

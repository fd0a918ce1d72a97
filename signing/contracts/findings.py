"""What is odd about a plan of areas: it may start all the same, but its sender should know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from signing.contracts.contract import Area, Contract
from signing.documents.geometry import Box, PageView, overlap
from signing.ids import AreaId

SHARE = 0.05
"""What two areas may share of the smaller one without a word."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`kind` is overlap (with `other`), off (the page) or text (it covers words)."""

    kind: str
    area: AreaId
    page: int
    other: AreaId | None = None


def findings(contract: Contract, views: Sequence[PageView]) -> list[Finding]:
    """Areas over each other and off their page. A party's own seal may cover its date: that is how it is done."""
    return [*_off_the_page(contract, views), *_overlapping(contract, views)]


def _off_the_page(contract: Contract, views: Sequence[PageView]) -> Iterator[Finding]:
    for area in contract.areas:
        if area.page >= len(views) or not _is_on(views[area.page], area.box):
            yield Finding("off", area.id, area.page)


def _overlapping(contract: Contract, views: Sequence[PageView]) -> Iterator[Finding]:
    for one, other in combinations(contract.areas, 2):
        if one.page == other.page and _are_rivals(one, other):
            least = min(_extent(one.box), _extent(other.box))
            if overlap(one.box, other.box) > SHARE * least:
                yield Finding("overlap", one.id, one.page, other.id)


def _are_rivals(one: Area, other: Area) -> bool:
    return one.party != other.party or one.kind == other.kind


def _is_on(view: PageView, box: Box) -> bool:
    x0, y0, x1, y1 = view.to_display(box)
    return x0 >= -0.5 and y0 >= -0.5 and x1 <= view.width + 0.5 and y1 <= view.height + 0.5


def _extent(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])

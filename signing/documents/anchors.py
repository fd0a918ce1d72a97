"""Where the parties sign, proposed from the words on the pages (甲方（盖章）, "Party A (seal)", "Signature:", 日期：)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from signing.documents.child import Limits, Run, run_limited
from signing.documents.geometry import Box
from signing.documents.wording import Kind

LIMITS = Limits(seconds=60, cpu=45)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A place for one party. `page` counts from 0, `box` is in the page's user space.

    `party` is the party's label as the text has it ("甲方", "Party A", "PROVIDER", a name), "" where the text
    names none. `anchor` is the text that asked for it and `occurrence` which one of that text in the document it
    is, from 1, spaces left out.
    """

    party: str
    kind: Kind
    page: int
    box: Box
    anchor: str
    occurrence: int


def propose(pdf: bytes, *, run: Run = run_limited) -> list[Proposal]:
    """The places that the text asks for, in reading order; empty where it asks for none. Raises Refused."""
    answer, _ = run("signing.documents.finding:propose", pdf, {}, LIMITS)
    return [_proposal(told) for told in answer["proposals"]]


def fallback(pdf: bytes, parties: int, *, run: Run = run_limited) -> list[Proposal]:
    """One seal a party at the foot of the last page, side by side, not over text if there is room. Raises Refused."""
    answer, _ = run("signing.documents.finding:fallback", pdf, {"parties": parties}, LIMITS)
    return [Proposal("", "seal", int(answer["page"]), _box(box), "", 0) for box in answer["boxes"]]


def _proposal(told: dict[str, Any]) -> Proposal:
    return Proposal(
        told["party"],
        told["kind"],
        int(told["page"]),
        _box(told["box"]),
        told["anchor"],
        int(told["occurrence"]),
    )


def _box(edges: list[float]) -> Box:
    x0, y0, x1, y1 = edges
    return x0, y0, x1, y1

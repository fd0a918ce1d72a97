"""Signing blocks: which words on the pages ask for something, and of which party, by where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from signing.documents.lines import PageText, Piece
from signing.documents.parties import NEAR, REACH, SLACK, Anchor, heads_above, party_of, with_parties
from signing.documents.wording import DATE_SHAPE, is_field, label_of, role_left_empty


def anchors_of(pages: Sequence[PageText]) -> list[Anchor]:
    """All that is asked for, in reading order, with its party where one is named."""
    found = [anchor for page in pages for anchor in _on_page(page)]
    found += _names_alone(found, pages)
    signing = [anchor for anchor in found if anchor.label.kind != "date"]
    settled = [one for anchor in signing for one in with_parties(anchor, pages) if _is_supported(one, found)]
    dates = [one for anchor in found if anchor.label.kind == "date" for one in _dated(anchor, settled, pages)]
    order = {page.number: at for at, page in enumerate(pages)}
    return sorted(
        settled + dates, key=lambda a: (order[a.page.number], a.piece.line, a.piece.box[0], _cell_x(a))
    )


def _cell_x(anchor: Anchor) -> float:
    return anchor.cell.box[0] if anchor.cell else 0.0


def _on_page(page: PageText) -> list[Anchor]:
    found: list[Anchor] = []
    for piece in page.pieces:
        label = label_of(piece.text)
        if label is None:
            continue
        if DATE_SHAPE.match(piece.bare) and found and _leads_to(found[-1], piece):
            found[-1] = replace(found[-1], piece=replace(found[-1].piece, blank=piece.box))
            continue
        shaped = replace(piece, blank=piece.box) if DATE_SHAPE.match(piece.bare) else piece
        found.append(Anchor(page, shaped, label))
    return found


def _names_alone(found: Sequence[Anchor], pages: Sequence[PageText]) -> list[Anchor]:
    """Parties' names that stand empty over or beside a date at the end, where nothing else asks for a signature."""
    if any(anchor.label.kind != "date" and anchor.label.firm for anchor in found):
        return []
    dates = [anchor for anchor in found if anchor.label.kind == "date"]
    last: dict[str, Anchor] = {}
    for page in pages:
        for piece in page.pieces:
            label = role_left_empty(piece.text)
            if label and any(
                date.page is page and -NEAR < date.piece.box[1] - piece.box[1] < 4 for date in dates
            ):
                last[label.role] = Anchor(page, piece, replace(label, firm=True))
    return list(last.values())


def _leads_to(label: Anchor, shape: Piece) -> bool:
    """Whether the date to fill in belongs to the label before it (日期：____年__月__日)."""
    same_line = label.piece.line == shape.line and shape.box[0] - label.piece.box[2] < NEAR
    return label.label.kind == "date" and same_line and not DATE_SHAPE.match(label.piece.bare)


def _is_supported(anchor: Anchor, found: Sequence[Anchor]) -> bool:
    """Firm words stand by themselves; others need a line to sign on, a grid, or a block around them."""
    if anchor.label.firm or anchor.piece.blank or anchor.cell:
        return True
    around = [other for other in found if other.page is anchor.page and other.piece is not anchor.piece]
    near = [
        o
        for o in around
        if _same_column(o.piece, anchor.piece) and abs(o.piece.box[1] - anchor.piece.box[1]) < NEAR
    ]
    if any("\u4e00" <= char <= "\u9fff" for char in anchor.piece.text):
        return any(other.label.firm and other.label.kind != "date" for other in near)
    fields = [
        p
        for p in anchor.page.pieces
        if is_field(p.text) and p is not anchor.piece and _same_column(p, anchor.piece)
    ]
    return bool(near) or any(0 < anchor.piece.box[1] - field.box[1] < NEAR for field in fields)


def _same_column(one: Piece, other: Piece) -> bool:
    return abs(one.box[0] - other.box[0]) < 2 * SLACK


def _dated(date: Anchor, signing: Sequence[Anchor], pages: Sequence[PageText]) -> list[Anchor]:
    """The date with the parties that sign beside or above it; none where nobody signs nearby."""
    if date.label.role:
        return [replace(date, party=date.label.role)] if signing else []
    beside = [
        s
        for s in signing
        if s.page is date.page and s.piece.line == date.piece.line and s.piece.box[0] < date.piece.box[0]
    ]
    if beside:
        return [replace(date, party=beside[-1].party)]
    column = [s for s in signing if s.page is date.page and _is_below(date.piece, s.piece)]
    if not column:
        return _continued(date, signing, pages) or _shared(date, signing)
    nearest = min(column, key=lambda s: (abs(s.piece.box[1] - date.piece.box[1]), -s.piece.box[0]))
    if nearest.cell:
        return [replace(date, party=s.party, cell=s.cell) for s in column if s.piece is nearest.piece]
    return [replace(date, party=party_of(date, pages) if _heads_between(date, nearest) else nearest.party)]


def _is_below(date: Piece, sign: Piece) -> bool:
    return abs(sign.box[0] - date.box[0]) < 4 * SLACK and -40 < sign.box[1] - date.box[1] < REACH


def _heads_between(date: Anchor, sign: Anchor) -> bool:
    return bool(heads_above(date.page, date.piece.box[3] - 2, sign.piece.box[1] - 2))


def _continued(date: Anchor, signing: Sequence[Anchor], pages: Sequence[PageText]) -> list[Anchor]:
    """A date at the top of a page, for those who sign at the foot of the page before."""
    before = [s for s in signing if s.page.number == date.page.number - 1 and s.piece.box[1] < REACH]
    high = date.piece.box[1] > date.page.view.height - REACH
    same = [s for s in before if abs(s.piece.box[0] - date.piece.box[0]) < 4 * SLACK]
    return [replace(date, party=same[-1].party)] if high and same else []


def _shared(date: Anchor, signing: Sequence[Anchor]) -> list[Anchor]:
    """One date below all who sign, in a column of its own: nobody's in particular if they are several."""
    above = [s for s in signing if s.page is date.page and 0 < s.piece.box[1] - date.piece.box[1] < REACH]
    parties = {s.party for s in above}
    return [replace(date, party=parties.pop() if len(parties) == 1 else "")] if above else []

"""Signing blocks: which words on the pages ask for something, and of which party, by where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from signing.documents.geometry import Box
from signing.documents.lines import PageText, Piece
from signing.documents.wording import DATE_SHAPE, Label, is_field, label_of, role_of

REACH = 320.0
"""Points that a party's name reaches down to what it asks for, if no running text comes between."""
NEAR = 160.0
SLACK = 18.0
"""Points that columns may be out of line."""
BODY = 0.55
"""Text wider than this part of the page is running text."""


@dataclass(frozen=True, slots=True)
class Head:
    """A party's name where it stands."""

    role: str
    box: Box


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words that ask for a seal, a signature or a date. `cell`: in a grid, the column of the party."""

    page: PageText
    piece: Piece
    label: Label
    party: str = ""
    cell: Head | None = None


def anchors_of(pages: Sequence[PageText]) -> list[Anchor]:
    """All that is asked for, in reading order, with its party where one is named."""
    found = [anchor for page in pages for anchor in _on_page(page)]
    signing = [anchor for anchor in found if anchor.label.kind != "date"]
    settled = [one for anchor in signing for one in _with_parties(anchor, pages) if _is_supported(one, found)]
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


def _leads_to(label: Anchor, shape: Piece) -> bool:
    """Whether the date to fill in belongs to the label before it (日期：____年__月__日)."""
    same_line = label.piece.line == shape.line and shape.box[0] - label.piece.box[2] < NEAR
    return label.label.kind == "date" and same_line and not DATE_SHAPE.match(label.piece.bare)


def _with_parties(anchor: Anchor, pages: Sequence[PageText]) -> list[Anchor]:
    """The anchor with its party; in a grid, one for each column."""
    if anchor.label.role:
        return [replace(anchor, party=anchor.label.role)]
    heads = _grid_heads(anchor)
    if heads:
        return [replace(anchor, party=head.role, cell=head) for head in heads]
    return [replace(anchor, party=_party_of(anchor, pages))]


def _grid_heads(anchor: Anchor) -> list[Head]:
    """The parties over the columns to the right of a row's label, where nothing else is over the label."""
    piece = anchor.piece
    if piece.blank or any(_follows(other, piece) and label_of(other.text) for other in anchor.page.pieces):
        return []
    for line in _head_lines_above(anchor):
        right = [head for head in line if head.box[0] > piece.box[2] + 4]
        if right and (len(right) == len(line) or len(right) > 1) and not _text_over(anchor, right[0].box):
            return right
        return []
    return []


def _follows(other: Piece, piece: Piece) -> bool:
    return other.line == piece.line and other.box[0] > piece.box[2]


def _text_over(anchor: Anchor, head: Box) -> bool:
    """Whether a party stands over the label itself, on the heads' own line (then it is a block, not a grid)."""
    x0, _, x1, _ = anchor.piece.box
    return any(
        abs(other.box[1] - head[1]) < 6 and other.box[0] < x1 and other.box[2] > x0 and role_of(other.text)
        for other in anchor.page.pieces
    )


def _head_lines_above(anchor: Anchor) -> list[list[Head]]:
    """Lines with parties' names above the anchor, nearest first, as far as no running text comes between."""
    lines: list[list[Head]] = []
    for head in _heads_above(anchor.page, anchor.piece.box[3] - 2, anchor.piece.box[1] + REACH):
        if lines and abs(lines[-1][0].box[1] - head.box[1]) < 8:
            lines[-1].append(head)
        else:
            lines.append([head])
    return [sorted(line, key=lambda head: head.box[0]) for line in lines]


def _heads_above(page: PageText, bottom: float, top: float) -> list[Head]:
    heads = []
    for piece in sorted(page.pieces, key=lambda p: p.box[1]):
        if piece.box[1] < bottom or piece.box[1] > top:
            continue
        role = role_of(piece.text) or _role_asked(piece)
        if role:
            heads.append(Head(role, piece.box))
        elif _is_body(piece, page):
            break
    return heads


def _role_asked(piece: Piece) -> str:
    label = label_of(piece.text)
    return label.role if label else ""


def _is_body(piece: Piece, page: PageText) -> bool:
    wide = piece.box[2] - piece.box[0] > BODY * page.view.width
    return wide and not is_field(piece.text) and label_of(piece.text) is None


def _party_of(anchor: Anchor, pages: Sequence[PageText]) -> str:
    x0 = anchor.piece.box[0]
    for other in anchor.page.pieces:
        if (
            other.line == anchor.piece.line
            and other.box[2] <= x0 + 2
            and x0 - other.box[2] < NEAR
            and role_of(other.text)
        ):
            return role_of(other.text)
    for line in _head_lines_above(anchor):
        if head := _twin(line, anchor) or _over(line, x0):
            return head.role
    return _name_above(anchor) or _from_page_before(anchor, pages)


def _twin(line: Sequence[Head], anchor: Anchor) -> Head | None:
    """The head of the anchor's column where the anchor's line asks the same as often as there are heads."""
    same = [p for p in anchor.page.pieces if p.line == anchor.piece.line and p.bare == anchor.piece.bare]
    if len(line) < 2 or len(same) != len(line):
        return None
    return line[[p.box[0] for p in same].index(anchor.piece.box[0])]


def _over(line: Sequence[Head], x0: float) -> Head | None:
    """The head whose column a place at `x0` is in."""
    left = [head for head in line if head.box[0] <= x0 + SLACK]
    if left:
        return left[-1]
    return line[0] if line[0].box[0] <= x0 + 3 * SLACK else None


def _name_above(anchor: Anchor) -> str:
    """A name that is no known role ("HARBOR TEA CO., LTD.") on the last line above the block in its column."""
    x0, bottom = anchor.piece.box[0], anchor.piece.box[3] - 2
    above = [
        p
        for p in anchor.page.pieces
        if bottom <= p.box[1] < bottom + NEAR and abs(p.box[0] - x0) < SLACK and p.text
    ]
    for piece in sorted(above, key=lambda p: p.box[1]):
        if _is_body(piece, anchor.page):
            return ""
        if not is_field(piece.text) and label_of(piece.text) is None:
            return piece.text.strip(" :_") if _is_name(piece) else ""
    return ""


def _is_name(piece: Piece) -> bool:
    ends = piece.text.rstrip().casefold()
    return len(ends) <= 60 and (
        ends.endswith(("ltd.", "inc.", "co.", "corp.")) or ends[-1] not in ".。;；，,"
    )


def _from_page_before(anchor: Anchor, pages: Sequence[PageText]) -> str:
    """The party of a block that began at the foot of the page before."""
    page = anchor.page
    if any(_is_body(piece, page) and piece.box[1] > anchor.piece.box[3] for piece in page.pieces):
        return ""
    before = next((other for other in pages if other.number == page.number - 1), None)
    if before is None:
        return ""
    for line in _grouped(_heads_above(before, before.view.height * 0.05, REACH)):
        if head := _over(line, anchor.piece.box[0]):
            return head.role
    return ""


def _grouped(heads: Iterable[Head]) -> list[list[Head]]:
    lines: list[list[Head]] = []
    for head in heads:
        if lines and abs(lines[-1][0].box[1] - head.box[1]) < 8:
            lines[-1].append(head)
        else:
            lines.append([head])
    return [sorted(line, key=lambda head: head.box[0]) for line in lines]


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
        return _continued(date, signing, pages)
    nearest = min(column, key=lambda s: (abs(s.piece.box[1] - date.piece.box[1]), -s.piece.box[0]))
    if nearest.cell:
        return [replace(date, party=s.party, cell=s.cell) for s in column if s.piece is nearest.piece]
    return [replace(date, party=_party_of(date, pages) if _heads_between(date, nearest) else nearest.party)]


def _is_below(date: Piece, sign: Piece) -> bool:
    return abs(sign.box[0] - date.box[0]) < 4 * SLACK and -40 < sign.box[1] - date.box[1] < REACH


def _heads_between(date: Anchor, sign: Anchor) -> bool:
    return bool(_heads_above(date.page, date.piece.box[3] - 2, sign.piece.box[1] - 2))


def _continued(date: Anchor, signing: Sequence[Anchor], pages: Sequence[PageText]) -> list[Anchor]:
    """A date at the top of a page, for those who sign at the foot of the page before."""
    before = [s for s in signing if s.page.number == date.page.number - 1 and s.piece.box[1] < REACH]
    high = date.piece.box[1] > date.page.view.height - REACH
    same = [s for s in before if abs(s.piece.box[0] - date.piece.box[0]) < 4 * SLACK]
    return [replace(date, party=same[-1].party)] if high and same else []

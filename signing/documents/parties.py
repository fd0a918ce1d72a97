"""Whose place it is: the parties' names over, beside and before the words that ask for something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from signing.documents.geometry import Box
from signing.documents.lines import PageText, Piece
from signing.documents.wording import Label, is_field, label_of, role_of

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


def with_parties(anchor: Anchor, pages: Sequence[PageText]) -> list[Anchor]:
    """The anchor with its party; in a grid, one for each column."""
    if anchor.label.role:
        return [replace(anchor, party=anchor.label.role)]
    heads = _grid_heads(anchor)
    if heads:
        return [replace(anchor, party=head.role, cell=head) for head in heads]
    return [replace(anchor, party=party_of(anchor, pages))]


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
    return _grouped(heads_above(anchor.page, anchor.piece.box[3] - 2, anchor.piece.box[1] + REACH))


def heads_above(page: PageText, bottom: float, top: float) -> list[Head]:
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


def party_of(anchor: Anchor, pages: Sequence[PageText]) -> str:
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
    for line in _grouped(heads_above(before, before.view.height * 0.05, REACH)):
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

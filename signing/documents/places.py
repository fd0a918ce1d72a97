"""Where on the page a seal, a signature or a date belongs, given the words that ask for it."""

from __future__ import annotations

from collections.abc import Iterable

from signing.documents.geometry import Box, centred, kept_on, overlap, points
from signing.documents.lines import PageText, Piece
from signing.documents.parties import Anchor

SEAL = points(42)
SIGNATURE = (points(45), points(12))
DATE = (points(35), points(6))
EDGE = points(3)


def place(anchor: Anchor, taken: Iterable[Box]) -> Box:
    """The displayed box for what the anchor asks for, beside the seals on this page that are placed already."""
    page = anchor.page
    if anchor.label.kind == "seal":
        return _seal(anchor, list(taken))
    width, height = SIGNATURE if anchor.label.kind == "signature" else DATE
    line = _cell(anchor) if anchor.cell else _line(anchor.piece, page)
    width = min(width, max(line[2] - line[0], points(20)))
    height = max(min(height, line[3] - line[1]), points(5))
    return kept_on(
        (line[0], line[1], line[0] + width, line[1] + height), page.view.width, page.view.height, EDGE
    )


def _seal(anchor: Anchor, taken: list[Box]) -> Box:
    """Over the words, as on paper; to the right of a seal that is there already."""
    x0, y0, x1, y1 = _cell(anchor) if anchor.cell else anchor.piece.box
    box = centred(SEAL, SEAL, (x0 + x1) / 2, (y0 + y1) / 2)
    view = anchor.page.view
    box = kept_on(box, view.width, view.height, EDGE)
    for other in taken:
        if overlap(box, other) > 0.2 * SEAL * SEAL and other[2] + SEAL + EDGE <= view.width:
            box = (other[2] + 2, box[1], other[2] + 2 + SEAL, box[3])
    return box


def _line(piece: Piece, page: PageText) -> Box:
    """The room that there is for writing: the blank behind the words, a rule beside or above them, the rest of the line."""
    if piece.blank:
        return piece.blank[0], piece.box[1] - 1, piece.blank[2], _roof(piece.blank, page, piece)
    if rule := _rule_beside(piece, page) or _rule_above(piece, page):
        return rule[0] + 2, rule[1], rule[2], _roof(rule, page, piece)
    right = min(
        (other.box[0] for other in page.pieces if _is_beside(other, piece)), default=page.view.width - EDGE
    )
    room = (piece.box[2] + 4, piece.box[1] - 1, right - 4, piece.box[1])
    return room[0], room[1], room[2], _roof(room, page, piece)


def _is_beside(other: Piece, piece: Piece) -> bool:
    return other.line == piece.line and other.box[0] > piece.box[2]


def _rule_beside(piece: Piece, page: PageText) -> Box | None:
    low, high = piece.box[1] - 8, piece.box[1] + 0.5 * piece.height
    beside = [rule for rule in page.rules if low <= rule[1] <= high and rule[2] > piece.box[2] + points(15)]
    rule = min(beside, key=lambda rule: rule[0], default=None)
    if rule is None or rule[0] > piece.box[2] + points(60):
        return None
    return max(rule[0], piece.box[2] + 2), rule[1], rule[2], rule[3]


def _rule_above(piece: Piece, page: PageText) -> Box | None:
    above = [
        rule
        for rule in page.rules
        if piece.box[3] - 3 <= rule[1] <= piece.box[3] + 12
        and rule[0] <= piece.box[2]
        and rule[2] >= piece.box[0]
        and rule[2] - rule[0] < 0.5 * page.view.width
    ]
    return min(above, key=lambda rule: rule[1], default=None)


def _roof(line: Box, page: PageText, piece: Piece) -> float:
    """How high one may write above a line: up to the next text, and somewhat into it where lines stand close."""
    over = [
        p.box[1]
        for p in page.pieces
        if p.box[0] < line[2] and p.box[2] > line[0] and p.box[1] > line[1] + 0.7 * piece.height
    ]
    return max(min(over, default=line[1] + points(20)), line[1] + 1.3 * piece.height)


def _cell(anchor: Anchor) -> Box:
    """Where the row of the anchor meets the column of its party."""
    assert anchor.cell is not None
    x0, x1 = _column(anchor.page, anchor.cell.box)
    y0, y1 = _row(anchor.page, anchor.piece.box, (x0 + x1) / 2)
    return x0 + 4, y0 + 1, x1 - 4, y1 - 1


def _column(page: PageText, head: Box) -> tuple[float, float]:
    """The column under a head: between uprights, else as wide as the rule by the head, else up to the next words."""
    middle = (head[0] + head[2]) / 2
    beside = [up[0] for up in page.uprights if up[1] - 4 < head[1] < up[3] + 4]
    left, right = [x for x in beside if x < middle], [x for x in beside if x > middle]
    if left and right:
        return max(left), min(right)
    rules = [rule for rule in page.rules if _is_by(rule, head, middle, page)]
    if rules:
        near = min(rules, key=lambda rule: abs(rule[1] - head[1]))
        return near[0], near[2]
    following = [p.box[0] for p in page.pieces if abs(p.box[1] - head[1]) < 6 and p.box[0] > head[2]]
    return head[0] - 4, min(following, default=min(head[0] + points(60), page.view.width - EDGE))


def _is_by(rule: Box, head: Box, middle: float, page: PageText) -> bool:
    over = rule[0] - 1 <= middle <= rule[2] + 1 and rule[1] < head[3] + 20
    return over and rule[2] - rule[0] < 0.5 * page.view.width


def _row(page: PageText, label: Box, x: float) -> tuple[float, float]:
    rules = [rule[1] for rule in page.rules if rule[0] - 1 <= x <= rule[2] + 1]
    floor = max((y for y in rules if label[1] - 60 < y <= label[1] + 2), default=label[1] - 6)
    roof = min((y for y in rules if label[3] - 2 <= y < label[3] + 60), default=label[3] + 6)
    return floor, roof

"""The child's side of the anchors: read the pages that may hold a signing block, and propose."""

from __future__ import annotations

import io
import re
import unicodedata
from typing import Any

import pikepdf
import pypdfium2

from signing.documents.blocks import anchors_of
from signing.documents.boxes import view_of
from signing.documents.geometry import Box, kept_on, overlap, points
from signing.documents.lines import PageText, read_page
from signing.documents.parties import Anchor
from signing.documents.places import EDGE, SEAL, place

HINT = re.compile(
    r"签|章|日\s*期|年\s*月|法定代表人|授权代表|sign|seal|stamp|chop|\bdated?\b|^\s*by\b",
    re.IGNORECASE | re.MULTILINE,
)


def propose(payload: bytes, args: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Child function: {"proposals"}, see `anchors.propose`."""
    pages, texts = _read(payload)
    taken: dict[int, list[Box]] = {}
    proposals = []
    for anchor in anchors_of(pages):
        box = place(anchor, taken.get(anchor.page.number, []))
        if anchor.label.kind == "seal":
            taken.setdefault(anchor.page.number, []).append(box)
        proposals.append(_told(anchor, box, _occurrence(anchor, texts)))
    return {"proposals": proposals}, b""


def fallback(payload: bytes, args: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Child function: `args` holds `parties`; {"page", "boxes"}, see `anchors.fallback`."""
    with pypdfium2.PdfDocument(payload) as document, pikepdf.open(io.BytesIO(payload)) as pdf:
        number = len(document) - 1
        page = read_page(document[number], number, view_of(pdf.pages[number]))
    boxes = [page.view.to_user(box) for box in _at_the_foot(page, args["parties"])]
    return {"page": number, "boxes": boxes}, b""


def _read(payload: bytes) -> tuple[list[PageText], list[str]]:
    """The pages worth a look with the one before each, and every page's bare text up to the last of them."""
    with pypdfium2.PdfDocument(payload) as document, pikepdf.open(io.BytesIO(payload)) as pdf:
        texts = [page.get_textpage().get_text_range() for page in document]
        hinted = {number for number, text in enumerate(texts) if HINT.search(text)}
        wanted = sorted(hinted | {number - 1 for number in hinted if number})
        pages = [read_page(document[number], number, view_of(pdf.pages[number])) for number in wanted]
    return pages, ["".join(unicodedata.normalize("NFKC", text).split()) for text in texts]


def _occurrence(anchor: Anchor, texts: list[str]) -> int:
    """Which occurrence of the anchor's bare text in the document this is, from 1, in lines from top to bottom."""
    wanted = anchor.piece.bare
    before = sum(text.count(wanted) for text in texts[: anchor.page.number])
    for piece in anchor.page.pieces:
        if piece is anchor.piece or (piece.line == anchor.piece.line and piece.box[0] >= anchor.piece.box[0]):
            break
        before += piece.bare.count(wanted)
    return before + 1


def _told(anchor: Anchor, box: Box, occurrence: int) -> dict[str, Any]:
    return {
        "party": anchor.party,
        "kind": anchor.label.kind,
        "page": anchor.page.number,
        "box": [round(edge, 3) for edge in anchor.page.view.to_user(box)],
        "anchor": anchor.piece.shown,
        "occurrence": occurrence,
    }


def _at_the_foot(page: PageText, parties: int) -> list[Box]:
    """A row of seals, side by side, as low as the text above them lets them be; a second row where one is too narrow."""
    view, gap = page.view, points(8)
    columns = max(1, min(parties, int((view.width - 2 * EDGE) // (SEAL + gap))))
    boxes = []
    for at in range(parties):
        row, column = divmod(at, columns)
        left = (view.width - columns * SEAL - (columns - 1) * gap) / 2 + column * (SEAL + gap)
        boxes.append(kept_on((left, 0.0, left + SEAL, SEAL), view.width, view.height, EDGE))
        boxes[-1] = _moved(boxes[-1], points(20) + row * (SEAL + gap))
    lifted = [[_moved(box, lift) for box in boxes] for lift in _lifts(view.height)]
    return min(lifted, key=lambda row: sum(overlap(box, piece.box) for box in row for piece in page.pieces))


def _lifts(height: float) -> list[float]:
    return [points(mm) for mm in range(0, max(1, int(height / points(1)) - 70), 5)]


def _moved(box: Box, up: float) -> Box:
    return box[0], box[1] + up, box[2], box[3] + up

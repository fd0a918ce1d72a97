"""What a round seal's ring says, beside the name that it ought to say. Read by OCR, so it can only warn."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

import numpy as np
from PIL import Image

from signing.identity.layout import Box
from signing.identity.licences import NoReader

Read = Callable[[bytes], Sequence[Box]]
"""The text boxes on a JPEG. Raises NoReader where there is nobody to read."""

INNER, OUTER = 0.6, 0.93
"""Between the feet and the heads of the name, as shares of the radius."""
ROOM = 0.3
"""White above and below the strip, as a share of its height: OCR wants it."""
ALIKE = 0.6
LEAST = 3
"""Letters that must have been read before anything is said about them."""
SUFFIX = re.compile(r"(集团)?(股份)?(有限)?(责任)?公司$|(CO)?(LTD|LIMITED|INC|LLC)$")
LETTERS = re.compile(r"[^\w]|[\d_]")


def other_name(png: bytes, name: str, read: Read) -> str:
    """What the ring of an upright round seal (PNG) says where that is not `name`; empty where it agrees, where too
    little can be read, or where nobody can read it."""
    try:
        boxes = sorted(read(unrolled(png)), key=lambda box: box.x0)
    except NoReader:
        return ""
    pieces = [_letters(box.text) for box in boxes]
    longest = max(pieces, key=len, default="")
    if len(longest) < LEAST or any(likeness(each, name) >= ALIKE for each in ("".join(pieces), *pieces)):
        return ""
    return longest


def likeness(said: str, name: str) -> float:
    """0..1, without what every company's name ends in."""
    one, other = (SUFFIX.sub("", _letters(each)) for each in (said, name))
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def unrolled(png: bytes) -> bytes:
    """The ring as one line of black on white, read from the lower left over the top to the lower right; JPEG."""
    with Image.open(io.BytesIO(png)) as seal:
        cover = np.asarray(seal.convert("RGBA").getchannel("A"), np.float32)
    radius = min(cover.shape) / 2
    high, wide = round((OUTER - INNER) * radius), round(np.pi * (OUTER + INNER) * radius)
    angle = np.linspace(-np.pi, np.pi, wide, endpoint=False)[None, :]
    out = np.linspace(OUTER, INNER, high)[:, None] * radius
    middle_y, middle_x = (cover.shape[0] - 1) / 2, (cover.shape[1] - 1) / 2
    rows = np.clip(np.rint(middle_y - out * np.cos(angle)), 0, cover.shape[0] - 1).astype(int)
    columns = np.clip(np.rint(middle_x + out * np.sin(angle)), 0, cover.shape[1] - 1).astype(int)
    room = round(ROOM * high)
    strip = np.pad(255 - cover[rows, columns], ((room, room), (room, room)), constant_values=255)
    file = io.BytesIO()
    Image.fromarray(strip.astype(np.uint8)).convert("RGB").save(file, "JPEG", quality=92)
    return file.getvalue()


def _letters(text: str) -> str:
    return LETTERS.sub("", unicodedata.normalize("NFKC", text)).upper()

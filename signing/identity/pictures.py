"""Photos of papers: made upright, small and clean in a child process, and judged for sharpness.

What a camera wrote into the file (place, time, maker) is left behind. A PDF gives its first page.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image, ImageOps

from signing.documents.child import Limits, Run
from signing.documents.errors import Refused

LIMITS = Limits(seconds=30, cpu=20)
LONGEST, SHORTEST = 2400, 500
MOST_PIXELS = 60_000_000
MOST_BYTES = 20_000_000
JUDGED_AT = 1000
SOFT = 60
"""Sharpness below this looks blurred: the variance of the Laplacian at 1000 pixels width."""
QUALITY = 88
DPI = 200


class UnreadablePicture(Refused):
    """Neither a photo nor a PDF that can be read."""

    code = "proof.unreadable"


class PictureTooSmall(Refused):
    """Too few pixels to read a paper on it. `details`: `pixels`, `at_least`."""

    code = "proof.too-small"


@dataclass(frozen=True, slots=True)
class Photo:
    """A cleaned photo: JPEG, size in pixels, sharpness."""

    data: bytes
    width: int
    height: int
    sharpness: int


def clean(data: bytes, run: Run) -> Photo:
    """The photo of a paper as it is kept. Raises UnreadablePicture, PictureTooSmall, TooSlow, TooBig, Malformed."""
    if not data or len(data) > MOST_BYTES:
        raise UnreadablePicture
    facts, jpeg = run("signing.identity.pictures:clean_in_child", data, {}, LIMITS)
    return Photo(jpeg, **facts)


def clean_in_child(data: bytes, _: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """What `clean` runs out of harm's way. Raises UnreadablePicture, PictureTooSmall."""
    picture = _opened(data)
    if min(picture.size) < SHORTEST:
        raise PictureTooSmall(pixels=min(picture.size), at_least=SHORTEST)
    picture.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    width, height = picture.size
    return {"width": width, "height": height, "sharpness": sharpness(picture)}, out.getvalue()


def sharpness(picture: Image.Image) -> int:
    """The variance of the Laplacian of the grey picture, 1000 pixels wide."""
    height = max(3, round(picture.height * JUDGED_AT / picture.width))
    grey = np.asarray(picture.convert("L").resize((JUDGED_AT, height)), dtype=np.float64)
    middle = grey[1:-1, 1:-1]
    edges = grey[:-2, 1:-1] + grey[2:, 1:-1] + grey[1:-1, :-2] + grey[1:-1, 2:] - 4 * middle
    return round(float(edges.var()))


def _opened(data: bytes) -> Image.Image:
    try:
        if data.startswith(b"%PDF-"):
            return _first_page(data)
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise UnreadablePicture
            picture.draft("RGB", (LONGEST, LONGEST))
            return _on_white(ImageOps.exif_transpose(picture))
    except UnreadablePicture:
        raise
    except Exception:
        raise UnreadablePicture from None


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode not in ("RGBA", "LA", "PA", "P"):
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(paper, layer).convert("RGB")


def _first_page(data: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(data) as document:
        page = document[0]
        scale = min(DPI / 72, LONGEST / max(page.get_size()))
        image: Image.Image = page.render(scale=scale).to_pil()
        return image.convert("RGB")

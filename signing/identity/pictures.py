"""Photos of papers: made upright, small and clean in a child process, and judged for sharpness.

What a camera wrote into the file (place, time, maker) is left behind. A PDF gives its first page.
"""

from __future__ import annotations

import io
from dataclasses import asdict, dataclass
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw, ImageOps

from signing.documents.child import Limits, Run
from signing.documents.errors import Refused
from signing.identity.sharpness import Box, judged

LIMITS = Limits(seconds=30, cpu=20)
LONGEST, SHORTEST = 2400, 500
MOST_PIXELS = 60_000_000
MOST_BYTES = 20_000_000
RINGED, MARGIN, RING = 900, 24, (200, 30, 30)
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
    """A cleaned photo: JPEG, size in pixels, and where it is sharp (as `sharpness.Sharpness`)."""

    data: bytes
    width: int
    height: int
    percent: int
    where: str
    box: Box


def clean(data: bytes, run: Run) -> Photo:
    """The photo of a paper as it is kept. Raises UnreadablePicture, PictureTooSmall, TooSlow, TooBig, Malformed."""
    if not data or len(data) > MOST_BYTES:
        raise UnreadablePicture
    facts, jpeg = run("signing.identity.pictures:clean_in_child", data, {}, LIMITS)
    return Photo(jpeg, **facts)


def ringed(photo: Photo, run: Run) -> bytes:
    """A smaller copy with a ring around what is blurred, as a JPEG. Raises TooSlow, TooBig, Malformed."""
    _, jpeg = run("signing.identity.pictures:ring_in_child", photo.data, {"box": photo.box}, LIMITS)
    return jpeg


def clean_in_child(data: bytes, _: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """What `clean` runs out of harm's way. Raises UnreadablePicture, PictureTooSmall."""
    picture = _opened(data)
    if min(picture.size) < SHORTEST:
        raise PictureTooSmall(pixels=min(picture.size), at_least=SHORTEST)
    picture.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    width, height = picture.size
    return {"width": width, "height": height, **asdict(judged(picture))}, out.getvalue()


def ring_in_child(data: bytes, args: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The photo, smaller, with a ring around `box` (shares of width and height), as a JPEG."""
    picture = _opened(data)
    picture.thumbnail((RINGED, RINGED), Image.Resampling.LANCZOS)
    pen = ImageDraw.Draw(picture)
    across, down = picture.width, picture.height
    left, upper, right, lower = (
        share * size for share, size in zip(args["box"], (across, down) * 2, strict=True)
    )
    around = (left - MARGIN, upper - MARGIN, right + MARGIN, lower + MARGIN)
    pen.ellipse(around, outline="white", width=12)
    pen.ellipse(
        tuple(each + step for each, step in zip(around, (3, 3, -3, -3), strict=True)), outline=RING, width=6
    )
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return {}, out.getvalue()


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

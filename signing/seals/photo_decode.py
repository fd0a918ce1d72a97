"""From bytes that nobody vouches for to an upright RGB picture, no larger than is of use."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from signing.seals.photo_errors import (
    AnimatedPicture,
    Box,
    DamagedPicture,
    HeicPhoto,
    NotAPicture,
    PictureTooLarge,
    SvgPicture,
)

Pixels = npt.NDArray[Any]
"""uint8, rows by columns by RGB."""

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF")
MOST_PIXELS, MOST_PIXELS_JPEG = 50_000_000, 110_000_000
ENOUGH = 1_500_000
"""Pixels that a JPEG keeps when it is decoded at half or quarter size: a seal still has plenty."""
REDUCIBLE = {"JPEG", "MPO"}
SINGLE_FRAME = {"MPO"}
"""Formats whose further frames are thumbnails and depth maps, not motion."""


@dataclass(frozen=True, slots=True)
class Photo:
    """`image` is the upright photo in RGB, `shrunk` times smaller than its full `size` (w, h)."""

    image: Image.Image
    shrunk: int
    size: tuple[int, int]


def open_picture(data: bytes) -> Image.Image:
    """The picture, not decoded yet.

    Raises NotAPicture, HeicPhoto, SvgPicture, AnimatedPicture, PictureTooLarge, DamagedPicture.
    """
    _refuse_by_first_bytes(data)
    Image.init()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=FORMATS)
            frames = getattr(image, "n_frames", 1)
    except Image.DecompressionBombError:
        raise _too_large(None) from None
    except UnidentifiedImageError:
        raise NotAPicture(format="") from None
    except Exception:
        raise DamagedPicture() from None
    if frames > 1 and image.format not in SINGLE_FRAME:
        raise AnimatedPicture(frames=frames)
    if image.width * image.height > (MOST_PIXELS_JPEG if image.format in REDUCIBLE else MOST_PIXELS):
        raise _too_large(image)
    return image


def _too_large(image: Image.Image | None) -> PictureTooLarge:
    megapixels = image.width * image.height // 10**6 if image else None
    return PictureTooLarge(megapixels=megapixels, at_most=MOST_PIXELS // 10**6)


def decode(data: bytes, shrink: int | None = None) -> Photo:
    """The photo turned upright by its EXIF orientation. A JPEG comes `shrink` (1, 2, 4) times smaller; by default
    as much as leaves it ENOUGH pixels, since that saves most of the time.

    Raises as `open_picture`.
    """
    image = open_picture(data)
    full = image.size
    wanted = shrink or max(s for s in (1, 2, 4) if s == 1 or full[0] * full[1] >= ENOUGH * s * s)
    image.draft("RGB", (-(-full[0] // wanted), -(-full[1] // wanted)))
    shrunk = round(full[0] / image.width)
    upright = _upright(_loaded(image))
    return Photo(upright, shrunk, full if upright.size == image.size else full[::-1])


def transparent(data: bytes) -> Image.Image | None:
    """The picture as RGBA if it has transparency already, cut out by somebody before; else None.

    Raises as `open_picture`.
    """
    image = open_picture(data)
    if image.mode not in {"RGBA", "LA", "PA"} and "transparency" not in image.info:
        return None
    try:
        image = ImageOps.exif_transpose(image.convert("RGBA"))
    except Exception:
        raise DamagedPicture() from None
    low, _ = image.getchannel("A").getextrema()
    return image if isinstance(low, int) and low < 128 else None


def crop(data: bytes, box: Box, pixels: int = 400) -> bytes:
    """The part `box` of the photo as PNG, at most `pixels` wide and high, to choose by. Raises as `open_picture`."""
    photo = decode(data)
    x0, y0, x1, y1 = (side // photo.shrunk for side in box)
    part = photo.image.crop((x0, y0, x1, y1))
    part.thumbnail((pixels, pixels))
    out = io.BytesIO()
    part.save(out, "PNG", compress_level=1)
    return out.getvalue()


def _loaded(image: Image.Image) -> Image.Image:
    try:
        image.load()
        if image.mode in {"I;16", "I", "F"}:
            return _from_deep_grey(image)
        return image if image.mode == "RGB" else image.convert("RGB")
    except Image.DecompressionBombError:
        raise _too_large(image) from None
    except Exception:  # whatever a broken file makes a decoder say
        raise DamagedPicture() from None


def _from_deep_grey(image: Image.Image) -> Image.Image:
    grey = np.asarray(image, dtype=np.float64)
    top = max(float(grey.max()), 1.0)
    return Image.fromarray((np.clip(grey / top, 0, 1) * 255).astype(np.uint8)).convert("RGB")


def _upright(image: Image.Image) -> Image.Image:
    try:
        if image.getexif().get(ExifTags.Base.Orientation, 1) == 1:
            return image
        return ImageOps.exif_transpose(image)
    except Exception:  # broken EXIF is no reason to refuse a photo
        return image


def _refuse_by_first_bytes(data: bytes) -> None:
    head = data[:1024]
    if head[4:8] == b"ftyp":
        raise HeicPhoto()
    if b"<svg" in head.lower():
        raise SvgPicture()
    if head.startswith(b"%PDF-"):
        raise NotAPicture(format="pdf")
    if not data:
        raise NotAPicture(format="")

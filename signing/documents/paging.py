"""The child's side of the photographs: opened with limits, turned upright, straightened, laid on A4 pages."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from PIL import Image, ImageOps

from signing.documents import errors
from signing.documents.geometry import points
from signing.documents.reporting import report
from signing.documents.straighten import straightened

MOST_PIXELS = 80_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF")
SHORT_SIDE, LONG_SIDE, MARGIN = points(210), points(297), points(8)
DPI = 200
QUALITY = 85


def page_up(payload: bytes, args: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Child function: `args` holds `sizes`, the lengths of the pictures in the payload."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    start = 0
    with pikepdf.new() as pdf:
        for number, size in enumerate(args["sizes"], 1):
            report(number, len(args["sizes"]))
            _add_page(pdf, _picture(payload[start : start + size], number))
            start += size
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return {}, out.getvalue()


def _picture(data: bytes, number: int) -> Image.Image:
    """The picture upright, on white, grey or in colour, no finer than a page needs."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise errors.PictureTooLarge(picture=number)
            if getattr(picture, "n_frames", 1) > 1:
                raise errors.Animated(picture=number)
            picture.draft("RGB", (_pixels(LONG_SIDE), _pixels(LONG_SIDE)))
            return _fine_enough(straightened(_flat(ImageOps.exif_transpose(picture))))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise errors.PictureTooLarge(picture=number) from None
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, ZeroDivisionError):
        raise errors.PictureDamaged(picture=number) from None


def _flat(picture: Image.Image) -> Image.Image:
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture)
    flat = picture.convert("L" if picture.mode in ("1", "L", "I;16", "I", "F") else "RGB")
    flat.thumbnail((2 * _pixels(LONG_SIDE), 2 * _pixels(LONG_SIDE)), Image.Resampling.LANCZOS)
    return flat


def _fine_enough(picture: Image.Image) -> Image.Image:
    picture.thumbnail((_pixels(LONG_SIDE), _pixels(LONG_SIDE)), Image.Resampling.LANCZOS)
    return picture


def _pixels(length: float) -> int:
    return round(length / 72 * DPI)


def _add_page(pdf: pikepdf.Pdf, picture: Image.Image) -> None:
    wide = picture.width > picture.height
    size = (LONG_SIDE, SHORT_SIDE) if wide else (SHORT_SIDE, LONG_SIDE)
    page = pdf.add_blank_page(page_size=size)
    name = page.add_resource(_image(pdf, picture), pikepdf.Name.XObject, pikepdf.Name.Photo)
    scale = min((size[0] - 2 * MARGIN) / picture.width, (size[1] - 2 * MARGIN) / picture.height)
    width, height = picture.width * scale, picture.height * scale
    left, low = (size[0] - width) / 2, (size[1] - height) / 2
    page.contents_add(f"q {width:.3f} 0 0 {height:.3f} {left:.3f} {low:.3f} cm {name} Do Q".encode())


def _image(pdf: pikepdf.Pdf, picture: Image.Image) -> pikepdf.Stream:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    grey = picture.mode == "L"
    return pikepdf.Stream(
        pdf,
        out.getvalue(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=picture.width,
        Height=picture.height,
        BitsPerComponent=8,
        ColorSpace=pikepdf.Name.DeviceGray if grey else pikepdf.Name.DeviceRGB,
        Filter=pikepdf.Name.DCTDecode,
    )

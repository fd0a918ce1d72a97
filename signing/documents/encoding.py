"""Pages as picture files: sixteen greys where there is no colour, which is most contracts, JPEG where it is smaller."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image

SHADES = 16
PAPER = 0.5
"""A grey page with at least this part of its pixels white is text; with less it is a photograph."""
_TO_SHADE = [round(value / 17) for value in range(256)]


def grey_of(picture: Image.Image) -> Image.Image | None:
    """The picture as mode L if its red, green and blue are the same everywhere."""
    red, green, blue = picture.split()[:3]
    return red if red.tobytes() == green.tobytes() == blue.tobytes() else None


def is_text(grey: Image.Image) -> bool:
    """Whether a picture of mode L is mostly bare paper."""
    sample = grey.resize((max(grey.width // 4, 1), max(grey.height // 4, 1)), Image.Resampling.NEAREST)
    return sample.histogram()[255] >= PAPER * sample.width * sample.height


def shades(grey: Image.Image) -> Image.Image:
    """A picture of mode L with the sixteen shades 0 to 15 instead of 256."""
    return grey.point(_TO_SHADE)


def png_of_shades(indices: Image.Image) -> bytes:
    """A PNG of four bits a pixel of a picture of mode L that holds 0 to 15."""
    return _png(indices, 4, 0, b"")


def png_of_indices(indices: Image.Image, palette: list[tuple[int, int, int]]) -> bytes:
    """A PNG with a palette of a picture of mode L that holds indices into it."""
    return _png(indices, 8, 3, bytes(value for colour in palette for value in colour))


def jpeg(picture: Image.Image) -> bytes:
    """A JPEG of a picture of mode L, RGB or RGBX."""
    out = io.BytesIO()
    (picture.convert("RGB") if picture.mode == "RGBX" else picture).save(out, "JPEG", quality=82)
    return out.getvalue()


def _png(indices: Image.Image, depth: int, colour_type: int, palette: bytes) -> bytes:
    """Pillow's own PNG encoder takes three times as long here (ISO/IEC 15948: no filter, one IDAT)."""
    if indices.mode == "L":
        indices.putpalette(bytes(768))  # turns L into P without a copy
    packed = indices.tobytes("raw", "P;4" if depth == 4 else "P")
    stride = (indices.width * depth + 7) // 8
    rows = b"".join(b"\0" + packed[at : at + stride] for at in range(0, len(packed), stride))
    head = struct.pack(">IIBBBBB", indices.width, indices.height, depth, colour_type, 0, 0, 0)
    chunks = [_chunk(b"IHDR", head), _chunk(b"IDAT", zlib.compress(rows, 1)), _chunk(b"IEND", b"")]
    if palette:
        chunks.insert(1, _chunk(b"PLTE", palette))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

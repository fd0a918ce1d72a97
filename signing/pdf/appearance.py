"""What a signature looks like: the seal at its true size, compressed once and drawn wherever it stands."""

# mypy: allow-untyped-calls
from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, UnidentifiedImageError
from pyhanko.pdf_utils import generic

from signing.pdf.errors import SealTooLarge, SealUnreadable
from signing.pdf.fields import MULTILINE, POINTS_PER_MM, SLICE
from signing.pdf.lettering import MARGIN, drawn, fitted
from signing.pdf.objects import dictionary, entry, stream, text
from signing.pdf.revision import Revision
from signing.pdf.typeface import Embedded

SIZE = re.compile(r"([\d.]+) Tf")
LARGEST_SEAL = 4096
SLACK = 0.5
"""By so many points a seal may be larger than its box: rounding, not a misfit."""

TURNS = {0: (1, 0, 0, 1, 0, 0), 90: (0, 1, -1, 0, 0, 0), 180: (-1, 0, 0, -1, 0, 0), 270: (0, -1, 1, 0, 0, 0)}


@dataclass(frozen=True, slots=True)
class PreparedSeal:
    """A seal or a handwritten signature ready to be put on any number of documents.

    Sizes in pixels (colour and alpha planes, both Flate-compressed, with their own sizes) and in mm.
    `shrinks`: where the box is too small it is made smaller (a signature); a seal is refused instead.
    """

    colour: bytes
    colour_size: tuple[int, int]
    alpha: bytes
    alpha_size: tuple[int, int]
    width_mm: float
    height_mm: float
    shrinks: bool


def prepare_seal(png: bytes, width_mm: float, height_mm: float, *, shrinks: bool = False) -> PreparedSeal:
    """A picture with transparency, made ready once. Raises SealUnreadable."""
    try:
        with Image.open(BytesIO(png)) as picture:
            if max(picture.size) > LARGEST_SEAL:
                raise SealUnreadable(pixels=list(picture.size))
            pixels = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise SealUnreadable from error
    alpha = pixels.getchannel("A")
    colour = _one_ink(pixels, alpha) or _plain(pixels, alpha)
    return PreparedSeal(
        colour=zlib.compress(colour.tobytes(), 9),
        colour_size=colour.size,
        alpha=zlib.compress(alpha.tobytes(), 9),
        alpha_size=alpha.size,
        width_mm=width_mm,
        height_mm=height_mm,
        shrinks=shrinks,
    )


@dataclass(frozen=True, slots=True)
class Below:
    """What stands at a widget's foot, so many points high."""

    height: float
    content: bytes
    resources: Mapping[str, object]


class Stamp:
    """A prepared seal in one revision: its picture is written once, however often it is drawn."""

    def __init__(self, revision: Revision, seal: PreparedSeal) -> None:
        self.revision = revision
        self.seal = seal
        self.picture = revision.add_object(_picture(revision, seal))

    def draw_on(self, widget: generic.DictionaryObject, below: Below | None = None) -> None:
        """Give a widget the seal as its appearance: whole and centred, or its slice. Raises SealTooLarge.

        With something to stand below it, the seal is centred in the room above that.
        """
        rotation = turn(widget)
        number, count = (int(each) for each in entry(widget, SLICE, (0, 1)))
        width, height = widget_size(widget, rotation)
        foot = below.height if below else 0.0
        wide, high = self._size(width, height - foot, count)
        left = (width - wide) / 2 if count == 1 else width - (number + 1) * wide / count
        bottom = foot + (height - foot - high) / 2
        matrix = f"q {wide:.3f} 0 0 {high:.3f} {left:.3f} {bottom:.3f} cm /Seal Do Q\n"
        content = _clip(width, height, wide, count) + matrix.encode() + (below.content if below else b"")
        resources = {"/XObject": {"/Seal": self.picture}, **(below.resources if below else {})}
        show(self.revision, widget, (width, height), rotation, content, resources)

    def _size(self, width: float, height: float, count: int) -> tuple[float, float]:
        """The seal's width and height in points."""
        wide, high = self.seal.width_mm * POINTS_PER_MM, self.seal.height_mm * POINTS_PER_MM
        scale = min(width * count / wide, height / high)
        if scale >= 1 or (scale * max(wide, high) > max(wide, high) - SLACK):
            return wide, high
        if not self.seal.shrinks:
            raise SealTooLarge(width_mm=self.seal.width_mm, height_mm=self.seal.height_mm)
        return wide * scale, high * scale


def turn(widget: generic.DictionaryObject) -> int:
    """By how many degrees the widget's page is turned clockwise."""
    return int(entry(entry(widget, "/MK", generic.DictionaryObject()), "/R", 0))


def widget_size(widget: generic.DictionaryObject, rotation: int) -> tuple[float, float]:
    """Width and height in points as they are read, the page being turned."""
    x0, y0, x1, y1 = (float(each) for each in widget["/Rect"])
    return (x1 - x0, y1 - y0) if rotation % 180 == 0 else (y1 - y0, x1 - x0)


def show(
    revision: Revision,
    widget: generic.DictionaryObject,
    size: tuple[float, float],
    rotation: int,
    content: bytes,
    resources: Mapping[str, object],
) -> None:
    """Set a widget's normal appearance: content in a box of `size` points, upright on a turned page."""
    values = {
        "/Type": "/XObject",
        "/Subtype": "/Form",
        "/BBox": (0, 0, *size),
        "/Matrix": TURNS[rotation],
        "/Resources": resources,
    }
    widget["/AP"] = dictionary({"/N": revision.add_object(stream(values, content))})
    revision.update_container(widget)


def write_on(revision: Revision, widget: generic.DictionaryObject, value: str, font: Embedded) -> None:
    """Fill in a text field: its value, and how it looks. Raises TextTooLong."""
    rotation = turn(widget)
    width, height = widget_size(widget, rotation)
    size = float(SIZE.search(str(widget["/DA"]))[1])  # type: ignore[index]
    multiline = bool(int(entry(widget, "/Ff", 0)) & MULTILINE)
    lines = fitted(font.typeface, value, size, width, height, multiline=multiline)
    top = height - MARGIN if multiline else (height + lines.height) / 2
    content = b"/Tx BMC q\n" + drawn(lines, font, top) + b"\nQ EMC"
    widget["/V"] = text(value)
    show(revision, widget, (width, height), rotation, content, {"/Font": {"/Text": font.font}})


def is_visible(widget: generic.DictionaryObject) -> bool:
    x0, y0, x1, y1 = (float(each) for each in widget["/Rect"])
    return x1 > x0 and y1 > y0


def _clip(width: float, height: float, wide: float, count: int) -> bytes:
    """A slice shows its part of the seal alone, even where the slot is wider than the slice."""
    if count == 1:
        return b""
    return f"{width - wide / count:.3f} 0 {wide / count:.3f} {height:.3f} re W n ".encode()


def _picture(revision: Revision, seal: PreparedSeal) -> generic.StreamObject:
    alpha = revision.add_object(
        stream(_image("/DeviceGray", seal.alpha_size), encoded=seal.alpha),
    )
    values = {**_image("/DeviceRGB", seal.colour_size), "/SMask": alpha}
    return stream(values, encoded=seal.colour)


def _image(space: str, size: tuple[int, int]) -> dict[str, object]:
    return {
        "/Type": "/XObject",
        "/Subtype": "/Image",
        "/Width": size[0],
        "/Height": size[1],
        "/ColorSpace": space,
        "/BitsPerComponent": 8,
        "/Filter": "/FlateDecode",
    }


def _one_ink(pixels: Image.Image, alpha: Image.Image) -> Image.Image | None:
    """A seal drawn in one ink needs one pixel of colour: its shape is all in the alpha plane."""
    ink = Image.composite(pixels.convert("RGB"), Image.new("RGB", pixels.size), alpha.point(_seen))
    shades = [shade for _, shade in ink.getcolors(3) or () if shade != (0, 0, 0)]
    return Image.new("RGB", (1, 1), shades[0]) if len(shades) == 1 else None


def _plain(pixels: Image.Image, alpha: Image.Image) -> Image.Image:
    """The colours, white where nothing is seen."""
    return Image.composite(pixels.convert("RGB"), Image.new("RGB", pixels.size, "white"), alpha.point(_seen))


def _seen(value: int) -> int:
    return 255 if value else 0

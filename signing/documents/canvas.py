"""A page's picture that can be drawn on and becomes a file: one canvas for grey pages, one for colour."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Protocol

from PIL import Image, ImageDraw, ImageFont
from pylopdf_fonts_zh_cn import sans_path

from signing.documents import encoding

Colour = tuple[int, int, int]
Edges = tuple[float, float, float, float]
"""left, top, right, bottom in pixels from the top left."""

HUES: tuple[Colour, ...] = (
    (196, 30, 30),
    (22, 84, 190),
    (20, 120, 60),
    (150, 60, 160),
    (176, 96, 0),
    (0, 118, 130),
)
INK: Colour = (90, 90, 90)
LINE = 3
LABEL_PX = 20
LABEL_SHADES = 8


@dataclass(frozen=True, slots=True)
class File:
    """A picture file: its bytes, MIME type and size in pixels."""

    data: bytes
    mime: str
    width: int
    height: int


class Canvas(Protocol):
    """What the previews draw on."""

    def outline(self, edges: Edges, label: str, hue: int) -> None:
        """A place: its outline, and its label on a tab of the same colour."""

    def frame(self, edges: Edges) -> None:
        """A page's thin edge."""

    def caption(self, text: str, x: int, y: int) -> None:
        """Words in grey on white around a point."""

    def encode(self) -> File:
        """The picture as a file."""


def canvas_for(picture: Image.Image, margin: int) -> Canvas:
    """A canvas with `picture` (RGB or RGBX) on white, `margin` pixels from each edge."""
    size = (picture.width + 2 * margin, picture.height + 2 * margin)
    if encoding.is_grey(picture):
        grey = picture.getchannel(0)
        if encoding.is_text(grey):
            paper = Image.new("L", size, encoding.SHADES - 1)
            paper.paste(encoding.shades(grey), (margin, margin))
            return ShadesCanvas(paper)
    paper = Image.new("RGB", size, "white")
    paper.paste(picture.convert("RGB"), (margin, margin))
    return ColourCanvas(paper)


class ShadesCanvas:
    """Sixteen greys, and a palette of eight tints for each colour that is drawn with."""

    def __init__(self, indices: Image.Image) -> None:
        self._indices = indices
        self._draw = ImageDraw.Draw(indices)
        self._palette: list[Colour] = [(shade * 17,) * 3 for shade in range(encoding.SHADES)]
        self._first: dict[Colour, int] = {}

    def outline(self, edges: Edges, label: str, hue: int) -> None:
        """See Canvas."""
        first = self._tints(HUES[hue % len(HUES)])
        self._draw.rectangle(_sorted(edges), outline=first, width=LINE)
        if label:
            self._paste(_tab(label), edges[0], edges[1], first)

    def frame(self, edges: Edges) -> None:
        """See Canvas."""
        self._draw.rectangle(edges, outline=11)

    def caption(self, text: str, x: int, y: int) -> None:
        """See Canvas."""
        words = _words(text)
        first = self._tints(INK)
        mask = words.point([first + round(v * (LABEL_SHADES - 1) / 255) for v in range(255, -1, -1)])
        self._indices.paste(mask, (x - words.width // 2, y - words.height // 2))

    def encode(self) -> File:
        """See Canvas."""
        if self._first:
            return self._file(encoding.png_of_indices(self._indices, self._palette))
        return self._file(encoding.png_of_shades(self._indices))

    def _file(self, data: bytes) -> File:
        return File(data, "image/png", *self._indices.size)

    def _paste(self, tab: Image.Image, x: float, y: float, first: int) -> None:
        tinted = tab.point([first + round(v * (LABEL_SHADES - 1) / 255) for v in range(256)])
        self._indices.paste(tinted, _tab_place(tab, x, y, self._indices.size))

    def _tints(self, colour: Colour) -> int:
        """The index of the pure colour, which is followed by ever lighter ones up to white."""
        if colour not in self._first:
            self._first[colour] = len(self._palette)
            for step in range(LABEL_SHADES):
                part = step / (LABEL_SHADES - 1)
                red, green, blue = (round(value + (255 - value) * part) for value in colour)
                self._palette.append((red, green, blue))
        return self._first[colour]


class ColourCanvas:
    """Full colour."""

    def __init__(self, picture: Image.Image) -> None:
        self._picture = picture
        self._draw = ImageDraw.Draw(picture)

    def outline(self, edges: Edges, label: str, hue: int) -> None:
        """See Canvas."""
        colour = HUES[hue % len(HUES)]
        self._draw.rectangle(_sorted(edges), outline=colour, width=LINE)
        if label:
            tab = _tab(label)
            place = _tab_place(tab, edges[0], edges[1], self._picture.size)
            self._picture.paste(colour, (*place, place[0] + tab.width, place[1] + tab.height))
            self._picture.paste((255, 255, 255), place, tab)

    def frame(self, edges: Edges) -> None:
        """See Canvas."""
        self._draw.rectangle(edges, outline=(187, 187, 187))

    def caption(self, text: str, x: int, y: int) -> None:
        """See Canvas."""
        words = _words(text)
        self._picture.paste(INK, (x - words.width // 2, y - words.height // 2), words)

    def encode(self) -> File:
        """See Canvas."""
        return File(encoding.jpeg(self._picture), "image/jpeg", *self._picture.size)


def _sorted(edges: Edges) -> Edges:
    left, top, right, bottom = (round(edge) for edge in edges)
    return left, top, max(right, left + LINE), max(bottom, top + LINE)


def _tab_place(tab: Image.Image, x: float, y: float, size: tuple[int, int]) -> tuple[int, int]:
    """On top of the outline's upper left corner, inside the picture."""
    top = y - tab.height if y >= tab.height else y
    return round(min(max(x, 0), size[0] - tab.width)), round(min(max(top, 0), size[1] - tab.height))


def _tab(label: str) -> Image.Image:
    """White words on black (mode L: how white each pixel is) with a little room around them."""
    words = _words(label)
    tab = Image.new("L", (words.width + 10, words.height + 6), 0)
    tab.paste(words, (5, 3))
    return tab


def _words(text: str) -> Image.Image:
    font = _font()
    left, _, right, _ = font.getbbox(text)
    words = Image.new("L", (round(right - left) + 2, LABEL_PX + 6), 0)
    ImageDraw.Draw(words).text((1 - left, (LABEL_PX + 6) // 2), text, fill=255, font=font, anchor="lm")
    return words


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(sans_path()), LABEL_PX)

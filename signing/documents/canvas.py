"""A page's picture that can be drawn on and becomes a file: one canvas for grey pages, one for colour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
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
SMALLEST_TEXT = 12
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

    def outline(self, edges: Edges, label: str, hue: int, strong: bool = False) -> None:
        """A place: its outline, double if it is strong, and its label on a tab of the same colour."""

    def grid(self, edges: Edges, columns: int, rows: int) -> None:
        """A grid over these edges, lettered and numbered in the margin."""

    def frame(self, edges: Edges) -> None:
        """A page's thin edge."""

    def caption(self, text: str, x: int, y: int) -> None:
        """Words in grey on white around a point."""

    def encode(self) -> File:
        """The picture as a file."""


def canvas_for(picture: Image.Image, margin: int, text: int) -> Canvas:
    """A canvas with `picture` (RGB or RGBX) on white, `margin` pixels from each edge, for words `text` pixels high."""
    size = (picture.width + 2 * margin, picture.height + 2 * margin)
    grey = encoding.grey_of(picture)
    if grey and encoding.is_text(grey):
        shades = Image.new("L", size, encoding.SHADES - 1)
        shades.paste(encoding.shades(grey), (margin, margin))
        return ShadesCanvas(shades, Words(text))
    paper = Image.new("RGB", size, "white")
    paper.paste(picture.convert("RGB"), (margin, margin))
    return ColourCanvas(paper, Words(text))


class Words:
    """Writes in a font that has Chinese. Pictures of mode L that say how white each pixel is."""

    def __init__(self, height: int) -> None:
        self._height = max(height, SMALLEST_TEXT)

    @cached_property
    def _font(self) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(str(sans_path()), self._height)

    def draw(self, text: str) -> Image.Image:
        """White words on black."""
        left, _, right, _ = self._font.getbbox(text)
        words = Image.new("L", (round(right - left) + 2, round(self._height * 1.3)), 0)
        place = (1 - left, words.height // 2)
        ImageDraw.Draw(words).text(place, text, fill=255, font=self._font, anchor="lm")
        return words

    def tab(self, text: str) -> Image.Image:
        """White words with a little black around them."""
        words, room = self.draw(text), self._height // 4
        tab = Image.new("L", (words.width + 2 * room, words.height + room), 0)
        tab.paste(words, (room, room // 2))
        return tab


class ShadesCanvas:
    """Sixteen greys, and a palette of eight tints for each colour that is drawn with."""

    def __init__(self, indices: Image.Image, words: Words) -> None:
        self._indices = indices
        self._words = words
        self._draw = ImageDraw.Draw(indices)
        self._palette: list[Colour] = [(shade * 17,) * 3 for shade in range(encoding.SHADES)]
        self._first: dict[Colour, int] = {}

    def outline(self, edges: Edges, label: str, hue: int, strong: bool = False) -> None:
        """See Canvas."""
        first = self._tints(HUES[hue % len(HUES)])
        self._draw.rectangle(_sorted(edges), outline=first, width=LINE)
        if strong:
            self._draw.rectangle(_around(edges), outline=first, width=LINE)
        if label:
            self._paste(self._words.tab(label), edges[0], edges[1], first)

    def frame(self, edges: Edges) -> None:
        """See Canvas."""
        self._draw.rectangle(edges, outline=11)

    def grid(self, edges: Edges, columns: int, rows: int) -> None:
        """See Canvas."""
        for line in _grid_lines(edges, columns, rows):
            self._draw.line(line, fill=11, width=1)
        for name, x, y in _edge_words(edges, columns, rows):
            self.caption(name, x, y)

    def caption(self, text: str, x: int, y: int) -> None:
        """See Canvas."""
        words = self._words.draw(text)
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

    def __init__(self, picture: Image.Image, words: Words) -> None:
        self._picture = picture
        self._words = words
        self._draw = ImageDraw.Draw(picture)

    def outline(self, edges: Edges, label: str, hue: int, strong: bool = False) -> None:
        """See Canvas."""
        colour = HUES[hue % len(HUES)]
        self._draw.rectangle(_sorted(edges), outline=colour, width=LINE)
        if strong:
            self._draw.rectangle(_around(edges), outline=colour, width=LINE)
        if label:
            tab = self._words.tab(label)
            place = _tab_place(tab, edges[0], edges[1], self._picture.size)
            self._picture.paste(colour, (*place, place[0] + tab.width, place[1] + tab.height))
            self._picture.paste((255, 255, 255), place, tab)

    def frame(self, edges: Edges) -> None:
        """See Canvas."""
        self._draw.rectangle(edges, outline=(187, 187, 187))

    def grid(self, edges: Edges, columns: int, rows: int) -> None:
        """See Canvas."""
        for line in _grid_lines(edges, columns, rows):
            self._draw.line(line, fill=(187, 187, 187), width=1)
        for name, x, y in _edge_words(edges, columns, rows):
            self.caption(name, x, y)

    def caption(self, text: str, x: int, y: int) -> None:
        """See Canvas."""
        words = self._words.draw(text)
        self._picture.paste(INK, (x - words.width // 2, y - words.height // 2), words)

    def encode(self) -> File:
        """See Canvas."""
        return File(encoding.jpeg(self._picture), "image/jpeg", *self._picture.size)


def _sorted(edges: Edges) -> Edges:
    left, top, right, bottom = (round(edge) for edge in edges)
    return left, top, max(right, left + LINE), max(bottom, top + LINE)


def _around(edges: Edges) -> Edges:
    """A second line, two lines' width outside of the first."""
    left, top, right, bottom = _sorted(edges)
    return left - 2 * LINE, top - 2 * LINE, right + 2 * LINE, bottom + 2 * LINE


def _grid_lines(edges: Edges, columns: int, rows: int) -> Iterator[Edges]:
    left, top, right, bottom = edges
    for column in range(columns + 1):
        x = left + (right - left) * column / columns
        yield x, top, x, bottom
    for row in range(rows + 1):
        y = top + (bottom - top) * row / rows
        yield left, y, right, y


def _edge_words(edges: Edges, columns: int, rows: int) -> Iterator[tuple[str, int, int]]:
    """Letters above the columns, numbers left of the rows, each with the middle of where it is written."""
    left, top, right, bottom = edges
    for column in range(columns):
        x = left + (right - left) * (column + 0.5) / columns
        yield chr(ord("A") + column), round(x), round(top / 2)
    for row in range(rows):
        y = top + (bottom - top) * (row + 0.5) / rows
        yield str(row + 1), round(left / 2), round(y)


def _tab_place(tab: Image.Image, x: float, y: float, size: tuple[int, int]) -> tuple[int, int]:
    """On top of the outline's upper left corner, inside the picture."""
    top = y - tab.height if y >= tab.height else y
    return round(min(max(x, 0), size[0] - tab.width)), round(min(max(top, 0), size[1] - tab.height))

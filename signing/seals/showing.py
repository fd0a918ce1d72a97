"""How a seal or a signature looks before it is kept: on white, and where it would stand on a page."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

MARGIN = 24
PANEL = 380
LINE = 230


def beside_its_photo(photo: bytes, png: bytes, *, writing: bool = False) -> bytes:
    """The photo, the seal on white, and the seal over a line of print: one picture (PNG) for the chat."""
    with Image.open(BytesIO(photo)) as original:
        shot = original.convert("RGB")
    look = on_a_line if writing else over_print
    return _side_by_side([shot, *look(png)])


def on_paper(png: bytes) -> bytes:
    """A signature on white, and on its line: one picture (PNG) for the chat."""
    return _side_by_side(on_a_line(png))


def over_print(png: bytes) -> list[Image.Image]:
    """A seal on white, and over a contract's last lines."""
    seal = _opened(png)
    seal.thumbnail((PANEL, PANEL))
    place = ((PANEL - seal.width) // 2, (PANEL - seal.height) // 2)
    lines = ("甲方（盖章）Party A", "________________", "年 Y  月 M  日 D")
    page = _printed([(40, PANEL // 2 - 60 + 52 * row, words) for row, words in enumerate(lines)])
    return [_put(_blank(), seal, place), _put(page, seal, place)]


def on_a_line(png: bytes) -> list[Image.Image]:
    """A signature on white, and where somebody signs."""
    large, small = _opened(png), _opened(png)
    large.thumbnail((PANEL, PANEL))
    small.thumbnail((round(0.68 * PANEL), round(0.36 * PANEL)))
    page = _printed(
        [(30, 70, "签字 Signature"), (30, LINE - 34, "_" * 21), (30, LINE + 26, "年 Y  月 M  日 D")]
    )
    white = _put(_blank(), large, ((PANEL - large.width) // 2, (PANEL - large.height) // 2))
    return [white, _put(page, small, (60, LINE - round(0.8 * small.height)))]


def _opened(png: bytes) -> Image.Image:
    with Image.open(BytesIO(png)) as cut:
        return cut.convert("RGBA")


def _blank() -> Image.Image:
    return Image.new("RGB", (PANEL, PANEL), "white")


def _put(panel: Image.Image, seal: Image.Image, place: tuple[int, int]) -> Image.Image:
    panel.paste(seal, place, seal.getchannel("A"))
    return panel


def _side_by_side(panels: Sequence[Image.Image]) -> bytes:
    sheet = Image.new("RGB", (len(panels) * (PANEL + MARGIN) + MARGIN, PANEL + 2 * MARGIN), "white")
    for at, panel in enumerate(panels):
        panel.thumbnail((PANEL, PANEL))
        left = MARGIN + at * (PANEL + MARGIN)
        sheet.paste(panel, (left + (PANEL - panel.width) // 2, MARGIN + (PANEL - panel.height) // 2))
    out = BytesIO()
    sheet.save(out, "PNG", compress_level=3)
    return out.getvalue()


def _printed(lines: Sequence[tuple[int, int, str]]) -> Image.Image:
    """A contract's last lines, each at its place."""
    font = ImageFont.truetype(pylopdf_fonts_zh_cn.serif_path(), 30)
    panel = _blank()
    pen = ImageDraw.Draw(panel)
    for left, top, words in lines:
        pen.text((left, top), words, fill=(40, 40, 40), font=font)
    return panel

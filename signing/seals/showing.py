"""How a seal or a signature looks before it is kept: on white, and where it would stand on a page."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

MARGIN = 24
PANEL = 380


def beside_its_photo(photo: bytes, png: bytes) -> bytes:
    """The photo, the seal on white, and the seal over a line of print: one picture (PNG) for the chat."""
    with Image.open(BytesIO(photo)) as original:
        shot = original.convert("RGB")
        shot.thumbnail((PANEL, PANEL))
    return _side_by_side([shot, *_on_white_and_on_a_page(png)])


def on_paper(png: bytes) -> bytes:
    """A signature on white, and over a line of print: one picture (PNG) for the chat."""
    return _side_by_side(_on_white_and_on_a_page(png))


def _on_white_and_on_a_page(png: bytes) -> list[Image.Image]:
    with Image.open(BytesIO(png)) as cut:
        seal = cut.convert("RGBA")
        seal.thumbnail((PANEL, PANEL))
    place = ((PANEL - seal.width) // 2, (PANEL - seal.height) // 2)
    panels = [Image.new("RGB", (PANEL, PANEL), "white") for _ in range(2)]
    _print_lines(panels[1])
    for panel in panels:
        panel.paste(seal, place, seal.getchannel("A"))
    return panels


def _side_by_side(panels: Sequence[Image.Image]) -> bytes:
    sheet = Image.new("RGB", (len(panels) * (PANEL + MARGIN) + MARGIN, PANEL + 2 * MARGIN), "white")
    for at, panel in enumerate(panels):
        left = MARGIN + at * (PANEL + MARGIN)
        sheet.paste(panel, (left + (PANEL - panel.width) // 2, MARGIN + (PANEL - panel.height) // 2))
    out = BytesIO()
    sheet.save(out, "PNG", compress_level=3)
    return out.getvalue()


def _print_lines(panel: Image.Image) -> None:
    """A contract's last lines, as they would stand under the seal."""
    font = ImageFont.truetype(pylopdf_fonts_zh_cn.serif_path(), 30)
    pen = ImageDraw.Draw(panel)
    for row, words in enumerate(("甲方（盖章）Party A", "________________", "年 Y  月 M  日 D")):
        pen.text((40, PANEL // 2 - 60 + 52 * row), words, fill=(40, 40, 40), font=font)

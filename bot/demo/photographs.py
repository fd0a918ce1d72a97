"""The demo's papers as somebody photographs them: a business licence and a sealed power of attorney."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from signing.seals.catalogue import SealKind
from signing.seals.drawn import draw

PAPER, INK, LABEL = (251, 250, 246), (28, 28, 32), (120, 84, 40)
SIZE = (1700, 2200)
LEFT, VALUE, TOP, STEP = 170, 520, 620, 150
KIND, ADDRESS = "有限责任公司（自然人投资或控股）", ("景德镇市珠山区窑前路一百零八号", "青花里产业园三幢二层")


@cache
def draw_licence(name: str, code: str, representative: str) -> bytes:
    """A business licence in the layout of 2019, as a JPEG."""
    sheet, pen = _sheet()
    _centred(pen, "营业执照", 300, 110)
    pen.text((LEFT, 470), f"统一社会信用代码  {code}", fill=INK, font=_font(46))
    rows = (("名称", (name,)), ("类型", (KIND,)), ("法定代表人", (representative,)), ("住所", ADDRESS))
    y = TOP
    for label, lines in rows:
        pen.text((LEFT, y), label, fill=LABEL, font=_font(46))
        for line in lines:
            pen.text((VALUE, y), line, fill=INK, font=_font(46))
            y += 72
        y += STEP - 72
    _seal(sheet, "北湾区市场监督管理局", (1050, 1500))
    return _jpeg(sheet, 0)


@cache
def draw_letter(company: str, person: str, blur: int = 0) -> bytes:
    """A power of attorney with the company's official seal, as a JPEG; `blur` in pixels."""
    sheet, pen = _sheet()
    _centred(pen, "授权委托书", 260, 84)
    lines = (f"{company}授权{person}", "办理企业实名认证，并以本单位名义", "签署电子合同和加盖电子印章。")
    for number, line in enumerate(lines):
        pen.text((LEFT, 520 + 110 * number), line, fill=INK, font=_font(50))
    pen.text((LEFT, 1400), "单位（公章）：", fill=INK, font=_font(50))
    _seal(sheet, company, (620, 1250))
    return _jpeg(sheet, blur)


def _sheet() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    sheet = Image.new("RGB", SIZE, PAPER)
    return sheet, ImageDraw.Draw(sheet)


def _centred(pen: ImageDraw.ImageDraw, text: str, y: int, size: int) -> None:
    pen.text((SIZE[0] // 2, y), text, fill=INK, font=_font(size), anchor="mm")


def _seal(sheet: Image.Image, name: str, corner: tuple[int, int]) -> None:
    stamp = Image.open(BytesIO(draw(SealKind.OFFICIAL, name).png)).convert("RGBA").resize((420, 420))
    sheet.paste(stamp, corner, stamp)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(pylopdf_fonts_zh_cn.serif_path()), size)


def _jpeg(sheet: Image.Image, blur: int) -> bytes:
    out = BytesIO()
    sheet.filter(ImageFilter.GaussianBlur(blur)).save(out, "JPEG", quality=90)
    return out.getvalue()

"""Photos of papers that people send: a licence and a sealed letter, drawn, sharp or blurred."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFilter, ImageFont

LICENCE = (
    ("统一社会信用代码", "{code}"),
    ("名称", "{name}"),
    ("类型", "有限责任公司（自然人投资或控股）"),
    ("法定代表人", "{representative}"),
    ("住所", "景德镇市昌江区窑前路18号"),
)


@cache
def licence_photo(name: str, code: str, representative: str) -> bytes:
    lines = [
        f"{label}  {value.format(name=name, code=code, representative=representative)}"
        for label, value in LICENCE
    ]
    return photo(["营业执照", *lines])


@cache
def letter_photo(name: str, blur: int = 0) -> bytes:
    return photo(["授权委托书", name, "兹授权办理企业实名认证及电子签署", "（公章）"], blur, seal=True)


def photo(lines: list[str], blur: int = 0, seal: bool = False) -> bytes:
    """A JPEG of lines on a sheet of paper."""
    paper = Image.new("RGB", (1400, 1800), (250, 249, 245))
    draw = ImageDraw.Draw(paper)
    font = ImageFont.truetype(str(pylopdf_fonts_zh_cn.serif_path()), 44)
    for number, line in enumerate(lines):
        draw.text((120, 160 + 130 * number), line, fill=(25, 25, 25), font=font)
    if seal:
        draw.ellipse((820, 1250, 1180, 1610), outline=(200, 30, 30), width=12)
    out = BytesIO()
    paper.filter(ImageFilter.GaussianBlur(blur)).save(out, "JPEG", quality=90)
    return out.getvalue()

"""The golden pictures: what each kind of seal looked like when somebody last looked and was content.

`python -m tests.signing.seals.goldens` draws them anew.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from signing.seals.drawn import draw
from signing.seals.drawn_signature import draw_by_hand
from signing.seals.plate import SealPicture
from tests.signing.seals.handwriting import strokes

FOLDER = Path(__file__).parent / "golden"
WIDTH = 240
COMPANY = "上海海港茶业贸易有限公司"
CODE = "3101150012345"
TAX_NUMBER = "91310115MA1K3HB923"

SEALS: dict[str, Callable[[], SealPicture]] = {
    "official": lambda: draw("official", COMPANY, number=CODE),
    "official-short": lambda: draw("official", "海港茶行"),
    "official-long": lambda: draw(
        "official", "上海海港茶业国际贸易发展投资控股集团（中国）有限公司浦东新区第一分公司", number=CODE
    ),
    "contract": lambda: draw("contract", COMPANY, number=CODE),
    "contract-latin": lambda: draw("contract", "Blue Kiln Ceramics Co., Ltd.", text="CONTRACTS"),
    "finance": lambda: draw("finance", COMPANY),
    "invoice": lambda: draw("invoice", COMPANY, number=TAX_NUMBER),
    "legal-representative": lambda: draw("legal_representative", "王小明"),
    "name-seal-two": lambda: draw("name_seal", "李明", text=""),
    "name-seal-three-inverse": lambda: draw("name_seal", "王小明", text="", inverse=True),
    "name-seal-four": lambda: draw("name_seal", "欧阳小明"),
    "name-seal-latin": lambda: draw("name_seal", "Maria Chen"),
    "signature": lambda: draw("signature", "王小明"),
    "signature-by-hand": lambda: draw_by_hand(strokes()),
}


def small(png: bytes) -> Image.Image:
    """The seal in black on white, 240 pixels wide."""
    alpha = Image.open(io.BytesIO(png)).getchannel("A").point(lambda a: 255 - a)
    return alpha.resize((WIDTH, round(WIDTH * alpha.height / alpha.width)), Image.Resampling.BOX)


if __name__ == "__main__":
    for name, seal in SEALS.items():
        small(seal().png).save(FOLDER / f"{name}.png", optimize=True)

"""All kinds of seals on one page, to look at."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

from signing.seals.catalogue import SealKind, form
from signing.seals.drawn import draw
from signing.seals.plate import SealPicture
from signing.seals.typeface import sans

COLUMNS, CELL, LABEL = 4, 420, 34
PIXELS_PER_MM = 9.0


def contact_sheet(
    company: str = "上海海港茶业贸易有限公司",
    latin_company: str = "Blue Kiln Ceramics Co., Ltd.",
    person: str = "王小明",
    tax_number: str = "91310115MA1K3HB923",
    code: str = "3101150012345",
) -> bytes:
    """A PNG with each kind drawn for these (made-up) names; `code` is the 13 digits of a company seal."""
    kinds = SealKind
    return lay_out(
        [
            (_label(kinds.OFFICIAL), draw(kinds.OFFICIAL, company, number=code)),
            (_label(kinds.CONTRACT), draw(kinds.CONTRACT, company, number=code)),
            (_label(kinds.FINANCE), draw(kinds.FINANCE, company)),
            (_label(kinds.CONTRACT), draw(kinds.CONTRACT, latin_company, text="CONTRACTS")),
            (_label(kinds.INVOICE), draw(kinds.INVOICE, company, number=tax_number)),
            (_label(kinds.LEGAL_REPRESENTATIVE), draw(kinds.LEGAL_REPRESENTATIVE, person)),
            (_label(kinds.NAME_SEAL), draw(kinds.NAME_SEAL, person, inverse=True)),
            (_label(kinds.SIGNATURE), draw(kinds.SIGNATURE, person)),
        ]
    )


def lay_out(seals: Sequence[tuple[str, SealPicture]]) -> bytes:
    """Seals in a grid, in proportion to their size in mm, each with its words under it; PNG."""
    rows = -(-len(seals) // COLUMNS)
    page = Image.new("RGB", (COLUMNS * CELL, rows * (CELL + LABEL)), "white")
    pen, font = ImageDraw.Draw(page), sans().at(20)
    for k, (label, seal) in enumerate(seals):
        row, column = divmod(k, COLUMNS)
        size = (round(seal.width_mm * PIXELS_PER_MM), round(seal.height_mm * PIXELS_PER_MM))
        image = Image.open(io.BytesIO(seal.png)).resize(size, Image.Resampling.LANCZOS)
        x, y = column * CELL + CELL // 2, row * (CELL + LABEL) + CELL // 2
        page.paste(image, (x - image.width // 2, y - image.height // 2), image)
        pen.text((x, row * (CELL + LABEL) + CELL), label, fill=(60, 60, 60), font=font, anchor="mt")
    out = io.BytesIO()
    page.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _label(kind: SealKind) -> str:
    return f"{form(kind).chinese} · {form(kind).english}"

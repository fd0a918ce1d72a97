"""The kinds of seals: what they are called, their shape and size in millimetres after Chinese practice.

Sizes: round company seals 38-42 mm with a ring of 1.2 mm and a star of a third of the width (T/CYZIA 005-2017);
the invoice seal is an oval of 40 x 30 mm with an edge of 1 mm (State Taxation Administration, announcement 2011/7).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from signing.seals.errors import UnknownKind

Shape = Literal["round", "oval", "square", "free"]
Owner = Literal["enterprise", "person"]
Ink = tuple[int, int, int]

RED: Ink = (206, 20, 32)
BLACK: Ink = (20, 20, 24)


class SealKind(StrEnum):
    """What a seal is for. The values are stored data."""

    OFFICIAL = "official"
    CONTRACT = "contract"
    FINANCE = "finance"
    INVOICE = "invoice"
    LEGAL_REPRESENTATIVE = "legal_representative"
    NAME_SEAL = "name_seal"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Form:
    """How a kind of seal looks: `width` and `height` in mm, `text` the horizontal text by default."""

    kind: SealKind
    chinese: str
    english: str
    owner: Owner
    shape: Shape
    width: float
    height: float
    text: str = ""
    ink: Ink = RED


FORMS: dict[SealKind, Form] = {
    form.kind: form
    for form in (
        Form(SealKind.OFFICIAL, "公章", "official seal", "enterprise", "round", 42, 42),
        Form(SealKind.CONTRACT, "合同专用章", "contract seal", "enterprise", "round", 40, 40, "合同专用章"),
        Form(SealKind.FINANCE, "财务专用章", "finance seal", "enterprise", "round", 40, 40, "财务专用章"),
        Form(SealKind.INVOICE, "发票专用章", "invoice seal", "enterprise", "oval", 40, 30, "发票专用章"),
        Form(
            SealKind.LEGAL_REPRESENTATIVE,
            "法定代表人名章",
            "legal representative's seal",
            "enterprise",
            "square",
            20,
            20,
        ),
        Form(SealKind.NAME_SEAL, "个人名章", "name seal", "person", "square", 18, 18),
        Form(SealKind.SIGNATURE, "签名", "signature", "person", "free", 40, 12, ink=BLACK),
    )
}


def form(kind: SealKind | str) -> Form:
    """The form of a kind. Raises UnknownKind."""
    try:
        return FORMS[SealKind(kind)]
    except ValueError:
        raise UnknownKind(kind=str(kind)[:40]) from None

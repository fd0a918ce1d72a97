"""Which fields nobody has to type: those that name a party (甲方, 乙方电话, "Party B credit code")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from signing.documents.wording import EN_ROLE, ZH_ROLE

Part = Literal["name", "code", "contact", "phone"]
PARTS: dict[str, Part] = {
    "": "name", "名称": "name", "公司": "name", "公司名称": "name", "单位名称": "name", "姓名": "name",
    "姓名或名称": "name", "全称": "name", "name": "name", "company": "name", "company name": "name",
    "统一社会信用代码": "code", "社会信用代码": "code", "信用代码": "code", "税号": "code", "credit code": "code",
    "registration number": "code",
    "联系人": "contact", "授权代表": "contact", "代表": "contact", "签署人": "contact",
    "representative": "contact", "contact": "contact", "signer": "contact",
    "电话": "phone", "手机": "phone", "手机号": "phone", "联系电话": "phone", "phone": "phone", "mobile": "phone",
}  # fmt: skip
_CHINESE = re.compile(rf"(?P<role>{ZH_ROLE})的?(?P<part>.*)")
_ENGLISH = re.compile(rf"(?:the )?(?P<role>{EN_ROLE})(?:[’']s)?(?: |$)(?P<part>.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fact:
    """A part of what is known of the party that plays a role."""

    role: str
    part: Part


def fact_of(label: str) -> Fact | None:
    """What a field's name says of a party; None for a field that somebody has to fill in."""
    for shape in (_CHINESE, _ENGLISH):
        found = shape.fullmatch(label)
        part = PARTS.get(found["part"].strip().casefold()) if found else None
        if found and part:
            return Fact(found["role"].strip(), part)
    return None

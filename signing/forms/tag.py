"""What a Word file may say between double braces: a field's name, and behind strokes what kind it is and who fills it in.

`{{ 交货地址 | 乙方 | 选填 }}`, `{{ price | money }}`, `{{ 付款方式 | 选择: 转账 / 现金 }}`, `{{ 价款 | 大写 }}`. Nothing else is
understood: no expression, no statement, no comment.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from signing.documents.wording import role_of
from signing.forms.errors import NotAField
from signing.forms.field import Field, Kind

TAG = re.compile(r"[{｛]{2}([^{}｛｝]{0,200})[}｝]{2}")
LEFT_OVER = re.compile(r"[{｛]{2}|[}｝]{2}|\{[%#]|[%#]\}")
LABEL = re.compile(r"[^\W_](?:[\w \-/()·、,&’'%]{0,38}[\w)%])?")
KINDS: dict[str, Kind] = {
    "text": "text", "文本": "text", "文字": "text",
    "money": "money", "amount": "money", "金额": "money",
    "date": "date", "日期": "date",
    "id": "resident_id", "id number": "resident_id", "身份证": "resident_id", "身份证号": "resident_id",
    "phone": "phone", "mobile": "phone", "手机": "phone", "手机号": "phone", "电话": "phone",
}  # fmt: skip
CHOICE = re.compile(r"(?:choice|one of|选择|任选|单选)\s*:\s*(.+)", re.IGNORECASE)
CAPITALS = frozenset({"大写", "capitals", "in capitals"})
OPTIONAL = frozenset({"optional", "选填", "可不填", "可选"})
REQUIRED = frozenset({"required", "必填"})
SENDER = frozenset({"sender", "发起方", "发起人"})
FILLS = re.compile(r"\s*(?:填写|填|fills(?: it)? in|fills)$", re.IGNORECASE)
AMOUNT = (
    r"(?:金额|价款|总价|单价|租金|押金|工资|报酬|借款额)$"
    r"|\b(?:amount|price|rent|deposit|salary|wage|sum)$"
)
GUESSES: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"身份证|\bid (?:number|no)\b", re.IGNORECASE), "resident_id"),
    (re.compile(r"日期$|\bdate$", re.IGNORECASE), "date"),
    (re.compile(r"(?:手机|电话)(?:号码?)?$|\b(?:mobile|phone)(?: number)?$", re.IGNORECASE), "phone"),
    (re.compile(AMOUNT, re.IGNORECASE), "money"),
)
"""Names that say by themselves what kind they are. The person may say otherwise, in the file or in chat."""
MOST_CHOICES = 10


@dataclass(frozen=True, slots=True)
class Tag:
    """One pair of braces: the field, whether its amount is written in capitals here, and whether the field is described
    here (it may be described in one place and only named in others)."""

    field: Field
    capitals: bool = False
    described: bool = False


def read_tag(text: str) -> Tag:
    """What stands between the braces. Raises NotAField."""
    label, *options = [" ".join(part.split()) for part in unicodedata.normalize("NFKC", text).split("|")]
    if not LABEL.fullmatch(label):
        raise NotAField(tag=shown_tag(text))
    tag = Tag(Field(label, guessed_kind(label)))
    for option in options:
        described = described_by(tag.field, option)
        if option.casefold() in CAPITALS:
            tag = replace(tag, field=replace(tag.field, kind="money"), capitals=True)
        elif described is not None:
            tag = replace(tag, field=described, described=True)
        else:
            raise NotAField(tag=shown_tag(text))
    return tag


def described_by(field: Field, option: str) -> Field | None:
    """The field as a word behind a stroke (or in chat) says; None if it says nothing that we know."""
    word = option.casefold()
    if word in KINDS:
        return replace(field, kind=KINDS[word], choices=())
    if word in OPTIONAL | REQUIRED:
        return replace(field, required=word in REQUIRED)
    if word in SENDER:
        return replace(field, role="")
    if found := CHOICE.fullmatch(option):
        choices = tuple(each.strip() for each in re.split(r"[/、,;]", found[1]) if each.strip())
        return replace(field, kind="choice", choices=choices) if 2 <= len(choices) <= MOST_CHOICES else None
    role = role_of(FILLS.sub("", option))
    return replace(field, role=role) if role else None


def guessed_kind(label: str) -> Kind:
    return next((kind for shape, kind in GUESSES if shape.search(label)), "text")


def shown_tag(text: str) -> str:
    """The braces as a message may quote them."""
    plain = "".join(letter for letter in text if letter.isprintable())
    return f"{{{{{plain[:60]}}}}}"

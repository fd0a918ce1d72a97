"""Reading a licence by geometry: values stand right of their label or run on in the lines below it.

GB/T 36625 and the pattern of 2014/2019 (国家市场监督管理总局): labels 名称, 类型, 法定代表人, 住所; the code above or beside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

LABELS: dict[str, tuple[str, ...]] = {
    "name": ("企业名称", "名称", "称"),
    "kind": ("类型", "型"),
    "representative": ("法定代表人", "负责人", "经营者", "执行事务合伙人"),
    "address": ("住所", "经营场所", "主要经营场所", "营业场所", "所"),
    "code": ("统一社会信用代码",),
    "other": ("注册资本", "成立日期", "营业期限", "经营范围", "登记机关", "组成形式", "注册号"),
}
CODE = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])")
ALIKE = str.maketrans({"O": "0", "I": "1", "Z": "2", "S": "5"})
WIDE = str.maketrans("()", "（）")
SPACES = re.compile(r"[\s:：]+")


@dataclass(frozen=True, slots=True)
class Box:
    """A piece of text and where it stands: pixels from the top left."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2


def labelled(boxes: Sequence[Box]) -> dict[str, str]:
    """What stands at each label: `name`, `kind`, `representative`, `address`, `code`."""
    starts = [(field, box, rest) for box in boxes for field, rest in _label(box)]
    taken = [box for _, box, _ in starts]
    found: dict[str, str] = {}
    for field, box, rest in starts:
        if field != "other" and field not in found:
            value = rest + _joined(_value_boxes(box, rest, boxes, taken))
            if value:
                found[field] = value
    found["code"] = _code(boxes) or found.get("code", "")
    return found


def _label(box: Box) -> list[tuple[str, str]]:
    bare = SPACES.sub("", box.text)
    for field, words in LABELS.items():
        for word in words:
            if bare == word or (len(word) > 1 and bare.startswith(word)):
                return [(field, bare.removeprefix(word))]
    return []


def _value_boxes(label: Box, rest: str, boxes: Sequence[Box], labels: Sequence[Box]) -> list[Box]:
    """Boxes on the label's line to its right up to the next label, and lines that run on below them."""
    line = [
        box
        for box in boxes
        if box not in labels and box.x0 >= label.x0 + label.height and _same_line(box, label)
    ]
    border = min((each.x0 for each in labels if _same_line(each, label) and each.x0 > label.x1), default=None)
    line = sorted((box for box in line if border is None or box.x0 < border), key=lambda box: box.x0)
    first = line[0] if line else label if rest else None
    if first is None:
        return []
    return [*line, *_below(line[-1] if line else label, first, boxes, labels, bool(line))]


def _below(last: Box, first: Box, boxes: Sequence[Box], labels: Sequence[Box], aligned: bool) -> list[Box]:
    """Lines close under a value that begin where it begins, as long as no label begins one."""
    running: list[Box] = []
    bottom = last
    for box in sorted(boxes, key=lambda each: each.y0):
        follows = 0 < box.middle - bottom.middle <= 1.9 * first.height
        begins = abs(box.x0 - first.x0) <= 1.2 * first.height if aligned else box.x0 >= first.x0
        beside_label = any(_same_line(box, each) and each.x0 < box.x0 for each in labels)
        if follows and begins and box not in labels and not beside_label:
            running.append(box)
            bottom = box
    return running


def _joined(boxes: Sequence[Box]) -> str:
    joined = "".join(SPACES.sub("" if _is_chinese(box.text) else " ", box.text).strip() for box in boxes)
    return joined.translate(WIDE) if _is_chinese(joined) else joined


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def _same_line(one: Box, other: Box) -> bool:
    return abs(one.middle - other.middle) < 0.6 * max(one.height, other.height)


def _code(boxes: Sequence[Box]) -> str:
    """The one text with the shape of a credit code; letters that the code never has are read as their digits."""
    for box in boxes:
        text = re.sub(r"[^0-9A-Za-z]+", " ", box.text).upper()
        for word in text.split():
            if len(word) == 18 and (found := CODE.fullmatch(word.translate(ALIKE))):
                return found[0]
    return ""

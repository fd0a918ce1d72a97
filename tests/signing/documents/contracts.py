"""Contracts drawn after the forms that businesses use, each with what it asks for: who, what, where.

Made-up companies. Coordinates are millimetres from the top left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fpdf import FPDF
from pylopdf_fonts_zh_cn import sans_path, serif_path

A, B, C = "海港茶业有限公司", "蓝窑陶瓷有限公司", "青石物流有限公司"
BLANK = "____________"


@dataclass(frozen=True)
class Asked:
    """A place in the drawing: the party, the kind, the page from 0, and the point (mm) where it belongs."""

    party: str
    kind: str
    page: int
    x: float
    y: float


class Draft:
    """A page after page of a contract being drawn."""

    def __init__(self, size: float = 11, serif: bool = True) -> None:
        self.pdf = FPDF()
        self.pdf.set_auto_page_break(False)
        self.pdf.add_font("zh", fname=str(serif_path() if serif else sans_path()))
        self.asked: list[Asked] = []
        self.size = size
        self.page()

    def page(self) -> None:
        self.pdf.add_page()
        self.pdf.set_font("zh", size=self.size)

    def body(self, y: float, lines: int = 8) -> float:
        for number in range(lines):
            text = f"第{number + 1}条 甲乙双方应当按照本合同约定履行各自义务，任何一方违约的，应当赔偿对方因此受到的损失，双方签字盖章后生效。"
            self.pdf.text(20, y + 8 * number, text[: int(170 / (self.size * 0.3528))])
        return y + 8 * lines

    def text(self, x: float, y: float, text: str) -> float:
        """Text with its baseline at y; the x behind it."""
        self.pdf.text(x, y, text)
        return x + self.pdf.get_string_width(text)

    def ask(self, x: float, y: float, text: str, party: str, kind: str, blank: str = "") -> None:
        """Words that ask for something: a seal over them, the rest behind them."""
        end = self.text(x, y, text)
        self.text(end, y, blank)
        at = (x + end) / 2 if kind == "seal" else end + 8
        self.asked.append(Asked(party, kind, self.pdf.page_no() - 1, at, y))

    def cells(self, x: float, y: float, widths: list[float], heights: list[float]) -> None:
        for row in range(len(heights)):
            for column in range(len(widths)):
                self.pdf.rect(x + sum(widths[:column]), y + sum(heights[:row]), widths[column], heights[row])

    def bytes(self) -> bytes:
        return bytes(self.pdf.output())


def two_columns() -> Draft:
    draft = Draft()
    y = draft.body(30) + 12
    for x, role in ((22, "甲方"), (112, "乙方")):
        draft.ask(x, y, f"{role}（盖章）：", role, "seal")
        draft.ask(x, y + 14, "法定代表人或授权代表（签字）：", role, "signature")
        draft.ask(x, y + 28, "日期：", role, "date", "    年    月    日")
    return draft


def stacked_with_lines() -> Draft:
    draft = Draft()
    y = draft.body(30, 5) + 10
    for step, (role, name) in enumerate((("甲方", A), ("乙方", B))):
        top = y + step * 60
        draft.ask(22, top, f"{role}（公章）：{name}", role, "seal")
        draft.ask(22, top + 14, "法定代表人（签字）：", role, "signature", BLANK)
        draft.ask(22, top + 28, "签订日期：", role, "date", "______年____月____日")
    return draft


def label_grid() -> Draft:
    draft = Draft()
    draft.body(30, 5)
    draft.cells(20, 90, [40, 65, 65], [10, 40, 16, 12])
    draft.text(90, 97, "甲方")
    draft.text(155, 97, "乙方")
    for y, text, kind in (
        (112, "单位（盖章）", "seal"),
        (150, "授权代表（签字）", "signature"),
        (164, "日期", "date"),
    ):
        draft.text(22, y, text)
        draft.asked += [Asked("甲方", kind, 0, 75, y - 1), Asked("乙方", kind, 0, 140, y - 1)]
    draft.asked[0:2] = [Asked("甲方", "seal", 0, 92, 120), Asked("乙方", "seal", 0, 157, 120)]
    return draft


def table_of_two_cells() -> Draft:
    draft = Draft(10.5)
    draft.body(30, 4)
    draft.cells(20, 80, [85, 85], [70])
    for x, role, name in ((24, "甲方", A), (109, "乙方", B)):
        draft.ask(x, 90, f"{role}：{name}（盖章）", role, "seal")
        draft.text(x, 100, "地址：滨海市港湾区海滨路18号")
        draft.ask(x, 114, "授权代表（签字）：", role, "signature")
        draft.ask(x, 130, "日期：", role, "date")
    return draft


def three_stacked() -> Draft:
    draft = Draft()
    draft.body(20, 3)
    for step, role in enumerate(("甲方", "乙方", "丙方")):
        y = 60 + step * 65
        draft.ask(22, y, f"{role}（盖章）：", role, "seal", BLANK)
        draft.ask(22, y + 15, "代表人签字：", role, "signature", BLANK)
        draft.ask(22, y + 30, "日期：", role, "date", BLANK)
    return draft


def three_columns() -> Draft:
    draft = Draft(10)
    draft.body(30, 6)
    for x, role in ((15, "甲方"), (78, "乙方"), (141, "丙方")):
        draft.ask(x, 110, f"{role}（签章）：", role, "seal")
        draft.ask(x, 140, "日期：", role, "date")
    return draft


def split_over_pages() -> Draft:
    draft = Draft()
    draft.body(30, 25)
    for x, role in ((22, "甲方"), (112, "乙方")):
        draft.ask(x, 275, f"{role}（盖章）：", role, "seal")
    draft.page()
    for x, role in ((22, "甲方"), (112, "乙方")):
        draft.ask(x, 25, "法定代表人（签字）：", role, "signature")
        draft.ask(x, 40, "日期：", role, "date", "   年   月   日")
    return draft


def lease() -> Draft:
    draft = Draft()
    draft.text(22, 30, f"出租方（以下简称甲方）：{A}")
    draft.text(22, 38, f"承租方（以下简称乙方）：{B}")
    y = draft.body(50, 8) + 12
    for x, role in ((22, "出租方"), (112, "承租方")):
        draft.ask(x, y, f"{role}（签章）：", role, "seal")
        draft.text(x, y + 12, "身份证号：")
        draft.text(x, y + 24, "联系电话：")
        draft.ask(x, y + 36, "签订日期：", role, "date")
    return draft


def labour() -> Draft:
    draft = Draft()
    y = draft.body(30) + 15
    draft.ask(22, y, "用人单位（盖章）：", "用人单位", "seal")
    draft.ask(112, y, "劳动者（签字）：", "劳动者", "signature")
    draft.ask(22, y + 25, "年    月    日", "用人单位", "date")
    draft.ask(112, y + 25, "年    月    日", "劳动者", "date")
    draft.asked[-2:] = [Asked("用人单位", "date", 0, 32, y + 25), Asked("劳动者", "date", 0, 122, y + 25)]
    return draft


def company_names() -> Draft:
    draft = Draft()
    y = draft.body(30) + 15
    for x, name in ((22, A), (112, B)):
        draft.ask(x, y, f"{name}（公章）", name, "seal")
        draft.ask(x, y + 25, "日期：", name, "date")
    return draft


def one_sided() -> Draft:
    draft = Draft()
    y = draft.body(30) + 15
    draft.ask(110, y, "承诺人（签字）：", "承诺人", "signature", BLANK)
    draft.ask(110, y + 15, "日期：", "承诺人", "date", "____年__月__日")
    return draft


def english_seals() -> Draft:
    draft = Draft()
    draft.text(
        20,
        30,
        "This Agreement takes effect on the date of signature by both parties. Signature page follows.",
    )
    for x, role in ((22, "Party A"), (112, "Party B")):
        draft.ask(x, 60, f"{role} (Seal):", role, "seal")
        draft.ask(x, 78, "Authorized Signature:", role, "signature", "________________")
        draft.text(x, 90, "Name:")
        draft.ask(x, 102, "Date:", role, "date", "________________")
    return draft


def english_by_lines() -> Draft:
    draft = Draft()
    draft.text(
        20, 30, "IN WITNESS WHEREOF, the parties have executed this Agreement as of the Effective Date."
    )
    for x, role in ((22, "HARBOR TEA CO., LTD."), (112, "BLUE KILN CERAMICS INC.")):
        draft.text(x, 50, role)
        draft.ask(x, 66, "By:", role, "signature", "______________________")
        draft.text(x, 76, "Name: ________________")
        draft.text(x, 86, "Title: ________________")
        draft.ask(x, 96, "Date:", role, "date", " ________________")
    return draft


def bilingual() -> Draft:
    draft = Draft()
    y = draft.body(30) + 15
    for x, role in ((22, "甲方"), (112, "乙方")):
        draft.ask(x, y, f"{role}（盖章）Party {'A' if x < 100 else 'B'} (Seal):", role, "seal")
        draft.ask(x, y + 18, "授权代表（签字）Signature:", role, "signature")
        draft.ask(x, y + 36, "日期 Date:", role, "date")
    return draft


def set_wide() -> Draft:
    draft = Draft()
    y = draft.body(30) + 15
    for x, role in ((22, "甲方"), (112, "乙方")):
        draft.ask(x, y, f"{role[0]}  方（盖  章）：", role, "seal")
        draft.ask(x, y + 18, "代 表 签 字：", role, "signature")
        draft.ask(x, y + 36, "日    期：", role, "date")
    return draft


def purchase_form() -> Draft:
    draft = Draft(10)
    draft.body(25, 5)
    draft.cells(20, 80, [85, 85], [10, 90])
    for x, role in ((22, "供方"), (107, "需方")):
        draft.text(x + 35, 87, f"{role[0]}  方")
        draft.ask(x, 100, "单位名称（章）：", role, "seal")
        draft.text(x, 112, "单位地址：")
        draft.ask(x, 124, "法定代表人：", role, "signature")
        draft.text(x, 136, "电话：")
        draft.text(x, 148, "开户银行：")
        draft.text(x, 160, "帐号：")
    return draft


def loan() -> Draft:
    draft = Draft()
    y = draft.body(30) + 15
    for step, role in enumerate(("出借人", "借款人", "保证人")):
        draft.ask(22, y + step * 20, f"{role}（签名、捺印）：", role, "signature", BLANK)
        draft.ask(120, y + step * 20, "日期：", role, "date", BLANK)
    return draft


def details_first() -> Draft:
    draft = Draft()
    for step, (role, name) in enumerate((("甲方", A), ("乙方", B))):
        draft.text(22, 30 + step * 24, f"{role}：{name}")
        draft.text(22, 38 + step * 24, "法定代表人：                    联系电话：")
    draft.text(22, 80, "签订日期：2027年3月1日")
    draft.body(92, 8)
    for x, role in ((22, "甲方"), (112, "乙方")):
        draft.ask(x, 190, f"{role}盖章：", role, "seal")
        draft.ask(x, 205, "法定代表人：", role, "signature")
        draft.ask(x, 220, "日期：", role, "date")
    return draft


def names_alone() -> Draft:
    draft = Draft()
    y = draft.body(30) + 15
    for x, role in ((22, "甲方"), (112, "乙方")):
        draft.ask(x, y, f"{role}：", role, "seal")
        draft.ask(x, y + 16, "代表：", role, "signature")
        draft.ask(x, y + 32, "年    月    日", role, "date")
    for number in (2, 5):
        asked = draft.asked[number]
        draft.asked[number] = Asked(asked.party, "date", 0, asked.x - 25, asked.y)
    return draft


def note_of_hand() -> Draft:
    draft = Draft()
    draft.text(90, 30, "借条")
    draft.text(22, 50, "今借到青石物流有限公司人民币壹万元整，于2027年12月31日前归还。")
    draft.ask(120, 80, "借款人：", "借款人", "signature")
    draft.text(120, 92, "身份证号：")
    draft.ask(120, 104, "日期：", "借款人", "date")
    return draft


def one_date_for_all() -> Draft:
    draft = Draft()
    y = draft.body(30) + 15
    for step, role in enumerate(("出租方", "承租方", "居间方")):
        draft.ask(22, y + 48 * step, f"{role}（{'甲乙丙'[step]}方）签章：", role, "seal")
        draft.text(22, y + 48 * step + 10, "身份证号码：")
    draft.ask(120, y + 130, "签约日期：", "", "date", "      年    月    日")
    return draft


def person_may_seal() -> Draft:
    draft = Draft()
    y = draft.body(30) + 15
    draft.ask(22, y, "甲方（公章）", "甲方", "seal")
    draft.ask(112, y, "乙方（签字或盖章）", "乙方", "seal")
    draft.ask(22, y + 45, "法定代表人或委托代理人（签字或盖章）", "甲方", "signature")
    for x, role in ((22, "甲方"), (112, "乙方")):
        draft.ask(x, y + 60, "签订日期：", role, "date", "   年   月   日")
    return draft


def nothing_asked() -> Draft:
    draft = Draft()
    draft.text(22, 20, "签字盖章页另附")
    draft.body(40, 20)
    draft.text(
        22, 220, "Effective Date: 1 March 2027. The signature page follows. By signing, each party agrees."
    )
    draft.text(22, 230, "双方在盖章前应当核对签字人的授权书，签字日期以最后一方为准。")
    return draft


FORMS: dict[str, Callable[[], Draft]] = {
    form.__name__: form
    for form in (
        two_columns,
        stacked_with_lines,
        label_grid,
        table_of_two_cells,
        three_stacked,
        three_columns,
        split_over_pages,
        lease,
        labour,
        company_names,
        one_sided,
        english_seals,
        english_by_lines,
        bilingual,
        set_wide,
        purchase_form,
        loan,
        details_first,
        names_alone,
        note_of_hand,
        one_date_for_all,
        person_may_seal,
        nothing_asked,
    )
}

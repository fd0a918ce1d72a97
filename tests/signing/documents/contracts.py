"""Contracts drawn after the forms that businesses use, each with what it asks for: who, what, where.

Made-up companies. Coordinates are millimetres from the top left.
"""

from __future__ import annotations

from collections.abc import Callable

from .contracts_of_trades import TRADES
from .drafts import BLANK, A, Asked, B, Draft


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


def company_names() -> Draft:
    draft = Draft()
    y = draft.body(30) + 15
    for x, name in ((22, A), (112, B)):
        draft.ask(x, y, f"{name}（公章）", name, "seal")
        draft.ask(x, y + 25, "日期：", name, "date")
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
        company_names,
        english_seals,
        english_by_lines,
        bilingual,
        set_wide,
        details_first,
        names_alone,
        nothing_asked,
    )
} | TRADES

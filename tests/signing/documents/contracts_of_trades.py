"""Contracts in which the parties have names of their own: tenant and landlord, buyer and seller, lender and borrower."""

from __future__ import annotations

from collections.abc import Callable

from .drafts import BLANK, A, Asked, B, Draft


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


def one_sided() -> Draft:
    draft = Draft()
    y = draft.body(30) + 15
    draft.ask(110, y, "承诺人（签字）：", "承诺人", "signature", BLANK)
    draft.ask(110, y + 15, "日期：", "承诺人", "date", "____年__月__日")
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


TRADES: dict[str, Callable[[], Draft]] = {
    form.__name__: form
    for form in (
        lease,
        labour,
        one_sided,
        purchase_form,
        loan,
        note_of_hand,
        one_date_for_all,
        person_may_seal,
    )
}

"""Forms for the tests, made by python-docx."""

from __future__ import annotations

import io
from functools import cache

from docx import Document

SUPPLY = (
    "供货合同",
    "甲方：{{ 甲方 }}（{{ 甲方统一社会信用代码 }}）",
    "乙方：{{ 乙方 }}，电话 {{ 乙方电话 }}",
    "价款 {{ 价款 }} 元（大写：{{ 价款 | 大写 }}），{{ 付款方式 | 选择: 银行转账 / 现金 }}。",
    "收货地址：{{ 收货地址 | 乙方填 }}，到货日期：{{ 到货日期 | 乙方 }}。其余照旧。",
    "备注：{{ 备注 | 选填 }}",
    "甲方（盖章）：",
    "乙方（盖章）：",
)


def word_file(*paragraphs: str, footer: str = "") -> bytes:
    """A .docx of paragraphs."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.sections[0].footer.paragraphs[0].text = footer
    return saved(document)


def saved(document) -> bytes:  # type: ignore[no-untyped-def]
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@cache
def form_file() -> bytes:
    """A supply contract between two parties, with two places that the second one fills in."""
    return word_file(*SUPPLY)

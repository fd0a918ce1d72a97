"""Contracts that begin as Word files: one from a template with fields for the other side, one written in Word."""

from __future__ import annotations

from io import BytesIO

from docx import Document

from bot.demo.clock import Movable
from bot.demo.people import Person, Stage
from bot.demo.story import Told
from signing.documents.word import find_soffice
from signing.forms.forms import DOCX

AGREEMENT = (
    ("补充协议", "Title"),
    ("甲乙双方就《2027年供货合同》约定如下补充条款。", "Normal"),
    ("一、第二批货物的交付期限延长十五日。", "Normal"),
    ("二、其余条款不变。", "Normal"),
    ("甲方（盖章）：", "Normal"),
    ("乙方（盖章）：", "Normal"),
)


async def from_word_files(stage: Stage, told: Told, clock: Movable) -> None:
    """Both, where LibreOffice is on the machine."""
    if find_soffice() is None:
        return
    lin, signer = told.sender, told.signer
    clock.advance(minutes=10)
    with told.journey("from_template", lin):
        await fill_template(lin)
    with told.journey("fill_and_sign", signer):
        await fill_in_and_sign(signer)
    clock.advance(minutes=10)
    await lin.send(agreement(), "补充协议.docx", DOCX)
    await lin.tap("蓝窑陶瓷")
    await lin.tap("发起并盖章")
    await lin.type_code()
    await signer.tap("盖章签署")
    await signer.type_code()


async def fill_template(lin: Person) -> None:
    """A confidentiality agreement out of the ones that come with the assistant."""
    await lin.write("/templates")
    await lin.tap("保密协议")
    await lin.tap("蓝窑陶瓷")
    await lin.write("手工茶具联名款的设计\n三年\n20万元")
    await lin.tap("发起并盖章")
    await lin.type_code()


async def fill_in_and_sign(signer: Person) -> None:
    """The other side names its contact, looks at the page, and signs."""
    await signer.tap("盖章签署")
    await signer.write("陈晓舟")
    await signer.write("13700132356")
    await signer.tap("继续签署")
    await signer.type_code()


def agreement() -> bytes:
    """A short agreement as somebody writes it in Word."""
    document = Document()
    for text, style in AGREEMENT:
        document.add_paragraph(text, style)
    out = BytesIO()
    document.save(out)
    return out.getvalue()

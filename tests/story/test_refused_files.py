"""What is sent and will not do is answered with advice."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from bot.demo.people import Person, Stage
from tests.story.acts import (
    register_with_company,
)


def word_file() -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("word/document.xml", "<document/>")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.pdf", b"", "empty"),
        ("notes.pdf", b"just some words", "not a PDF"),
        ("photo.heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64, "HEIC"),
        ("contract.docx", word_file(), "Please save it anew as PDF"),
        ("broken.pdf", b"%PDF-1.7\n1 0 obj\n<<", "damaged"),
    ],
)
async def test_a_file_that_will_not_do_is_refused_with_advice(
    lin: Person, name: str, data: bytes, words: str
) -> None:
    await register_with_company(lin)
    await lin.send(data, name, "application/pdf")
    assert words in lin.last.text


async def test_a_file_that_was_too_large_for_the_messenger_is_refused(lin: Person, stage: Stage) -> None:
    await register_with_company(lin)
    await stage.receive(lin.address, "en", {"refused": "too-large"})
    assert "too large" in lin.last.text


async def test_a_voice_message_is_answered_with_what_is_read(lin: Person, stage: Stage) -> None:
    await register_with_company(lin)
    await stage.receive(lin.address, "en", {"voice": "…"})
    assert "I read text, PDF files and pictures" in lin.last.text

"""Whatever people send, in whatever order: no unhandled error, no talk that is stuck."""

from __future__ import annotations

import logging
import random
from io import BytesIO

import pikepdf
import pytest

from bot.demo.people import Person, Stage
from bot.demo.story import KILN, KILN_CODE, TEA, TEA_CODE
from tests.clock import ManualClock
from tests.story.acts import LIN_ID, blank_photo, contract_pdf, register_with_company

WORDS = (
    "hello",
    "/start",
    "/start nosuchtoken",
    "/home",
    "/help",
    "/company",
    "/seal",
    "/seals",
    "/cancel",
    "/contracts",
    "/language",
    "/nonsense",
    "取消",
    "yes",
    "1",
    "3",
    "12345678",
    "0000 0000",
    "by 4 December",
    "下周五",
    "2",
    "999999999999",
    "</b><a href='x'>&[[seal|x]]",
    "\u202egpj.exe",
    "💥" * 50,
    "x" * 4000,
    LIN_ID,
    f"林海清, {LIN_ID}",
    f"{TEA} {TEA_CODE}",
    f"{KILN} {KILN_CODE}, 苏青窑 13900138820",
    "陈晓舟 13700132356",
    "",
    " \n\t ",
)
BROKEN = ("the fault is mine", "是我的原因，什么都没有改动")


@pytest.mark.parametrize("seed", range(4))
async def test_random_talk_breaks_nothing(
    seed: int, stage: Stage, lin: Person, su: Person, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    chance = random.Random(seed)
    for _ in range(90):
        await anything(chance, chance.choice((lin, su)), stage, clock)
    said = [line.said for person in (lin, su) for line in person.lines]
    assert [text for text in said if any(each in text for each in BROKEN)] == []
    assert [record.message for record in caplog.records if record.name.startswith("bot.")] == []


async def anything(chance: random.Random, person: Person, stage: Stage, clock: ManualClock) -> None:
    match chance.randrange(10):
        case 0 | 1 | 2 | 3:
            await person.write(chance.choice(WORDS))
        case 4 | 5 | 6 | 7:
            await tap_anything(chance, person, stage)
        case 8:
            data, name, mime = chance.choice(FILES)
            await person.send(data(), name, mime, chance.choice(("", "Blue Kiln, by 4 Dec", "]]")))
        case _:
            clock.advance(minutes=chance.choice((1, 10, 3000)))
            await stage.receive(person.address, person.language, chance.choice(ODD))


async def tap_anything(chance: random.Random, person: Person, stage: Stage) -> None:
    """Any button that was ever shown to anyone, or one that never was."""
    shown = [
        (key, button.data)
        for each in stage.people.values()
        for line in each.lines
        if line.message
        for key, button in ((line.said[:5], button) for button in line.message.buttons)
        if button.data
    ]
    made_up = [
        ("", "c0:draft.card:seal"),
        ("", ">sign:y0"),
        ("", ">draft:"),
        ("", ">status:t0"),
        ("", "::"),
        ("", ">"),
    ]
    _, data = chance.choice((shown or made_up) if chance.random() < 0.9 else made_up)
    await stage.receive(person.address, person.language, {"tap": data, "message": ""})


ODD = (
    {"phone": "+8613800134417", "own": "yes"},
    {"phone": "+8613900138820", "own": "no"},
    {"phone": "12", "own": "yes"},
    {"refused": "too-large"},
    {"voice": "…"},
)
FILES = (
    (contract_pdf, "Supply.pdf", "application/pdf"),
    (blank_photo, "photo.jpg", "image/jpeg"),
    (lambda: b"", "empty.pdf", "application/pdf"),
    (lambda: b"%PDF-1.4 rubbish", "bad.pdf", "application/pdf"),
)


async def test_a_pdf_with_a_password_a_script_or_no_pages_is_refused_each_for_its_reason(lin: Person) -> None:
    await register_with_company(lin)
    for data, words in ((encrypted(), "password"), (scripted(), "script"), (pageless(), "no pages")):
        await lin.send(data, "contract.pdf", "application/pdf")
        assert words in lin.last.text


def encrypted() -> bytes:
    return saved(with_page(), encryption=pikepdf.Encryption(user="secret", owner="secret"))


def scripted() -> bytes:
    pdf = with_page()
    script = {"/S": pikepdf.Name.JavaScript, "/JS": pikepdf.String("app.alert('x')")}
    pdf.Root.OpenAction = pdf.make_indirect(pikepdf.Dictionary(script))
    return saved(pdf)


def pageless() -> bytes:
    return saved(pikepdf.new())


def with_page() -> pikepdf.Pdf:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    return pdf


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    out = BytesIO()
    pdf.save(out, **options)  # type: ignore[arg-type]
    return out.getvalue()

"""A signed PDF that is sent to the assistant is checked in chat, for whoever sends it."""

from __future__ import annotations

from bot.app import App
from bot.demo.people import Person, Stage
from tests.story.acts import contract_pdf, sign, start_and_seal


async def signed(app: App, lin: Person, su: Person) -> bytes:
    await start_and_seal(lin)
    await sign(su)
    return app.blobs.read(su.files("application/pdf")[-1])


async def test_a_signed_file_is_checked_for_somebody_who_never_signed_up(
    app: App, stage: Stage, lin: Person, su: Person
) -> None:
    file = await signed(app, lin, su)
    guest = stage.person("guest", "周明远", "+8613700132356")
    guest.language = "en"
    await guest.send(file, "Supply-2027-signed.pdf", "application/pdf")
    said = guest.last.text
    assert "<b>Valid.</b>" in said and "Supply-2027-signed.pdf" in said
    assert "海港茶业有限公司" in said and "蓝窑陶瓷有限公司" in said
    assert "NTRCN-" in said and "timestamp authority" in said
    assert "PAdES-B-LTA" in said and "covers the whole file" in said
    assert "versions that I wrote myself" in said


async def test_the_verdict_comes_in_the_readers_language(app: App, lin: Person, su: Person) -> None:
    file = await signed(app, lin, su)
    await su.send(file, "合同.pdf", "application/pdf")
    assert "<b>有效。</b>" in su.last.text and "时间由时间戳机构证明" in su.last.text


async def test_a_changed_file_is_not_valid_and_it_is_said_why(app: App, lin: Person, su: Person) -> None:
    file = await signed(app, lin, su)
    await lin.send(file + b"% more tea\n", "Supply.pdf", "application/pdf")
    assert "<b>Not valid.</b>" in lin.last.text
    assert "Something stands behind the last signature" in lin.last.text
    assert "not one of the versions that this installation wrote" in lin.last.text
    assert "versions that I wrote myself" not in lin.last.text


async def test_the_command_asks_for_a_file_and_checks_it(app: App, lin: Person, su: Person) -> None:
    file = await signed(app, lin, su)
    await lin.write("/verify")
    assert "Send me a signed PDF" in lin.last.text
    await lin.send(file, "Supply.pdf", "application/pdf")
    assert "<b>Valid.</b>" in lin.last.text


async def test_an_unsigned_file_has_nothing_to_check(lin: Person) -> None:
    await lin.write("/verify")
    await lin.send(contract_pdf(), "Supply.pdf", "application/pdf")
    assert "carries no signature" in lin.last.text


async def test_a_file_that_breaks_the_reader_is_refused_in_the_childs_stead(lin: Person) -> None:
    await lin.send(b"%PDF-1.7\n/ByteRange [0 1 2 3]\n%%EOF\n", "odd.pdf", "application/pdf")
    assert "<b>Not valid.</b>" in lin.last.text and "can't be read" in lin.last.text.replace("&#39;", "'")

"""/contracts: what waits for whom, searched, opened, with its files."""

from __future__ import annotations

from bot.demo.people import Person, Stage
from tests import people
from tests.clock import ManualClock
from tests.story.acts import contract_pdf, register, sign, start_and_seal


async def another(lin: Person, clock: ManualClock, title: str) -> None:
    clock.advance(minutes=10)
    await lin.send(contract_pdf(), f"{title}.pdf", "application/pdf")
    await lin.tap("蓝窑陶瓷")
    await lin.tap("Start and seal")
    await lin.type_code()


async def test_three_shelves_tell_what_waits_for_whom(lin: Person, su: Person, clock: ManualClock) -> None:
    await start_and_seal(lin)
    await sign(su)
    await another(lin, clock, "Order-2028")
    await lin.write("/contracts")
    assert [button.label for button in lin.last.rows[-2]] == ["For me: 0", "For others: 1"]
    await lin.tap("Ended: 1")
    assert "Supply-2027" in lin.last.text and "complete" in lin.last.text
    await su.write("/contracts")
    assert "待您签署：1份" in su.last.text and "Order-2028" in su.last.text


async def test_a_complete_contract_can_be_had_again_with_its_evidence(lin: Person, su: Person) -> None:
    await start_and_seal(lin)
    await sign(su)
    for person, done in ((lin, "Ended"), (su, "已结束")):
        await person.write("/contracts")
        await person.tap(done)
        await person.tap("Supply-2027")
        names = [each.name for line in person.lines[-3:] if line.message for each in line.message.attachments]
        assert {"Supply-2027-evidence.pdf", "Supply-2027-signed.pdf"} <= set(names)


async def test_typed_words_search_titles_and_parties(lin: Person, su: Person, clock: ManualClock) -> None:
    await start_and_seal(lin)
    await lin.write("/contracts")
    await lin.tap("For others")
    for words, count in (("supply-20", 1), ("蓝窑", 1), ("100%", 0), ("_", 0)):
        await lin.write(words)
        assert f"Waiting for others: {count}" in lin.last.text


async def test_six_contracts_take_two_pages(lin: Person, su: Person, clock: ManualClock) -> None:
    await start_and_seal(lin)
    for number in range(2, 7):
        await another(lin, clock, f"Order {number}")
    await lin.write("/contracts")
    await lin.tap("For others: 6")
    assert "page 1 of 2" in lin.last.text
    await lin.tap("Next page")
    assert "page 2 of 2" in lin.last.text and "Order 6" in lin.last.text


async def test_somebody_elses_contracts_are_on_no_shelf(lin: Person, su: Person, stage: Stage) -> None:
    await start_and_seal(lin)
    wang = people.wang(stage)
    await register(wang, "王一帆", "440304199511231017")
    await wang.write("/contracts")
    assert [button.label for button in wang.last.buttons][:3] == ["For me: 0", "For others: 0", "Ended: 0"]

"""Voiding a completed contract: all of its parties sign that it is void, and it stays what it was."""

from __future__ import annotations

import pypdfium2
import pytest

from bot.app import App
from bot.demo.people import Person, Stage
from signing.actor import Actor
from signing.contracts.contract import read_contract
from signing.contracts.seating import NewParty
from signing.contracts.voided import VoidingIncomplete, voided_by
from signing.ids import ContractId
from tests.story.acts import sign, start_and_seal

REASON = "双方改签新合同"


async def completed(lin: Person, su: Person) -> ContractId:
    await start_and_seal(lin)
    await sign(su)
    rows = lin.stage.app.store.read(lambda tx: tx.find("last_contract"))
    return ContractId(rows[0]["id"])


async def proposed(su: Person) -> None:
    """The other side proposes it, so that it is not the first sender's right alone."""
    await su.write("/contracts")
    await su.tap("已结束")
    await su.tap("Supply-2027")
    await su.tap("各方作废")
    await su.write(REASON)


async def test_a_contract_is_void_when_all_have_signed_that_it_is(app: App, lin: Person, su: Person) -> None:
    first = await completed(lin, su)
    before = app.store.read(read_contract, first)
    await proposed(su)
    assert "作废协议：Supply-2027" in su.last.text
    await su.tap("发起并盖章")
    await su.type_code()
    assert app.store.read(voided_by, first) is None
    await lin.tap("Seal and sign")
    await lin.type_code()
    assert app.store.read(voided_by, first) is not None
    for person, words in ((lin, "is void from now on"), (su, "即日起作废")):
        assert any(words in line.said for line in person.lines)
    assert app.store.read(read_contract, first) == before, "the first contract is not touched"
    await lin.write("/contracts")
    await lin.tap("Ended")
    await lin.tap("作废协议")
    assert not any("Void" in each.label for each in lin.last.buttons), "a voiding is not voided"


async def test_the_voiding_names_the_first_by_number_and_digest_and_says_why(
    app: App, lin: Person, su: Person
) -> None:
    first = app.store.read(read_contract, await completed(lin, su))
    await proposed(su)
    draft = app.store.read(lambda tx: tx.find("last_contract"))[0]
    pdf = pypdfium2.PdfDocument(app.blobs.read(draft["document"]))
    text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    flat = "".join(text.split())
    number = app.store.read(lambda tx: tx.get("contract_proofs", first.id))["number"]  # type: ignore[index]
    for wanted in (first.current, number, REASON, "海港茶业有限公司", "蓝窑陶瓷有限公司"):
        assert wanted in flat
    parties = app.store.read(read_contract, draft["id"])
    assert [each.name for each in parties.parties] == ["蓝窑陶瓷有限公司", "海港茶业有限公司"]
    places = {each.party: each.box[1] for each in parties.areas if each.kind == "seal"}
    assert places[parties.parties[0].id] > places[parties.parties[1].id], "each beside its own name"


async def test_a_second_voiding_is_not_begun_beside_the_first(lin: Person, su: Person, stage: Stage) -> None:
    first = await completed(lin, su)
    await proposed(su)
    await stage.receive("lin", "en", {"tap": f">void:{first}", "message": ""})
    assert "underway already" in lin.last.text


async def test_a_voiding_without_all_parties_does_not_start(app: App, lin: Person, su: Person) -> None:
    await completed(lin, su)
    await proposed(su)
    row = app.store.read(lambda tx: tx.find("actor_of_address", address="su"))[0]
    actor, drafts = Actor(row["id"], row["person"]), app.services.drafts
    draft = app.store.read(read_contract, app.store.read(lambda tx: tx.find("last_contract"))[0]["id"])
    app.store.write(drafts.remove_party, actor, draft.id, draft.parties[1].id)
    app.store.write(drafts.add_party, actor, draft.id, NewParty("陈晓舟", "+8613800134402"))
    changed = app.store.read(read_contract, draft.id)
    with pytest.raises(VoidingIncomplete):
        app.store.read(app.services.initiating.require_ready, actor, draft.id, changed.plan)


async def test_only_what_is_complete_can_be_voided(lin: Person, stage: Stage) -> None:
    await start_and_seal(lin)
    contract = stage.app.store.read(lambda tx: tx.find("last_contract"))[0]["id"]
    heard = len(lin.lines)
    await stage.receive("lin", "en", {"tap": f">void:{contract}", "message": ""})
    assert not any("Why shall it be void" in line.said for line in lin.lines[heard:])

"""Which seal or signature a contract is signed with: the default, unless the signer chooses another."""

from __future__ import annotations

import pytest

from bot.app import App
from bot.demo.people import Person, Stage
from bot.demo.story import TEA, TEA_CODE
from signing.ids import Digest
from signing.store.port import Row
from tests import people
from tests.signing.seals.handwriting import strokes
from tests.story.acts import (
    KILN_BY_SU,
    contract_pdf,
    draft_for_kiln,
    open_invitation,
    register,
    register_with_company,
    start_and_seal,
)

CHEN_ID = "360202199001012342"


def seal_on(app: App, position: int) -> Row:
    """The seal that a party of the newest contract signed with."""

    def read(tx) -> Row:  # type: ignore[no-untyped-def]
        contract = tx.find("last_contract")[0]["id"]
        parties = tx.find("parties_of_contract", contract=contract)
        seal: Row = tx.get("seals", parties[position]["seal"])
        return seal

    return app.store.read(read)


async def test_a_company_with_two_seals_signs_with_the_one_that_is_chosen(
    app: App, lin: Person, su: Person
) -> None:
    await start_and_seal(lin)
    await open_invitation(su)
    await su.write("/seal")
    await su.tap("公章")
    await su.write("/seal")
    await su.tap("合同专用章")
    await su.write("/home")
    await su.tap("查看并签署")
    await su.tap("换一枚印章")
    assert len(su.last.attachments) == 2
    await su.tap("公章")
    await su.type_code()
    assert seal_on(app, 1)["kind"] == "official"


async def test_a_person_draws_a_signature_while_signing(app: App, lin: Person, stage: Stage) -> None:
    chen = people.chen(stage)
    await register(chen, "陈晓舟", CHEN_ID)
    await register(lin, "林海清", "110101198503120025")
    await lin.send(contract_pdf(), "Loan.pdf", "application/pdf")
    await lin.write("陈晓舟 13700132356")
    await lin.tap("Start and s")
    await lin.type_code()
    await chen.write("/home")
    await chen.tap("Read and sign")
    await chen.tap("Another signature")
    await chen.send_from_page("Draw a new one", strokes())
    await chen.tap("Use this signature")
    await chen.type_code()
    drawn = seal_on(app, 1)
    assert (drawn["kind"], drawn["made"]) == ("signature", "drawn")
    assert app.blobs.read(Digest(drawn["picture"]))[:4] == b"\x89PNG"


@pytest.mark.parametrize(
    ("label", "kind", "size"),
    [("Invoice seal", "invoice", (40.0, 30.0)), ("Legal rep", "legal_representative", (20.0, 20.0))],
)
async def test_every_kind_of_company_seal_is_made_in_chat(
    app: App, lin: Person, label: str, kind: str, size: tuple[float, float]
) -> None:
    await register_with_company(lin)
    await lin.write("/seal")
    await lin.tap(label)
    assert "This is the seal" in lin.last.text
    owner = app.store.read(lambda tx: tx.find("enterprise_of_code", code=TEA_CODE))[0]["id"]
    made = next(
        row
        for row in app.store.read(lambda tx: tx.find("seals_of_owner", owner=owner))
        if row["kind"] == kind
    )
    assert (made["width_mm"], made["height_mm"]) == size


async def draft_with_two_seals(lin: Person) -> None:
    await register_with_company(lin)
    await lin.write("/seal")
    await lin.tap("Official seal")
    await lin.send(contract_pdf(), "Supply-2027.pdf", "application/pdf")
    await lin.write(KILN_BY_SU)


async def test_a_sender_with_two_seals_chooses_on_the_draft_and_the_code_names_it(
    app: App, lin: Person
) -> None:
    await draft_with_two_seals(lin)
    assert "You sign with: contract seal" in lin.last.text
    await lin.tap("Another seal")
    assert [each.caption.split(",")[0] for each in lin.last.attachments] == [TEA, TEA]
    await lin.tap("Official seal")
    assert "You sign with: official seal" in lin.last.text
    await lin.tap("Start and seal")
    assert "put the official seal of 海港茶业有限公司 on it" in lin.last.text
    await lin.type_code()
    assert seal_on(app, 0)["kind"] == "official"


async def test_who_starts_only_signs_later_with_the_seal_chosen_on_the_draft(app: App, lin: Person) -> None:
    await draft_with_two_seals(lin)
    await lin.tap("Another seal")
    await lin.tap("Official seal")
    await lin.tap("Start only")
    await lin.type_code()
    await lin.write("/home")
    await lin.tap("Read and sign")
    await lin.tap("Seal and sign")
    assert "with the official seal of" in lin.last.text


async def test_with_one_seal_the_draft_has_nothing_to_choose(lin: Person) -> None:
    await draft_for_kiln(lin)
    assert "You sign with" not in lin.last.text
    assert not any("Another" in each.label for each in lin.last.buttons)

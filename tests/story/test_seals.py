"""Seals in chat: out of a photo, lent for one use, suspended, and found out when swapped on disk."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from bot.app import App
from bot.demo.people import Person, Stage
from bot.demo.photo import photograph_seal
from bot.demo.story import KILN, KILN_CODE, TEA, TEA_CODE
from signing.actor import Actor
from signing.enterprises import enterprise_of_code
from signing.errors import SigningError
from signing.seals.keepers import SealNotYours
from tests.clock import ManualClock
from tests.story.acts import (
    CHEN_ID,
    LIN_ID,
    blank_photo,
    contract_pdf,
    join_company,
    register,
    register_with_company,
)


@pytest.fixture
async def chen(chen: Person, boss: Person) -> Person:
    """A member of Harbor Tea who is not its admin."""
    await join_company(boss, chen, CHEN_ID)
    return chen


async def with_company(lin: Person) -> None:
    await register(lin, "林海清", LIN_ID)
    await lin.write("/company")
    await lin.write(f"{TEA}, {TEA_CODE}")
    await lin.tap("Later")


async def test_a_seal_is_cut_out_of_a_photo_nudged_and_kept(app: App, lin: Person) -> None:
    await with_company(lin)
    await lin.send(photograph_seal(TEA), "seal.jpg", "image/jpeg")
    await lin.tap("Our seal on paper")
    await lin.tap("Contract seal")
    await lin.tap("Turn left")
    await lin.tap("Darker")
    await lin.tap("Use this seal")
    assert "This is the seal" in lin.last.text
    seal = app.store.read(lambda tx: tx.find("seals_made"))[0]
    assert seal["kind"] == "contract"


async def test_a_photo_without_a_seal_is_refused_with_advice(lin: Person) -> None:
    await with_company(lin)
    await lin.send(blank_photo(), "desk.jpg", "image/jpeg")
    await lin.tap("Our seal on paper")
    await lin.tap("Contract seal")
    assert any("no seal on this photo" in line.said for line in lin.lines)
    await lin.send(photograph_seal(TEA), "seal.jpg", "image/jpeg")
    assert lin.button("Use this seal")


async def test_of_several_seals_on_a_photo_one_is_chosen(lin: Person) -> None:
    await with_company(lin)
    await lin.send(two_seals(), "seals.jpg", "image/jpeg")
    await lin.tap("Our seal on paper")
    await lin.tap("Contract seal")
    assert "2 seals on this photo" in lin.last.text and len(lin.last.attachments) == 2
    await lin.tap("Seal 2")
    await lin.tap("Use this seal")
    assert "This is the seal" in lin.last.text


def two_seals() -> bytes:
    """Two photos of seals, side by side on one."""
    left, right = (Image.open(BytesIO(photograph_seal(name))) for name in (TEA, KILN))
    both = Image.new("RGB", (left.width + right.width, left.height))
    both.paste(left, (0, 0))
    both.paste(right, (left.width, 0))
    out = BytesIO()
    both.save(out, "JPEG", quality=90)
    return out.getvalue()


async def test_a_member_without_a_grant_asks_and_signs_once_the_admin_allows(
    app: App, stage: Stage, lin: Person, su: Person, chen: Person
) -> None:
    await contract_for_tea(su)
    await chen.tap("All pages")
    assert "isn't granted to you" in chen.last.text
    await chen.tap("Ask for the seal")
    await lin.tap("Decide")
    await lin.tap("Allow this once")
    await chen.tap("Read and sign")
    await chen.tap("Seal and sign")
    await chen.type_code()
    assert app.store.read(lambda tx: tx.find("last_contract"))[0]["state"] == "completed"
    await contract_for_tea(su, "Second", known=True)
    await chen.tap("Seal and sign")
    assert "isn't granted to you" in chen.last.text


async def test_a_refused_request_signs_nothing_and_is_told(su: Person, lin: Person, chen: Person) -> None:
    await contract_for_tea(su)
    await chen.tap("All pages")
    await chen.tap("Ask for the seal")
    await lin.tap("Decide")
    await lin.tap("Refuse")
    assert "does not lend you the seal" in chen.last.text


async def test_only_the_admin_decides_on_a_request(
    stage: Stage, su: Person, lin: Person, chen: Person
) -> None:
    await contract_for_tea(su)
    await chen.tap("All pages")
    await chen.tap("Ask for the seal")
    _, button = lin.button("Decide")
    for person in (chen, su):
        await stage.receive(person.address, person.language, {"tap": button.data, "message": ""})
        assert (
            "administrator" in person.last.text
            or "管理员" in person.last.text
            or "不是该企业" in person.last.text
        )


async def test_a_suspended_seal_cannot_be_used_until_it_is_in_use_again(lin: Person) -> None:
    await register_with_company(lin)
    await lin.write("/seals")
    await lin.tap("Contract seal")
    await lin.tap("Suspend")
    await lin.send(contract_pdf(), "Supply.pdf", "application/pdf")
    await lin.write(f"{KILN} {KILN_CODE}, 苏青窑 13900138820")
    with pytest.raises(LookupError):
        lin.button("Start and seal")
    await lin.write("/seals")
    await lin.tap("Contract seal")
    await lin.tap("Use again")
    await lin.write("/home")
    await lin.tap("Draft Supply")
    assert lin.button("Start and seal")


async def test_a_grant_ends_by_its_date_and_when_it_is_taken_back(
    app: App, lin: Person, chen: Person, clock: ManualClock
) -> None:
    store, grants = app.store, app.services.grants
    boss, member = (actor_of(app, each) for each in (lin, chen))
    company = store.read(enterprise_of_code, TEA_CODE)
    assert company and member.person
    seal = store.read(app.services.seals.usable, boss, company.id)[0].id
    until = clock() + timedelta(days=2)
    given = store.write(grants.give, boss, seal, member.person, until).id
    assert [each.id for each in store.read(app.services.seals.usable, member, company.id)] == [seal]
    store.write(grants.revoke, boss, given)
    assert store.read(app.services.seals.usable, member, company.id) == []
    store.write(grants.give, boss, seal, member.person, until)
    clock.advance(days=3)
    assert store.read(app.services.seals.usable, member, company.id) == []
    with pytest.raises(SigningError):
        store.write(grants.give, member, seal, member.person, until)


async def test_a_picture_swapped_in_the_database_is_found_out_before_it_is_stamped(
    app: App, lin: Person
) -> None:
    await register_with_company(lin)
    boss = actor_of(app, lin)
    company = app.store.read(enterprise_of_code, TEA_CODE)
    assert company
    seal = app.store.read(app.services.seals.usable, boss, company.id)[0]
    other = app.services.seals.draw_for(company.id, "official")

    def swap(tx):  # type: ignore[no-untyped-def]
        tx.hold("seals", seal.id)
        tx.change("seals", seal.id, {"picture": other.picture})

    app.store.write(swap)
    with pytest.raises(SigningError, match="picture-swapped"):
        app.store.read(app.services.seals.require_usable, boss, company.id, seal.id)


async def test_the_legal_representatives_seal_is_theirs_alone(app: App, lin: Person, chen: Person) -> None:
    boss, member = (actor_of(app, each) for each in (lin, chen))
    company = app.store.read(enterprise_of_code, TEA_CODE)
    assert company and member.person
    drawn = app.services.seals.draw_for(company.id, "legal_representative")
    app.store.write(app.services.seals.keep, boss, company.id, "legal_representative", drawn, "online")

    def promote(tx):  # type: ignore[no-untyped-def]
        tx.hold("enterprises", company.id)
        member_row = tx.find("membership_row", enterprise=company.id, person=member.person)[0]
        tx.change("members", member_row["id"], {"role": "admin"})

    app.store.write(promote)
    kinds = {each.kind for each in app.store.read(app.services.seals.usable, member, company.id)}
    assert "legal_representative" not in kinds
    with pytest.raises(SealNotYours):
        app.store.write(app.services.seals.keep, member, company.id, "legal_representative", drawn, "online")


async def contract_for_tea(su: Person, title: str = "First", known: bool = False) -> None:
    """Blue Kiln sends Harbor Tea a contract that Chen is to sign."""
    if not known:
        await register(su, "苏青窑", "310105198807210049")
        await su.write("/company")
        await su.write(f"{KILN}, {KILN_CODE}")
        await su.tap("制作合同专用章")
    await su.send(contract_pdf(), f"{title}.pdf", "application/pdf")
    await su.write(f"{TEA} {TEA_CODE}, 陈晓舟 13700132356")
    await su.tap("发起并盖章")
    await su.type_code()


def actor_of(app: App, person: Person) -> Actor:
    row = app.store.read(lambda tx: tx.find("actor_of_address", address=person.address))[0]
    return Actor(row["id"], row["person"])

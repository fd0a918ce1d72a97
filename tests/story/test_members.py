"""The people of a company, in chat: invited, let in, removed, handed over to; and who may not."""

from __future__ import annotations

import pytest

from bot.app import App
from bot.demo.people import NotOnCard, Person, Stage
from bot.demo.story import KILN, KILN_CODE, TEA_CODE
from signing.actor import Actor
from signing.enterprises import enterprise_of_code
from signing.membership.joining import PassUnknown
from tests.clock import ManualClock
from tests.story.acts import (
    CHEN_ID,
    WANG_ID,
    contract_pdf,
    draft_for_kiln,
    invite_colleague,
    join_company,
    open_invitation,
    register,
    role,
    start_and_seal,
)


async def test_an_invited_colleague_is_checked_on_the_way_and_asked_nothing_twice(
    app: App, boss: Person, chen: Person
) -> None:
    await join_company(boss, chen, CHEN_ID)
    assert chen.actions == 4
    assert "You are a member of 海港茶业有限公司" in chen.last.text
    assert role(app, chen) == "member"
    assert "陈晓舟" in boss.last.text and "has joined" in boss.last.text


async def test_a_colleague_who_is_known_here_joins_from_a_button(
    app: App, boss: Person, chen: Person
) -> None:
    await register(chen, "陈晓舟", CHEN_ID)
    await invite_colleague(boss, chen)
    await chen.tap("Look at it")
    await chen.tap("Join")
    assert role(app, chen) == "member"


async def test_an_invitation_works_once(app: App, stage: Stage, boss: Person, chen: Person) -> None:
    await join_company(boss, chen, CHEN_ID)
    other = stage.person("other", "王一帆", "+8613600131007")
    other.language = "en"
    await other.write(f"/start {chen.link()}")
    assert "not valid any more" in other.last.text


async def test_an_invitation_is_for_who_it_names(app: App, boss: Person, chen: Person, wang: Person) -> None:
    await invite_colleague(boss, chen)
    await register(wang, "王一帆", WANG_ID)
    await wang.write(f"/start {chen.link()}")
    await wang.tap("Join")
    assert "named 陈晓舟; your ID says 王一帆" in wang.last.text
    assert role(app, wang) is None


async def test_an_invitation_is_over_after_72_hours(boss: Person, chen: Person, clock: ManualClock) -> None:
    await invite_colleague(boss, chen)
    clock.advance(hours=72)
    await chen.write(f"/start {chen.link()}")
    assert "not valid any more" in chen.last.text


async def test_the_link_of_an_invitation_stands_in_no_journal_and_no_call(
    app: App, boss: Person, chen: Person
) -> None:
    await invite_colleague(boss, chen)
    token = chen.link()
    kept = app.store.read(
        lambda tx: [*tx.find("all_journal"), *tx.find("all_conversations"), *tx.find("all_calls")]
    )
    assert token not in repr(kept)
    assert app.store.read(lambda tx: tx.find("all_secrets")) == []


async def test_members_see_each_other_with_masked_numbers(boss: Person, chen: Person) -> None:
    await join_company(boss, chen, CHEN_ID)
    await chen.write("/members")
    assert "林海清, *** 4417: administrator" in chen.last.text
    assert "陈晓舟 (you), *** 2356: member" in chen.last.text
    with pytest.raises(NotOnCard):
        chen.button("Invite a colleague")


async def test_a_removed_colleague_hears_it_and_is_refused(app: App, boss: Person, chen: Person) -> None:
    await join_company(boss, chen, CHEN_ID)
    await remove(boss, "陈晓舟")
    assert role(app, chen) is None
    assert any("don't belong to 海港茶业有限公司 any more" in line.said for line in chen.lines)
    await chen.write("/members")
    assert "don't belong to a company" in chen.last.text


async def remove(admin: Person, name: str) -> None:
    await admin.write("/members")
    await admin.tap(name)
    await admin.tap("Remove from company")
    await admin.tap(f"Remove {name}")


async def test_what_a_removed_colleague_had_begun_is_the_admins(boss: Person, chen: Person) -> None:
    await join_company(boss, chen, CHEN_ID)
    await chen.send(contract_pdf(), "Chens-draft.pdf", "application/pdf")
    await chen.write(f"{KILN} {KILN_CODE}, 苏青窑 13900138820")
    _, start = chen.button("Start")
    await remove(boss, "陈晓舟")
    await boss.write("/home")
    await boss.tap("Draft Chens-draft")
    assert "海港茶业有限公司 (you)" in boss.last.text and boss.button("Start and seal")
    await chen.stage.receive(chen.address, "en", {"tap": start.data, "message": ""})
    assert "Chens-draft" not in chen.last.text


async def test_a_code_that_was_open_when_its_person_was_removed_starts_nothing(
    app: App, boss: Person, chen: Person
) -> None:
    await join_company(boss, chen, CHEN_ID)
    await chen.send(contract_pdf(), "Chens-draft.pdf", "application/pdf")
    await chen.write(f"{KILN} {KILN_CODE}, 苏青窑 13900138820")
    await chen.tap("Start")
    await remove(boss, "陈晓舟")
    await chen.type_code()
    assert app.store.read(lambda tx: tx.find("last_contract"))[0]["state"] == "draft"


async def test_the_admin_role_is_handed_over_with_a_code(app: App, boss: Person, chen: Person) -> None:
    await join_company(boss, chen, CHEN_ID)
    await boss.write("/members")
    await boss.tap("陈晓舟")
    await boss.tap("Hand over my role")
    assert "陈晓舟" in boss.texts()[-1]
    await boss.type_code()
    assert (role(app, boss), role(app, chen)) == ("member", "admin")
    assert "made you an administrator" in chen.last.text
    await chen.write("/members")
    await chen.tap("History")
    assert "林海清 made 陈晓舟 administrator" in chen.last.text


async def test_an_admin_who_is_removed_between_the_card_and_the_code_hands_over_nothing(
    app: App, boss: Person, chen: Person, wang: Person
) -> None:
    await join_company(boss, chen, CHEN_ID)
    await join_company(boss, wang, WANG_ID)
    await make_admin(boss, "陈晓舟")
    await chen.write("/members")
    await chen.tap("王一帆")
    await chen.tap("Hand over my role")
    await remove(boss, "陈晓舟")
    await chen.type_code()
    assert (role(app, chen), role(app, wang)) == (None, "member")


async def make_admin(admin: Person, name: str) -> None:
    await admin.write("/members")
    await admin.tap(name)
    await admin.tap("Make administrator")
    await admin.type_code()


async def test_the_last_admin_can_not_leave(app: App, boss: Person, chen: Person) -> None:
    await join_company(boss, chen, CHEN_ID)
    await boss.write("/members")
    await boss.tap("Leave")
    await boss.tap("Leave the company")
    assert "you are the only one" in boss.last.text
    assert role(app, boss) == "admin"


async def test_a_member_leaves_and_the_admin_has_their_drafts(app: App, lin: Person, chen: Person) -> None:
    await draft_for_kiln(lin)
    await join_company(lin, chen, CHEN_ID)
    await chen.send(contract_pdf(), "Chens-draft.pdf", "application/pdf")
    await chen.write(f"{KILN} {KILN_CODE}, 苏青窑 13900138820")
    await chen.write("/members")
    await chen.tap("Leave")
    await chen.tap("Leave the company")
    assert "林海清 goes on with 1 of your" in chen.last.text
    assert "1 of their contracts and drafts is yours now" in lin.last.text


async def test_a_signer_hands_over_to_a_colleague_who_was_invited(
    lin: Person, su: Person, stage: Stage
) -> None:
    await start_and_seal(lin)
    await open_invitation(su)
    colleague = stage.person("colleague", "陈晓舟", "+8613700132356")
    await join_company(su, colleague, CHEN_ID)
    await su.tap("转给同事")
    await su.tap("陈晓舟")
    assert "改由陈晓舟代表蓝窑陶瓷有限公司签署" in su.last.text
    await colleague.write("/home")
    await colleague.tap("查看并签署")
    assert "您代表蓝窑陶瓷有限公司签署" in colleague.last.text


async def test_of_two_who_take_up_an_invitation_at_once_one_joins(
    app: App, boss: Person, chen: Person
) -> None:
    await register(chen, "陈晓舟", CHEN_ID)
    await invite_colleague(boss, chen)
    await chen.tap("Look at it")
    row = app.store.read(lambda tx: tx.find("actor_of_address", address=chen.address))[0]
    company = app.store.read(enterprise_of_code, TEA_CODE)
    assert company
    pending = app.store.read(lambda tx: tx.find("open_invitations", enterprise=company.id, now=tx.now))[0][
        "id"
    ]
    joining, actor = app.services.membership.joining, Actor(row["id"], row["person"])
    futures = [app.store.submit(joining.accept, actor, pending) for _ in range(2)]
    failed = [each.exception() for each in futures]
    assert [type(each) for each in failed if each] == [PassUnknown]
    assert role(app, chen) == "member"

"""The main line: two companies, from the first word to the signed PDF."""

from __future__ import annotations

from fpdf import FPDF

from bot.app import App
from bot.demo.leaving import steps
from bot.demo.people import Person, Stage
from bot.demo.story import tell
from signing.audit import is_whole
from signing.contracts.contract import State
from tests import people
from tests.clock import ManualClock
from tests.story.acts import (
    contract_pdf,
    open_invitation,
    register,
    register_with_company,
    sign,
    start_and_seal,
)

AT_MOST = {
    "register": 4,
    "enterprise": 4,
    "attorney": 6,
    "better_photo": 2,
    "send": 4,
    "new_signer": 6,
    "review": 2,
    "review_rejected": 3,
}


async def test_the_story_takes_no_more_actions_than_the_design_allows(stage: Stage) -> None:
    told = await tell(stage)
    assert {name: told.actions[name] for name in AT_MOST if told.actions[name] > AT_MOST[name]} == {}


async def test_both_companies_receive_the_same_signed_file(app: App, lin: Person, su: Person) -> None:
    await start_and_seal(lin)
    await sign(su)
    assert lin.files("application/pdf")[-1] == su.files("application/pdf")[-1]


async def test_the_signed_file_is_valid_for_years_and_matches_our_record(
    app: App, lin: Person, su: Person, clock: ManualClock
) -> None:
    await start_and_seal(lin)
    await sign(su)
    report = app.checking.check(app.blobs.read(su.files("application/pdf")[-1]), clock())
    assert report.valid and report.covers_whole_file
    assert report.as_dict()["level"] == "PAdES-B-LTA"
    assert [each["signer"] for each in report.as_dict()["signatures"]] == [
        "海港茶业有限公司",
        "蓝窑陶瓷有限公司",
    ]


async def test_every_step_is_on_the_audit_trail(app: App, lin: Person, su: Person) -> None:
    await start_and_seal(lin)
    await sign(su)
    happened = app.store.read(steps)
    wanted = [
        "registered",
        "certificate_issued",
        "seal_made",
        "areas_planned",
        "initiated",
        "invited",
        "signed",
        "completed",
    ]
    assert [step for step in dict.fromkeys(happened) if step in wanted] == wanted
    contract = app.store.read(lambda tx: tx.find("last_contract"))[0]["id"]
    assert app.store.read(is_whole, contract)


async def test_a_deadline_that_passes_ends_the_contract_and_tells_everyone(
    app: App, stage: Stage, lin: Person, su: Person, clock: ManualClock
) -> None:
    await start_and_seal(lin)
    await open_invitation(su)
    clock.advance(days=8)
    await stage.settle()
    contract = app.store.read(lambda tx: tx.find("last_contract"))[0]
    assert contract["state"] == State.EXPIRED
    assert "closed at its deadline" in lin.last.text
    assert "截止" in su.last.text and "蓝窑陶瓷" in su.last.text


async def test_a_signer_who_refuses_ends_the_contract_and_the_sender_reads_why(
    lin: Person, su: Person
) -> None:
    await start_and_seal(lin)
    await open_invitation(su)
    await su.tap("拒签")
    await su.write("单价与报价单不符")
    await su.tap("确认拒签")
    assert "单价与报价单不符" in lin.last.text


async def test_a_withdrawn_contract_can_not_be_signed_any_more(lin: Person, su: Person) -> None:
    await start_and_seal(lin)
    await open_invitation(su)
    await su.tap("签署")
    await lin.tap("Withdraw")
    await lin.write("wrong price")
    await lin.tap("Withdraw")
    await su.type_code()
    assert "已撤回" in su.last.text
    assert not [each for each in su.files("application/pdf") if each in lin.files("application/pdf")[-1:]]


async def test_a_person_signs_in_their_own_name(lin: Person, stage: Stage) -> None:
    await register_with_company(lin)
    chen = people.chen(stage)
    await lin.send(one_page(), "Lease.pdf", "application/pdf")
    await lin.write("陈晓舟, 13700132356")
    await lin.tap("Start and seal")
    await lin.type_code()
    await chen.write(f"/start {chen.link()}")
    await chen.tap("share my number")
    await chen.write("360202199001012342")
    await chen.tap("Sign")
    await chen.type_code()
    assert "complete" in chen.last.text


def one_page() -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=12)
    pdf.multi_cell(
        0, 8, "Lease of a kiln.\n\nLandlord (seal):\n\n\nTenant (signature): ____________   Date: ________"
    )
    return bytes(pdf.output())


async def test_somebody_else_is_not_let_in_by_a_forwarded_link(lin: Person, su: Person, stage: Stage) -> None:
    await start_and_seal(lin)
    wang = stage.person("wang", "王一帆", "+8613600131007")
    await register(wang, "王一帆", "440304199511231017")
    await wang.write(f"/start {su.link()}")
    assert "尾号是8820" in wang.last.text
    assert wang.files("application/pdf") == []


async def test_a_known_signer_is_invited_in_their_chat_and_signs_in_two_actions(
    lin: Person, su: Person
) -> None:
    await start_and_seal(lin)
    await sign(su)
    await lin.send(contract_pdf(), "Supply-2028.pdf", "application/pdf")
    await lin.tap("蓝窑陶瓷")
    await lin.tap("Start and seal")
    await lin.type_code()
    before = su.actions
    assert any(each.mime == "application/pdf" for each in su.last.attachments)
    await su.tap("盖章签署")
    await su.type_code()
    assert "签署完成" in su.last.text
    assert su.actions - before == 2

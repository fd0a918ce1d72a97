"""Reminders and deadlines, in chat."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.app import App
from bot.demo.people import Person, Stage
from tests.clock import ManualClock
from tests.story.acts import contract_pdf, open_invitation, sign, start_and_seal


def reminders(person: Person) -> list[str]:
    return [
        line.said
        for line in person.lines
        if (line.who == "bot" and "还等" in line.said) or "等您签署：" in line.said
    ]


async def go_to(stage: Stage, clock: ManualClock, *moment: int) -> None:
    """Go to a moment in Shanghai (UTC+8), hour by hour, as a clock does."""
    target = datetime(*moment, tzinfo=UTC)  # type: ignore[misc]
    while clock.moment < target.replace(hour=0) or clock.moment < target:
        clock.advance(hours=1)
        await stage.settle()


async def test_the_sender_reminds_at_most_once_an_hour(lin: Person, su: Person, clock: ManualClock) -> None:
    await start_and_seal(lin)
    await open_invitation(su)
    await lin.tap("Remind now")
    assert "苏青窑" in lin.last.text and len(reminders(su)) == 1
    await lin.write("/home")
    await lin.tap("Status of Supply-2027")
    await lin.tap("Remind now")
    assert "within the last hour" in lin.last.text and len(reminders(su)) == 1
    clock.advance(hours=1)
    await lin.write("/home")
    await lin.tap("Status of Supply-2027")
    await lin.tap("Remind now")
    assert len(reminders(su)) == 2


async def test_a_reminder_has_the_buttons_of_the_request(lin: Person, su: Person) -> None:
    await start_and_seal(lin)
    await open_invitation(su)
    await lin.tap("Remind now")
    assert [button.label for button in su.last.buttons] == [
        "查看并签署",
        "拒签",
        "明天提醒",
        "联系发起方",
    ]
    await su.tap("查看并签署")
    await su.tap("签署")
    await su.type_code()
    assert "签署完成" in su.last.text


async def test_a_reminder_can_be_refused_from(lin: Person, su: Person) -> None:
    await start_and_seal(lin)
    await open_invitation(su)
    await lin.tap("Remind now")
    await su.tap("拒签")
    await su.tap("未协商一致")
    await su.tap("确认拒签")
    assert "Not agreed" in lin.last.text


async def test_the_clock_reminds_three_days_one_day_and_three_hours_before(
    stage: Stage, lin: Person, su: Person, clock: ManualClock
) -> None:
    """The contract ends on Monday 30 November, 18:00 in Shanghai."""
    await start_and_seal(lin)
    await open_invitation(su)
    await go_to(stage, clock, 2026, 11, 27, 9)
    assert reminders(su) == []
    await go_to(stage, clock, 2026, 11, 27, 10)
    assert len(reminders(su)) == 1
    await go_to(stage, clock, 2026, 11, 29, 11)
    assert len(reminders(su)) == 2
    await go_to(stage, clock, 2026, 11, 30, 8)
    assert len(reminders(su)) == 3
    await go_to(stage, clock, 2026, 11, 30, 11)
    assert "未全部签完" in su.last.text and len(reminders(su)) == 3


async def test_nobody_is_reminded_who_has_signed(
    stage: Stage, lin: Person, su: Person, clock: ManualClock
) -> None:
    await start_and_seal(lin)
    await sign(su)
    await go_to(stage, clock, 2026, 12, 1, 0)
    assert reminders(su) == []


async def test_one_person_is_reminded_once_a_day_of_all_that_waits(
    stage: Stage, lin: Person, su: Person, clock: ManualClock
) -> None:
    await start_and_seal(lin)
    await open_invitation(su)
    await lin.send(contract_pdf(), "Supply-2028.pdf", "application/pdf", "by 30 November 19:00")
    await lin.tap("蓝窑陶瓷")
    await lin.tap("Start and seal")
    await lin.type_code()
    await go_to(stage, clock, 2026, 11, 27, 13)
    assert len(reminders(su)) == 1
    assert "有2份合同等您签署" in reminders(su)[0]


async def test_the_clock_keeps_quiet_at_night(
    stage: Stage, lin: Person, su: Person, clock: ManualClock
) -> None:
    await start_and_seal(lin)
    await open_invitation(su)
    await lin.tap("See status")
    await lin.tap("Deadline")
    await lin.write("12 December 02:00")
    assert "12 December 2026, 02:00" in lin.last.text
    await go_to(stage, clock, 2026, 12, 8, 23)
    assert reminders(su) == []
    await go_to(stage, clock, 2026, 12, 9, 0)
    assert len(reminders(su)) == 1


async def test_tomorrow_means_tomorrow_morning(
    stage: Stage, lin: Person, su: Person, clock: ManualClock
) -> None:
    await start_and_seal(lin)
    await open_invitation(su)
    await lin.tap("Remind now")
    await su.tap("明天提醒")
    assert any("2026年11月24日（周二）09:00" in line.said for line in su.lines)
    await go_to(stage, clock, 2026, 11, 24, 1)
    assert len(reminders(su)) == 2


async def test_a_deadline_is_moved_later_never_earlier_and_everyone_hears(
    app: App, stage: Stage, lin: Person, su: Person, clock: ManualClock
) -> None:
    await start_and_seal(lin)
    await open_invitation(su)
    await lin.tap("See status")
    await lin.tap("Deadline")
    await lin.write("24 November")
    assert any("only be moved to a later moment" in line.said for line in lin.lines)
    await lin.write("/home")
    await lin.tap("Status of Supply-2027")
    await lin.tap("Deadline")
    await lin.write("11 December")
    assert "2026年12月11日（周五）18:00" in su.last.text
    await go_to(stage, clock, 2026, 12, 1, 0)
    assert app.store.read(lambda tx: tx.find("last_contract"))[0]["state"] == "signing"
    await su.tap("盖章签署" if any("盖章签署" in b.label for b in su.last.buttons) else "签署")


async def test_who_is_not_here_yet_is_reminded_by_text_with_a_fresh_link(lin: Person, su: Person) -> None:
    await start_and_seal(lin)
    first = su.link()
    await lin.tap("Remind now")
    assert su.link() != first
    await su.write(f"/start {first}")
    assert "链接" in su.last.text and "失效" in su.last.text
    await sign(su)
    assert "签署完成" in su.last.text


async def test_the_sender_passes_a_link_on_themself_and_it_stands_in_no_journal(
    stage: Stage, lin: Person, su: Person
) -> None:
    await start_and_seal(lin)
    await lin.tap("See status")
    await lin.tap("Invitation link")
    await lin.tap("A link for me")
    link = lin.last.text.splitlines()[-1]
    token = link.rpartition("/i/")[2]
    assert len(token) >= 24
    assert token not in str(stage.app.store.read(lambda tx: tx.find("all_journal")))
    await su.write(f"/start {token}")
    assert "海港茶业" in su.last.text


async def test_the_sender_says_when_the_clock_reminds(
    stage: Stage, lin: Person, su: Person, clock: ManualClock
) -> None:
    await start_and_seal(lin)
    await open_invitation(su)
    await lin.tap("See status")
    await lin.tap("Reminders")
    assert "3 days, 1 day, 3 hours before" in lin.last.text
    await lin.tap("On: 3 days")
    await lin.tap("On: 3 hours")
    assert "I remind whoever has not signed: 1 day before" in lin.last.text
    await go_to(stage, clock, 2026, 11, 29, 9)
    assert reminders(su) == []
    await go_to(stage, clock, 2026, 11, 29, 11)
    assert len(reminders(su)) == 1
    await go_to(stage, clock, 2026, 11, 30, 9)
    assert len(reminders(su)) == 1

"""The web chat as a visitor meets it, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import Serving
from tests.browser.echo import contract
from tests.browser.echo import page as picture

pytestmark = pytest.mark.browser


def enter(page: Page, serving: Serving, *names: str) -> list[Locator]:
    """One pane for each name."""
    page.goto(serving.url)
    for name in names:
        if page.locator(".pane").count():
            page.get_by_role("button", name="Add a person").click()
        page.locator(".person:visible", has_text=name).click()
        pane(page, name).get_by_role("button", name="Start").click()
        expect(pane(page, name).get_by_text("Hello. Welcome.")).to_be_visible()
    return [pane(page, name) for name in names]


def pane(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name)


def say(pane: Locator, text: str) -> None:
    box = pane.get_by_label("Message")
    box.fill(text)
    box.press("Enter")


def send_file(pane: Locator, name: str, data: bytes, caption: str = "") -> None:
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    pane.get_by_label("Attach a file or photo").set_input_files([file])  # type: ignore[list-item]
    say(pane, caption)


def test_several_persons_talk_side_by_side(page: Page, serving: Serving) -> None:
    one, other = enter(page, serving, "林海清", "苏青窑")
    say(one, "from one <b>person</b>")
    say(other, "from the other")
    expect(one.get_by_text("You said: from one <b>person</b>")).to_be_visible()
    expect(other.get_by_text("You said: from the other")).to_be_visible()
    expect(one.get_by_text("from the other")).to_have_count(0)


def test_a_contract_is_sent_and_started_with_the_texted_code(page: Page, serving: Serving) -> None:
    (one,) = enter(page, serving, "林海清")
    send_file(one, "Supply-2027.pdf", contract(), "Blue Kiln, by 4 Dec")
    expect(one.get_by_alt_text("Page 6, both places outlined")).to_be_visible()
    one.get_by_role("button", name="Start and seal").click()
    expect(one.get_by_text("Type the 8-digit code")).to_be_visible()
    expect(one.get_by_text("Draft, nobody has seen it yet")).to_have_count(0)
    one.get_by_role("button", name="Copy code").click()
    code = page.evaluate("navigator.clipboard.readText()")
    assert code == "48219037"
    say(one, code)
    expect(one.get_by_text("Supply-2027 has started")).to_be_visible()
    expect(one.locator(".message.mine", has_text="48219037")).to_have_count(0)
    page.reload()
    expect(one.get_by_text("Supply-2027 has started")).to_be_visible()
    expect(one.locator(".message.mine", has_text="48219037")).to_have_count(0)


def test_the_simulated_phone_keeps_its_texts(page: Page, serving: Serving) -> None:
    (one,) = enter(page, serving, "王一帆")
    send_file(one, "Supply-2027.pdf", contract())
    one.get_by_role("button", name="Start and seal").click()
    expect(one.locator(".badge")).to_have_text("1")
    one.get_by_role("button", name="Open phone").click()
    expect(one.locator(".phone").get_by_text("验证码48219037")).to_be_visible()
    expect(one.locator(".badge")).to_be_hidden()
    page.reload()
    one.get_by_role("button", name="Phone", exact=True).click()
    expect(one.locator(".phone").get_by_text("验证码48219037")).to_have_count(1)


def test_pictures_enlarge_and_documents_open_and_save(page: Page, serving: Serving) -> None:
    (one,) = enter(page, serving, "林海清")
    send_file(one, "Supply-2027.pdf", contract())
    one.get_by_role("button", name="Page 6, both places outlined").click()
    large = page.get_by_role("dialog").get_by_alt_text("Page 6, both places outlined")
    expect(large).to_be_visible()
    page.keyboard.press("Escape")
    expect(large).to_be_hidden()
    card = one.locator(".theirs", has_text="Supply-2027.pdf")
    url = f"{serving.url}{card.get_by_role('link', name='Open').get_attribute('href')}"
    answer = page.request.get(url)
    assert (answer.headers["content-type"], answer.body()[:5]) == ("application/pdf", b"%PDF-")
    with page.expect_download() as download:
        card.get_by_role("link", name="Save").click()
    assert download.value.suggested_filename == "Supply-2027.pdf"


def test_the_newest_message_stays_in_sight(page: Page, serving: Serving) -> None:
    page.set_viewport_size({"width": 390, "height": 600})
    (one,) = enter(page, serving, "林海清")
    for _ in range(3):
        send_file(one, "Supply-2027.pdf", contract())
        expect(one.get_by_role("button", name="Discard draft").last).to_be_in_viewport()
    one.get_by_role("button", name="Start and seal").last.focus()
    expect(one.get_by_role("heading", name="林海清")).to_be_in_viewport()
    assert one.evaluate("pane => pane.scrollHeight - pane.clientHeight") == 0


def test_whoever_reads_further_up_is_left_there(
    page: Page, serving: Serving, context: BrowserContext
) -> None:
    (one,) = enter(page, serving, "林海清")
    send_file(one, "Supply-2027.pdf", contract())
    expect(one.get_by_role("button", name="Discard draft")).to_be_in_viewport()
    one.get_by_role("log").hover()
    page.mouse.wheel(0, -5000)
    expect(one.get_by_text("Hello. Welcome.")).to_be_in_viewport()
    second = context.new_page()
    second.goto(serving.url)
    say(pane(second, "林海清"), "from another window")
    expect(one.get_by_text("You said: from another window")).to_be_attached()
    expect(one.get_by_text("Hello. Welcome.")).to_be_in_viewport()


def test_a_photo_that_was_sent_is_seen(page: Page, serving: Serving) -> None:
    (one,) = enter(page, serving, "林海清")
    file = {"name": "licence.png", "mimeType": "image/png", "buffer": picture()}
    one.get_by_label("Attach a file or photo").set_input_files([file])  # type: ignore[list-item]
    one.get_by_role("button", name="Send", exact=True).click()
    sent = one.locator(".mine img")
    expect(sent).to_be_visible()
    page.wait_for_function("document.querySelector('.mine img').naturalWidth === 620")


def test_a_file_over_the_limit_is_refused_in_the_chat(page: Page, serving: Serving, tmp_path: Path) -> None:
    (one,) = enter(page, serving, "林海清")
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    one.get_by_label("Attach a file or photo").set_input_files(large)
    one.get_by_role("button", name="Send", exact=True).click()
    expect(one.get_by_text("Not sent: larger than 25 MB")).to_be_visible()
    expect(one.get_by_text("too-large")).to_be_visible()


def test_the_number_is_shared_by_a_button(page: Page, serving: Serving) -> None:
    (one,) = enter(page, serving, "苏青窑")
    say(one, "/share")
    one.get_by_role("button", name="Agree and share my number").click()
    expect(one.get_by_text("Thank you, +8613900138820 matches.")).to_be_visible()


def test_a_tap_that_comes_late_gets_a_toast(page: Page, serving: Serving) -> None:
    (one,) = enter(page, serving, "林海清")
    send_file(one, "Supply-2027.pdf", contract())
    one.get_by_role("button", name="Parties").click()
    expect(one.get_by_role("status").filter(has_text="Already answered")).to_be_visible()
    expect(one.get_by_role("button", name="Parties")).not_to_have_attribute("aria-busy", "true")


def test_work_in_progress_shows_until_the_next_message(page: Page, serving: Serving) -> None:
    (one,) = enter(page, serving, "林海清")
    say(one, "/work")
    expect(one.get_by_text("The assistant is working")).to_be_visible()
    say(one, "and?")
    expect(one.get_by_text("You said: and?")).to_be_visible()
    expect(one.get_by_text("The assistant is working")).to_be_hidden()


def test_an_invitation_is_opened_by_the_person_who_presses_their_name(page: Page, serving: Serving) -> None:
    one, other = enter(page, serving, "林海清", "苏青窑")
    say(one, "/invite")
    link = one.get_by_role("link", name="Open the invitation").get_attribute("href")
    assert link == f"{serving.url}/i/Tok_en-1"
    page.goto(link)
    page.get_by_role("button", name="苏青窑").click()
    expect(other.get_by_text("Hello. Invited by Tok_en-1.")).to_be_visible()
    expect(one.get_by_text("Invited by")).to_have_count(0)


def test_an_invitation_may_be_opened_by_someone_new(page: Page, serving: Serving) -> None:
    enter(page, serving, "林海清")
    page.goto(f"{serving.url}/i/Tok_en-2")
    page.get_by_role("button", name="Someone new").click()
    page.get_by_role("dialog").get_by_role("button", name="苏青窑").click()
    expect(pane(page, "苏青窑").get_by_text("Hello. Invited by Tok_en-2.")).to_be_visible()
    page.reload()
    expect(pane(page, "林海清").get_by_text("Invited by")).to_have_count(0)
    expect(pane(page, "苏青窑").get_by_text("Invited by")).to_have_count(1)


def test_what_is_written_while_the_server_is_dead_arrives_once(page: Page, serving: Serving) -> None:
    (one,) = enter(page, serving, "林海清")
    say(one, "before")
    expect(one.get_by_text("You said: before")).to_be_visible()
    serving.kill()
    expect(one.get_by_text("Reconnecting.")).to_be_visible()
    say(one, "meanwhile")
    send_file(one, "Supply-2027.pdf", contract())
    serving.start()
    expect(one.get_by_text("You said: meanwhile")).to_have_count(1, timeout=15_000)
    expect(one.get_by_text("Draft, nobody has seen it yet")).to_have_count(1)
    expect(one.get_by_text("Reconnecting.")).to_be_hidden()
    expect(one.get_by_text("You said: before")).to_have_count(1)
    expect(one.locator(".pending")).to_have_count(0)


def test_the_chat_works_by_keyboard_alone(page: Page, serving: Serving) -> None:
    page.goto(serving.url)
    page.locator(".person:visible").first.focus()
    page.keyboard.press("Enter")
    one = pane(page, "林海清")
    expect(one.get_by_role("button", name="Start")).to_be_focused()
    page.keyboard.press("Enter")
    expect(one.get_by_text("Hello. Welcome.")).to_be_visible()
    send_file(one, "Supply-2027.pdf", contract())
    button = one.get_by_role("button", name="Start and seal")
    button.focus()
    page.keyboard.press("Enter")
    expect(one.get_by_role("button", name="New code")).to_be_focused()


def test_someone_else_needs_a_real_mobile_number(page: Page, serving: Serving) -> None:
    page.goto(serving.url)
    form = page.locator("#welcome form")
    form.get_by_label("Name").fill("李明")
    form.get_by_label("Mobile number").fill("12345")
    form.get_by_role("button").click()
    expect(page.get_by_role("alert").filter(has_text="Nothing was added")).to_be_visible()
    form.get_by_label("Mobile number").fill("+44 7400 123456")
    form.get_by_role("button").click()
    expect(pane(page, "李明").get_by_text("+447400123456").first).to_be_visible()


def test_a_person_who_is_removed_is_gone_for_good(page: Page, serving: Serving) -> None:
    one, _ = enter(page, serving, "林海清", "苏青窑")
    page.on("dialog", lambda dialog: dialog.accept())
    one.get_by_role("button", name="Remove").click()
    expect(one).to_have_count(0)
    page.reload()
    expect(page.locator(".pane")).to_have_count(1)


def test_the_page_speaks_chinese_when_asked(page: Page, serving: Serving) -> None:
    page.goto(serving.url)
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_text("您想以谁的身份试用？")).to_be_visible()
    page.reload()
    expect(page.get_by_text("您想以谁的身份试用？")).to_be_visible()


def test_on_a_phone_one_person_fills_the_screen(
    page: Page, serving: Serving, context: BrowserContext
) -> None:
    page.set_viewport_size({"width": 390, "height": 780})
    one, other = enter(page, serving, "林海清", "苏青窑")
    expect(other).to_be_in_viewport(ratio=0.9)
    page.locator("#tabs").get_by_role("button", name="林海清").click()
    expect(one).to_be_in_viewport(ratio=0.9)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

"""Places dragged on a phone: opened from the draft's editor, moved and sized with a finger, kept in the chat."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Serving
from tests.browser.test_main_line import assistant, tap
from tests.browser.test_pad import context, registered, swipe
from tests.browser.test_web_chat import say
from tests.story.acts import KILN_BY_SU, contract_pdf

__all__ = ["assistant", "context"]
pytestmark = pytest.mark.browser
A4_MM = 210


def editor(page: Page, assistant: Serving) -> Locator:
    """The chat, with the card of the page on which both sign."""
    lin = registered(page, assistant)
    file = {"name": "Supply.pdf", "mimeType": "application/pdf", "buffer": contract_pdf()}
    lin.locator("input[type=file]").set_input_files(files=[file])  # type: ignore[list-item]
    lin.get_by_role("button", name="Send", exact=True).click()
    expect(lin.get_by_text("Who signs besides you").last).to_be_visible()
    say(lin, KILN_BY_SU)
    tap(lin, "Places")
    expect(lin.get_by_text("page 6 of 6").last).to_be_visible()
    return lin


def opened(page: Page, lin: Locator) -> Page:
    with page.expect_popup() as popup:
        lin.get_by_role("link", name="Drag with a finger").last.click()
    expect(popup.value.locator("#sheet[data-ready]")).to_be_visible()
    return popup.value


def drag(sheet: Page, target: Locator, dx: float, dy: float) -> None:
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    finger = sheet.context.new_cdp_session(sheet)
    swipe(finger, [(x + dx * step / 8, y + dy * step / 8) for step in range(9)])


def test_a_place_dragged_and_one_pulled_larger_are_kept(page: Page, assistant: Serving) -> None:
    lin = editor(page, assistant)
    sheet = opened(page, lin)
    paper = sheet.locator("#sheet").bounding_box()
    assert paper is not None
    seal = sheet.get_by_role("button", name="2a seal")
    before = seal.bounding_box()
    drag(sheet, seal, -40, -60)
    after = seal.bounding_box()
    assert before is not None and after is not None
    assert after["x"] - before["x"] == pytest.approx(-40, abs=3)
    expect(sheet.locator("#size")).to_contain_text("42 × 42 mm")
    corner = sheet.get_by_role("button", name="2b date").locator("i")
    drag(sheet, corner, 30, 0)
    wider = 35 + 30 * A4_MM / paper["width"]
    assert float(sheet.locator("#size").inner_text().split()[2]) == pytest.approx(wider, abs=2)
    sheet.get_by_label("蓝窑陶瓷有限公司", exact=True).uncheck()
    sheet.get_by_role("button", name="Keep these places").tap()
    expect(sheet.get_by_text("Received")).to_be_visible()
    expect(lin.get_by_text("page 6 of 6").last).not_to_contain_text("Straddle seal across all edges")


def test_places_are_added_deleted_and_put_back_by_touch(page: Page, assistant: Serving) -> None:
    lin = editor(page, assistant)
    sheet = opened(page, lin)
    sheet.get_by_role("button", name="+ date, 林海清").tap()
    new = sheet.get_by_role("button", name="1+ date")
    expect(sheet.locator("#size")).to_contain_text("1+ date: 35 × 7 mm")
    drag(sheet, new, -60, -40)
    for place in ("2b date", "2a seal"):
        sheet.get_by_role("button", name=place).tap()
        sheet.get_by_role("button", name=f"Delete {place[:2]}").tap()
        expect(sheet.get_by_role("button", name=place)).to_have_count(0)
    sheet.get_by_role("button", name="Undo").tap()
    expect(sheet.get_by_role("button", name="2a seal")).to_be_visible()
    sheet.get_by_role("button", name="Keep these places").tap()
    expect(sheet.get_by_text("Received")).to_be_visible()
    card = lin.get_by_text("page 6 of 6").last
    expect(card).to_contain_text("1c: date, 林海清")
    expect(card).to_contain_text("2a: seal, 蓝窑陶瓷有限公司")
    expect(card).not_to_contain_text("2b")
    tap(lin, "Undo the deletion")
    expect(lin.get_by_text("2b, date of 蓝窑陶瓷有限公司").last).to_be_visible()


def test_a_plan_that_changed_meanwhile_is_not_overwritten(page: Page, assistant: Serving) -> None:
    lin = editor(page, assistant)
    sheet = opened(page, lin)
    drag(sheet, sheet.get_by_role("button", name="2a seal"), -30, -30)
    tap(lin, "1a signature")
    tap(lin, "On every page")
    tap(lin, "Back")
    expect(lin.get_by_role("link", name="Drag with a finger").last).to_be_visible()
    sheet.get_by_role("button", name="Keep these places").tap()
    expect(sheet.get_by_text("Received")).to_be_visible()
    expect(lin.get_by_text("The plan changed after I showed it").last).to_be_visible()

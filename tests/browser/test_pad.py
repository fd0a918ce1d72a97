"""The signature pad on a phone: opened from the chat by its button, drawn with a finger, back in the chat as a picture."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, CDPSession, Locator, Page, expect

from tests.browser.conftest import Serving
from tests.browser.test_main_line import assistant, enter, tap
from tests.browser.test_web_chat import say
from tests.story.acts import LIN_ID

__all__ = ["assistant"]
pytestmark = pytest.mark.browser


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone in the hand."""
    size = {"width": 390, "height": 844}
    opened = browser.new_context(viewport=size, locale="en-GB", has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    yield opened
    opened.close()


def registered(page: Page, assistant: Serving) -> Locator:
    """The chat of somebody who is checked."""
    page.goto(assistant.url)
    lin = enter(page, "林海清")
    say(lin, "/start")
    tap(lin, "share my number")
    say(lin, f"林海清, {LIN_ID}")
    expect(lin.get_by_text("It is you").last).to_be_visible()
    return lin


def asked_to_sign(page: Page, assistant: Serving) -> Locator:
    lin = registered(page, assistant)
    say(lin, "/signature")
    return lin


def opened_pad(page: Page, lin: Locator) -> Page:
    with page.expect_popup() as popup:
        lin.get_by_role("link", name="Draw it with a finger").last.click()
    return popup.value


def swipe(finger: CDPSession, points: list[tuple[float, float]]) -> None:
    """One stroke as a touch screen sends it."""
    for at, (x, y) in enumerate(points):
        kind = "touchMove" if at else "touchStart"
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def ink(pad: Page) -> int:
    """Dark pixels on the paper."""
    shot = Image.open(io.BytesIO(pad.locator("canvas").screenshot())).convert("L")
    return sum(shot.histogram()[:90])


def test_a_signature_drawn_with_a_finger_comes_back_into_the_chat(page: Page, assistant: Serving) -> None:
    lin = asked_to_sign(page, assistant)
    pad = opened_pad(page, lin)
    expect(pad.get_by_role("heading", name="Your signature")).to_be_visible()
    use, undo = pad.get_by_role("button", name="Use this"), pad.get_by_role("button", name="Undo")
    expect(use).to_be_disabled()
    assert pad.locator("canvas").evaluate("canvas => canvas.height") >= 600
    box = pad.locator("canvas").bounding_box()
    assert box is not None
    left, middle = box["x"] + 40, box["y"] + box["height"] / 2
    finger = pad.context.new_cdp_session(pad)
    swipe(finger, [(left + 6 * k, middle + 60 * (-1) ** (k // 5) * (k % 5) / 5) for k in range(40)])
    first = ink(pad)
    assert first > 300
    swipe(finger, [(left + 5 * k, middle + 120 + (k % 7) * 4) for k in range(50)])
    assert ink(pad) > first
    undo.tap()
    expect(pad.locator("canvas")).to_have_attribute("data-strokes", "1")
    assert ink(pad) == pytest.approx(first, rel=0.05)
    assert pad.evaluate("scrollY") == 0
    use.tap()
    expect(pad.get_by_text("Received")).to_be_visible()
    expect(lin.get_by_text("Your signature on white").last).to_be_visible()
    tap(lin, "Use this signature")
    expect(lin.get_by_text("your new signature").last).to_be_visible()


def test_a_link_opens_one_session_and_says_so_when_it_is_used_up(page: Page, assistant: Serving) -> None:
    lin = asked_to_sign(page, assistant)
    pad = opened_pad(page, lin)
    address = pad.url
    assert "#link=" in address
    for expected in ("Received", "opened too long ago"):
        again = page.context.new_page()
        again.goto(address)
        again.locator("canvas").click(position={"x": 60, "y": 60})
        again.mouse.move(60, 300)
        again.mouse.down()
        for x in range(60, 300, 12):
            again.mouse.move(x, 300 + x % 50)
        again.mouse.up()
        again.get_by_role("button", name="Use this").click()
        expect(again.get_by_text(expected)).to_be_visible()

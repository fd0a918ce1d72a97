"""Two people in a browser, the real assistant behind them: from the first word to the signed PDF, through a power cut."""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.demo.paper import draw_contract
from bot.demo.story import KILN, KILN_CODE, TEA, TEA_CODE
from tests.browser.conftest import Serving
from tests.browser.test_web_chat import pane, say, send_file

pytestmark = pytest.mark.browser


@pytest.fixture
def assistant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serving]:
    """`sealbot serve` on an installation of its own."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    monkeypatch.setitem(os.environ, "SEALBOT_DATA", str(tmp_path / "data"))
    monkeypatch.setitem(os.environ, "SEALBOT_PORT", str(port))
    serving = Serving([sys.executable, "-m", "bot", "serve"], port)
    serving.start()
    yield serving
    serving.kill()


def enter(page: Page, name: str) -> Locator:
    if page.locator(".pane").count():
        page.get_by_role("button", name="Add a person").click()
    page.locator(".person:visible", has_text=name).click()
    return pane(page, name)


def tap(pane: Locator, label: str) -> None:
    pane.get_by_role("button", name=label).last.click()


def code_on(pane: Locator) -> str:
    """The code in the newest text message, as its banner shows it."""
    banner = pane.get_by_text(re.compile(r"\d{8} is your code")).filter(visible=True).last
    expect(banner).to_be_visible()
    found = re.search(r"\d{8}", banner.inner_text())
    assert found
    return found[0]


def test_two_companies_sign_in_the_browser(page: Page, assistant: Serving) -> None:
    page.goto(assistant.url)
    lin = enter(page, "林海清")
    start_a_contract(lin)
    su = enter(page, "苏青窑")
    open_the_invitation(page, su)
    su.get_by_role("button", name="Agree and share my number").last.click()
    expect(su.get_by_text("Now your ID number, please")).to_be_visible()
    say(su, "310105198807210049")
    tap(su, "Make the seal and sign")
    say(su, code_on(su))
    for one in (lin, su):
        expect(one.get_by_text("is complete")).to_be_visible()
        expect(one.get_by_text("Supply-2027-signed.pdf")).to_be_visible()
    expect(su.get_by_role("article").get_by_text("310105198807210049")).to_have_count(0)


def test_a_power_cut_at_every_question_loses_nothing(page: Page, assistant: Serving) -> None:
    page.goto(assistant.url)
    lin = enter(page, "林海清")
    start_a_contract(lin, between=lambda: power_cut(assistant))
    expect(lin.get_by_text("has started")).to_have_count(1)


def power_cut(assistant: Serving) -> None:
    assistant.kill()
    assistant.start()


def start_a_contract(lin: Locator, between: Callable[[], None] = lambda: None) -> None:
    tap(lin, "Start")
    expect(lin.get_by_role("button", name="Agree and share my number")).to_be_visible()
    between()
    tap(lin, "Agree and share my number")
    expect(lin.get_by_text("your full name and your ID number")).to_be_visible()
    between()
    say(lin, "林海清, 110101198503120025")
    expect(lin.get_by_text("Nothing waits for you")).to_be_visible(timeout=15000)
    say(lin, "/company")
    expect(lin.get_by_text("Which company?")).to_be_visible()
    between()
    say(lin, f"{TEA} {TEA_CODE}")
    tap(lin, "Make the contract seal")
    expect(lin.get_by_alt_text(f"{TEA}, contract seal, 40 mm")).to_be_visible(timeout=15000)
    send_file(lin, "Supply-2027.pdf", draw_contract("2027年供货合同", TEA, KILN), "in 10 days")
    expect(lin.get_by_text("Who signs besides you?")).to_be_visible(timeout=15000)
    between()
    say(lin, f"{KILN} {KILN_CODE}, 苏青窑 13900138820")
    expect(lin.get_by_role("button", name="Start and seal")).to_be_visible(timeout=15000)
    between()
    tap(lin, "Start and seal")
    code = code_on(lin)
    between()
    say(lin, code)
    expect(lin.get_by_text("has started")).to_be_visible(timeout=15000)


def open_the_invitation(page: Page, su: Locator) -> None:
    """The link that came by text, followed as a person would."""
    tap(su, "Start")
    su.get_by_role("button", name=re.compile("phone", re.IGNORECASE)).first.click()
    link = su.get_by_text(re.compile(r"/i/[\w-]+")).filter(visible=True).first
    expect(link).to_be_visible()
    found = re.search(r"/i/([\w-]+)", link.inner_text())
    assert found
    page.keyboard.press("Escape")
    say(su, f"/start {found[1]}")
    expect(su.get_by_text("You are named as 苏青窑")).to_be_visible()

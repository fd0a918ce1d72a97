"""The public page: a file is sent, what is said of it comes back, nothing is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.installation import TEMPLATES
from bot.render import Renderer
from bot.web.guard import POLICY, harden
from bot.web.verify_page import LARGEST, WAITING, VerifyPage
from handlers.verify import FEW
from signing.certificates import Certificates
from signing.checking import Checking
from signing.pki.qualification import Qualification
from signing.store.blobs import Blobs
from signing.store.sqlite import SqliteStore
from tests.attacks import forge
from tests.attacks.forge import LATER
from tests.here import here
from tests.signing.pdf import world

if TYPE_CHECKING:
    from signing.pki.trusted_lists import TrustedLists

Client = TestClient[Any, Any]


@pytest_asyncio.fixture
async def page(store: SqliteStore, blobs: Blobs) -> VerifyPage:
    checking = Checking(store, blobs, Certificates(world.authority()), here)
    return VerifyPage(checking, Renderer(TEMPLATES, ZoneInfo("Asia/Shanghai")), lambda: LATER)


@pytest_asyncio.fixture
async def client(page: VerifyPage) -> AsyncIterator[Client]:
    app = web.Application()
    app.add_routes(page.routes())
    app.on_response_prepare.append(harden)
    async with TestClient(TestServer(app)) as made:
        yield made


async def sent(client: Client, body: bytes, name: str = "tea.pdf", language: str = "en") -> tuple[int, str]:
    headers = {"X-File-Name": name, "Accept-Language": language}
    answer = await client.post("/verify", data=body, headers=headers)
    return answer.status, await answer.text()


async def test_a_signed_file_is_valid_and_its_signer_named(client: Client) -> None:
    status, said = await sent(client, forge.finished())
    assert status == 200
    assert "<b>Valid.</b>" in said and "海港茶业有限公司" in said and "PAdES-B-LTA" in said


async def test_a_changed_file_is_not(client: Client) -> None:
    _, said = await sent(client, forge.finished() + b"% tea", language="zh")
    assert "<b>无效。</b>" in said


class Listed:
    """A trusted list on which every signer has a certificate of the Tide, with the key in a device or not."""

    authorities = ()

    def __init__(self, *, device: bool) -> None:
        self._device = device

    def qualification(self, path: Sequence[bytes], at: datetime) -> Qualification | None:
        return Qualification("qct_eseal", self._device, "Tide <Seals>")


def told(store: SqliteStore, blobs: Blobs, pdf: bytes, language: str, *, device: bool) -> str:
    """What is said of a file, on the page and in chat, where a trusted list knows its signers."""
    lists = cast("TrustedLists", Listed(device=device))
    checking = Checking(store, blobs, Certificates(world.authority()), here, lists=lists)
    about = {"name": "tea.pdf", "checked": checking.in_short(pdf, LATER), "few": FEW}
    return Renderer(TEMPLATES, ZoneInfo("UTC")).text(language, "verify.report", about)


def test_what_a_trusted_list_says_of_a_signature_is_told(store: SqliteStore, blobs: Blobs) -> None:
    english = told(store, blobs, forge.finished(), "en", device=True)
    chinese = told(store, blobs, forge.finished(), "zh", device=False)
    assert "A qualified signature by a trusted list: Tide &lt;Seals&gt;." in english
    assert "可信列表（Tide &lt;Seals&gt;）认定的合格证书。" in chinese


def test_nothing_is_called_qualified_in_a_file_that_is_not_valid(store: SqliteStore, blobs: Blobs) -> None:
    said = told(store, blobs, forge.finished() + b"% tea", "en", device=True)
    assert "Not valid" in said and "qualified" not in said


async def test_an_unsigned_file_has_nothing_to_check(client: Client) -> None:
    assert "carries no signature" in (await sent(client, world.document()))[1]


async def test_a_name_makes_no_markup(client: Client) -> None:
    name = "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E.pdf"
    _, said = await sent(client, forge.finished(), name)
    assert "<img" not in said and "&lt;img" in said


async def test_a_file_that_is_too_large_is_not_read_to_its_end(client: Client) -> None:
    assert (await sent(client, bytes(LARGEST + 1)))[0] == 413


async def test_where_too_many_wait_the_next_is_asked_to_come_again(client: Client, page: VerifyPage) -> None:
    page._waiting = WAITING
    status, said = await sent(client, forge.finished())
    assert status == 503 and "try again" in said


async def test_the_page_runs_nothing_but_its_own_script(client: Client) -> None:
    answer = await client.get("/verify", headers={"Accept-Language": "zh-CN"})
    html = await answer.text()
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert "验证已签署的PDF" in html and html.count("<script") == 1
    for name, kind in (("verify.js", "text/javascript"), ("page.css", "text/css")):
        part = await client.get(f"/verify/{name}")
        assert part.status == 200 and part.content_type == kind
    assert (await client.get("/verify/chat.js")).status == 404


async def test_nothing_of_the_file_is_kept(client: Client, tmp_path: Path) -> None:
    await sent(client, forge.finished())
    assert [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()] == []

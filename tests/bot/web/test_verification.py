"""The public page of a number: state and masked parties, and a comparison that keeps nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.installation import TEMPLATES
from bot.render import Renderer
from bot.web.guard import harden
from bot.web.verification import NumberPage
from bot.web.verify_page import LARGEST
from signing.contracts.contract import Contract
from signing.store.port import Tx
from tests.signing.evidence.test_evidence import Proven

Client = TestClient[Any, Any]


@pytest.fixture(scope="module")
def proven(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proven]:
    made = Proven(tmp_path_factory.mktemp("verification"))
    yield made
    made.world.close()


@pytest.fixture(scope="module")
def contract(proven: Proven) -> Contract:
    return proven.signed()


@pytest.fixture(scope="module")
def number(proven: Proven, contract: Contract) -> str:
    return proven.proof(contract).number


@pytest_asyncio.fixture
async def client(proven: Proven) -> AsyncIterator[Client]:
    app = web.Application(client_max_size=1024)
    app.add_routes(NumberPage(proven.world.store, Renderer(TEMPLATES, ZoneInfo("Asia/Shanghai"))).routes())
    app.on_response_prepare.append(harden)
    async with TestClient(TestServer(app)) as made:
        yield made


async def compared(client: Client, number: str, body: bytes) -> str:
    answer = await client.post(f"/v/{number}", data=body, headers={"Accept-Language": "en"})
    return await answer.text()


async def test_it_shows_state_and_masked_parties_and_neither_title_nor_phone(
    client: Client, number: str, contract: Contract
) -> None:
    text = await (await client.get(f"/v/{number}", headers={"Accept-Language": "en"})).text()
    assert number in text and "is complete" in text and "林**" in text and "苏**" in text
    for hidden in ("林海清", "苏青窑", contract.title, "4400", contract.current):
        assert hidden not in text


async def test_the_signed_file_is_the_contract(
    client: Client, proven: Proven, number: str, contract: Contract
) -> None:
    body = proven.world.blobs.read(contract.current)
    assert "This is the contract" in await compared(client, number, body)


async def test_an_earlier_revision_is_told_from_another_file(
    client: Client, proven: Proven, number: str, contract: Contract
) -> None:
    assert contract.prepared is not None
    assert "earlier state" in await compared(client, number, proven.world.blobs.read(contract.prepared))
    changed = proven.world.blobs.read(contract.current) + b"\n"
    assert "This is not the contract" in await compared(client, number, changed)


async def test_nothing_is_kept_of_a_file(client: Client, proven: Proven, number: str) -> None:
    before = sorted(proven.world.folder.rglob("*"))
    await compared(client, number, b"%PDF-1.7 somebody's secret")
    assert sorted(proven.world.folder.rglob("*")) == before


async def test_a_file_that_is_too_large_is_refused(client: Client, number: str) -> None:
    answer = await client.post(f"/v/{number}", data=b"0" * (LARGEST + 1))
    assert answer.status == 413


NUMBER = "7K2M-0QXA-93TF"


@pytest.fixture
def numbered(proven: Proven) -> Iterator[Contract]:
    """A contract under way whose number is printed at its foot; somebody else may bear the number afterwards."""
    started = proven.world.started(proven.lin, proven.su)
    set_columns(proven, started, number=NUMBER)
    yield started
    set_columns(proven, started, number=None)


def set_columns(proven: Proven, contract: Contract, **columns: str | None) -> None:
    def work(tx: Tx) -> None:
        tx.hold("contracts", contract.id)
        tx.change("contracts", contract.id, columns)

    proven.world.store.write(work)


async def shown(client: Client, language: str = "en") -> str:
    return await (await client.get(f"/v/{NUMBER}", headers={"Accept-Language": language})).text()


async def test_of_a_contract_under_way_a_stranger_learns_the_state_alone(
    client: Client, numbered: Contract
) -> None:
    text = await shown(client)
    assert "is being signed" in text and "正在签署" in await shown(client, "zh")
    for hidden in ("林", "苏", numbered.title, "4400", "is complete:"):
        assert hidden not in text


@pytest.mark.parametrize(
    ("state", "said"),
    [("refused", "was refused"), ("withdrawn", "was withdrawn"), ("expired", "passed its deadline")],
)
async def test_a_contract_that_ended_says_how_and_that_it_was_never_complete(
    client: Client, proven: Proven, numbered: Contract, state: str, said: str
) -> None:
    set_columns(proven, numbered, state=state)
    text = await shown(client)
    assert said in text and "never complete" in text and "林" not in text


@pytest.mark.parametrize("state", ["draft", "discarded"])
async def test_a_draft_has_no_public_page(
    client: Client, proven: Proven, numbered: Contract, state: str
) -> None:
    set_columns(proven, numbered, state=state)
    assert (await client.get(f"/v/{NUMBER}")).status == 404


async def test_an_unfinished_file_is_never_called_the_contract(
    client: Client, proven: Proven, numbered: Contract
) -> None:
    assert numbered.prepared is not None
    body = proven.world.blobs.read(numbered.prepared)
    assert "not everyone has signed" in await compared(client, NUMBER, body)
    assert "This is not the contract" in await compared(client, NUMBER, body + b"\n")


@pytest.mark.parametrize("wrong", ["0000-0000-0000", "../../etc/passwd", "%27%20OR%201=1", "<script>"])
async def test_an_unknown_number_is_not_found(client: Client, wrong: str) -> None:
    assert (await client.get(f"/v/{wrong}")).status == 404

"""A contract timestamped elsewhere: trusted where the installation says so, and signed on where nobody answers."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from bot.app import App, open_app
from bot.demo.people import Person, Stage
from bot.messengers.script import ScriptMessenger
from bot.settings import Settings
from signing.pki.authority import Authority
from signing.pki.keys import Keys
from tests.clock import ManualClock
from tests.remembered import migrated, remembering
from tests.signing.pdf.world import Vault
from tests.story.acts import sign, start_and_seal
from tests.story.conftest import TickingClock


@pytest.fixture
def elsewhere(clock: ManualClock) -> Authority:
    return Authority.create("Tide Table Time", Keys(Vault()), clock())


@pytest.fixture
def address(elsewhere: Authority, clock: ManualClock) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(elsewhere.timestamper(clock).respond(query))

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/tsa"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def app(tmp_path: Path, clock: TickingClock, elsewhere: Authority, address: str) -> Iterator[App]:
    root = tmp_path / "tide-table.pem"
    root.write_text(elsewhere.root_pem)
    settings = Settings(
        data=tmp_path / "data", timestamp_urls=f"http://127.0.0.1:9/tsa, {address}", trust=str(root)
    )
    with open_app(
        settings, lambda _: ScriptMessenger(), clock, open_store=migrated, open_children=remembering
    ) as opened:
        yield opened


async def test_the_second_authority_stamps_where_the_first_does_not_answer(
    app: App, stage: Stage, lin: Person, su: Person, clock: ManualClock
) -> None:
    await start_and_seal(lin)
    await sign(su)
    report = app.checking.check(app.blobs.read(su.files("application/pdf")[-1]), clock())
    assert report.valid, report.reasons
    assert str(report.level) == "PAdES-B-LTA"
    assert {each.authority.partition(" Timestamp")[0] for each in report.timestamps} == {"Tide Table Time"}

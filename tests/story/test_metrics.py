"""What Prometheus is told of an assistant at work."""

from __future__ import annotations

from aiohttp import ClientSession
from prometheus_client import generate_latest

from bot.app import App
from bot.demo.people import Person
from tests.story.acts import start_and_seal


async def test_what_was_done_is_counted_by_part_and_outcome(app: App, lin: Person) -> None:
    await start_and_seal(lin)
    told = app.metrics.registry
    signed = {"part": "call", "what": "Signatures.compute", "outcome": "done"}
    assert told.get_sample_value("sealbot_seconds_count", signed) == 1
    heard = {"part": "update", "what": "script", "outcome": "done"}
    assert told.get_sample_value("sealbot_seconds_count", heard) == lin.actions
    assert told.get_sample_value("sealbot_waiting", {"queue": "updates"}) == 0
    assert told.get_sample_value("sealbot_contracts", {"state": "signing"}) == 1


async def test_figures_hold_nobodys_name_or_number(app: App, lin: Person) -> None:
    await start_and_seal(lin)
    told = generate_latest(app.metrics.registry).decode()
    assert not any(secret in told for secret in ("林海清", "13800134417", "海港茶业", "lin"))


async def test_they_are_served_on_this_machine_alone(app: App) -> None:
    server, _ = app.metrics.serve(0)
    try:
        assert server.server_address[0] == "127.0.0.1"
        async with (
            ClientSession() as session,
            session.get(f"http://127.0.0.1:{server.server_port}/metrics") as answer,
        ):
            assert "sealbot_waiting" in await answer.text()
    finally:
        server.shutdown()

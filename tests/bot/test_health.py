"""The assistant is well while nothing has been waiting for longer than it should."""

from __future__ import annotations

import json

from aiohttp.test_utils import make_mocked_request

from bot.health import LATE, Health
from signing.later import set_timer
from signing.store.sqlite import SqliteStore
from tests.clock import ManualClock


async def told(store: SqliteStore) -> tuple[int, dict[str, object]]:
    answer = await Health(store)(make_mocked_request("GET", "/healthz"))
    assert isinstance(answer.body, bytes)
    return answer.status, json.loads(answer.body)


def ring_in_a_minute(store: SqliteStore) -> None:
    store.write(lambda tx: set_timer(tx, "disk", "here", tx.now + 60_000))


async def test_an_idle_house_is_well(store: SqliteStore) -> None:
    assert await told(store) == (200, {"ok": True, "behind": 0})


async def test_what_is_not_due_yet_is_no_delay(store: SqliteStore) -> None:
    ring_in_a_minute(store)
    assert await told(store) == (200, {"ok": True, "behind": 0})


async def test_a_clock_that_does_not_ring_is_told(store: SqliteStore, clock: ManualClock) -> None:
    ring_in_a_minute(store)
    clock.advance(seconds=60 + LATE + 1)
    assert await told(store) == (503, {"ok": False, "behind": LATE + 1})


async def test_an_update_that_nobody_hears_is_told(store: SqliteStore, clock: ManualClock) -> None:
    update = {"messenger": "script", "update_id": "1", "chat": "c1", "payload": "{}"}
    store.write(lambda tx: tx.insert("inbox", {**update, "received": tx.now}))
    clock.advance(seconds=LATE + 5)
    assert await told(store) == (503, {"ok": False, "behind": LATE + 5})

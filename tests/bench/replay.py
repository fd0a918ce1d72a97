"""Replaying a conversation of fifty steps, against one step with an empty journal: both on the real store.

Processor time of the whole process, commit included; the disk's own waiting is the same for both and left out.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from bot.journal import StoredJournal
from bot.replay import Took, replay
from bot.steps import Do, ReplayedChat
from signing.actor import Actor
from signing.store.port import Tx
from signing.store.sqlite import SqliteStore
from tests.clock import ManualClock

ROUNDS = 200
STEPS = 50


def run() -> dict[str, float]:
    """`replay_50_vs_1`: the time of the 51st step, its fifty before replayed, over that of a first step."""
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder) / "bench.db", ManualClock())
        store.write(_conversations)
        times: dict[int, list[float]] = {0: [], STEPS: []}
        for round_ in range(ROUNDS):
            for before in times:
                times[before].append(_one_step(store, f"c{before}-{round_}", before))
        store.close()
    fifty, one = median(times[STEPS]), median(times[0])
    return {"replay_1_ms": one * 1000, "replay_50_ms": fifty * 1000, "replay_50_vs_1": fifty / one}


def _conversations(tx: Tx) -> None:
    tx.insert(
        "chats",
        {"id": "h", "messenger": "x", "address": "a", "language": "en", "state": "open", "created": 0},
    )


def _one_step(store: SqliteStore, conversation: str, before: int) -> float:
    store.write(_with_journal, conversation, before)
    started = process_time()
    store.write(_step, conversation, before + 1)
    return process_time() - started


def _with_journal(tx: Tx, conversation: str, before: int) -> None:
    row = {"id": conversation, "chat": "h", "dialogue": "d", "args": "{}", "state": "running", "release": "1"}
    tx.insert("conversations", {**row, "created": 0, "changed": 0})
    for position in range(before):
        key = "told" if not position else f"told~{position + 1}"
        tx.append(conversation, position, key, '{"value": {"chat": "h", "person": "p1"}}')


def told(tx: Tx, actor: Actor) -> Actor:
    """A step as small as steps are."""
    return actor


def _step(tx: Tx, conversation: str, steps: int) -> None:
    actor = Actor("h", "p1")  # type: ignore[arg-type]

    async def dialogue() -> None:
        chat = ReplayedChat()
        for _ in range(steps):
            await chat.do(told)

    def perform(key: str, step: Any) -> Took:
        assert isinstance(step, Do)
        return Took(step.step(tx, actor))

    replay(dialogue(), StoredJournal(tx, conversation), perform)

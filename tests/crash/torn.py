"""Copies of database and write-ahead log cut at any byte, as by a power cut: nothing is "completed" without its PDF.

What the disk had not been told to keep is lost or garbage; what had been committed before is there.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.crash.harness import KILLED, Record
from tests.crash.living import live
from tests.crash.points import dying
from tests.crash.verifying import completed, not_valid

DATABASE, LOG = "sealbot.db", "sealbot.db-wal"
LEGAL = {"draft", "signing", "completed", "refused", "withdrawn", "expired", "discarded"}


@dataclass(frozen=True, slots=True)
class Torn:
    """What a copy came to: contracts that are completed, and what is wrong."""

    completed: int
    wrong: list[str]


def killed_at_rest(kept: Record, act: int, folder: Path) -> Path:
    """A data folder with a long log: its process died after the last commit of an act."""
    world = folder / "torn"
    shutil.copytree(kept.before(act), world)
    last = "send delivered after its commit"
    status = live(world / "data", act, dying(last, kept.points[act][last]))
    if status != KILLED or not (world / "data" / LOG).exists():
        raise RuntimeError(f"it did not die: {status}")
    return world / "data"


def tear(data: Path, copy: Path, chance: random.Random) -> Torn:
    """Cut the log somewhere, put garbage behind the cut in half of the cases, open it, look."""
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for name in (DATABASE, "key"):
        shutil.copy(data / name, copy / name)
    (copy / "blobs").symlink_to(data / "blobs")
    log = (data / LOG).read_bytes()
    cut = chance.randrange(len(log) + 1)
    garbage = chance.randbytes(min(len(log) - cut, 8192)) if chance.random() < 0.5 else b""
    (copy / LOG).write_bytes(log[:cut] + garbage)
    wrong = _looked_at(copy)
    return Torn(0 if wrong else completed(copy), wrong or not_valid(copy))


def _looked_at(copy: Path) -> list[str]:
    with closing(sqlite3.connect(copy / DATABASE)) as db:
        if db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            return ["the database is not whole"]
        states = {state for (state,) in db.execute("SELECT state FROM contracts")}
    return [] if states and states <= LEGAL else [f"states are {states}"]


def torn_copies(
    kept: Record, act: int, copies: int, folder: Path, seed: int
) -> tuple[Counter[int], list[str]]:
    """So many torn copies: how many had how many completed contracts, and all that was wrong."""
    chance, data = random.Random(seed), killed_at_rest(kept, act, folder)
    found, wrong = Counter[int](), []
    for _ in range(copies):
        torn = tear(data, folder / "copy", chance)
        found[torn.completed] += 1
        wrong += torn.wrong
    return found, wrong

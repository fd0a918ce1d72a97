"""`make load`: 1,000 contracts, then 100,000 with 10,000 persons; what grows, and 200 conversations at once."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from bot.app import App
from tests.bench.sign import per_second
from tests.crash.harness import record
from tests.crash.life import LIFE
from tests.load.growing import read_seed
from tests.load.measuring import (
    Listening,
    at_work,
    crowd,
    installation,
    lookups,
    reply_ms,
    resident_mb,
    sweep,
)

FEW = 1_000
PEOPLE = 200


Figures = dict[str, float]


async def measured(app: App, messenger: Listening) -> Figures:
    """Milliseconds of what people wait for."""
    figures = {**lookups(app), "timer": await sweep(app)}
    async with at_work(app):
        for text in ("/help", "/contracts"):
            figures[f"reply to {text}"] = await reply_ms(app, messenger, text)
    return figures


async def crowded(app: App, messenger: Listening, seconds: float) -> None:
    async with at_work(app):
        for pause in (1.0, 0.0):
            told = await crowd(app, messenger, PEOPLE, seconds, pause)
            print(
                f"{PEOPLE} conversations for {seconds:.0f} s, {pause:.0f} s between a reply and the next word: "
                f"median {told.median * 1000:.0f} ms, p99 {told.p99 * 1000:.0f} ms, "
                f"{told.a_second:.0f} replies a second, {resident_mb():.0f} MB",
                flush=True,
            )


async def both(app: App, messenger: Listening, seconds: float) -> Figures:
    figures = await measured(app, messenger)
    if seconds:
        await crowded(app, messenger, seconds)
    return figures


def main(seconds: float = 60, most: float = 100_000) -> int:
    figures: list[Figures] = []
    with tempfile.TemporaryDirectory(prefix="sealbot-load-") as name:
        folder = Path(name)
        small = record(folder / "record", first=len(LIFE)).before(len(LIFE)) / "data"
        seed = read_seed(small / "sealbot.db")
        for size in (FEW, round(most)):
            with installation(small, seed, size, folder) as (app, messenger, a_contract):
                print(f"{size} contracts, {a_contract:.0f} bytes of database each", flush=True)
                figures.append(asyncio.run(both(app, messenger, 0 if size == FEW else seconds)))
    for what, few in figures[0].items():
        many = figures[1][what]
        print(f"{what:20} {few:8.2f} ms -> {many:8.2f} ms, {many / few:5.2f} times")
    print(f"{per_second(1):.0f} signatures a second in one process, {per_second(2):.0f} in two")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(float, sys.argv[1:])))

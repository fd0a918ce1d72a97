"""What an installation of a given size takes for what people wait for, and how it does when many talk at once."""

from __future__ import annotations

import asyncio
import json
import os
import random
import shutil
import statistics
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot.app import App, open_app
from bot.messengers.base import Delivery
from bot.messengers.script import ScriptMessenger
from bot.settings import Settings
from signing.actor import Actor
from signing.ids import ChatId, PersonId
from signing.store.port import Reading
from tests.clock import ManualClock
from tests.load.growing import Seed, address, grow

ROUNDS = 40
NEVER = 60
"""Seconds after which no reply will come any more."""

DAYS_LATER = timedelta(days=1)
TALK = ("/contracts", "/help", "/seals", "/contracts", "what is this")


@dataclass(slots=True)
class Listening(ScriptMessenger):
    """Tells whoever waits at an address that something came."""

    waiting: dict[str, asyncio.Event] = field(default_factory=dict)

    async def deliver(self, delivery: Delivery) -> str:
        if delivery.message is not None and delivery.address in self.waiting:
            self.waiting[delivery.address].set()
        return delivery.key


class Later(ManualClock):
    """Runs on from the day after the small world was made."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = time.monotonic()

    def __call__(self):  # type: ignore[no-untyped-def]
        return self.moment + DAYS_LATER + timedelta(seconds=time.monotonic() - self.begun)


@contextmanager
def installation(
    small: Path, seed: Seed, contracts: int, folder: Path
) -> Iterator[tuple[App, Listening, float]]:
    """A running installation of so many contracts, its messenger, and the bytes of database that a contract takes."""
    data = folder / f"of-{contracts}"
    shutil.copytree(small, data)
    database, messenger = data / "sealbot.db", Listening()
    before = database.stat().st_size
    grow(database, seed, contracts)
    os.sync()  # or the first checkpoint would have to write all of it while people wait
    a_contract = (database.stat().st_size - before) / contracts
    with open_app(Settings(data=data), lambda _: messenger, Later()) as app:
        yield app, messenger, a_contract
    shutil.rmtree(data)


def median_ms(work: Callable[[int], object], rounds: int = ROUNDS) -> float:
    """Of one call, after one that does not count."""
    work(0)
    times = []
    for number in range(1, rounds + 1):
        begun = time.perf_counter()
        work(number)
        times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1000


def lookups(app: App) -> dict[str, float]:
    """Milliseconds of what reads: the first page of /contracts, a search, and a turn of the clock."""
    actors = app.store.read(_actors)

    def shelf(words: str) -> Callable[[int], object]:
        return lambda number: app.store.read(
            app.services.shelves.look, actors[number % len(actors)], "mine", words, 0
        )

    return {"contracts_page": median_ms(shelf("")), "search": median_ms(shelf("autumn"))}


def _actors(tx: Reading) -> list[Actor]:
    found = [
        tx.find("chat_of_address", messenger="script", address=address(world, "lin")) for world in range(10)
    ]
    return [Actor(ChatId(row["id"]), PersonId(row["person"])) for rows in found for row in rows]


async def sweep(app: App, timers: int = 200) -> float:
    """Milliseconds a timer, while far more are set than are due."""
    due = app.store.read(lambda tx: tx.now)
    app.store.write(lambda tx: tx.run("hurry_some_timers", now=due, limit=timers))
    begun, fired = time.perf_counter(), 0
    while await app.assistant.clock.step():
        fired += 1
    return (time.perf_counter() - begun) * 1000 / max(1, fired)


@asynccontextmanager
async def at_work(app: App) -> AsyncIterator[None]:
    """The assistant runs."""
    working = asyncio.create_task(app.assistant.run())
    try:
        yield
    finally:
        working.cancel()
        await asyncio.wait([working])


async def reply_ms(app: App, messenger: Listening, text: str) -> float:
    """From an update to its reply, alone in the house."""
    times = [await asked(app, messenger, "lin~0", text, f"alone-{text}-{number}") for number in range(ROUNDS)]
    return statistics.median(times[1:]) * 1000


async def asked(app: App, messenger: Listening, who: str, text: str, key: str) -> float:
    """Seconds until something came back."""
    came = messenger.waiting[who] = asyncio.Event()
    payload = json.dumps({"id": key, "address": who, "language": "en", "text": text})
    begun = time.perf_counter()
    await app.assistant.inbox.receive("script", key, who, payload, "en")
    async with asyncio.timeout(NEVER):
        await came.wait()
    return time.perf_counter() - begun


@dataclass(frozen=True, slots=True)
class Crowd:
    """How it went with many at once: seconds from update to reply, and replies a second."""

    median: float
    p99: float
    a_second: float


async def crowd(
    app: App, messenger: Listening, people: int, seconds: float, pause: float, seed: int = 1
) -> Crowd:
    """So many talk side by side, each waits for the reply and then `pause` seconds on average."""
    chance, waits = random.Random(seed), []
    end = time.perf_counter() + seconds

    async def talk(number: int) -> None:
        turn = 0
        await asyncio.sleep(chance.random() * pause)
        while time.perf_counter() < end:
            text, key = TALK[(number + turn) % len(TALK)], f"crowd-{pause}-{number}-{turn}"
            waits.append(await asked(app, messenger, address(number, "lin"), text, key))
            turn += 1
            await asyncio.sleep(chance.expovariate(1 / pause) if pause else 0)

    await asyncio.gather(*(talk(number) for number in range(people)))
    waits.sort()
    return Crowd(statistics.median(waits), waits[int(len(waits) * 0.99)], len(waits) / seconds)


def resident_mb() -> float:
    """Memory that this process holds."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))

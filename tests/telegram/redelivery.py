"""Redelivery and kill -9: whatever Telegram sends again and whenever the process dies, every update has its effect once.

A webhook sender as Telegram's: the updates of a chat one after the other, each until it was acknowledged; chats side by
side in any order; and each update again, zero to four times, at any later moment. Meanwhile the process is killed.

    python -m tests.telegram.redelivery [--chats 200] [--updates 50] [--kills 50] [--framework aiogram] [--seed 1]
"""

from __future__ import annotations

import argparse
import asyncio
import html
import json
import os
import random
import re
import signal
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from bot.installation import utc_now
from bot.post import read_message
from bot.web.webhook import SECRET_HEADER
from signing.store.port import Reading
from signing.store.sqlite import SqliteStore
from tests.telegram.fake_api import TOKEN, FakeBotApi, serving
from tests.telegram.fake_people import Human
from tests.telegram.stage import staged

SECRET = "a-secret-for-the-webhook"
SCRIPT = ("/help", "/language", "English", "/help", "/language", "中文", "ok?", "/cancel")
MARKUP = re.compile(r"<[^>]+>")


@dataclass
class Process:
    """The assistant in a process; `start` after each `kill`."""

    api: FakeBotApi
    data: Path
    framework: str
    port: int = 0
    running: asyncio.subprocess.Process | None = None
    starts: int = 0

    async def start(self) -> None:
        self.starts += 1
        self.port = free_port()
        environment = {
            **os.environ,
            "SEALBOT_DATA": str(self.data),
            "SEALBOT_PORT": str(self.port),
            "SEALBOT_TELEGRAM_TOKEN": TOKEN,
            "SEALBOT_TELEGRAM_API": self.api.url,
            "SEALBOT_TELEGRAM_FRAMEWORK": self.framework,
            "SEALBOT_WEBHOOK_URL": "https://bot.example/telegram",
            "SEALBOT_WEBHOOK_SECRET": SECRET,
        }
        command = (sys.executable, "-m", "tests.telegram.child")
        self.running = await asyncio.create_subprocess_exec(*command, env=environment)

    async def stop(self, how: int) -> None:
        assert self.running is not None
        with suppress(ProcessLookupError):
            self.running.send_signal(how)
        await self.running.wait()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/telegram"


@dataclass
class Result:
    """What came of a run."""

    updates: int
    deliveries: int
    kills: int
    wrong_chats: list[int]
    unsent: int
    repeated: int
    seconds: float
    framework: str = ""

    @property
    def good(self) -> bool:
        return not self.wrong_chats and not self.unsent


@dataclass
class Sender:
    """Telegram's side: sends until 200, and sends again what it has sent already."""

    process: Process
    session: aiohttp.ClientSession
    chance: random.Random
    taken: int = 0
    deliveries: int = 0
    again: set[asyncio.Task[None]] = field(default_factory=set)

    async def chat(self, updates: list[dict[str, Any]]) -> None:
        """One chat's updates in their order, each acknowledged before the next."""
        for update in updates:
            await self.until_taken(update)
            self.taken += 1
            for _ in range(self.chance.randrange(5)):
                task = asyncio.create_task(self._later(update))
                self.again.add(task)
                task.add_done_callback(self.again.discard)

    async def until_taken(self, update: dict[str, Any]) -> None:
        while not await self._posted(update):  # noqa: ASYNC110 (another process is waited for)
            await asyncio.sleep(0.05)

    async def _later(self, update: dict[str, Any]) -> None:
        await asyncio.sleep(self.chance.random() * 3)
        await self.until_taken(update)

    async def _posted(self, update: dict[str, Any]) -> bool:
        headers = {SECRET_HEADER: SECRET}
        with suppress(aiohttp.ClientError, TimeoutError):
            async with self.session.post(self.process.url, json=update, headers=headers) as answer:
                self.deliveries += answer.status == 200
                return answer.status == 200
        return False


async def run(folder: Path, chats: int, updates: int, kills: int, framework: str, seed: int) -> Result:
    """One run; `folder` holds the installation afterwards."""
    begun, chance = time.monotonic(), random.Random(seed)
    expected = await undisturbed(folder / "reference", updates)
    async with serving(FakeBotApi()) as api, _process(api, folder / "data", framework) as process:
        humans = [Human(api, 700_000 + number) for number in range(chats)]
        timeout = aiohttp.ClientTimeout(total=20)
        connector = aiohttp.TCPConnector(limit=40)
        async with aiohttp.ClientSession(timeout=timeout, connector=connector) as session:
            sender = Sender(process, session, chance)
            moments = sorted(chance.sample(range(chats * updates), kills))
            killing = asyncio.create_task(kill_often(process, sender, moments, chance))
            await asyncio.gather(*(sender.chat(spoken(human, updates)) for human in humans))
            await killing
            while sender.again:
                await asyncio.gather(*sender.again)
        await quiet(folder / "data")
        await process.stop(signal.SIGINT)
        return judged(folder / "data", api, humans, expected, sender, process, time.monotonic() - begun)


def spoken(human: Human, updates: int) -> list[dict[str, Any]]:
    return [human.writes(SCRIPT[at % len(SCRIPT)]) for at in range(updates)]


async def undisturbed(data: Path, updates: int) -> list[str]:
    """What a chat is told when nothing goes wrong."""
    async with staged("aiogram", data) as stage:
        human = Human(stage.api, 700_000)
        for at in range(updates):
            human.writes(SCRIPT[at % len(SCRIPT)])
            await stage.polling.step()
            await stage.app.assistant.settle()
        return stage.app.store.read(said, str(human.number))


async def kill_often(process: Process, sender: Sender, moments: list[int], chance: random.Random) -> None:
    """kill -9 some milliseconds after so many updates were acknowledged, now and then while it still starts."""
    for moment in moments:
        while sender.taken < moment:  # noqa: ASYNC110 (another process is waited for)
            await asyncio.sleep(0.005)
        await asyncio.sleep(chance.random() * 0.3)
        await process.stop(signal.SIGKILL)
        await process.start()


async def quiet(data: Path) -> None:
    """Until nothing waits in the inbox or the outbox."""
    store = SqliteStore(data / "sealbot.db", utc_now)
    try:
        async with asyncio.timeout(600):
            while True:
                waiting = store.read(lambda tx: tx.find("due_counts", now=tx.now))[0]
                if not waiting["updates"] and not waiting["messages"]:
                    return
                await asyncio.sleep(0.5)
    finally:
        store.close()


def judged(
    data: Path,
    api: FakeBotApi,
    humans: list[Human],
    expected: list[str],
    sender: Sender,
    process: Process,
    seconds: float,
) -> Result:
    store = SqliteStore(data / "sealbot.db", utc_now)
    try:
        told = {human.number: store.read(said, str(human.number)) for human in humans}
        updates = len(store.read(lambda tx: tx.find("all_inbox")))
    finally:
        store.close()
    wrong = [number for number, words in told.items() if words != expected]
    shown = {human.number: [each.text for each in human.sees()] for human in humans}
    plain = [html.unescape(MARKUP.sub("", words)) for words in expected]
    unsent = sum(1 for number in shown for words in set(plain) - set(shown[number]))
    repeated = sum(len(words) for words in shown.values()) - len(expected) * len(humans)
    result = Result(
        updates, sender.deliveries, process.starts - 1, wrong, unsent, repeated, round(seconds, 1)
    )
    result.framework = process.framework
    return result


def said(tx: Reading, address: str) -> list[str]:
    """The words of every message that a chat's dialogues decided to say, in order."""
    found = tx.find("chat_of_address", messenger="telegram", address=address)
    if not found:
        return []
    return [read_message(row["payload"]).text for row in tx.find("messages_of_chat", chat=found[0]["id"])]


@asynccontextmanager
async def _process(api: FakeBotApi, data: Path, framework: str) -> AsyncIterator[Process]:
    process = Process(api, data, framework)
    await process.start()
    try:
        yield process
    finally:
        await process.stop(signal.SIGKILL)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    parser = argparse.ArgumentParser(description="Redelivered updates and kill -9")
    for name, default in (("chats", 200), ("updates", 50), ("kills", 50), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--framework", default="aiogram")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = asyncio.run(
            run(Path(folder), given.chats, given.updates, given.kills, given.framework, given.seed)
        )
    print(json.dumps(result.__dict__, indent=2))
    sys.exit(0 if result.good else 1)


if __name__ == "__main__":
    main()

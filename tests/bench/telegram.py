"""Telegram: updates a second through each adapter, against the bare framework's echo and the bare commits; latency; start.

The fake Bot API runs in the same process, for both sides of each ratio.
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot.inbox import receive
from signing.store.port import Tx
from tests.telegram.fake_api import TOKEN, FakeBotApi, serving
from tests.telegram.fake_people import Human
from tests.telegram.stage import FRAMEWORKS, TelegramStage, staged

CHATS, ROUNDS = 40, 8
RATE, SECONDS = 50, 5
MEMORY = "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"


def run() -> dict[str, float]:
    """Ratios over 1 are slower than what is bare; `ms` and `mb` as they say."""
    found: dict[str, float] = {}
    for framework in FRAMEWORKS:
        found.update(asyncio.run(measured(framework)))
        found.update(startup(framework))
    return found


async def measured(framework: str) -> dict[str, float]:
    bare = await bare_echo(framework)
    with tempfile.TemporaryDirectory() as folder:
        async with staged(framework, Path(folder)) as stage:
            people = [Human(stage.api, 700_000 + number) for number in range(CHATS)]
            await one_round(stage, people)
            ours = CHATS * ROUNDS / await seconds(lambda: rounds(stage, people))
            commits = CHATS * ROUNDS / await seconds(lambda: bare_commits(stage))
            median, slowest = await latency(stage, people)
    name = f"telegram_{framework}"
    return {
        f"{name}_updates_a_second": round(ours, 1),
        f"{name}_vs_bare_echo": round(bare / ours, 2),
        f"{name}_vs_bare_commits": round(commits / ours, 2),
        f"{name}_median_ms_at_50": round(median * 1000, 1),
        f"{name}_p99_ms_at_50": round(slowest * 1000, 1),
    }


async def rounds(stage: TelegramStage, people: list[Human]) -> None:
    for _ in range(ROUNDS):
        await one_round(stage, people)


async def one_round(stage: TelegramStage, people: list[Human]) -> None:
    """Everybody asks for help once: an update in, a one-step dialogue, a reply out."""
    for person in people:
        person.writes("/help")
    while await stage.polling.step():
        await stage.app.assistant.settle()


async def bare_commits(stage: TelegramStage) -> None:
    """Each update's two commits, in and out of the inbox, as many chats side by side, and nothing else."""
    store = stage.app.store
    for turn in range(ROUNDS):
        new = [(f"{turn}-{chat}", str(chat)) for chat in range(CHATS)]
        taken = [store.submit(receive, "bench", update, chat, "{}", "en") for update, chat in new]
        await asyncio.gather(*map(asyncio.wrap_future, taken))
        await asyncio.gather(*(asyncio.wrap_future(store.submit(claimed, chat)) for _, chat in new))


def claimed(tx: Tx, address: str) -> None:
    tx.claim_update(tx.find("chat_of_address", messenger="bench", address=address)[0]["id"])


async def latency(stage: TelegramStage, people: list[Human]) -> tuple[float, float]:
    """Seconds from an update to its reply at 50 updates a second: median and the 99th of a hundred."""
    working = [asyncio.create_task(stage.app.assistant.run()), asyncio.create_task(polling(stage))]
    stage.api.calls.clear()
    asked: dict[int, list[float]] = {person.number: [] for person in people}
    for number in range(RATE * SECONDS):
        person = people[number % CHATS]
        asked[person.number].append(time.monotonic())
        person.writes("/help")
        await asyncio.sleep(1 / RATE)
    await asyncio.sleep(1.5)
    for task in working:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    waits = [
        answer - question
        for number, times in asked.items()
        for question, answer in paired(stage, number, times)
    ]
    assert len(waits) == RATE * SECONDS, "not every update was answered"
    return statistics.median(waits), sorted(waits)[int(len(waits) * 0.99)]


def paired(stage: TelegramStage, number: int, asked: list[float]) -> list[tuple[float, float]]:
    replies = [call.at for call in stage.api.calls if call.chat == number and call.method == "sendMessage"]
    return list(zip(asked, replies, strict=True))


async def polling(stage: TelegramStage) -> None:
    stage.polling._held = 10
    while True:
        await stage.polling.step()


async def bare_echo(framework: str) -> float:
    """Updates a second of the framework's own echo, over the same fake server, without any database."""
    async with serving(FakeBotApi()) as api:
        people = [Human(api, 700_000 + number) for number in range(CHATS)]
        handle, close = await (aiogram_echo if framework == "aiogram" else ptb_echo)(api)

        async def echo(times: int) -> None:
            for _ in range(times):
                for person in people:
                    person.writes("/help")
                await handle()

        await echo(1)
        spent = await seconds(lambda: echo(ROUNDS))
        await close()
        return CHATS * ROUNDS / spent


Handling = tuple[Callable[[], Awaitable[None]], Callable[[], Awaitable[Any]]]


async def aiogram_echo(api: FakeBotApi) -> Handling:
    from aiogram import Dispatcher, types

    from bot.messengers.telegram_aiogram import connect

    bot, dispatcher = connect(TOKEN, api.url).bot, Dispatcher()

    @dispatcher.message()
    async def echo(message: types.Message) -> None:
        await message.answer(message.text or "")

    async def handle() -> None:
        updates = await bot.get_updates()
        await asyncio.gather(*(dispatcher.feed_update(bot, update) for update in updates))
        await bot.get_updates(offset=updates[-1].update_id + 1, timeout=0)

    return handle, bot.session.close


async def ptb_echo(api: FakeBotApi) -> Handling:
    from telegram import Update
    from telegram.ext import Application, MessageHandler, filters

    from bot.messengers.telegram_ptb import connect

    bot = connect(TOKEN, api.url).bot
    application = Application.builder().bot(bot).updater(None).build()

    async def echo(update: Update, _: Any) -> None:
        assert update.message
        await update.message.reply_text(update.message.text or "")

    application.add_handler(MessageHandler(filters.ALL, echo))
    await application.initialize()

    async def handle() -> None:
        updates = await bot.get_updates()
        for update in updates:
            await application.process_update(update)
        await bot.get_updates(offset=updates[-1].update_id + 1, timeout=0)

    return handle, application.shutdown


def startup(framework: str) -> dict[str, float]:
    """What importing the framework's adapter costs on top of the assistant."""
    without = imported("import bot.serving_telegram")
    both = imported(f"import bot.serving_telegram as s; s.connection('{framework}')")
    name = f"telegram_{framework}"
    return {
        f"{name}_import_ms": round((both[0] - without[0]) * 1000),
        f"{name}_import_mb": round((both[1] - without[1]) / 1024, 1),
    }


def imported(statement: str) -> tuple[float, int]:
    """Seconds (best of three) and kilobytes of a process that does just this."""
    return min((timed(statement) for _ in range(3)), key=lambda each: each[0])


def timed(statement: str) -> tuple[float, int]:
    begun = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", f"{statement}\n{MEMORY}"], capture_output=True, check=True)
    return time.perf_counter() - begun, int(done.stdout)


async def seconds(work: Callable[[], Awaitable[None]]) -> float:
    begun = time.perf_counter()
    await work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    for name, figure in run().items():
        print(f"{name}: {figure}")

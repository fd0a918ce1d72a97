"""One act of the life in a process of its own, which is let go in the end or dies in between."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import App, open_app
from bot.messengers.script import ScriptMessenger
from bot.settings import Settings
from signing.store.files import write_whole
from signing.store.sqlite import SqliteStore
from tests.clock import ManualClock
from tests.crash.life import LANGUAGES, LIFE, update_of
from tests.crash.points import Reach, ReportingStore

AN_ACT = timedelta(minutes=2)
PATIENCE = float(os.environ.get("CRASH_PATIENCE", 10))
"""Seconds within which everything is in order again after a restart; more of them for a machine that is busy otherwise."""

UNHARMED = 0
STUCK = 3


class RunningClock:
    """Starts at an act's own time and runs on; a second start of the same act is a minute later."""

    def __init__(self, number: int, again: int) -> None:
        self._start = ManualClock().moment + number * AN_ACT + again * AN_ACT / 4
        self._begun = time.monotonic()

    def __call__(self) -> datetime:
        return self._start + timedelta(seconds=time.monotonic() - self._begun)


def live(data: Path, number: int, reach: Reach | None = None, again: int = 0, kill_after: float = 0) -> int:
    """Bring act `number`'s update, and work until all is quiet, in a child; its exit status, or minus the signal.

    `kill_after` seconds it is killed from outside, 0: it isn't.
    """
    return in_a_child(lambda: asyncio.run(_live(data, number, reach, again)), kill_after)


def in_a_child(work: Callable[[], None], kill_after: float = 0) -> int:
    """Run in a fork of this process, which has imported everything and opened nothing."""
    child = os.fork()
    if child:
        if kill_after:
            time.sleep(kill_after)
            os.kill(child, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        work()
        os._exit(UNHARMED)
    except TimeoutError:
        os._exit(STUCK)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)


async def _live(data: Path, number: int, reach: Reach | None, again: int) -> None:
    def opened(path: Path, clock: Callable[[], datetime]) -> SqliteStore:
        return ReportingStore(path, clock, reach) if reach else SqliteStore(path, clock)

    settings = Settings(data=data, operators="script:ops")
    with open_app(settings, lambda _: ScriptMessenger(), RunningClock(number, again), opened) as app:
        working = asyncio.create_task(app.assistant.run())
        async with asyncio.timeout(PATIENCE):
            await _until_quiet(app, working)
            await _act(app, number)
            await _until_quiet(app, working)
        working.cancel()
        await asyncio.wait([working])


async def _act(app: App, number: int) -> None:
    """The messenger brings the same update again after a restart: it doesn't know what became of it."""
    act, sent = LIFE[number], app.settings.data.parent / f"{number}.update"
    if not act.who:
        return
    if not sent.exists():
        write_whole(sent, update_of(app, act, number).encode())
    await app.assistant.inbox.receive("script", sent.stem, act.who, sent.read_text(), LANGUAGES[act.who])


async def _until_quiet(app: App, working: asyncio.Task[None]) -> None:
    while not working.done():
        waiting = app.store.read(lambda tx: tx.find("due_counts", now=tx.now))[0]
        if not any(waiting[each] for each in ("updates", "messages", "calls", "timers")):
            return
        await asyncio.sleep(0.01)
    await working

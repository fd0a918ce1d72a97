"""Talk that hypothesis makes up, in a process of its own, on an installation in the middle of its life."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import shutil
import sqlite3
import traceback
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import App, open_app
from bot.demo.people import CODE
from bot.messengers.base import Delivery
from bot.messengers.script import ScriptMessenger
from bot.post import read_message
from bot.settings import Settings
from signing.pdf.limited import WARM
from signing.store.port import Reading
from tests.clock import ManualClock
from tests.crash.life import PHONES as KNOWN
from tests.crash.living import AN_ACT, in_a_child
from tests.hostile.acts import PEOPLE, Act
from tests.hostile.files import FILES, mutant
from tests.remembered import remembering

PHONES = {**KNOWN, "su": "+8613900138820", "nobody": "+8613500135000"}
BROKEN = ("the fault is mine", "是我的原因")
SECONDS = 240
"""After which a talk counts as stuck."""


class Ticking(ManualClock):
    """A millisecond with every look, minutes when told."""

    def __call__(self) -> datetime:
        self.moment += timedelta(milliseconds=1)
        return self.moment


def prepare() -> None:
    """Draw the files and start the warm processes once: every talk is a fork of this process, and finds them."""
    for make, _ in FILES.values():
        make()
    for children in (remembering(), remembering(warm=WARM)):
        children.files_are_fenced()


def talk(before: Path, number: int, acts: Sequence[Act], folder: Path) -> list[str]:
    """Play the acts on a copy of an installation as it was before act `number` of its life; what broke, in words."""
    world = folder / "world"
    shutil.rmtree(world, ignore_errors=True)
    if (before / "data").exists():
        shutil.copytree(before, world)
    report = folder / "report"
    report.unlink(missing_ok=True)
    status = in_a_child(lambda: _played(world / "data", number, acts, report))
    if status or not report.exists():
        return [f"the process ended with {status}"]
    return report.read_text().splitlines()


class Ear(logging.Handler):
    """Hears what operators would be told."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(f"{record.name}: {record.getMessage()} {_where(record)}")


def _where(record: logging.LogRecord) -> str:
    """The last steps of its traceback."""
    frames = traceback.extract_tb(record.exc_info[2] if record.exc_info else None)
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames[-5:]))


def _played(data: Path, number: int, acts: Sequence[Act], report: Path) -> None:
    wrong = asyncio.run(_play(data, number, acts))
    with closing(sqlite3.connect(data / "sealbot.db")) as db:
        wrong += [f"update given up: {n}" for (n,) in db.execute("SELECT number FROM inbox WHERE state = 2")]
        wrong += [
            f"call failed: {work}" for (work,) in db.execute("SELECT work FROM calls WHERE state = 'failed'")
        ]
    report.write_text("".join(f"{line}\n" for line in wrong))


async def _play(data: Path, number: int, acts: Sequence[Act]) -> list[str]:
    clock, messenger, ear = Ticking(), ScriptMessenger(), Ear()
    clock.moment += AN_ACT * (number + 1)
    logging.getLogger("bot").addHandler(ear)
    settings = Settings(data=data, operators="script:ops")
    with open_app(settings, lambda _: messenger, clock, open_children=remembering) as app:
        async with asyncio.timeout(SECONDS):
            for turn, act in enumerate(acts):
                await _act(app, clock, act, f"x{turn}")
            wrong = [*ear.heard, *_said(messenger.delivered)]
            for who in PEOPLE:
                wrong += await _still_answers(app, messenger, who)
    return wrong


async def _act(app: App, clock: ManualClock, act: Act, key: str) -> None:
    if act.kind == "wait":
        clock.advance(minutes=act.number)
    elif (update := _update(app, act)) is not None:
        await _receive(app, act.who, key, update)
    await app.assistant.settle()


async def _receive(app: App, who: str, key: str, update: dict[str, str]) -> None:
    payload = json.dumps({"id": key, "address": who, "language": "en", **update})
    await app.assistant.inbox.receive("script", key, who, payload, "en")


def _update(app: App, act: Act) -> dict[str, str] | None:
    match act.kind:
        case "write":
            return {"text": act.text}
        case "code":
            return {"text": app.store.read(_newest_code, PHONES[act.who])}
        case "tap" | "tap newest":
            data = act.text or app.store.read(_button, act.number, act.who if "newest" in act.kind else "")
            return {"tap": data, "message": ""}
        case "send":
            return _sent(app, act)
        case "contact":
            return {"phone": PHONES[act.who], "own": "yes"}
        case "foreign contact":
            return {"phone": PHONES["lin"], "own": "no"}
        case "no phone":
            return {"phone": "12", "own": "yes"}
        case "too large":
            return {"refused": "too-large"}
    return {act.kind: "x"}


def _sent(app: App, act: Act) -> dict[str, str]:
    make, mime = FILES[act.text]
    data = mutant(make(), act.number)
    caption = ("", "Blue Kiln, by 4 Dec", "]]")[act.number % 3]
    facts = {"digest": app.blobs.write(data), "name": act.text, "mime": mime, "size": str(len(data))}
    return {**facts, "caption": caption}


def _newest_code(tx: Reading, phone: str) -> str:
    for row in reversed(tx.find("texts_of_phone", phone=phone)):
        if found := re.search(CODE, row["body"]):
            return found[0]
    return "12345678"


def _button(tx: Reading, number: int, who: str) -> str:
    """Of anybody's messages, or of somebody's newest that has any."""
    shown: list[str] = []
    for address in (who,) if who else PEOPLE:
        for chat in tx.find("chat_of_address", messenger="script", address=address):
            for row in tx.find("messages_of_chat", chat=chat["id"]):
                found = [button.data for button in read_message(row["payload"]).buttons if button.data]
                shown = found or shown if who else shown + found
    return shown[number % len(shown)] if shown else "c0:x:y"


def _said(delivered: Sequence[Delivery]) -> list[str]:
    texts = [each.message.text for each in delivered if each.message]
    return [f"said: {text[:80]}" for text in texts if any(words in text for words in BROKEN)]


async def _still_answers(app: App, messenger: ScriptMessenger, who: str) -> list[str]:
    before = len(messenger.delivered)
    for text in ("/cancel", "/help"):
        await _receive(app, who, f"last-{who}-{text}", {"text": text})
        await app.assistant.settle()
    answered = any(each.address == who and each.message for each in messenger.delivered[before:])
    return [] if answered else [f"{who} gets no answer any more"]

"""The fault run: 20 % of the calls are refused with 429, 10 % fail with 502, 5 % are carried out and never answered.

Every message must arrive, in its chat's order, twice only where it was ambiguous, and never faster than Telegram allows.

    python -m tests.telegram.faults [--chats 300] [--messages 10] [--framework aiogram] [--seed 1]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import random
import sys
import tempfile
from collections import Counter
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

from bot.bell import Bell
from bot.inbox import receive
from bot.installation import utc_now
from bot.messengers.stored import StoredFiles
from bot.messengers.telegram import TelegramMessenger
from bot.outbox import Outbox
from bot.post import Post
from handlers.message import Button, Message
from signing.store.blobs import Blobs
from signing.store.port import Tx
from signing.store.sqlite import SqliteStore
from signing.store.vault import KeyEncryptionKey, Vault
from tests.telegram.fake_api import FakeBotApi, serving
from tests.telegram.fake_state import USERNAME, Arrival, Faults
from tests.telegram.stage import connected


@dataclass(frozen=True)
class Result:
    """What came of a run. Rates count every call that arrived, refused ones too."""

    framework: str
    messages: int
    calls: int
    refused: int
    broken: int
    ambiguous: int
    missing: int
    out_of_order: int
    repeated: int
    repeated_unambiguous: int
    shortest_gap_in_a_chat: float
    most_in_a_second: int
    seconds: float

    @property
    def good(self) -> bool:
        nothing_lost = not (self.missing or self.out_of_order or self.repeated_unambiguous)
        return nothing_lost and self.shortest_gap_in_a_chat >= 1 and self.most_in_a_second <= 30


async def run(folder: Path, chats: int, messages: int, framework: str, seed: int) -> Result:
    """One run, in real time."""
    vault = Vault(KeyEncryptionKey.generate())
    store = SqliteStore(folder / "store.db", utc_now)
    async with serving(FakeBotApi()) as api:
        transport = await connected(framework, api)
        files = StoredFiles(store, Blobs(folder / "blobs", vault))
        messenger = TelegramMessenger(transport, files, USERNAME)
        api.faults = Faults(0.20, 0.10, 0.05, retry_after=2, hang=0.1, chance=random.Random(seed))
        begun = asyncio.get_running_loop().time()
        try:
            for chat in range(chats):
                api.meet(chat + 1)
                store.write(queue, chat + 1, messages)
            await delivered(store, Outbox(store, {"telegram": messenger}, Bell()))
        finally:
            await transport.close()
            store.close()
        seconds = asyncio.get_running_loop().time() - begun
        return judged(api, chats, messages, framework, round(seconds, 1))


def queue(tx: Tx, chat: int, messages: int) -> None:
    """A chat's messages as rows of the outbox; each has a button, so that it is a card."""
    receive(tx, "telegram", f"1:{chat}", str(chat), "{}", "en")
    found = tx.find("chat_of_address", messenger="telegram", address=str(chat))
    for number in range(messages):
        card = Message(f"{chat}: notice {number}", ((Button("See", "c1:card:see"),),))
        Post(None).send(tx, found[0]["id"], card)  # type: ignore[arg-type]


async def delivered(store: SqliteStore, outbox: Outbox) -> None:
    """Until every row was sent."""
    while store.read(lambda tx: tx.find("due_counts", now=tx.now))[0]["messages"]:
        if not await outbox.step():
            await asyncio.sleep(0.02)


def judged(api: FakeBotApi, chats: int, messages: int, framework: str, seconds: float) -> Result:
    missing = unordered = repeated = unambiguous = 0
    for chat in range(1, chats + 1):
        seen = [int(shown.text.rpartition(" ")[2]) for shown in api.chat(chat)]
        missing += messages - len(set(seen))
        unordered += sum(later < earlier for earlier, later in pairwise(seen))
        silent = Counter(shown.text for shown in api.chat(chat) if shown.ambiguous)
        for text, copies in Counter(shown.text for shown in api.chat(chat)).items():
            repeated += copies - 1
            unambiguous += max(0, copies - 1 - silent[text])
    outcomes = Counter(call.outcome for call in api.calls)
    gaps = [later - earlier for times in by_chat(api.calls) for earlier, later in pairwise(times)]
    return Result(
        framework=framework,
        messages=chats * messages,
        calls=len(api.calls),
        refused=outcomes["too_many"],
        broken=outcomes["broken"],
        ambiguous=outcomes["ambiguous"],
        missing=missing,
        out_of_order=unordered,
        repeated=repeated,
        repeated_unambiguous=unambiguous,
        shortest_gap_in_a_chat=round(min(gaps), 3),
        most_in_a_second=busiest([call.at for call in api.calls if call.chat]),
        seconds=seconds,
    )


def by_chat(calls: list[Arrival]) -> list[list[float]]:
    times: dict[int, list[float]] = {}
    for call in calls:
        if call.chat:
            times.setdefault(call.chat, []).append(call.at)
    return list(times.values())


def busiest(moments: list[float]) -> int:
    """The most that any second held."""
    most = first = 0
    for last, moment in enumerate(moments):
        while moments[first] <= moment - 1:
            first += 1
        most = max(most, last - first + 1)
    return most


def main() -> None:
    parser = argparse.ArgumentParser(description="429, 502 and silence")
    for name, default in (("chats", 300), ("messages", 10), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--framework", default="aiogram")
    given = parser.parse_args()
    logging.getLogger("telegram").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        result = asyncio.run(run(Path(folder), given.chats, given.messages, given.framework, given.seed))
    print(json.dumps(asdict(result), indent=2))
    sys.exit(0 if result.good else 1)


if __name__ == "__main__":
    main()

"""The outbox: messages are rows, sent afterwards in each chat's order. A crash may repeat a notice, never a step."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping

from bot.bell import Bell
from bot.messengers.base import Delivery, Impossible, Messenger, Op, TryLater, Unreachable
from bot.post import read_message
from signing.store.port import Reading, Row, Store, Tx

LEASE_SECONDS = 60
AT_ONCE = 32
TRIES = 12

log = logging.getLogger(__name__)


class Outbox:
    """Delivers what is queued, through the chat's own messenger."""

    def __init__(self, store: Store, messengers: Mapping[str, Messenger], bell: Bell) -> None:
        self._store = store
        self._messengers = messengers
        self._bell = bell

    async def step(self) -> bool:
        """Deliver the head of every chat's queue; False if there was nothing due."""
        rows = await asyncio.wrap_future(self._store.submit(_lease))
        await asyncio.gather(*(self._deliver(row) for row in rows))
        return bool(rows)

    async def _deliver(self, row: Row) -> None:
        chat, message = self._store.read(lambda tx: (tx.get("chats", row["chat"]), _message(tx, row)))
        assert chat is not None
        try:
            messenger = self._messengers[chat["messenger"]]
            reference = await messenger.deliver(_delivery(row, chat, message))
            await self._settled(row, {"state": "sent"}, reference)
        except TryLater as later:
            await self._again(row, later.after)
        except Unreachable:
            await asyncio.wrap_future(self._store.submit(_unreachable, row))
        except Impossible as reason:
            log.info("delivery %s dropped: %s", row["number"], reason)
            await self._settled(row, {"state": "dead"}, "")
        except Exception as error:
            log.warning("delivery %s failed: %s", row["number"], type(error).__name__)
            await self._again(row, 2.0 ** min(row["attempt"], 9))

    async def _again(self, row: Row, after: float) -> None:
        state = "ready" if row["attempt"] < TRIES else "dead"
        await asyncio.wrap_future(self._store.submit(_postpone, row, state, after))

    async def _settled(self, row: Row, columns: Row, reference: str) -> None:
        await asyncio.wrap_future(self._store.submit(_settle, row, columns, reference))


def _lease(tx: Tx) -> list[Row]:
    return tx.lease("outbox", AT_ONCE, LEASE_SECONDS)


def _settle(tx: Tx, row: Row, columns: Row, reference: str) -> None:
    if tx.settle("outbox", row["number"], row["attempt"], columns) and row["message"] and reference:
        tx.change("messages", row["message"], {"ref": reference})


def _postpone(tx: Tx, row: Row, state: str, after: float) -> None:
    due = tx.now + round(after * 1000)
    tx.settle("outbox", row["number"], row["attempt"], {"state": state, "due": due})


def _unreachable(tx: Tx, row: Row) -> None:
    tx.change("chats", row["chat"], {"state": "left"})
    tx.run("drop_outbox_of_chat", chat=row["chat"])


def _message(tx: Reading, row: Row) -> Row | None:
    return tx.get("messages", row["message"]) if row["message"] else None


def _delivery(row: Row, chat: Row, message: Row | None) -> Delivery:
    if message is None:
        payload = json.loads(row["payload"])
        return Delivery(
            chat["address"],
            row["op"],
            reference=payload.get("reference", ""),
            acknowledge=payload.get("acknowledge", ""),
            text=payload.get("text", ""),
        )
    op: Op = "send" if row["op"] == "edit" and not message["ref"] else row["op"]
    shown = read_message(row["payload"])
    return Delivery(chat["address"], op, message["id"], message["ref"] or "", shown)

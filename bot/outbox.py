"""The outbox: messages are rows, sent afterwards in each chat's order. A crash may repeat a notice, never a step."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping

from bot.absence import leave
from bot.bell import Bell
from bot.flight import Flight
from bot.logs import logger
from bot.messengers.base import Delivery, Impossible, Messenger, NotDeleted, Op, TryLater, Unreachable
from bot.post import read_message
from bot.watch import Timed, Watch, timed, unwatched
from signing.ids import ChatId
from signing.store.port import Reading, Row, Store, Tx

LEASE_SECONDS = 600
AT_ONCE = 64
TRIES = 12
PATIENT_TRIES = 2000
FLEETING_TRIES = 3
BACK_OFF = (0.0, 0.0, 0.0, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0)

log = logger(__name__)


class Outbox:
    """Delivers what is queued, through the chat's own messenger. `left` is done where nobody can be reached,
    `undeleted` where a person's message that carried a secret can't be deleted."""

    def __init__(
        self,
        store: Store,
        messengers: Mapping[str, Messenger],
        bell: Bell,
        left: Callable[[Tx, str], object] = leave,
        watch: Watch = unwatched,
        undeleted: Callable[[Tx, ChatId], object] = lambda tx, chat: None,
    ) -> None:
        self._watch = watch
        self._store = store
        self._left = left
        self._undeleted = undeleted
        self._messengers = messengers
        self._flight = Flight(bell, AT_ONCE)

    async def step(self) -> bool:
        """Start what is due, at most one delivery a chat, and wait for news; False if there is nothing to wait for."""
        return await self._flight.step(self._start)

    async def _start(self) -> None:
        if room := self._flight.room:
            for row in await asyncio.wrap_future(self._store.submit(_lease, room)):
                self._flight.start(row["chat"], self._deliver_timed(row))

    async def _deliver_timed(self, row: Row) -> None:
        with timed(self._watch, "delivery", row["op"]) as one:
            await self._deliver(row, one)

    async def _deliver(self, row: Row, one: Timed) -> None:
        chat, message, superseded = self._store.read(_looked_up, row)
        if superseded or chat["state"] == "left":
            await self._settled(row, {"state": "sent" if superseded else "dead"}, "")
            return
        try:
            messenger = self._messengers[chat["messenger"]]
            reference = await messenger.deliver(_delivery(row, chat, message))
            await self._settled(row, {"state": "sent"}, reference)
        except TryLater as later:
            one.outcome = "later"
            wait = BACK_OFF[min(row["attempt"], len(BACK_OFF) - 1)]
            await self._again(row, max(later.after, wait), patient=True)
        except Unreachable:
            one.outcome = "unreachable"
            await asyncio.wrap_future(self._store.submit(self._left, row["chat"]))
        except NotDeleted:
            await asyncio.wrap_future(self._store.submit(self._not_deleted, row))
        except Impossible as reason:
            one.outcome = "dropped"
            log.info("delivery dropped", delivery=row["number"], reason=str(reason))
            await self._settled(row, {"state": "dead"}, "")
        except Exception as error:
            one.outcome = "failed"
            log.warning("delivery failed", delivery=row["number"], error=type(error).__name__)
            await self._again(row, 2.0 ** min(row["attempt"], 9))

    def _not_deleted(self, tx: Tx, row: Row) -> None:
        if tx.settle("outbox", row["number"], row["attempt"], {"state": "dead"}):
            self._undeleted(tx, ChatId(row["chat"]))

    async def _again(self, row: Row, after: float, patient: bool = False) -> None:
        """Later, in the same place. A messenger that is down for a day loses nothing but what was for the moment."""
        tries = FLEETING_TRIES if row["op"] in ("toast", "action") else PATIENT_TRIES if patient else TRIES
        state = "ready" if row["attempt"] < tries else "dead"
        await asyncio.wrap_future(self._store.submit(_postpone, row, state, after))

    async def _settled(self, row: Row, columns: Row, reference: str) -> None:
        await asyncio.wrap_future(self._store.submit(_settle, row, columns, reference))


def _lease(tx: Tx, limit: int) -> list[Row]:
    return tx.lease("outbox", limit, LEASE_SECONDS)


def _settle(tx: Tx, row: Row, columns: Row, reference: str) -> None:
    if tx.settle("outbox", row["number"], row["attempt"], columns) and row["message"] and reference:
        ref, _, parts = reference.partition(" ")
        tx.change("messages", row["message"], {"ref": ref, **({"parts": parts} if parts else {})})


def _postpone(tx: Tx, row: Row, state: str, after: float) -> None:
    due = tx.now + round(after * 1000)
    tx.settle("outbox", row["number"], row["attempt"], {"state": state, "due": due})


def _looked_up(tx: Reading, row: Row) -> tuple[Row, Row | None, bool]:
    """The chat, the message, and whether a later edit of it waits already: then only that one is sent."""
    chat = tx.get("chats", row["chat"])
    assert chat is not None
    message = tx.get("messages", row["message"]) if row["message"] else None
    after = {"message": row["message"], "number": row["number"]}
    superseded = row["op"] in ("edit", "strip") and tx.find("later_edit", **after)
    return chat, message, bool(superseded)


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
    parts = tuple((message["parts"] or "").split())
    return Delivery(chat["address"], op, message["id"], message["ref"] or "", shown, parts=parts)

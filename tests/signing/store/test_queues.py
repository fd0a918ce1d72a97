"""Inbox, outbox, calls, timers and journal."""

from __future__ import annotations

from typing import Any

import pytest

from signing.store.port import Duplicate, Row, Store, StoreError, Tx
from tests.clock import ManualClock


@pytest.fixture
def conversation(store: Store) -> str:
    def work(tx: Tx) -> None:
        chat = {
            "id": "tea",
            "messenger": "web",
            "address": "1",
            "language": "en",
            "state": "on",
            "created": tx.now,
        }
        tx.insert("chats", chat)
        times = {"created": tx.now, "changed": tx.now}
        tx.insert(
            "conversations",
            {
                "id": "c1",
                "chat": "tea",
                "dialogue": "draft",
                "args": "{}",
                "state": "waiting",
                "release": "1",
                **times,
            },
        )

    store.write(work)
    return "c1"


def receive(store: Store, update: str, chat: str = "tea", messenger: str = "web") -> bool:
    return store.write(lambda tx: tx.receive(messenger, update, chat, f'"{update}"'))


def claim(store: Store, chat: str = "tea") -> str | None:
    row = store.write(lambda tx: tx.claim_update(chat))
    return row and row["update_id"]


def send(store: Store, chat: str, payload: str) -> int:
    return store.write(lambda tx: tx.send(chat, "send", None, payload))


def lease(store: Store, queue: Any = "outbox", limit: int = 10, seconds: int = 60) -> list[Row]:
    return store.write(lambda tx: tx.lease(queue, limit, seconds))


def settle(store: Store, row: Row, queue: Any = "outbox", **columns: Any) -> bool:
    key = row["number"] if queue == "outbox" else row["id"]
    return store.write(lambda tx: tx.settle(queue, key, row["attempt"], columns or {"state": "sent"}))


def next_due(store: Store) -> int | None:
    due: int | None = store.read(lambda tx: tx.find("next_due"))[0]["due"]
    return due


def call(store: Store, key: str, conversation: str) -> None:
    row = {"id": key, "conversation": conversation, "key": key, "work": "w", "args": "{}"}
    store.write(lambda tx: tx.insert("calls", {**row, "due": tx.now}))


def timer(store: Store, key: str, seconds: int) -> None:
    row = {"id": key, "kind": "reminder", "subject": "supply", "data": "{}"}
    store.write(lambda tx: tx.insert("timers", {**row, "due": tx.now + seconds * 1000}))


def test_an_update_that_is_delivered_again_is_not_received_again(store: Store) -> None:
    assert [receive(store, "7"), receive(store, "7")] == [True, False]


def test_the_same_number_from_another_messenger_is_another_update(store: Store) -> None:
    assert [receive(store, "7"), receive(store, "7", messenger="telegram")] == [True, True]


def test_updates_of_a_chat_are_claimed_in_their_order_of_arrival_each_once(store: Store) -> None:
    for update in ("9", "10", "2"):
        receive(store, update)
    receive(store, "11", chat="kiln")
    assert [claim(store) for _ in range(4)] == ["9", "10", "2", None]
    assert claim(store, "kiln") == "11"


def test_an_update_whose_work_failed_is_claimed_again(store: Store) -> None:
    def failing(tx: Tx) -> None:
        tx.claim_update("tea")
        raise LookupError

    receive(store, "7")
    with pytest.raises(LookupError):
        store.write(failing)
    assert claim(store) == "7"


def test_an_update_that_was_given_up_is_not_claimed(store: Store) -> None:
    receive(store, "7")
    store.write(lambda tx: tx.run("count_update_attempt", messenger="web", update="7"))
    assert store.read(lambda tx: tx.find("open_updates_of_chat", chat="tea"))[0]["attempt"] == 1
    assert store.write(lambda tx: tx.run("give_up_update", messenger="web", update="7")) == 1
    assert claim(store) is None


def test_open_chats_are_those_with_open_updates_the_longest_waiting_first(store: Store) -> None:
    for update, chat in (("1", "kiln"), ("2", "tea"), ("3", "kiln"), ("4", "idle")):
        receive(store, update, chat)
    claim(store, "idle")
    assert [row["chat"] for row in store.read(lambda tx: tx.find("open_chats", limit=9))] == ["kiln", "tea"]


def test_an_outbox_row_is_leased_once_until_its_lease_runs_out(store: Store, clock: ManualClock) -> None:
    send(store, "tea", "a")
    assert [row["attempt"] for row in lease(store)] == [1]
    assert lease(store) == []
    clock.advance(seconds=60)
    assert [row["attempt"] for row in lease(store)] == [2]


def test_whoever_comes_after_its_lease_was_taken_by_another_settles_nothing(
    store: Store, clock: ManualClock
) -> None:
    send(store, "tea", "a")
    slow = lease(store)[0]
    clock.advance(seconds=60)
    quick = lease(store)[0]
    assert not settle(store, slow, state="dead")
    assert settle(store, quick)


def test_a_lease_is_settled_once(store: Store) -> None:
    send(store, "tea", "a")
    row = lease(store)[0]
    assert [settle(store, row, state="ready"), settle(store, row)] == [True, False]


def test_what_was_never_leased_cannot_be_settled(store: Store) -> None:
    send(store, "tea", "a")
    assert not store.write(lambda tx: tx.settle("outbox", 1, 0, {"state": "sent"}))


def test_a_chat_gets_its_messages_in_order_one_at_a_time(store: Store) -> None:
    for payload in "abc":
        send(store, "tea", payload)
    for payload in "xy":
        send(store, "kiln", payload)
    first = lease(store)
    assert [row["payload"] for row in first] == ["a", "x"]
    assert lease(store) == []
    settle(store, first[1])
    assert [row["payload"] for row in lease(store)] == ["y"]
    settle(store, first[0])
    assert [row["payload"] for row in lease(store)] == ["b"]


def test_a_head_that_must_wait_holds_its_chat_back(store: Store, clock: ManualClock) -> None:
    send(store, "tea", "a")
    send(store, "tea", "b")
    head = lease(store)[0]
    settle(store, head, state="ready", due=store.read(lambda tx: tx.now) + 5_000)
    assert lease(store) == []
    clock.advance(seconds=5)
    assert [row["payload"] for row in lease(store)] == ["a"]


def test_a_dead_head_lets_the_next_pass(store: Store) -> None:
    send(store, "tea", "a")
    send(store, "tea", "b")
    settle(store, lease(store)[0], state="dead")
    assert [row["payload"] for row in lease(store)] == ["b"]


def test_a_lease_takes_no_more_than_its_limit(store: Store) -> None:
    for chat in "abcde":
        send(store, chat, "x")
    assert [row["chat"] for row in lease(store, limit=3)] == ["a", "b", "c"]


def test_calls_are_leased_and_settled_with_their_result(
    store: Store, clock: ManualClock, conversation: str
) -> None:
    for key in ("k1", "k2"):
        call(store, key, conversation)
    rows = lease(store, "calls")
    assert [row["id"] for row in rows] == ["k1", "k2"]
    assert lease(store, "calls") == []
    assert settle(store, rows[0], "calls", state="done", result='"ok"')
    assert store.read(lambda tx: tx.get("calls", "k1") or {})["result"] == '"ok"'
    clock.advance(seconds=60)
    assert [row["id"] for row in lease(store, "calls")] == ["k2"]


def test_a_step_has_one_call(store: Store, conversation: str) -> None:
    call(store, "k1", conversation)
    row = {"id": "k2", "conversation": conversation, "key": "k1", "work": "w", "args": "{}", "due": 0}
    with pytest.raises(Duplicate):
        store.write(lambda tx: tx.insert("calls", row))


def test_timers_fire_in_the_order_in_which_they_are_due_each_once(store: Store, clock: ManualClock) -> None:
    for key, seconds in (("late", 20), ("soon", 5), ("far", 90)):
        timer(store, key, seconds)
    assert store.write(lambda tx: tx.claim_due(10)) == []
    clock.advance(seconds=20)
    assert [row["id"] for row in store.write(lambda tx: tx.claim_due(10))] == ["soon", "late"]
    assert store.write(lambda tx: tx.claim_due(10)) == []


def test_of_the_timers_that_are_due_the_oldest_come_first_when_there_is_a_limit(store: Store) -> None:
    for seconds in (-1, -3, -2):
        timer(store, str(seconds), seconds)
    assert [row["id"] for row in store.write(lambda tx: tx.claim_due(2))] == ["-3", "-2"]


def test_a_stopped_timer_does_not_fire(store: Store) -> None:
    timer(store, "t", -1)
    assert store.write(lambda tx: tx.run("stop_timers", subject="supply")) == 1
    assert store.write(lambda tx: tx.claim_due(10)) == []


def test_nothing_is_due_in_an_empty_store(store: Store) -> None:
    assert next_due(store) is None


def test_the_next_due_time_is_that_of_whatever_can_move_first(
    store: Store, clock: ManualClock, conversation: str
) -> None:
    now = store.read(lambda tx: tx.now)
    timer(store, "t", 100)
    assert next_due(store) == now + 100_000
    send(store, "tea", "a")
    send(store, "tea", "b")
    assert next_due(store) == now
    lease(store, seconds=60)
    assert next_due(store) == now + 60_000, "what waits behind a leased head is not due"
    call(store, "k", conversation)
    lease(store, "calls", seconds=30)
    assert next_due(store) == now + 30_000


def test_a_journal_is_read_in_order(store: Store, conversation: str) -> None:
    for position, key in ((1, "name"), (0, "kind"), (2, "phone")):
        store.write(lambda tx, p=position, k=key: tx.append(conversation, p, k, "1"))
    rows = store.write(lambda tx: tx.journal(conversation))
    assert rows == [{"position": p, "key": k, "value": "1"} for p, k in enumerate(("kind", "name", "phone"))]


@pytest.mark.parametrize(("position", "key"), [(0, "other"), (1, "kind")])
def test_a_journal_takes_each_position_and_each_key_once(
    store: Store, conversation: str, position: int, key: str
) -> None:
    store.write(lambda tx: tx.append(conversation, 0, "kind", "1"))
    with pytest.raises(Duplicate):
        store.write(lambda tx: tx.append(conversation, position, key, "2"))


def test_a_journal_belongs_to_a_conversation(store: Store) -> None:
    with pytest.raises(StoreError) as refusal:
        store.write(lambda tx: tx.append("nobody's", 0, "kind", "1"))
    assert not isinstance(refusal.value, Duplicate)


def test_the_front_of_a_chat_is_the_conversation_that_is_not_parked(store: Store, conversation: str) -> None:
    def front() -> list[str]:
        return [row["id"] for row in store.read(lambda tx: tx.find("front_of_chat", chat="tea"))]

    assert front() == [conversation]
    store.write(lambda tx: tx.change("conversations", conversation, {"state": "parked"}))
    assert front() == []

"""The socket of a pane: history first, then what happens; nothing is acknowledged before it is durable."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from bot.events import Command, Shared, Tap, Text
from bot.post import Post
from bot.web.sockets import NO_SUCH_PANE
from handlers.message import Button, Message
from signing.store.blobs import Blobs
from signing.store.port import Row, Store, Tx
from tests.bot.web.trial import frame, trial

CARD = Message("Shall I?", ((Button("Start and seal", data="c1:go:yes", style="primary"),),))


async def test_an_update_is_acknowledged_only_when_the_inbox_has_it(store: Store, blobs: Blobs) -> None:
    async with trial(store, blobs) as house:
        pane = house.pane()
        async with house.socket(pane) as socket:
            await socket.send_json({"id": "update-0001", "text": "Good morning"})
            assert await frame(socket, "ack") == "update-0001"
        assert [row["update_id"] for row in house.updates(pane)] == [f"{pane.address}:update-0001"]


async def test_nothing_is_acknowledged_when_the_inbox_fails(store: Store, blobs: Blobs) -> None:
    async with trial(store, blobs) as house:
        pane = house.pane()
        async with house.socket(pane) as socket:
            await frame(socket, "hello")
            store.close()
            await socket.send_json({"id": "update-0001", "text": "Good morning"})
            async with asyncio.timeout(5):
                while not (received := await socket.receive()).type.name.startswith("CLOS"):
                    assert "ack" not in json.loads(received.data)


async def test_an_update_that_is_sent_again_is_heard_once(store: Store, blobs: Blobs) -> None:
    async with trial(store, blobs) as house:
        pane = house.pane()
        async with house.socket(pane) as socket:
            for _ in range(3):
                await socket.send_json({"id": "update-0001", "text": "Good morning"})
                assert await frame(socket, "ack") == "update-0001"
        await house.settle()
        assert [incoming.what for incoming in house.talk.heard] == [Text("Good morning")]


async def test_two_panes_may_use_the_same_id(store: Store, blobs: Blobs) -> None:
    async with trial(store, blobs) as house:
        for pane in (house.pane(), house.pane()):
            async with house.socket(pane) as socket:
                await socket.send_json({"id": "update-0001", "text": "Hello"})
                await frame(socket, "ack")
        await house.settle()
        assert len(house.talk.heard) == 2


async def test_what_begins_with_a_slash_is_a_command(store: Store, blobs: Blobs) -> None:
    async with trial(store, blobs) as house:
        pane = house.pane()
        async with house.socket(pane) as socket:
            for number, text in enumerate(("/start Tok_en-1", "/help")):
                await socket.send_json({"id": f"update-000{number}", "text": text})
                await frame(socket, "ack")
        await house.settle()
        assert [one.what for one in house.talk.heard] == [Command("start", "Tok_en-1"), Command("help")]


async def test_the_token_of_an_invitation_is_not_shown_in_the_chat(store: Store, blobs: Blobs) -> None:
    async with trial(store, blobs) as house, house.socket(house.pane()) as socket:
        await socket.send_json({"id": "update-0001", "text": "/start Tok_en-1"})
        assert "Tok_en-1" not in (await frame(socket, "show"))["html"]


async def test_a_tap_names_the_card_and_its_toast_reaches_the_pane(store: Store, blobs: Blobs) -> None:
    def answer(tx: Tx, chat: Row, incoming: object, post: Post) -> None:
        post.toast(tx, chat["id"], getattr(incoming, "acknowledge", ""), "Already answered")

    async with trial(store, blobs, answer) as house:
        pane = house.pane()
        card = await house.say(pane, CARD)
        async with house.socket(pane) as socket:
            await socket.send_json({"id": "update-0001", "tap": "c1:go:yes", "message": card})
            await frame(socket, "ack")
            await house.settle()
            assert await frame(socket, "toast") == {"id": "update-0001", "text": "Already answered"}
        assert house.talk.heard[0].what == Tap("c1:go:yes", card)
        stored = store.read(lambda tx: tx.find("message_by_reference", chat=pane.chat, ref=card))
        assert stored == [{"id": card}]


async def test_the_shared_number_is_the_panes_own(store: Store, blobs: Blobs) -> None:
    async with trial(store, blobs) as house:
        pane = house.pane("陈晓舟", "+8613700132356")
        async with house.socket(pane) as socket:
            await socket.send_json({"id": "update-0001", "contact": True})
            await frame(socket, "ack")
        await house.settle()
        what = house.talk.heard[0].what
        assert isinstance(what, Shared)
        assert (what.contact.phone, what.contact.own, what.contact.name) == ("+8613700132356", True, "陈晓舟")


@pytest.mark.parametrize(
    "sent",
    [
        {"id": "update-0001", "contact": True, "phone": "+8613900138820"},
        {"id": "update-0001", "upload": {"digest": "0" * 64}},
        {"id": "update-0001"},
        {"id": "update-0001", "text": "   "},
        {"id": "update-0001", "text": "both", "tap": "c1:go:yes"},
        {"id": "update-0001", "text": "x" * 4097},
        {"id": "update-0001", "text": 7},
    ],
)
async def test_what_is_no_update_is_refused_so_that_it_is_not_sent_again(
    store: Store, blobs: Blobs, sent: object
) -> None:
    async with trial(store, blobs) as house:
        pane = house.pane()
        async with house.socket(pane) as socket:
            await socket.send_json(sent)
            assert await frame(socket, "refused") == "update-0001"
        assert house.updates(pane) == []


@pytest.mark.parametrize("sent", ["", "[]", "null", "{", '{"id": 1}', '{"id": "../../x", "text": "a"}'])
async def test_noise_does_not_end_the_line(store: Store, blobs: Blobs, sent: str) -> None:
    async with trial(store, blobs) as house, house.socket(house.pane()) as socket:
        await socket.send_str(sent)
        await frame(socket, "refused")
        await socket.send_json({"id": "update-0001", "text": "still here"})
        assert await frame(socket, "ack") == "update-0001"


async def test_an_unknown_address_is_told_to_go(store: Store, blobs: Blobs) -> None:
    async with trial(store, blobs) as house:
        address = "/ws?address=made-up"
        async with house.client.ws_connect(address, headers={"Origin": house.origin}) as socket:
            await socket.receive()
            assert socket.close_code == NO_SUCH_PANE


async def test_history_merges_both_sides_by_time(store: Store, blobs: Blobs, clock: object) -> None:
    async with trial(store, blobs) as house:
        pane = house.pane()
        async with house.socket(pane) as socket:
            await socket.send_json({"id": "update-0001", "text": "first"})
            await frame(socket, "ack")
        clock.advance(seconds=1)  # type: ignore[attr-defined]
        second = await house.say(pane, Message("second"))
        clock.advance(seconds=1)  # type: ignore[attr-defined]
        async with house.socket(pane) as socket:
            await socket.send_json({"id": "update-0003", "text": "third"})
            await frame(socket, "ack")
        async with house.socket(pane) as socket:
            hello = await frame(socket, "hello")
            assert [item["key"] for item in hello["items"]] == ["update-0001", second, "update-0003"]


async def test_a_message_is_pushed_edited_and_stripped_under_one_key(store: Store, blobs: Blobs) -> None:
    async with trial(store, blobs) as house:
        pane = house.pane()
        async with house.socket(pane) as socket:
            card = await house.say(pane, CARD)
            shown = await frame(socket, "show")
            assert shown["key"] == card
            assert 'data-tap="c1:go:yes"' in shown["html"]
            await house.say(pane, Message("Started."), edit=card)
            edited = await frame(socket, "show")
            assert edited["key"] == card
            assert "Started." in edited["html"]
            assert "data-tap" not in edited["html"]


async def test_a_card_that_is_no_longer_the_newest_loses_its_buttons(store: Store, blobs: Blobs) -> None:
    async with trial(store, blobs) as house:
        pane = house.pane()
        async with house.socket(pane) as socket:
            card = await house.say(pane, CARD)
            store.write(lambda tx: house.talk.post.strip(tx, pane.chat, card))
            await house.settle()
            assert await frame(socket, "strip") == card


async def test_a_card_whose_talk_is_over_keeps_the_buttons_that_begin_another(
    store: Store, blobs: Blobs
) -> None:
    both = Message("Done.", ((Button("Go", data="c1:go:yes"), Button("Company", data=">company")),))
    async with trial(store, blobs) as house:
        pane = house.pane()
        async with house.socket(pane) as socket:
            card = await house.say(pane, both)
            await frame(socket, "show")
            store.write(lambda tx: house.talk.post.strip(tx, pane.chat, card, dead="c1:"))
            await house.settle()
            left = (await frame(socket, "show"))["html"]
            assert "&gt;company" in left and "c1:go" not in left


async def test_work_in_progress_is_shown(store: Store, blobs: Blobs) -> None:
    async with trial(store, blobs) as house:
        pane = house.pane()
        async with house.socket(pane) as socket:
            store.write(lambda tx: house.talk.post.working(tx, pane.chat))
            await house.settle()
            assert await frame(socket, "typing") is True


async def test_a_message_reaches_only_its_own_pane(store: Store, blobs: Blobs) -> None:
    async with trial(store, blobs) as house:
        one, other = house.pane(), house.pane("苏青窑", "+8613900138820")
        async with house.socket(one) as mine, house.socket(other) as theirs:
            await house.say(other, Message("for the other"))
            await house.say(one, Message("for the one"))
            assert "for the one" in (await frame(mine, "show"))["html"]
            assert "for the other" in (await frame(theirs, "show"))["html"]


async def test_a_chat_nobody_looks_at_takes_its_messages(store: Store, blobs: Blobs) -> None:
    async with trial(store, blobs) as house:
        pane = house.pane()
        await house.say(pane, Message("while you were away"))
        async with house.socket(pane) as socket:
            assert "while you were away" in (await frame(socket, "hello"))["items"][0]["html"]


async def test_a_secret_message_leaves_screen_and_database(
    store: Store, blobs: Blobs, tmp_path: Path
) -> None:
    def answer(tx: Tx, chat: Row, incoming: object, post: Post) -> None:
        post.delete(tx, chat["id"], getattr(incoming, "reference", ""))

    async with trial(store, blobs, answer) as house:
        pane = house.pane()
        async with house.socket(pane) as socket:
            await socket.send_json({"id": "update-0001", "text": "110101198503120025"})
            await frame(socket, "ack")
            await house.settle()
            assert await frame(socket, "delete") == "update-0001"
        assert all("110101198503120025" not in row["payload"] for row in house.updates(pane))
        async with house.socket(pane) as socket:
            assert (await frame(socket, "hello"))["items"] == []
            await socket.send_json({"id": "update-0001", "text": "110101198503120025"})
            assert await frame(socket, "ack") == "update-0001"
        assert all("110101198503120025" not in row["payload"] for row in house.updates(pane))


async def test_texts_of_the_simulated_phone_come_once_and_only_to_its_pane(
    store: Store, blobs: Blobs
) -> None:
    def text(tx: Tx) -> None:
        row = {"id": "t1", "phone": "+8613800134417", "body": "Code 4821 9037, until 14:32."}
        tx.insert("texts", {**row, "created": tx.now})

    async with trial(store, blobs) as house:
        mine, other = house.pane(), house.pane("苏青窑", "+8613900138820")
        async with house.socket(mine) as socket, house.socket(other) as others:
            await frame(socket, "hello")
            await frame(others, "hello")
            store.write(text)
            received = await frame(socket, "text")
            assert 'data-copy="48219037"' in received["html"]
            await house.say(mine, Message("after"))
            assert "show" in await socket.receive_json()
            await house.say(other, Message("after"))
            assert "show" in await others.receive_json()
        answer = await house.client.get(f"/phone?address={mine.address}")
        assert [one["body"] for one in (await answer.json())["texts"]] == ["Code 4821 9037, until 14:32."]


async def test_the_frame_speaks_the_visitors_language(store: Store, blobs: Blobs) -> None:
    async with trial(store, blobs) as house, house.socket(house.pane(), "zh-CN,zh;q=0.9") as socket:
        assert "统一社会信用代码" in (await frame(socket, "hello"))["who"]

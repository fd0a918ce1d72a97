"""What an update means: the neutral event, or that it is not for us."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events import Command, File, Left, Returned, Shared, Tap, Text, Unreadable
from bot.messengers.telegram_updates import NotForUs, envelope, translate
from tests.telegram.fake_api import FakeBotApi
from tests.telegram.fake_people import Human


@pytest.fixture
def lin() -> Human:
    return Human(FakeBotApi(), 700_001)


def meaning(update: dict[str, Any]) -> Any:
    return translate(json.dumps(update)).what


def test_words_are_text(lin: Human) -> None:
    assert meaning(lin.writes("蓝窑陶瓷 ")) == Text("蓝窑陶瓷 ")


@pytest.mark.parametrize(
    ("written", "command"),
    [
        ("/start", Command("start")),
        ("/start Ab-_9", Command("start", "Ab-_9")),
        ("/Home@sealbot_bot", Command("home")),
        ("/company\nHarbor Tea", Command("company", "Harbor Tea")),
        ("/", Command("")),
    ],
)
def test_a_slash_begins_a_command(lin: Human, written: str, command: Command) -> None:
    assert meaning(lin.writes(written)) == command


def test_a_tap_carries_its_data_and_its_message(lin: Human) -> None:
    assert meaning(lin.taps(31, "c1:deadline:back")) == Tap("c1:deadline:back", "31")


def test_a_tap_on_a_message_too_old_to_be_seen_is_still_a_tap(lin: Human) -> None:
    update = lin.taps(31, ">home")
    update["callback_query"]["message"] = {"message_id": 31, "chat": lin.chat, "date": 0}
    assert meaning(update) == Tap(">home", "31")


def test_the_senders_own_card_is_their_own_number(lin: Human) -> None:
    contact = meaning(lin.shares("8613800134417")).contact
    assert (contact.phone, contact.own) == ("+8613800134417", True)


def test_another_persons_card_is_not_their_own(lin: Human) -> None:
    assert meaning(lin.shares("+8613800134417", owner=12)).contact.own is False


def test_a_card_without_a_telegram_account_is_not_their_own(lin: Human) -> None:
    update = lin.shares("+8613800134417")
    del update["message"]["contact"]["user_id"]
    assert isinstance(meaning(update), Shared)
    assert meaning(update).contact.own is False


def test_a_forwarded_card_proves_nothing(lin: Human) -> None:
    forwarded = lin.shares(
        "+8613800134417", forward_origin={"type": "user", "date": 1, "sender_user": lin.user}
    )
    assert meaning(forwarded).contact.own is False


def test_a_document_is_a_file_with_its_caption(lin: Human) -> None:
    file = meaning(lin.sends("Supply.pdf", b"%PDF-1.7", "application/pdf", "by 4 Dec"))
    assert (file.name, file.mime, file.size, file.caption) == ("Supply.pdf", "application/pdf", 8, "by 4 Dec")


def test_files_of_an_album_are_updates_that_name_it(lin: Human) -> None:
    updates = [lin.sends("p.jpg", b"\xff", "image/jpeg", album="77") for _ in range(2)]
    assert [translate(json.dumps(update)).album for update in updates] == ["77", "77"]


def test_of_a_photo_the_biggest_size_is_taken(lin: Human) -> None:
    file = meaning(lin.sends_photo(b"\xff" * 400))
    assert isinstance(file, File)
    assert (file.size, file.mime) == (400, "image/jpeg")


@pytest.mark.parametrize("kind", ["voice", "sticker", "video_note", "location", "poll", "animation"])
def test_what_we_cannot_read_is_said_to_be_unreadable(lin: Human, kind: str) -> None:
    content: dict[str, Any] = {kind: {"file_id": "x"}}
    if kind == "animation":
        content["document"] = {"file_id": "x"}
    assert meaning(lin.says(**content)) == Unreadable()


def test_blocking_the_bot_is_leaving(lin: Human) -> None:
    assert meaning(lin.blocks()) == Left()


def test_letting_the_bot_write_again_is_returning(lin: Human) -> None:
    assert meaning(lin.unblocks()) == Returned()


def test_groups_are_not_for_us(lin: Human) -> None:
    update = lin.writes("110101198503120025")
    update["message"]["chat"] = {"id": -100, "type": "supergroup", "title": "Kiln"}
    with pytest.raises(NotForUs):
        envelope(update)


def test_an_edited_message_is_no_answer(lin: Human) -> None:
    update = lin.writes("yes")
    with pytest.raises(NotForUs):
        envelope({"update_id": update["update_id"], "edited_message": update["message"]})


def test_another_bot_is_not_talked_to(lin: Human) -> None:
    update = lin.writes("hello")
    update["message"]["from"] = {**lin.user, "is_bot": True}
    with pytest.raises(NotForUs):
        envelope(update)


def test_a_service_message_is_passed_over(lin: Human) -> None:
    with pytest.raises(NotForUs):
        envelope(lin.says(pinned_message={"message_id": 3}))


def test_of_an_update_with_a_secret_only_its_number_stays(lin: Human) -> None:
    update = lin.writes("110101198503120025")
    assert json.loads(translate(json.dumps(update)).blank) == {"update_id": update["update_id"]}


SCRAPS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["message", "callback_query", "from", "chat", "id", "type", "text", "data", "photo"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["message", "callback_query", "my_chat_member", "poll"]), SCRAPS))
def test_whatever_comes_is_an_envelope_or_not_for_us(update: dict[str, Any]) -> None:
    with suppress(NotForUs):
        assert envelope({"update_id": 1, **update}).address

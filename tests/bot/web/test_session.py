"""Who opened a page: only by what a messenger signed, or by a link that opens once."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.session import NoSession, Sessions, Visitor, telegram_visitor
from tests.telegram.fake_api import TOKEN

NOW = 1_795_000_000.0
LIN = Visitor("telegram", "700001", "zh-hans")


def init_data(token: str = TOKEN, auth_date: float = NOW, **changed: str) -> str:
    """What Telegram hands to a Mini App, signed as it signs."""
    user = json.dumps({"id": 700001, "first_name": "海清", "language_code": "zh-hans"})
    fields = {"auth_date": str(int(auth_date)), "query_id": "AAH", "signature": "ed25519", "user": user}
    checked = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    key = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    return urlencode(
        {**fields, "hash": hmac.new(key, checked.encode(), hashlib.sha256).hexdigest(), **changed}
    )


def test_genuine_init_data_says_who_is_there() -> None:
    assert telegram_visitor(init_data(), TOKEN, NOW) == LIN


@pytest.mark.parametrize(
    "forged",
    [
        init_data(token="42:another-bot"),
        init_data(user=json.dumps({"id": 700002})),
        init_data(auth_date=NOW - 601),
        init_data(auth_date=NOW + 120),
        init_data(hash=""),
        init_data() + "&user=%7B%22id%22%3A700002%7D",
        "",
        "hash=x",
        "user=1&auth_date=x&hash=",
    ],
)
def test_anything_else_opens_nothing(forged: str) -> None:
    with pytest.raises(NoSession):
        telegram_visitor(forged, TOKEN, NOW)


def test_without_a_bot_nothing_is_genuine() -> None:
    with pytest.raises(NoSession):
        telegram_visitor(init_data(token=""), "", NOW)


@dataclass
class Time:
    now: float = NOW

    def __call__(self) -> float:
        return self.now


def test_a_link_opens_one_session() -> None:
    sessions = Sessions(Time())
    link = sessions.link(LIN)
    assert sessions.visitor(sessions.open_by_link(link)) == LIN
    with pytest.raises(NoSession):
        sessions.open_by_link(link)


@pytest.mark.parametrize(("seconds", "opens"), [(599, True), (601, False)])
def test_a_link_is_good_for_ten_minutes(seconds: int, opens: bool) -> None:
    time = Time()
    sessions = Sessions(time)
    link = sessions.link(LIN)
    time.now += seconds
    if opens:
        assert sessions.open_by_link(link)
    else:
        with pytest.raises(NoSession):
            sessions.open_by_link(link)


def test_a_session_ends_after_half_an_hour() -> None:
    time = Time()
    sessions = Sessions(time)
    session = sessions.open_by_link(sessions.link(LIN))
    time.now += 1801
    with pytest.raises(NoSession):
        sessions.visitor(session)


def test_a_link_is_no_session_and_a_session_no_link() -> None:
    sessions = Sessions(Time())
    with pytest.raises(NoSession):
        sessions.visitor(sessions.link(LIN))
    with pytest.raises(NoSession):
        sessions.open_by_link(sessions.open_by_link(sessions.link(LIN)))


def test_a_restart_voids_what_was_handed_out() -> None:
    with pytest.raises(NoSession):
        Sessions(Time()).open_by_link(Sessions(Time()).link(LIN))


@given(st.text(max_size=80) | st.integers(0, 400).map(str))
def test_no_other_text_is_a_session(text: str) -> None:
    sessions = Sessions(Time())
    token = sessions.open_by_link(sessions.link(LIN))
    position = len(text) % len(token)
    for forged in (text, token + text, token[:position]):
        if forged != token:
            with pytest.raises(NoSession):
                sessions.visitor(forged)

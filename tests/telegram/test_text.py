"""Telegram's text: lengths as it counts, cuts that keep the markup whole, names that are names."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.messengers.telegram_text import file_name, pieces, plain, shortened, units
from tests.telegram import fake_html

WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<>&"), min_size=1, max_size=30
)
MARKED = st.recursive(
    WORDS | st.sampled_from(["&lt;", "&amp;", "\n", "&#91;"]),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=4).map("".join).map(lambda text: f"<b>{text}</b>")
        | st.tuples(inner, inner).map("\n".join)
    ),
    max_leaves=12,
)


@given(MARKED, st.integers(20, 60))
def test_every_piece_is_whole_markup_within_the_limit(text: str, limit: int) -> None:
    for piece in pieces(text, limit):
        assert fake_html.units(fake_html.parsed(piece)) <= limit


@given(MARKED, st.integers(20, 60))
def test_cutting_loses_no_word(text: str, limit: int) -> None:
    together = "".join(plain(piece) for piece in pieces(text, limit))
    assert "".join(together.split()) == "".join(plain(text).split())


def test_a_long_text_is_cut_between_lines() -> None:
    assert pieces("<i>" + "line\n" * 4 + "</i>", 11) == ["<i>line\nline\n</i>", "<i>line\nline\n</i>"]


def test_emoji_count_twice() -> None:
    assert units("a😀") == 3


@given(st.text(max_size=60), st.integers(5, 40))
def test_a_shortened_text_fits(text: str, limit: int) -> None:
    assert units(shortened(text, limit)) <= limit


def test_a_short_text_stays_as_it_is() -> None:
    assert shortened("Page 6", 1024) == "Page 6"


@given(st.text(max_size=300))
def test_a_file_name_cannot_leave_its_header_or_its_folder(name: str) -> None:
    safe = file_name(name)
    assert safe
    assert not set(safe) & set('"\\/\r\n\0\u202e')


def test_a_name_that_reads_backwards_keeps_its_true_ending() -> None:
    assert file_name("photo\u202egpj.exe") == "photo_gpj.exe"

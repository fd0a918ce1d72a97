"""DER as it is written and read here."""

from __future__ import annotations

from asn1crypto import core
from hypothesis import given
from hypothesis import strategies as st

from signing.pki import der

TREES = st.recursive(
    st.binary(max_size=300).map(der.octets),
    lambda inner: st.lists(inner, max_size=4).map(lambda each: der.sequence(*each)),
)


@given(st.integers())
def test_integers_read_back(number: int) -> None:
    assert core.Integer.load(der.integer(number), strict=True).native == number


@given(st.lists(st.integers(0, 2**128), min_size=1, max_size=6))
def test_object_identifiers_read_back(arcs: list[int]) -> None:
    dotted = ".".join(map(str, [2, 25, *arcs]))
    assert core.ObjectIdentifier.load(der.oid(dotted), strict=True).dotted == dotted


@given(TREES)
def test_what_is_written_is_exact(value: bytes) -> None:
    assert der.is_exact(value)


@given(TREES, st.binary(min_size=1, max_size=3))
def test_what_has_something_behind_it_is_not_exact(value: bytes, more: bytes) -> None:
    assert not der.is_exact(value + more)


@given(TREES)
def test_what_is_cut_short_is_not_exact(value: bytes) -> None:
    assert not der.is_exact(value[:-1])


def test_a_part_that_does_not_fill_its_whole_is_noticed() -> None:
    inside = der.octets(b"tea")
    for hidden in (inside + b"\0", inside + b"\4\3te"):
        assert not der.is_exact(der.sequence(hidden))


def test_indefinite_and_overlong_lengths_are_noticed() -> None:
    for value in (
        b"\x30\x80\x04\x01a\0\0",
        b"\x30\x81\x03\x04\x01a",
        b"\x30\x82\0\x80" + der.octets(bytes(126)),
    ):
        assert not der.is_exact(value)

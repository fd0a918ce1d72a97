"""Faults: told when they begin, once an hour while they last, and when they are over."""

from __future__ import annotations

import pytest

from signing.faults import Fault, Faults, Part
from signing.identity.providers.base import Outcome, PersonElements, ProviderDown
from signing.pki.errors import TimestampUnavailable
from signing.store.port import Tx
from signing.store.sqlite import SqliteStore
from signing.texting import GatewayDown, Text
from signing.watched import WatchedGateway, WatchedProvider, WatchedTimestamper
from tests.clock import ManualClock

LIN = PersonElements("林海清", "110101198503120025", "+8613800134417")


class Heard:
    """What was announced."""

    def __init__(self) -> None:
        self.words: list[tuple[str, Part, int]] = []

    def began(self, tx: Tx, fault: Fault) -> None:
        self.words.append(("began", fault.part, fault.times))

    def lasts(self, tx: Tx, fault: Fault) -> None:
        self.words.append(("lasts", fault.part, fault.times))

    def ended(self, tx: Tx, fault: Fault) -> None:
        self.words.append(("ended", fault.part, fault.times))


class Outside:
    """A provider, a gateway and a timestamp authority that are down until they are not."""

    name = "outside"
    largest = 10
    down = True

    def person(self, elements: PersonElements, key: str) -> Outcome:
        if self.down:
            raise ProviderDown
        return Outcome("match")

    def enterprise(self, elements: object, key: str) -> Outcome:
        return self.person(LIN, key)

    def send(self, to: str, text: Text, key: str) -> None:
        if self.down:
            raise GatewayDown

    def stamp(self, digest: bytes, algorithm: str) -> bytes:
        if self.down:
            raise TimestampUnavailable(host="a")
        return b"token"


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def faults(store: SqliteStore, heard: Heard) -> Faults:
    return Faults(store, heard)


def settle(store: SqliteStore) -> None:
    """What was submitted before is done."""
    store.write(lambda tx: None)


def test_a_fault_is_told_once_an_hour_and_once_when_it_is_over(
    store: SqliteStore, faults: Faults, heard: Heard, clock: ManualClock
) -> None:
    for _ in range(3):
        faults.failed("register")
        settle(store)
        clock.advance(minutes=21)
    faults.failed("register")
    settle(store)
    faults.well("register")
    faults.well("register")
    settle(store)
    assert heard.words == [("began", "register", 1), ("lasts", "register", 4), ("ended", "register", 4)]


def test_what_is_well_is_not_spoken_of(store: SqliteStore, faults: Faults, heard: Heard) -> None:
    faults.well("texts")
    settle(store)
    assert heard.words == []


def test_faults_of_different_parts_are_told_apart(store: SqliteStore, faults: Faults, heard: Heard) -> None:
    faults.failed("texts")
    faults.failed("disk", "120")
    settle(store)
    assert [(word, part) for word, part, _ in heard.words] == [("began", "texts"), ("began", "disk")]


def test_what_stands_outside_is_watched_and_its_errors_go_on(
    store: SqliteStore, faults: Faults, heard: Heard
) -> None:
    outside = Outside()
    provider, gateway = WatchedProvider(outside, faults), WatchedGateway(outside, faults, "texts")
    timestamps, text = WatchedTimestamper(outside, faults), Text("phone", "en", "words", {})
    with pytest.raises(ProviderDown):
        provider.person(LIN, "k1")
    with pytest.raises(GatewayDown):
        gateway.send("+8613800134417", text, "k1")
    with pytest.raises(TimestampUnavailable):
        timestamps.stamp(b"", "sha256")
    settle(store)
    outside.down = False
    assert provider.person(LIN, "k1").verdict == "match" and timestamps.stamp(b"", "sha256") == b"token"
    gateway.send("+8613800134417", text, "k1")
    settle(store)
    assert [word for word, _, _ in heard.words] == ["began"] * 3 + ["ended"] * 3
    assert {part for _, part, _ in heard.words} == {"register", "texts", "timestamps"}

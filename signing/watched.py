"""Providers, gateways and timestamp authorities whose silence is noticed: each stands before the real one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from signing.faults import Faults, Part
from signing.identity.providers.base import (
    EnterpriseElements,
    Outcome,
    PersonElements,
    ProviderDown,
    RealNameProvider,
)
from signing.pki.errors import TimestampUnavailable
from signing.pki.timestamps import Timestamper
from signing.texting import GatewayDown, Text, TextGateway

T = TypeVar("T")


def watched(faults: Faults, part: Part, silence: type[Exception], call: Callable[[], T]) -> T:
    """What the call comes to. An exception of the class `silence` is noted and goes on."""
    try:
        answer = call()
    except silence:
        faults.failed(part)
        raise
    faults.well(part)
    return answer


class WatchedProvider:
    """A RealNameProvider."""

    def __init__(self, provider: RealNameProvider, faults: Faults) -> None:
        self.name = provider.name
        self._provider = provider
        self._faults = faults

    def person(self, elements: PersonElements, key: str) -> Outcome:
        return watched(self._faults, "register", ProviderDown, lambda: self._provider.person(elements, key))

    def enterprise(self, elements: EnterpriseElements, key: str) -> Outcome:
        return watched(
            self._faults, "register", ProviderDown, lambda: self._provider.enterprise(elements, key)
        )


class WatchedGateway:
    """A TextGateway; `part` is `texts` or `mail`."""

    def __init__(self, gateway: TextGateway, faults: Faults, part: Part) -> None:
        self.name = gateway.name
        self._gateway = gateway
        self._faults = faults
        self._part = part

    def send(self, to: str, text: Text, key: str) -> None:
        watched(self._faults, self._part, GatewayDown, lambda: self._gateway.send(to, text, key))


class WatchedTimestamper:
    """A Timestamper."""

    def __init__(self, timestamper: Timestamper, faults: Faults) -> None:
        self._timestamper = timestamper
        self._faults = faults

    @property
    def largest(self) -> int:
        return self._timestamper.largest

    def stamp(self, digest: bytes, algorithm: str) -> bytes:
        return watched(
            self._faults,
            "timestamps",
            TimestampUnavailable,
            lambda: self._timestamper.stamp(digest, algorithm),
        )

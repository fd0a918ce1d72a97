"""The sandbox provider: a register of made-up people and companies for trying things out."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from signing.identity.providers.base import EnterpriseElements, Outcome, PersonElements, ProviderDown

REGISTER = Path(__file__).with_name("sandbox.json")
SLOW = 7.0
"""Seconds that a slow answer takes."""


@dataclass(frozen=True, slots=True)
class SandboxRegister:
    """The made-up people and companies.

    Each may carry an `outcome` that is tried instead of a comparison: `mismatch` (the phone, or the representative),
    `unknown`, `down` (no answer) or `slow` (the comparison after some seconds).
    """

    people: tuple[Mapping[str, str], ...]
    companies: tuple[Mapping[str, str], ...]

    @classmethod
    def shipped(cls) -> SandboxRegister:
        return cls.read(REGISTER)

    @classmethod
    def read(cls, path: Path) -> SandboxRegister:
        """A register in the shape of the shipped one."""
        register: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return cls(tuple(register["people"]), tuple(register["companies"]))


class SandboxProvider:
    """Answers from the register as a real provider would: what is not in it is unknown.

    `register` is looked at again for each question, so that a file of one's own may change.
    """

    name = "sandbox"

    def __init__(
        self, register: Callable[[], SandboxRegister], pause: Callable[[float], None] = time.sleep
    ) -> None:
        self._register = register
        self._pause = pause

    def person(self, elements: PersonElements, key: str) -> Outcome:
        people = self._register().people
        found = next((each for each in people if each["resident_id"] == elements.resident_id), None)
        claimed = {"name": elements.name, "phone": elements.phone}
        return self._answer(found, {**claimed, **({"card": elements.card} if elements.card else {})}, key)

    def enterprise(self, elements: EnterpriseElements, key: str) -> Outcome:
        found = next((each for each in self._register().companies if each["code"] == elements.code), None)
        claimed = {"name": elements.name, "representative": elements.representative}
        return self._answer(found, claimed, key)

    def _answer(self, found: Mapping[str, str] | None, claimed: Mapping[str, str], key: str) -> Outcome:
        outcome = found.get("outcome") if found else "unknown"
        if found is None or outcome == "unknown":
            return Outcome("unknown", reference=key)
        if outcome == "down":
            raise ProviderDown
        if outcome == "mismatch":
            return Outcome("mismatch", tuple(claimed)[1:2], key)
        if outcome == "slow":
            self._pause(SLOW)
        return _compared(found, claimed, key)


def _compared(found: Mapping[str, str], claimed: Mapping[str, str], key: str) -> Outcome:
    differs = tuple(element for element, value in claimed.items() if found.get(element) != value)
    return Outcome("mismatch" if differs else "match", differs, key)

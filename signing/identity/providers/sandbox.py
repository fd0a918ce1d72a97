"""The sandbox provider: a register of made-up people and companies for trying things out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from signing.identity.providers.base import EnterpriseElements, Outcome, PersonElements, ProviderDown

REGISTER = Path(__file__).with_name("sandbox.json")


@dataclass(frozen=True, slots=True)
class SandboxRegister:
    """The made-up people and companies. A person may carry an `outcome` that is tried instead of a match."""

    people: tuple[Mapping[str, str], ...]
    companies: tuple[Mapping[str, str], ...]

    @classmethod
    def shipped(cls) -> SandboxRegister:
        register: dict[str, Any] = json.loads(REGISTER.read_text("utf-8"))
        return cls(tuple(register["people"]), tuple(register["companies"]))


class SandboxProvider:
    """Answers from the register as a real provider would: what is not in it is unknown."""

    name = "sandbox"

    def __init__(self, register: SandboxRegister) -> None:
        self._people = {person["resident_id"]: person for person in register.people}
        self._companies = {company["code"]: company for company in register.companies}

    def person(self, elements: PersonElements, key: str) -> Outcome:
        found = self._people.get(elements.resident_id)
        if found is None:
            return Outcome("unknown", reference=key)
        if found.get("outcome") == "down":
            raise ProviderDown
        claimed = {"name": elements.name, "phone": elements.phone}
        return _compared(found, {**claimed, **({"card": elements.card} if elements.card else {})}, key)

    def enterprise(self, elements: EnterpriseElements, key: str) -> Outcome:
        found = self._companies.get(elements.code)
        if found is None:
            return Outcome("unknown", reference=key)
        claimed = {"name": elements.name, "representative": elements.representative}
        return _compared(found, claimed, key)


def _compared(found: Mapping[str, str], claimed: Mapping[str, str], key: str) -> Outcome:
    differs = tuple(element for element, value in claimed.items() if found.get(element) != value)
    return Outcome("mismatch" if differs else "match", differs, key)

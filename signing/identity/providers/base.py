"""The real-name provider port: who says whether names and numbers belong together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from signing.errors import SigningError

Verdict = Literal["match", "mismatch", "unknown"]


@dataclass(frozen=True, slots=True)
class PersonElements:
    """Three elements: name, resident ID number and mobile phone (E.164); with a bank `card`, four."""

    name: str
    resident_id: str
    phone: str
    card: str = ""


@dataclass(frozen=True, slots=True)
class EnterpriseElements:
    """Name, unified social credit code and legal representative's name."""

    name: str
    code: str
    representative: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the provider says. `differs` names the elements that do not agree, never their values;
    `reference` is the provider's number of this answer."""

    verdict: Verdict
    differs: tuple[str, ...] = ()
    reference: str = ""


class ProviderDown(SigningError):
    """The provider did not answer: no outcome, and never a pass."""

    code = "check.provider-down"


class RealNameProvider(Protocol):
    """`key` makes a repeated call the same call. Both raise ProviderDown."""

    name: str

    def person(self, elements: PersonElements, key: str) -> Outcome: ...

    def enterprise(self, elements: EnterpriseElements, key: str) -> Outcome: ...

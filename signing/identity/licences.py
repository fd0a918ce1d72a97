"""Business licences: what a photo of one says, read by OCR where it is installed, offered for confirmation always."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Protocol

from signing.errors import SigningError
from signing.identity.elements import NotAName, company_name, credit_code, find_elements, person_name
from signing.identity.layout import Box, labelled
from signing.identity.proofs import Proofs
from signing.ids import Digest, PersonId

FIELDS = ("name", "code", "representative", "kind", "address")


class NotAField(SigningError):
    """The corrected value is empty or too long."""

    code = "licence.field"


@dataclass(frozen=True, slots=True)
class Licence:
    """What a licence says, or what was typed of it; empty where nothing is known."""

    name: str = ""
    code: str = ""
    representative: str = ""
    kind: str = ""
    address: str = ""

    @property
    def complete(self) -> bool:
        """That a company can be looked up by it."""
        return bool(self.name and self.code)

    def over(self, other: Licence) -> Licence:
        """This one, with what it lacks from the other."""
        known = {each.name: getattr(self, each.name) or getattr(other, each.name) for each in fields(self)}
        return Licence(**known)

    def corrected(self, field: str, value: str) -> Licence:
        """With one field as the person says it is."""
        return replace(self, **{field: value})


class Reader(Protocol):
    """Reads a JPEG of a licence. Raises NoReader where nothing is installed that could."""

    def __call__(self, jpeg: bytes) -> Licence: ...


class NoReader(Exception):
    """Nothing here reads pictures."""


class Licences:
    """Reads licences outside any transaction."""

    def __init__(self, proofs: Proofs, reader: Reader) -> None:
        self._proofs = proofs
        self._read = reader

    def read(self, person: PersonId, scan: Digest) -> Licence:
        """What a sealed photo says; an empty licence where nothing reads pictures or nothing was found."""
        try:
            return self._read(self._proofs.picture(person, scan))
        except NoReader:
            return Licence()


def licence_of(boxes: Sequence[Box]) -> Licence:
    """The licence whose printed labels and values stand in these boxes."""
    return known_values(labelled(boxes))


def known_values(found: Mapping[str, str]) -> Licence:
    """A licence of what was read of its fields; a value with a wrong check digit is left out."""
    return Licence(**{field: _checked(field, found.get(field, "")) for field in FIELDS})


def _checked(field: str, text: str) -> str:
    try:
        return value_of(field, text) if text else ""
    except SigningError:
        return ""


def value_of(field: str, text: str) -> str:
    """A field's value as typed or read. Raises NotAName, NotACode, NotAField."""
    match field:
        case "name":
            return company_name(text)
        case "code":
            return credit_code(text)
        case "representative":
            return person_name(text)
    value = " ".join(text.split())
    if not 2 <= len(value) <= 200:
        raise NotAField
    return value


def company_elements(text: str) -> Licence:
    """Name and credit code of a company as typed; a name without a legal form is one too.

    Raises NotACode, NothingFound, NotAName.
    """
    found = find_elements(text)
    name = found.company or found.name
    if not name and not found.credit_code:
        raise NotAName
    return Licence(name, found.credit_code)

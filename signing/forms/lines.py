"""Several fields at once: a line each, with the field's name in front or in the order of what is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from signing.errors import SigningError
from signing.forms.errors import NothingToFill
from signing.forms.field import Field
from signing.forms.values import read_value
from signing.identity.elements import (
    CODE_SHAPE,
    COMPANY_WORDS,
    PHONE_SHAPE,
    Elements,
    NotAPhone,
    find_elements,
    mobile_number,
    normalized,
)

NAMED = re.compile(r"^(?P<label>[^:：=]{1,40})[:：=]\s*(?P<value>.*)$")
PARTY_PARTS = ("name", "phone", "company", "credit_code")


@dataclass(slots=True)
class Taken:
    """What a text gave: values by label, parties by role, and which labels could not be read and why (a code)."""

    values: dict[str, str] = field(default_factory=dict)
    parties: dict[str, Elements] = field(default_factory=dict)
    problems: list[tuple[str, SigningError]] = field(default_factory=list)


def take_lines(text: str, fields: Sequence[Field], roles: Sequence[str], missing: Sequence[str]) -> Taken:
    """What a text says of fields and of the parties that play `roles`.

    `missing` are labels and roles still to be filled in, in the order in which they were asked for: lines without a name
    go to them in turn, a line that tells a party by its code, phone or company to the next role. Raises NothingToFill.
    """
    taken = Taken()
    known = {normalized(each.label).casefold(): each for each in fields}
    parties = {role.casefold(): role for role in roles}
    nameless: list[str] = []
    for line in (each.strip() for each in re.split(r"[\n;；]", text)):
        found = NAMED.match(line)
        label = normalized(found["label"]).casefold() if found else ""
        if found and label in known:
            _value(taken, known[label], found["value"])
        elif found and label in parties:
            _party(taken, parties[label], found["value"])
        elif line:
            nameless.append(line)
    open_roles = [each for each in missing if each in roles]
    labels = [each for each in missing if each not in roles and each not in taken.values]
    _in_turn(
        taken, nameless, open_roles, [each for label in labels for each in fields if each.label == label]
    )
    if not (taken.values or taken.parties or taken.problems):
        raise NothingToFill
    return taken


def _in_turn(taken: Taken, lines: list[str], roles: list[str], fields: list[Field]) -> None:
    if len(fields) == 1 and not roles and lines:
        _value(taken, fields[0], " ".join(lines))
        return
    for line in lines:
        incomplete = [each for each in roles if not _is_complete(taken.parties.get(each))]
        role = next(iter(incomplete or roles[-1:]), "")
        if role and (not fields or (incomplete and _tells_a_party(line))):
            _party(taken, role, line)
        elif fields:
            _value(taken, fields.pop(0), line)


def _tells_a_party(line: str) -> bool:
    plain = normalized(line)
    return bool(CODE_SHAPE.search(plain.upper()) or COMPANY_WORDS.search(plain)) or any(
        _is_phone(found[0]) for found in PHONE_SHAPE.finditer(plain)
    )


def _is_phone(text: str) -> bool:
    """A date has the shape of a phone number, but nobody can be called under it."""
    try:
        return bool(mobile_number(text))
    except NotAPhone:
        return False


def _is_complete(party: Elements | None) -> bool:
    return party is not None and bool(
        party.name and party.phone and bool(party.company) == bool(party.credit_code)
    )


def _value(taken: Taken, asked: Field, text: str) -> None:
    try:
        taken.values[asked.label] = read_value(asked, text)
    except SigningError as refusal:
        taken.problems.append((asked.label, refusal))


def _party(taken: Taken, role: str, text: str) -> None:
    try:
        found = find_elements(text)
    except SigningError as refusal:
        taken.problems.append((role, refusal))
        return
    before = taken.parties.get(role, Elements())
    told = {name: getattr(found, name) or getattr(before, name) for name in PARTY_PARTS}
    taken.parties[role] = Elements(**told)

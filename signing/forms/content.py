"""What a filling holds, and who is to fill in what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from signing.forms.field import Field
from signing.forms.known import fact_of
from signing.forms.printing import Value
from signing.forms.values import in_capitals, shown_value
from signing.identity.elements import Elements

NOT_APPLICABLE = "／"
"""What stands where a form asks for a company's code and the party is a person."""
Told = dict[str, str]
"""What is known of a party, as `drafts.NewParty` has it: contact, phone, name, code."""


@dataclass(slots=True)
class Content:
    """The sender's role, values by label, the other parties by role. It is kept sealed."""

    mine: str
    values: dict[str, str] = field(default_factory=dict)
    parties: dict[str, Told] = field(default_factory=dict)


def is_senders(asked: Field, mine: str) -> bool:
    """Whether the sender is asked for it."""
    return fact_of(asked.label) is None and asked.role.casefold() in ("", mine.casefold())


def is_left_to_others(asked: Field, mine: str) -> bool:
    """Whether a signer fills it in before signing."""
    return fact_of(asked.label) is None and not is_senders(asked, mine)


def others_of(roles: Sequence[str], content: Content) -> list[str]:
    """The roles of the other parties."""
    return [role for role in roles if role != content.mine]


def is_told(party: Told | None) -> bool:
    """Whether a party can be invited: a signer with a phone, of a company its name and code too."""
    return party is not None and bool(
        party["contact"] and party["phone"] and bool(party["name"]) == bool(party["code"])
    )


def merged(before: Mapping[str, str], told: Elements) -> Told:
    """What was known of a party and what was told now."""
    fresh = {"contact": told.name, "phone": told.phone, "name": told.company, "code": told.credit_code}
    return {name: value or before.get(name, "") for name, value in fresh.items()}


def party_in_words(party: Told) -> str:
    phone = f"*** {party['phone'][-4:]}" if party["phone"] else ""
    return ", ".join(each for each in (party["name"], party["code"], party["contact"], phone) if each)


def value_of(asked: Field, content: Content, facts: Mapping[str, Told]) -> Value | None:
    """What stands in a field's place; None where nothing does."""
    fact = fact_of(asked.label)
    if fact is None:
        value = content.values.get(asked.label)
        capitals = in_capitals(value) if value and asked.kind == "money" else ""
        return Value(shown_value(asked, value), capitals) if value else None
    party = facts.get(fact.role.casefold())
    if party is None:
        return None
    known = party[fact.part] or (party["contact"] if fact.part == "name" else "")
    if known and fact.part == "phone":
        known = shown_value(Field(asked.label, "phone"), known)
    return Value(known or NOT_APPLICABLE)

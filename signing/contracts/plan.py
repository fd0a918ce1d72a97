"""The plan of areas: who signs where, taken from the text's anchors or put at the last page's foot."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from signing.forms.field import Field, field_of

Box = tuple[float, float, float, float]
MARKS = ("seal", "signature")


@dataclass(frozen=True, slots=True)
class Planned:
    """An area before it has an owner in the store; `box` in PDF points from the bottom left.

    `field` says what the party fills in at an area of kind text.
    """

    kind: str
    page: int
    box: Box
    anchor: str
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Proposals:
    """What the text proposes: `anchors` are places by role, `feet` the free places at the last page's foot.

    Each is {"party", "kind", "page", "box", "anchor"}, of kind text also "field". `order` are the parties' roles in
    the order of the parties, where they are known better than from the text.
    """

    anchors: list[dict[str, Any]]
    feet: list[dict[str, Any]]
    order: list[str] = field(default_factory=list)

    @property
    def roles(self) -> list[str]:
        """The roles that have a place to sign in the text ("甲方", "Party B"), in order of appearance."""
        marks = (each for each in self.anchors if each["kind"] in MARKS and each["party"])
        return list(dict.fromkeys([*self.order, *(each["party"] for each in marks)]))

    def for_party(self, role: int, name: str, kind: str) -> tuple[Planned, ...]:
        """The areas of a party: of the role that bears its name, else of the role of number `role` (from 1).

        Marks without any role are dealt out in order; where the text has none, the last page's foot serves.
        """
        found = self._role(role, name)
        if found is not None:
            mine = [each for each in self.anchors if each["party"] == found]
        else:
            nameless = [each for each in self.anchors if not each["party"] and each["kind"] in MARKS]
            mine = nameless[role - 1 : role]
        planned = tuple(_planned(each, kind) for each in _one_kind(mine, kind))
        marked = any(each.kind in MARKS for each in planned)
        return planned if marked else (*planned, *self.at_foot(role, kind))

    def at_foot(self, role: int, kind: str) -> tuple[Planned, ...]:
        """The place at the last page's foot for the party of number `role`."""
        return tuple(_planned(each, kind) for each in self.feet[role - 1 : role])

    def _role(self, number: int, name: str) -> str | None:
        named = next((role for role in self.roles if role.casefold() in name.casefold()), None)
        return named or (self.roles[number - 1] if number <= len(self.roles) else None)


def mark_of(party_kind: str) -> str:
    """What a party puts on paper: a company its seal, a person a signature."""
    return "seal" if party_kind == "enterprise" else "signature"


def _one_kind(mine: list[dict[str, Any]], party_kind: str) -> list[dict[str, Any]]:
    """Where the text asks a company for its seal, its representative's line stays for a hand; a person signs once."""
    kinds = {each["kind"] for each in mine}
    spare = {"enterprise": "signature", "person": "seal"}[party_kind]
    return [each for each in mine if each["kind"] != spare] if kinds >= set(MARKS) else mine


def _planned(proposal: dict[str, Any], party_kind: str) -> Planned:
    kind = proposal["kind"]
    if kind in MARKS:
        kind = mark_of(party_kind)
    x0, y0, x1, y1 = proposal["box"]
    asked = field_of(proposal["field"]) if proposal.get("field") else None
    return Planned(kind, proposal["page"], (x0, y0, x1, y1), proposal["anchor"], asked)

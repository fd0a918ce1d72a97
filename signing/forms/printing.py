"""Printing: a form filled in becomes a PDF with its places to sign and to fill in, each step in a limited child."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from signing.contracts.drafts import Document
from signing.contracts.papers import Papers
from signing.contracts.plan import MARKS, Proposals
from signing.documents import word
from signing.documents.child import Run
from signing.forms.field import Field
from signing.forms.forms import LIMITS, Form
from signing.store.blobs import Blobs

BASE = "https://field.invalid"
"""A host that exists nowhere (RFC 2606). The links are taken off again before anybody sees the file."""


@dataclass(frozen=True, slots=True)
class Value:
    """What stands in a field's place, and, of an amount, in Chinese capitals."""

    shown: str
    capitals: str = ""


class Printing:
    """Makes documents of forms, outside any transaction."""

    def __init__(self, blobs: Blobs, papers: Papers, run: Run) -> None:
        self._blobs = blobs
        self._papers = papers
        self._run = run

    def print(
        self, form: Form, values: Mapping[str, Value], blanks: Sequence[Field], order: Sequence[str]
    ) -> Document:
        """The document with the values in it and areas for the blanks; `order` are the roles in the parties' order.

        Raises a Refused, WordUnavailable among them.
        """
        base = f"{BASE}/{secrets.token_hex(8)}/"
        links = {each.label: (f"{base}{number}", each.kind) for number, each in enumerate(blanks)}
        args = {"values": {label: asdict(value) for label, value in values.items()}, "links": links}
        _, docx = self._run("signing.forms.reading:fill", self._blobs.read(form.digest), args, LIMITS)
        pdf = word.as_pdf(docx, run=self._run)
        found, _ = self._run("signing.forms.reading:blanks", pdf, {"base": base}, LIMITS)
        document = self._papers.document_of(pdf, form.name)
        places = [_place(blanks[int(each["key"])], each) for each in found["blanks"]]
        return replace(document, proposals=planned(document.proposals, places, order, form.sheet.roles))


def planned(
    found: Proposals, places: Sequence[dict[str, Any]], order: Sequence[str], roles: Sequence[str]
) -> Proposals:
    """The places to sign that the text proposes, by the form's own names of the roles, and the places to fill in.

    `roles` are in the document's order, `order` in that of the parties: the sender first.
    """
    marked = list(
        dict.fromkeys(each["party"] for each in found.anchors if each["kind"] in MARKS and each["party"])
    )
    names = {role.casefold(): role for role in order}
    if not all(role.casefold() in names for role in marked) and len(marked) == len(roles):
        names |= {role.casefold(): ours for role, ours in zip(marked, roles, strict=True)}
    anchors = [
        {**each, "party": names.get(each["party"].casefold(), each["party"])}
        for each in found.anchors
        if each["kind"] in MARKS or not any(_meet(each, place) for place in places)
    ]
    return Proposals([*anchors, *places], found.feet, list(order))


def _meet(date: dict[str, Any], place: dict[str, Any]) -> bool:
    """Whether words that ask for a date ("到货日期：") ask for what the signer fills in."""
    (x0, y0, x1, y1), (left, low, right, high) = date["box"], place["box"]
    return bool(date["page"] == place["page"] and x0 < right and left < x1 and y0 < high and low < y1)


def _place(field: Field, found: dict[str, Any]) -> dict[str, Any]:
    where = {"party": field.role, "kind": "text", "page": found["page"], "box": found["box"]}
    return {**where, "anchor": "", "field": asdict(field)}

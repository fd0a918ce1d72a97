"""The child's side of forms: which fields a Word file has, the file filled in, and where its blanks came to stand."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

import pikepdf
from docxtpl import DocxTemplate  # type: ignore[import-untyped]

from signing.documents.office import refuse_unsafe
from signing.documents.wording import label_of, role_of
from signing.forms.errors import FieldTwice, TooManyFields
from signing.forms.field import Field
from signing.forms.known import fact_of
from signing.forms.sandbox import names_only
from signing.forms.tag import Tag, read_tag
from signing.forms.wordfile import Blank, opened, paragraphs, replace_tags, tags_of, words_of

MOST_FIELDS = 100
MOST_TAGS = 400
MOST_ROLES = 10
LETTERS = {"text": 30, "money": 16, "date": 17, "choice": 16, "resident_id": 22, "phone": 16}
"""How long the line of a blank is: somewhat more than what will stand there."""
STILL_EMPTY = "________"


def read(payload: bytes, args: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Child function: {"fields", "roles"} of a .docx. Raises NotAField, FieldTwice, TooManyFields and as `refuse_unsafe`."""
    refuse_unsafe(payload, "docx")
    document = opened(payload)
    tags = tags_of(document)
    if len(tags) > MOST_TAGS:
        raise TooManyFields(fields=len(tags), limit=MOST_TAGS)
    fields = fields_of([read_tag(tag) for tag in tags])
    if len(fields) > MOST_FIELDS:
        raise TooManyFields(fields=len(fields), limit=MOST_FIELDS)
    words = (words_of(paragraph) for _, paragraph in paragraphs(document))
    roles = roles_of(fields, words) if fields else []
    return {"fields": [asdict(field) for field in fields], "roles": roles}, b""


def fill(payload: bytes, args: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Child function: the .docx with `args["values"]` ({label: {"shown", "capitals"}}) in its tags.

    Where a label has a link in `args["links"]` there is room left instead; a label with neither stays empty.
    """
    refuse_unsafe(payload, "docx")
    document = opened(payload)
    names: dict[str, str] = {}
    context: dict[str, str] = {}

    def put(text: str) -> str | Blank:
        tag = read_tag(text)
        if tag.field.label in args["links"]:
            link, kind = args["links"][tag.field.label]
            return Blank(link, LETTERS[kind])
        value = args["values"].get(tag.field.label)
        name = names.setdefault(f"{tag.capitals}{tag.field.label}", f"field_{len(names)}")
        context[name] = value["capitals" if tag.capitals else "shown"] if value else STILL_EMPTY
        return f"{{{{ {name} }}}}"

    replace_tags(document, put)
    return {}, _rendered(document, context)


def blanks(payload: bytes, args: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Child function: {"blanks"}, for each link to `args["base"]` in a PDF its {"key", "page", "box"}: of a blank that
    was cut by a line's end the longer part."""
    found: dict[str, dict[str, Any]] = {}
    with pikepdf.open(io.BytesIO(payload)) as pdf:
        for number, page in enumerate(pdf.pages):
            for link in page.obj.get("/Annots", []):
                action = link.get("/A", pikepdf.Dictionary())
                target = str(action.get("/URI", ""))
                key = target.removeprefix(args["base"])
                box = [round(float(edge), 2) for edge in link.Rect]
                if key != target and box[2] - box[0] > _width(found.get(key)):
                    found[key] = {"key": key, "page": number, "box": box}
    return {"blanks": list(found.values())}, b""


def fields_of(tags: Sequence[Tag]) -> list[Field]:
    """The fields that tags name, in order. Raises FieldTwice."""
    fields: dict[str, Field] = {}
    described: set[str] = set()
    for tag in tags:
        label, known = tag.field.label, fields.get(tag.field.label)
        if tag.described and label in described and known != tag.field:
            raise FieldTwice(label=label)
        if known is None or tag.described:
            fields[label] = tag.field
        elif tag.capitals and label not in described:
            fields[label] = replace(known, kind="money")
        described |= {label} if tag.described else set()
    return list(fields.values())


def roles_of(fields: Iterable[Field], words: Iterable[str]) -> list[str]:
    """The parties' roles: those that fields speak of and those that are asked to sign, in order of appearance."""
    asked = [label.role for text in words if (label := label_of(text.strip())) and label.role]
    facts = [fact.role for field in fields if (fact := fact_of(field.label))]
    found = [*facts, *(field.role for field in fields), *asked]
    roles: dict[str, str] = {}
    for role in found:
        if role and role_of(role):
            roles.setdefault(role.casefold(), role)
    return list(roles.values())[:MOST_ROLES]


def _rendered(document: Any, context: dict[str, str]) -> bytes:
    """docxtpl puts the values in, escaped for XML, into body, headers and footers."""
    template = _Named(io.BytesIO(b""))
    template.docx = document
    template.render(context, names_only(), autoescape=True)
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()


class _Named(DocxTemplate):  # type: ignore[misc]
    """A template whose document is open already, and whose properties are nobody's template."""

    def init_docx(self, reload: bool = True) -> None:
        """It is open."""

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        """They stay as they are."""


def _width(found: dict[str, Any] | None) -> float:
    return found["box"][2] - found["box"][0] if found else 0.0

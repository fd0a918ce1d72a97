# mypy: allow-untyped-calls
"""What changed between the revisions of a signed file, and whether it was allowed to.

pyHanko's difference analysis judges each revision against the one before it (not, as its own validator does,
each against every signature's: n steps instead of n squared, and a value that was set and set again is
seen). On top of it come the rules that it lacks: a form field that is filled in never changes again,
neither in its value nor in its looks, and a field that belongs to a signature is filled in by that signature.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DSSCompareRule,
    ModificationLevel,
    StandardDiffPolicy,
    SuspiciousModification,
)
from pyhanko.sign.diff_analysis.form_rules_api import (
    FieldComparisonContext,
    FieldComparisonSpec,
    FormUpdate,
    FormUpdatingRule,
)
from pyhanko.sign.diff_analysis.rules.file_structure_rules import ObjectStreamRule, XrefStreamRule
from pyhanko.sign.diff_analysis.rules.form_field_rules import (
    GenericFieldModificationRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
)
from pyhanko.sign.diff_analysis.rules.metadata_rules import DocInfoRule, MetadataUpdateRule
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from signing.pdf.objects import entry
from signing.pdf.plain import PlainRevisions
from signing.pdf.reasons import Reason

PUSH_BUTTON = 1 << 16
Owners = Mapping[str, int]
"""Field name to the revision of the signature that locks it."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one revision did: fields it filled in, and why it may not stand (None: it may)."""

    revision: int
    fields: frozenset[str]
    reason: Reason | None


class FieldChanged(SuspiciousModification):
    """A field was changed that was filled in before, or that belongs to somebody else's signature."""


class FilledOnce(GenericFieldModificationRule):
    """Form fields are filled in once, and where a signature locks them, with that signature or before it."""

    def __init__(self, owners: Owners) -> None:
        super().__init__(allow_in_place_appearance_stream_changes=False)
        self.owners = owners

    def check_form_field(
        self, fq_name: str, spec: FieldComparisonSpec, context: FieldComparisonContext
    ) -> Iterable[tuple[ModificationLevel, FormUpdate]]:
        old, new = spec.old_field, spec.new_field
        if old is not None and new is not None and old != new:
            number = context.new.revision
            if not may_change(fq_name, spec.field_type, old, new, number, self.owners):
                raise FieldChanged(f"field {fq_name} was changed")
        yield from super().check_form_field(fq_name, spec, context)


def may_change(
    name: str,
    kind: str | None,
    old: generic.DictionaryObject,
    new: generic.DictionaryObject,
    number: int,
    owners: Owners,
) -> bool:
    """Whether a field that differs was empty and is filled now, in time for the signature that locks it."""
    in_time = number <= owners.get(name, number)
    return in_time and not _is_filled(old, kind) and _is_filled(new, kind)


class Comparison:
    """The revisions of one file, each judged against the one before it."""

    def __init__(self, reader: PdfFileReader, pdf: bytes, signatures: Sequence[EmbeddedPdfSignature]) -> None:
        self.reader = reader
        self.signatures = signatures
        self.owners = _owners(signatures)
        self.policy = _policy(self.owners)
        self.plain = PlainRevisions(reader, pdf)

    def changes(self) -> list[Change]:
        """Every revision after the first signature."""
        first = min(signature.signed_revision for signature in self.signatures)
        return [self._judge(number) for number in range(first + 1, self.reader.xrefs.total_revisions)]

    def _judge(self, number: int) -> Change:
        before = [each for each in self.signatures if each.signed_revision < number]
        levels = [each.docmdp_level for each in before if each.docmdp_level is not None]
        strictest = min(levels, key=lambda level: level.value, default=None)
        try:
            fields, level = self._plainly(number) or self._wholly(number, strictest)
        except FieldChanged:
            return Change(number, frozenset(), Reason.FIELD_CHANGED)
        except SuspiciousModification:
            return Change(number, frozenset(), Reason.CHANGED)
        if strictest is not None and level.value > strictest.value:
            return Change(number, fields, Reason.FORBIDDEN)
        locked = any(each.fieldmdp and any(map(each.fieldmdp.is_locked, fields)) for each in before)
        return Change(number, fields, Reason.FIELD_CHANGED if locked else None)

    def _plainly(self, number: int) -> tuple[frozenset[str], ModificationLevel] | None:
        """The quick answer, where there is one. Raises FieldChanged."""
        fields = self.plain.fields(number)
        if fields is None:
            return None
        for name, (old, new) in fields.items():
            if not may_change(name, entry(old, "/FT"), old, new, number, self.owners):
                raise FieldChanged(f"field {name} was changed")
        return frozenset(fields), ModificationLevel.FORM_FILLING

    def _wholly(self, number: int, strictest: MDPPerm | None) -> tuple[frozenset[str], ModificationLevel]:
        """pyHanko's answer. Raises SuspiciousModification."""
        old, new = (self.reader.get_historical_resolver(each) for each in (number - 1, number))
        found = self.policy.apply(old, new, doc_mdp=strictest)
        return frozenset(found.changed_form_fields), found.modification_level


def _policy(owners: Owners) -> StandardDiffPolicy:
    """pyHanko's default rules with ours in place of its own for form fields."""
    upkeep = (DocInfoRule(), XrefStreamRule(), ObjectStreamRule(), DSSCompareRule(), MetadataUpdateRule())
    qualified = [rule.as_qualified(ModificationLevel.LTA_UPDATES) for rule in upkeep]
    fields = [
        SigFieldCreationRule(),
        SigFieldModificationRule(allow_in_place_appearance_stream_changes=False),
        FilledOnce(owners),
    ]
    return StandardDiffPolicy([CatalogModificationRule(), *qualified], FormUpdatingRule(fields))


def _owners(signatures: Sequence[EmbeddedPdfSignature]) -> Owners:
    """The fields that signatures lock, as far as they are signed."""
    owners: dict[str, int] = {}
    for each in signatures:
        lock = entry(each.sig_field, "/Lock", generic.DictionaryObject())
        included = entry(lock, "/Action") == "/Include"
        for name in entry(lock, "/Fields", ()) if included else ():
            owners.setdefault(str(name), each.signed_revision)
    return owners


def _is_filled(field: generic.DictionaryObject, kind: str | None) -> bool:
    """A push button by its looks, a choice by its state, anything else by its value."""
    if kind != "/Btn":
        return bool(entry(field, "/V"))
    if int(entry(field, "/Ff", 0)) & PUSH_BUTTON:
        looks = entry(entry(field, "/AP", generic.DictionaryObject()), "/N")
        return isinstance(looks, generic.StreamObject) and bool(looks.encoded_data.strip())
    return str(entry(field, "/V", "/Off")) != "/Off"

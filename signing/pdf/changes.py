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
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from signing.pdf.objects import entry
from signing.pdf.reasons import Reason

PUSH_BUTTON = 1 << 16


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

    def __init__(self, owners: Mapping[str, int]) -> None:
        super().__init__(allow_in_place_appearance_stream_changes=False)
        self.owners = owners

    def check_form_field(
        self, fq_name: str, spec: FieldComparisonSpec, context: FieldComparisonContext
    ) -> Iterable[tuple[ModificationLevel, FormUpdate]]:
        old, new = spec.old_field, spec.new_field
        if old is not None and new is not None and old != new:
            late = context.new.revision > self.owners.get(fq_name, context.new.revision)
            if late or _is_filled(old, spec.field_type) or not _is_filled(new, spec.field_type):
                raise FieldChanged(f"field {fq_name} was changed")
        yield from super().check_form_field(fq_name, spec, context)


def changes(reader: PdfFileReader, signatures: Sequence[EmbeddedPdfSignature]) -> list[Change]:
    """Every revision after the first signature, judged."""
    first = min(signature.signed_revision for signature in signatures)
    policy = _policy(_owners(reader, signatures))
    last = reader.xrefs.total_revisions - 1
    return [_judge(reader, policy, signatures, number) for number in range(first + 1, last + 1)]


def _judge(
    reader: PdfFileReader,
    policy: StandardDiffPolicy,
    signatures: Sequence[EmbeddedPdfSignature],
    number: int,
) -> Change:
    before = [each for each in signatures if each.signed_revision < number]
    levels = [each.docmdp_level for each in before if each.docmdp_level is not None]
    strictest = min(levels, key=lambda level: level.value, default=None)
    old, new = reader.get_historical_resolver(number - 1), reader.get_historical_resolver(number)
    try:
        found = policy.apply(old, new, doc_mdp=strictest)
    except FieldChanged:
        return Change(number, frozenset(), Reason.FIELD_CHANGED)
    except SuspiciousModification:
        return Change(number, frozenset(), Reason.CHANGED)
    fields = frozenset(found.changed_form_fields)
    if strictest is not None and found.modification_level.value > strictest.value:
        return Change(number, fields, Reason.FORBIDDEN)
    locked = any(each.fieldmdp and any(map(each.fieldmdp.is_locked, fields)) for each in before)
    return Change(number, fields, Reason.FIELD_CHANGED if locked else None)


def _policy(owners: Mapping[str, int]) -> StandardDiffPolicy:
    """pyHanko's default rules with ours in place of its own for form fields."""
    upkeep = (DocInfoRule(), XrefStreamRule(), ObjectStreamRule(), DSSCompareRule(), MetadataUpdateRule())
    qualified = [rule.as_qualified(ModificationLevel.LTA_UPDATES) for rule in upkeep]
    fields = [
        SigFieldCreationRule(),
        SigFieldModificationRule(allow_in_place_appearance_stream_changes=False),
        FilledOnce(owners),
    ]
    return StandardDiffPolicy([CatalogModificationRule(), *qualified], FormUpdatingRule(fields))


def _owners(reader: PdfFileReader, signatures: Sequence[EmbeddedPdfSignature]) -> dict[str, int]:
    """Field name to the revision of the signature that locks it, as far as signed."""
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

"""Sign: one PAdES signature, one incremental revision (ISO 32000-2, 12.8; ETSI EN 319 142-1)."""

# mypy: allow-untyped-calls
from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as defaults
from datetime import datetime

from pyhanko.pdf_utils import generic
from pyhanko.sign.fields import FieldMDPSpec, MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import SigMDPSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject

from signing.pdf.appearance import Below, PreparedSeal, Stamp, is_visible, turn, widget_size, write_on
from signing.pdf.errors import FieldTaken, NoSuchField, NoSuchText
from signing.pdf.lettering import caption, drawn
from signing.pdf.objects import entry
from signing.pdf.revision import Revision, contents, open_revision, readable
from signing.pdf.typeface import Embedded, Typeface, default_typeface
from signing.pki import cms
from signing.pki.cms import Signer
from signing.pki.timestamps import Timestamper


@dataclass(frozen=True, slots=True)
class Signature:
    """One party's signature.

    `field` is the name of a prepared signature field; `time` the claimed time (aware UTC); `certify` is true
    of a document's first signature: it then allows nothing but filling in forms. `texts` are values for the
    party's text fields, by name; `caption` are lines that stand under the seal in the signature's own place.
    With a timestamper the signature is B-T, without B-B.
    """

    field: str
    signer: Signer
    time: datetime
    seal: PreparedSeal | None = None
    name: str | None = None
    reason: str | None = None
    location: str | None = None
    certify: bool = False
    timestamper: Timestamper | None = None
    texts: Mapping[str, str] = defaults(default_factory=dict)
    caption: Sequence[str] = ()
    typeface: Typeface | None = None


@readable()
def sign(pdf: bytes, signature: Signature) -> bytes:
    """The document with one more revision that holds the signature, and what the party fills in with it.

    Raises PdfUnreadable, NoSuchField, FieldTaken, SealTooLarge, TextTooLong, NoSuchText, TimestampUnavailable.
    """
    revision = open_revision(pdf)
    reference = _field(revision, signature.field)
    target = reference.get_object()
    _fill_in(revision, target, signature)
    placeholder = _placeholder(signature)
    target["/V"] = revision.add_object(placeholder)
    revision.mark_update(reference)
    _permissions(target, signature).apply(target.raw_get("/V"), revision)
    steps = placeholder.fill(revision, signature.signer.key.digest, in_place=True)
    prepared, _ = next(steps)
    steps.send(signature.signer.sign(prepared.document_digest, _stamping(signature)))
    return contents(revision)


def _field(revision: Revision, name: str) -> generic.IndirectObject:
    reference = revision.field(name)
    if reference is None or entry(reference.get_object(), "/FT") != "/Sig":
        raise NoSuchField(name=name)
    if "/V" in reference.get_object():
        raise FieldTaken(name=name)
    return reference


def _fill_in(revision: Revision, target: generic.DictionaryObject, signature: Signature) -> None:
    """Everything that is seen of the signature: the seal at every place, its caption, the party's texts."""
    letters = [*signature.caption, *signature.texts.values()]
    font = (signature.typeface or default_typeface()).embed(revision, letters) if letters else None
    if signature.seal:
        stamp = Stamp(revision, signature.seal)
        if is_visible(target):
            stamp.draw_on(target, _caption(target, signature, font))
        for widget in _own(revision, target, "/Btn"):
            stamp.draw_on(widget)
    if font:
        _write(revision, target, signature.texts, font)


def _caption(target: generic.DictionaryObject, signature: Signature, font: Embedded | None) -> Below | None:
    if font is None or not signature.caption:
        return None
    width, _ = widget_size(target, turn(target))
    lines = caption(font.typeface, signature.caption, width)
    content = drawn(lines, font, lines.height, left=0, width=width)
    return Below(lines.height, content, {"/Font": {"/Text": font.font}})


def _write(
    revision: Revision, target: generic.DictionaryObject, texts: Mapping[str, str], font: Embedded
) -> None:
    """Fill in the party's text fields, value and looks."""
    own = {str(entry(widget, "/T")): widget for widget in _own(revision, target, "/Tx")}
    for name, value in texts.items():
        if name not in own:
            raise NoSuchText(name=name)
        write_on(revision, own[name], value, font)


def _own(
    revision: Revision, target: generic.DictionaryObject, kind: str
) -> Iterator[generic.DictionaryObject]:
    """The party's other fields of a kind: those that its signature locks."""
    names = target["/Lock"]["/Fields"] if "/Lock" in target else ()
    for reference in map(revision.field, names):
        if reference is not None and entry(reference.get_object(), "/FT") == kind:
            yield reference.get_object()


def _placeholder(signature: Signature) -> SignatureObject:
    token = signature.timestamper.largest if signature.timestamper else 0
    return SignatureObject(
        timestamp=signature.time,
        subfilter=SigSeedSubFilter.PADES,
        name=signature.name,
        location=signature.location,
        reason=signature.reason,
        bytes_reserved=2 * signature.signer.largest(token),
    )


def _permissions(target: generic.DictionaryObject, signature: Signature) -> SigMDPSetup:
    """What may still change: forms for a certified document, nothing of the party's own fields."""
    lock = FieldMDPSpec.from_pdf_object(target["/Lock"]) if "/Lock" in target else None
    return SigMDPSetup(
        md_algorithm=signature.signer.key.digest,
        certify=signature.certify,
        field_lock=lock,
        docmdp_perms=MDPPerm.FILL_FORMS if signature.certify else None,
    )


def _stamping(signature: Signature) -> cms.Stamp | None:
    timestamper, algorithm = signature.timestamper, signature.signer.key.digest
    if timestamper is None:
        return None
    return lambda value: timestamper.stamp(hashlib.new(algorithm, value).digest(), algorithm)

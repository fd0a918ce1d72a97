# mypy: allow-untyped-calls
"""Find the signatures and document timestamps of a file, each with what it covers and its checked CMS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from asn1crypto import x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.general import CMSExtractionError
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from signing.pdf import cms
from signing.pdf.coverage import Coverage, Distrust, coverage, covers_revision
from signing.pdf.objects import entry
from signing.pdf.reasons import Reason
from signing.pki.authority import Material

PADES, PKCS7, TIMESTAMP = "/ETSI.CAdES.detached", "/adbe.pkcs7.detached", "/ETSI.RFC3161"
KINDS = {"/Sig": {PADES, PKCS7}, "/DocTimeStamp": {TIMESTAMP}}


@dataclass(frozen=True, slots=True)
class Found:
    """One signature or document timestamp whose arithmetic is right (else `reason` says why not)."""

    embedded: EmbeddedPdfSignature
    coverage: Coverage
    whole_revision: bool
    is_timestamp: bool
    is_pades: bool
    checked: cms.Checked | None
    token: cms.Token | None
    reason: Reason | None

    @property
    def certificates(self) -> tuple[x509.Certificate, ...]:
        """Every certificate inside, of the signature and of its timestamps."""
        one = self.token.checked if self.token else self.checked
        return (one.certificate, *one.others) if one else ()


def signatures(reader: PdfFileReader, pdf: bytes) -> list[Found]:
    """All of them in order of their revisions. Raises Distrust where they can't even be told apart."""
    fields = list(enumerate_sig_fields(reader, filled_status=True)) if "/AcroForm" in reader.root else []
    if not fields:
        raise Distrust(Reason.NO_SIGNATURE)
    found = sorted(
        (_find(reader, pdf, name, field.get_object()) for name, _, field in fields),
        key=lambda one: one.coverage.end,
    )
    if len({one.embedded.signed_revision for one in found}) != len(found):
        raise Distrust(Reason.FIELD_CHANGED)
    if len({name for name, _, _ in fields}) != len(found):
        raise Distrust(Reason.MALFORMED)
    return found


def material(reader: PdfFileReader) -> Material:
    """What the file carries along in its document security store."""
    if "/DSS" not in reader.root:
        return Material()
    store = DocumentSecurityStore.read_dss(reader)
    return Material(
        tuple(_bytes(each, DecodePurpose.CERTIFICATE) for each in store.certs.values()),
        tuple(_bytes(each, DecodePurpose.CRL) for each in store.crls),
        tuple(_bytes(each, DecodePurpose.OCSP_RESPONSE) for each in store.ocsps),
    )


def _find(reader: PdfFileReader, pdf: bytes, name: str, field: generic.DictionaryObject) -> Found:
    signature = field["/V"]
    kind, subfilter = entry(signature, "/Type", "/Sig"), entry(signature, "/SubFilter")
    if subfilter not in KINDS.get(kind, ()):
        raise Distrust(Reason.UNSUPPORTED)
    covered = coverage(pdf, signature)
    embedded = _embedded(reader, field, name)
    checked, token, reason = _check(pdf, covered, kind == "/DocTimeStamp", subfilter == PADES)
    whole = covers_revision(pdf, reader, embedded.signed_revision, covered.end)
    reason = reason or (None if whole else Reason.UNCOVERED_REVISION)
    return Found(
        embedded, covered, whole, kind == "/DocTimeStamp", subfilter == PADES, checked, token, reason
    )


def _embedded(reader: PdfFileReader, field: generic.DictionaryObject, name: str) -> EmbeddedPdfSignature:
    try:
        return EmbeddedPdfSignature(reader, field, name)
    except CMSExtractionError as error:
        raise Distrust(Reason.SEVERAL_SIGNERS) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Distrust(Reason.CMS_FORMAT) from error


def _check(
    pdf: bytes, covered: Coverage, is_timestamp: bool, is_pades: bool
) -> tuple[cms.Checked | None, cms.Token | None, Reason | None]:
    view = memoryview(pdf)
    parts = (view[: covered.start], view[covered.stop : covered.end])
    try:
        if is_timestamp:
            return None, cms.check_token(covered.cms, parts), None
        signed = cms.load(covered.cms)
        content = cms.digest(cms.digest_algorithm(signed), parts)
        return cms.check(signed, content, names_itself=is_pades), None, None
    except Distrust as distrust:
        return None, None, distrust.reason


def _bytes(each: generic.IndirectObject, purpose: DecodePurpose) -> bytes:
    stream = each.get_object()
    assert isinstance(stream, generic.StreamObject)
    return stream.read_data(purpose)


def later(found: list[Found], one: Found) -> Iterator[Found]:
    """The document timestamps that were put over this one."""
    return (each for each in found if each.is_timestamp and each.coverage.end > one.coverage.end)

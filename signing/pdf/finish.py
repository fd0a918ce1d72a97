# mypy: allow-untyped-calls
"""Finish: make a signed document last (PAdES B-LTA, ETSI EN 319 142-1, clause 6.3 and 5.4.3).

One revision holds the validation material of every signature and, over it, a document timestamp, so that
nothing stands behind the timestamp. Done again before that timestamp's certificate runs out, it lasts on.
"""

from __future__ import annotations

from asn1crypto import crl, ocsp, x509
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import DocumentTimestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore

from signing.pdf.revision import Revision, contents, open_revision, readable
from signing.pki.authority import Material
from signing.pki.timestamps import Timestamper

DIGEST = "sha256"


@readable()
def finish(pdf: bytes, material: Material, timestamper: Timestamper) -> bytes:
    """The document with one more revision: material, and a document timestamp over everything.

    Raises PdfUnreadable, TimestampUnavailable.
    """
    revision = open_revision(pdf)
    _carry(revision, material)
    field = SigFieldSpec(f"document-timestamp-{revision.prev.xrefs.total_revisions}")
    steps = PdfCMSEmbedder(field).write_cms(field.sig_field_name, revision)
    next(steps)
    steps.send(SigObjSetup(DocumentTimestamp(bytes_reserved=2 * timestamper.largest)))
    prepared, _ = steps.send(SigIOSetup(DIGEST, in_place=True))
    steps.send(timestamper.stamp(prepared.document_digest, DIGEST))
    return contents(revision)


def _carry(revision: Revision, material: Material) -> None:
    """Add the material to the document security store, without VRI entries (which no standard asks for now)."""
    DocumentSecurityStore.supply_dss_in_writer(
        revision,
        sig_contents=None,
        certs=[x509.Certificate.load(each) for each in material.certificates],
        crls=[crl.CertificateList.load(each) for each in material.lists],
        ocsps=[ocsp.OCSPResponse.load(each) for each in material.answers],
    )

# mypy: allow-untyped-calls
"""One CMS signature or timestamp token, checked without a word about trust (RFC 5652, RFC 5035, RFC 3161)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, core, tsp, x509
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import get_signing_cert_attr, validate_sig_integrity

from signing.pdf.coverage import Distrust
from signing.pdf.reasons import Reason
from signing.pki.der import is_exact

STRONG = ("sha256", "sha384", "sha512")


@dataclass(frozen=True, slots=True)
class Checked:
    """A signature whose arithmetic is right: by whom, with which other certificates, and its raw value."""

    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]
    signature: bytes
    signing_certificate_v2: bool
    tokens: tuple[cms.ContentInfo, ...]


@dataclass(frozen=True, slots=True)
class Token:
    """A timestamp token whose arithmetic is right, and the time it tells (UTC)."""

    checked: Checked
    time: datetime


def digest_algorithm(signed: cms.SignedData) -> str:
    """The hash that the one signer used. Raises Distrust."""
    if len(signed["signer_infos"]) != 1:
        raise Distrust(Reason.SEVERAL_SIGNERS)
    algorithm: str = signed["signer_infos"][0]["digest_algorithm"]["algorithm"].native
    if algorithm not in STRONG:
        raise Distrust(Reason.WEAK)
    return algorithm


def load(der: bytes) -> cms.SignedData:
    """SignedData in strict DER. Raises Distrust."""
    if not is_exact(der):
        raise Distrust(Reason.CMS_FORMAT)
    try:
        info = cms.ContentInfo.load(der, strict=True)
        if info["content_type"].native != "signed_data":
            raise Distrust(Reason.CMS_FORMAT)
        return info["content"]
    except (ValueError, TypeError, KeyError) as error:
        raise Distrust(Reason.CMS_FORMAT) from error


def check(
    signed: cms.SignedData, content_digest: bytes, content_type: str = "data", *, names_itself: bool = True
) -> Checked:
    """The signature over content of this digest. Raises Distrust.

    `names_itself`: the signer must have signed which certificate is theirs, as PAdES and RFC 3161 ask.
    """
    try:
        return _check(signed, content_digest, content_type, names_itself)
    except SignatureValidationError as error:
        wrong = "certificate" in str(error.failure_message)
        raise Distrust(Reason.WRONG_CERTIFICATE if wrong else Reason.CMS_FORMAT) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Distrust(Reason.CMS_FORMAT) from error


def digest(algorithm: str, parts: Iterable[bytes | memoryview]) -> bytes:
    """The hash over the parts, one behind the other."""
    hashed = hashlib.new(algorithm)
    for part in parts:
        hashed.update(part)
    return hashed.digest()


def check_token(token: cms.ContentInfo | bytes, imprinted: Iterable[bytes | memoryview]) -> Token:
    """The timestamp token over these bytes. Raises Distrust with a timestamp's reason."""
    try:
        signed = load(token if isinstance(token, bytes) else token.dump())
        content = signed["encap_content_info"]["content"]
        info = content.parsed
        if not isinstance(info, tsp.TSTInfo):
            raise Distrust(Reason.TIMESTAMP_BROKEN)
        checked = check(signed, digest(digest_algorithm(signed), [bytes(content)]), "tst_info")
        imprint, time = info["message_imprint"], info["gen_time"].native
    except (Distrust, ValueError, TypeError, KeyError, AttributeError) as error:
        if isinstance(error, Distrust) and error.reason is Reason.WEAK:
            raise
        raise Distrust(Reason.TIMESTAMP_BROKEN) from error
    algorithm = imprint["hash_algorithm"]["algorithm"].native
    if algorithm not in STRONG:
        raise Distrust(Reason.WEAK)
    if imprint["hashed_message"].native != digest(algorithm, imprinted):
        raise Distrust(Reason.TIMESTAMP_ELSEWHERE)
    return Token(checked, time)


def _check(signed: cms.SignedData, content_digest: bytes, content_type: str, names_itself: bool) -> Checked:
    algorithm = digest_algorithm(signed)
    signer = signed["signer_infos"][0]
    attributes = signer["signed_attrs"]
    if attributes is core.VOID or isinstance(attributes, core.Void):
        raise Distrust(Reason.CMS_FORMAT)
    _well_formed(signed, signer, algorithm, content_type)
    certificate, others = _certificates(signed, signer["sid"])
    named = get_signing_cert_attr(attributes)
    intact, genuine = validate_sig_integrity(signer, certificate, content_type, content_digest)
    if named is None and names_itself:
        raise Distrust(Reason.WRONG_CERTIFICATE)
    if not genuine:
        raise Distrust(Reason.SIGNATURE)
    if not intact:
        raise Distrust(Reason.DIGEST)
    return Checked(
        certificate,
        others,
        signer["signature"].native,
        isinstance(named, tsp.SigningCertificateV2),
        _tokens(signer),
    )


def _well_formed(signed: cms.SignedData, signer: cms.SignerInfo, algorithm: str, content_type: str) -> None:
    """What nobody signs must say the same as what is signed, or bits of it could be turned over unseen."""
    content = signed["encap_content_info"]
    digests = [each["algorithm"].native for each in signed["digest_algorithms"]]
    own = "v1" if signer["sid"].name == "issuer_and_serial_number" else "v3"
    plain = (
        content["content_type"].native == content_type
        and (content_type != "data" or content["content"].native is None)
        and signer["version"].native == own
        and signed["version"].native == ("v1" if content_type == "data" and own == "v1" else "v3")
        and digests == [algorithm]
        and isinstance(signed["crls"], core.Void)
    )
    if not plain:
        raise Distrust(Reason.CMS_FORMAT)


def _certificates(
    signed: cms.SignedData, sid: cms.SignerIdentifier
) -> tuple[x509.Certificate, tuple[x509.Certificate, ...]]:
    """The signer's certificate, and the others that came along."""
    choices = () if isinstance(signed["certificates"], core.Void) else signed["certificates"]
    certificates = [each.chosen for each in choices if each.name == "certificate"]
    named = [each for each in certificates if _is_named(each, sid)]
    if len(certificates) != len(choices) or len(named) != 1:
        raise Distrust(Reason.WRONG_CERTIFICATE)
    return named[0], tuple(each for each in certificates if each is not named[0])


def _is_named(certificate: x509.Certificate, sid: cms.SignerIdentifier) -> bool:
    """Whether the identifier names the certificate to the letter (readers of names overlook upper and lower case)."""
    if sid.name == "subject_key_identifier":
        return bool(certificate.key_identifier == sid.native)
    if certificate.serial_number != sid.chosen["serial_number"].native:
        return False
    return bool(sid.chosen["issuer"].dump() == certificate.issuer.dump())


def _tokens(signer: cms.SignerInfo) -> tuple[cms.ContentInfo, ...]:
    """The signature timestamps; any other unsigned attribute is left alone."""
    attributes = signer["unsigned_attrs"]
    if isinstance(attributes, core.Void):
        return ()
    kinds = [each["type"].native for each in attributes]
    if kinds != ["signature_time_stamp_token"] * len(kinds):
        raise Distrust(Reason.CMS_FORMAT)
    return tuple(token for each in attributes for token in each["values"])

"""Attacks on the signature itself: universal forgery, wrapping, swapped parts, timestamps from elsewhere."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from asn1crypto import cms as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from signing.pdf.reasons import Reason
from signing.pdf.sign import Signature, sign
from signing.pki import cms
from tests.attacks import forge
from tests.attacks.forge import Attack, attack, contents, ranges, with_contents, with_range
from tests.signing.pdf import world

RANGE = (Reason.BYTE_RANGE, Reason.CONTENTS)
BROKEN = (Reason.DIGEST, Reason.SIGNATURE)

Change = Callable[[asn1.SignedData], None]


def byte_ranges() -> Iterator[Attack]:
    """Universal forgery by /ByteRange: absent, empty, negative, overlapping, swapped, too long."""
    file = forge.signed()
    start, stop, end = ranges(file)
    length = end - stop
    texts = {
        "renamed": b"/ByteRangX [0 1 2 3]",
        "null": b"/ByteRange null",
        "empty": b"/ByteRange []",
        "one": b"/ByteRange [0]",
        "two": b"/ByteRange [0 %d]" % start,
        "three": b"/ByteRange [0 %d %d]" % (start, stop),
        "six": b"/ByteRange [0 %d %d %d 0 0]" % (start, stop, length),
        "zeros": b"/ByteRange [0 0 0 0]",
        "negative": b"/ByteRange [0 -1 %d %d]" % (stop, length),
        "negative-length": b"/ByteRange [0 %d %d -%d]" % (start, stop, length),
        "words": b"/ByteRange [/a /b /c /d]",
        "string": b"/ByteRange (0 1 2 3)",
        "reals": b"/ByteRange [0.0 %d.0 %d %d]" % (start, stop, length),
        "not-from-start": b"/ByteRange [1 %d %d %d]" % (start - 1, stop, length),
        "swapped": b"/ByteRange [%d %d 0 %d]" % (stop, length, start),
        "overlapping": b"/ByteRange [0 %d %d %d]" % (stop, start, end - start),
        "gap-before": b"/ByteRange [0 %d %d %d]" % (start - 40, stop, length),
        "gap-after": b"/ByteRange [0 %d %d %d]" % (start, stop + 40, length - 40),
        "all": b"/ByteRange [0 %d %d 0]" % (end, end),
        "beyond": b"/ByteRange [0 %d %d %d]" % (start, stop, length + 1),
        "short": b"/ByteRange [0 %d %d %d]" % (start, stop, length - 20),
        "huge": b"/ByteRange [0 %d %d 99999999999]" % (start, stop),
        "first-signature's": b"/ByteRange [0 %d %d %d]" % first(file),
    }
    for name, text in texts.items():
        yield attack(f"byte-range/{name}", with_range(file, text), *RANGE, *BROKEN, Reason.UNCOVERED_FILE)


def first(file: bytes) -> tuple[int, int, int]:
    start, stop, end = ranges(file, 0)
    return start, stop, end - stop


def empty_contents() -> Iterator[Attack]:
    """Universal forgery by /Contents, and what is hidden in its padding."""
    file = forge.signed()
    start, stop, _ = ranges(file)
    size = stop - start
    genuine = file[start:stop].rstrip(b">").rstrip(b"0")
    texts = {
        "empty": b"<>",
        "null": b"null",
        "zeros": b"<" + b"0" * (size - 2) + b">",
        "one-zero": b"<00>",
        "literal-string": b"(" + b"0" * (size - 2) + b")",
        "name": b"/nothing",
        "spaces-inside": genuine[:400] + b" " * 20 + genuine[400:] + b">",
        "not-hex": b"<" + b"Z" * (size - 2) + b">",
        "padding-used": genuine + b"DEADBEEF".rjust(size - 1 - len(genuine), b"0") + b">",
        "wrapped-object": genuine + b">/Evil<00>",
        "mixed-case": genuine[:10]
        + genuine[10:200].lower()
        + genuine[200:].ljust(size - 1 - 200, b"0")[: size - 201]
        + b">",
    }
    for name, text in texts.items():
        changed = file[:start] + text.ljust(size) + file[stop:]
        yield attack(f"contents/{name}", changed, *RANGE, *BROKEN, Reason.MALFORMED, Reason.CMS_FORMAT)


def wrapping() -> Iterator[Attack]:
    """The second signed part moved back, something else in its place."""
    file = forge.signed()
    start, stop, end = ranges(file)
    evil = b"\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
    for name, gap in {"objects": evil, "spaces": b" " * 500, "pdf": world.document()}.items():
        moved = file[:stop] + gap + file[stop:]
        text = b"/ByteRange [0 %d %d %d]" % (start, stop + len(gap), end - stop)
        yield attack(f"wrapping/{name}", with_range(moved, text), *RANGE, *BROKEN, Reason.MALFORMED)
        yield attack(f"wrapping/{name}/plain", moved, *BROKEN, *RANGE, Reason.MALFORMED)


def other_cms() -> Iterator[Attack]:
    """A well-formed CMS that is not this file's, or not built as it must be."""
    file = forge.signed()
    genuine = contents(file)
    unstamped = forge.signed(True, False)
    yield attack("cms/first-in-second", with_contents(file, contents(file, 0)), *BROKEN)
    yield attack("cms/from-other-file", with_contents(file, contents(forge.signed(False))), *BROKEN)
    yield attack(
        "cms/timestamp-as-signature", with_contents(file, contents(forge.finished())), Reason.CMS_FORMAT
    )
    assert with_contents(unstamped, contents(unstamped)) == unstamped
    yield attack("cms/truncated", with_contents(file, genuine[:-40]), Reason.TIMESTAMP_BROKEN)
    yield attack("cms/other-signer", with_contents(file, by_another(file)), Reason.UNTRUSTED)
    for name, changed, reasons in edited(genuine):
        yield attack(f"cms/{name}", with_contents(file, changed), *reasons)


def edited(genuine: bytes) -> Iterator[tuple[str, bytes, tuple[Reason, ...]]]:
    """One thing changed in the CMS by hand, everything else kept."""
    for name, (change, *reasons) in EDITS.items():
        info = asn1.ContentInfo.load(genuine)
        change(info["content"])
        yield name, info.dump(), tuple(reasons)


def put(field: str, value: object) -> Change:
    def change(signed: asn1.SignedData) -> None:
        signed[field] = value

    return change


def put_of_signer(field: str, value: object) -> Change:
    def change(signed: asn1.SignedData) -> None:
        signed["signer_infos"][0][field] = value

    return change


def with_two_signers(signed: asn1.SignedData) -> None:
    other = asn1.ContentInfo.load(contents(forge.signed(), 0))["content"]
    signed["signer_infos"] = [bare(signed), bare(other)]


def with_content_inside(signed: asn1.SignedData) -> None:
    signed["encap_content_info"]["content"] = b"something else"


def with_damaged_certificate(signed: asn1.SignedData) -> None:
    signed["certificates"] = [*signed["certificates"], asn1.CertificateChoices("certificate", damaged())]


def without_signing_certificate(signed: asn1.SignedData) -> None:
    attributes = list(signed["signer_infos"][0]["signed_attrs"])
    kept = [each for each in attributes if each["type"].native != "signing_certificate_v2"]
    signed["signer_infos"][0]["signed_attrs"] = kept


EDITS: dict[str, tuple[Any, ...]] = {
    "two-signers": (with_two_signers, Reason.SEVERAL_SIGNERS),
    "no-signer": (put("signer_infos", []), Reason.SEVERAL_SIGNERS),
    "no-certificates": (put("certificates", []), Reason.WRONG_CERTIFICATE, Reason.CMS_FORMAT),
    "no-signed-attributes": (put_of_signer("signed_attrs", None), Reason.CMS_FORMAT),
    "other-version": (put("version", 3), Reason.CMS_FORMAT),
    "content-inside": (with_content_inside, Reason.CMS_FORMAT),
    "other-digests": (put("digest_algorithms", [{"algorithm": "sha512"}]), Reason.CMS_FORMAT),
    "sha1": (put_of_signer("digest_algorithm", {"algorithm": "sha1"}), Reason.WEAK),
    "damaged-certificate": (with_damaged_certificate, Reason.BAD_CHAIN_CERTIFICATE),
    "no-signing-certificate": (without_signing_certificate, *BROKEN, Reason.WRONG_CERTIFICATE),
}


def damaged() -> asn1.Certificate:
    """The issuing certificate with a broken signature."""
    whole = bytearray(world.authority().issuers[0].certificate.public_bytes(Encoding.DER))
    whole[-1] ^= 1
    return asn1.Certificate.load(bytes(whole))


def by_another(file: bytes) -> bytes:
    """The same bytes, signed by a stranger who calls themselves the same."""
    start, stop, end = ranges(file)
    issued = forge.stranger().issue(world.KILN, world.NOW)
    signer = forge.stranger().signer(issued.certificate_pem, issued.wrapped_key)
    return signer.sign(hashlib.sha256(file[:start] + file[stop:end]).digest())


def same_key_other_certificate() -> Iterator[Attack]:
    """The certificate inside exchanged for one of the same key and name (what RFC 5035 is against)."""
    file, authority = forge.signed(True, False), world.authority()
    pem = world.certificate(world.KILN, world.KeyKind.P256)[0]
    old = x509.load_pem_x509_certificate(pem.encode())
    issuer = authority.issuers[0]
    assert issuer.key
    twin = (
        x509.CertificateBuilder()
        .subject_name(old.subject)
        .issuer_name(old.issuer)
        .public_key(old.public_key())
        .serial_number(old.serial_number)
        .not_valid_before(old.not_valid_before_utc)
        .not_valid_after(old.not_valid_after_utc + timedelta(days=9))
        .sign(issuer.key, old.signature_hash_algorithm)
    )
    info = asn1.ContentInfo.load(contents(file))
    signed = info["content"]
    choices = [each for each in signed["certificates"] if each.chosen.serial_number != old.serial_number]
    signed["certificates"] = [
        *choices,
        asn1.CertificateChoices("certificate", asn1.Certificate.load(twin.public_bytes(Encoding.DER))),
    ]
    yield attack("cms/twin-certificate", with_contents(file, info.dump()), Reason.WRONG_CERTIFICATE)


def timestamps() -> Iterator[Attack]:
    """Signature timestamps that are broken, from elsewhere, or from nobody."""
    file = forge.signed()
    other = asn1.ContentInfo.load(contents(file, 0))["content"]["signer_infos"][0]["unsigned_attrs"][0]
    token = other["values"][0].dump()
    foreign = forge.stranger().timestamper(world.Hands(world.NOW))
    late = world.authority().timestamper(world.Hands(world.NOW + timedelta(days=900)))
    value = asn1.ContentInfo.load(contents(file))["content"]["signer_infos"][0]["signature"].native
    imprint = hashlib.sha256(value).digest()
    broken = bytearray(world.authority().timestamper(world.Hands()).stamp(imprint, "sha256"))
    broken[-1] ^= 1
    tokens = {
        "from-elsewhere": (token, Reason.TIMESTAMP_ELSEWHERE),
        "broken": (bytes(broken), Reason.TIMESTAMP_BROKEN),
        "foreign": (foreign.stamp(imprint, "sha256"), Reason.TIMESTAMP_UNTRUSTED),
        "from-the-future": (late.stamp(imprint, "sha256"), Reason.TIMESTAMP_ORDER),
        "over-zeros": (late.stamp(bytes(32), "sha256"), Reason.TIMESTAMP_ELSEWHERE),
        "a-signature": (contents(file, 0), Reason.TIMESTAMP_BROKEN),
        "by-a-signer": (by_signer(imprint), Reason.KEY_USAGE),
    }
    for name, (each, reason) in tokens.items():
        yield attack(f"timestamp/{name}", with_contents(file, with_token(contents(file), each)), reason)
    yield attack(
        "timestamp/document-from-elsewhere",
        with_contents(forge.finished(), late.stamp(bytes(32), "sha256")),
        Reason.TIMESTAMP_ELSEWHERE,
    )


def by_signer(imprint: bytes) -> bytes:
    """A timestamp by a key that may only sign."""
    unit = world.authority().timestamper(world.Hands())
    return type(unit)(world.signer(), unit.policy, unit.clock).stamp(imprint, "sha256")


def bare(signed: asn1.SignedData) -> asn1.SignerInfo:
    """The signer's part without anything unsigned."""
    kept = ("version", "sid", "digest_algorithm", "signed_attrs", "signature_algorithm", "signature")
    signer = signed["signer_infos"][0]
    return asn1.SignerInfo({key: signer[key] for key in kept})


def with_token(signature: bytes, token: bytes) -> bytes:
    """The CMS with another signature timestamp."""
    info = asn1.ContentInfo.load(signature)
    signer = bare(info["content"])
    kind = {"type": "signature_time_stamp_token", "values": [asn1.ContentInfo.load(token)]}
    signer["unsigned_attrs"] = [kind]
    info["content"]["signer_infos"] = [signer]
    changed: bytes = info.dump()
    return changed


def cut() -> Iterator[Attack]:
    """Truncated files."""
    for base, file in (("b-t", forge.signed()), ("b-lta", forge.finished())):
        for part in (0, 1, 5, 50, 75, 90, 99):
            short = file[: len(file) * part // 100]
            yield attack(f"cut/{part}-percent/{base}", short, *CUT)
        yield attack(f"cut/last-byte/{base}", file[:-1], *CUT)
    start, stop, _ = ranges(forge.signed())
    yield attack("cut/in-contents", forge.signed()[: (start + stop) // 2], *CUT)
    yield attack("cut/back-to-prepared", forge.prepared(), Reason.NO_SIGNATURE)


CUT = (Reason.MALFORMED, Reason.BYTE_RANGE, Reason.NO_SIGNATURE, Reason.UNCOVERED_FILE, *BROKEN)


def strangers() -> Iterator[Attack]:
    """Certificates that may not sign, or sign from somewhere else."""
    for name, authority in (("other-authority", forge.stranger()),):
        issued = authority.issue(world.HARBOR, world.NOW)
        signer = authority.signer(issued.certificate_pem, issued.wrapped_key)
        yield attack(f"stranger/{name}", sign(forge.prepared(), plain(signer)), Reason.UNTRUSTED)
    issuer = world.authority().issuers[0]
    stamping = world.authority().timestamper(world.Hands()).signer
    yield attack("stranger/timestamp-key", sign(forge.prepared(), plain(stamping)), Reason.KEY_USAGE)
    assert issuer.key


def plain(signer: cms.Signer) -> Signature:
    return Signature("harbor", signer, world.NOW, world.seal())

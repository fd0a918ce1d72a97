"""The bundle for machines: JSON, PDFs, certificates and timestamps, and a script that checks them with openssl alone."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from signing.evidence.facts import Facts, as_json
from signing.pki.cms import TST_INFO

BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*0\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")
PDFS = ("signed.pdf", "evidence.pdf")


@dataclass(frozen=True, slots=True)
class Embedded:
    """A signature or document timestamp in a PDF: its DER, and the two ranges of bytes that it covers."""

    der: bytes
    length: int
    second: int
    rest: int

    @property
    def kind(self) -> str:
        return "timestamp" if TST_INFO in self.der[:128] else "signature"


@dataclass(frozen=True, slots=True)
class Proofs:
    """What is put beside the facts: PDFs, certificates (PEM), and who signs and stamps (digest to DER)."""

    signed: bytes
    report: bytes
    root: str
    chain: Sequence[str]
    sign: Callable[[bytes], bytes]
    stamp: Callable[[bytes], bytes]


def make_bundle(facts: Facts, proofs: Proofs) -> bytes:
    """The ZIP."""
    named = _files(facts, proofs)
    listed = "".join(f"{hashlib.sha256(data).hexdigest()} {name}\n" for name, data in sorted(named.items()))
    named["digests.txt"] = listed.encode()
    named["digests.p7s"] = proofs.sign(hashlib.sha256(listed.encode()).digest())
    return _zipped(named, facts)


def _files(facts: Facts, proofs: Proofs) -> dict[str, bytes]:
    trail = "".join(f"{line}\n" for line in facts.trail).encode()
    named: dict[str, bytes] = {
        "signed.pdf": proofs.signed,
        "evidence.pdf": proofs.report,
        "evidence.json": json.dumps(as_json(facts), ensure_ascii=False, indent=2).encode(),
        "trail.txt": trail,
        "trail.tst": proofs.stamp(hashlib.sha256(trail).digest()),
        "head.txt": f"{facts.head}\n".encode(),
        "made.txt": f"{_epoch(facts)}\n".encode(),
        "root.pem": proofs.root.encode(),
        "chain.pem": "".join(proofs.chain).encode(),
        "verify.sh": (files(__package__) / "verify.sh").read_bytes(),
    }
    for each in facts.signed:
        named[f"certificates/party-{each.party.position}.pem"] = each.pem.encode()
    return named | _signatures(named, facts)


def _signatures(named: Mapping[str, bytes], facts: Facts) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    lines = []
    for pdf in PDFS:
        for number, one in enumerate(embedded(named[pdf]), start=1):
            name = f"signatures/{pdf.removesuffix('.pdf')}-{number}.der"
            found[name] = one.der
            lines.append(f"{one.kind} {pdf} {name} {_epoch(facts)} {one.length} {one.second} {one.rest}\n")
    return {**found, "signatures.txt": "".join(lines).encode()}


def embedded(pdf: bytes) -> list[Embedded]:
    """Every signature and document timestamp of a PDF that we wrote, in order."""
    found = []
    for match in BYTE_RANGE.finditer(pdf):
        length, second, rest = (int(each) for each in match.groups())
        padded = bytes.fromhex(pdf[length + 1 : second - 1].decode("ascii"))
        found.append(Embedded(padded[: _der_length(padded)], length, second, rest))
    return sorted(found, key=lambda one: one.length)


def _der_length(data: bytes) -> int:
    """How many bytes the first DER value takes, header and all."""
    if data[1] < 0x80:
        return 2 + data[1]
    size = data[1] & 0x7F
    return 2 + size + int.from_bytes(data[2 : 2 + size], "big")


def _epoch(facts: Facts) -> int:
    """The moment, in whole seconds, at which certificates are looked at; none was made later than this."""
    return int(facts.at.timestamp()) + 1


def _zipped(named: Mapping[str, bytes], facts: Facts) -> bytes:
    packed = BytesIO()
    at = facts.at
    with ZipFile(packed, "w", ZIP_DEFLATED) as bundle:
        for name, data in sorted(named.items()):
            entry = ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = (0o755 if name.endswith(".sh") else 0o644) << 16
            bundle.writestr(entry, data)
    return packed.getvalue()

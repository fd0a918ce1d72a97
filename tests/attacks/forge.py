"""What an attacker starts from: honest signed files, and the tools to change them.

Classes of attack after Mladenov et al. (CCS 2019: forgery, incremental saving, wrapping), Mainka et al. (NDSS
2021: shadow attacks), Rohlmann et al. (S&P 2021: evil annotation, sneaky signature) and pdf-insecurity.org.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from pyhanko.pdf_utils import generic

from signing.pdf.fields import SignatureField, Straddle, TextField
from signing.pdf.finish import finish
from signing.pdf.objects import array, dictionary, pdf, stream
from signing.pdf.prepare import prepare
from signing.pdf.reasons import Reason
from signing.pdf.revision import Revision, open_revision
from signing.pdf.sign import Signature, sign
from signing.pdf.trust import Trust
from signing.pki.authority import Authority, Material
from signing.pki.timestamps import Timestamper
from tests.signing.pdf import world

LATER = world.NOW + timedelta(days=2)
TRUST = Trust([world.authority().root_pem])


@dataclass(frozen=True)
class Attack:
    """A forged file and the reasons of which at least one must be given."""

    name: str
    file: bytes
    reasons: frozenset[Reason]


def attack(name: str, file: bytes, *reasons: Reason) -> Attack:
    return Attack(name, file, frozenset(reasons))


@dataclass(frozen=True)
class Roomy:
    """A timestamper that reserves more than it needs, so that an attacker has room for larger forgeries."""

    inner: Timestamper
    largest: int = 6000

    def stamp(self, digest: bytes, algorithm: str) -> bytes:
        return self.inner.stamp(digest, algorithm)


def timestamper() -> Timestamper:
    return Roomy(world.authority().timestamper(world.Hands(world.NOW + timedelta(days=1))))


@cache
def stranger() -> Authority:
    return Authority.create("Mallory", world.Keys(world.Vault()), world.NOW - timedelta(days=1))


@cache
def prepared() -> bytes:
    fields = [
        SignatureField(
            "harbor",
            2,
            (60, 60, 200, 140),
            room_mm=43,
            straddle=Straddle(range(3)),
            texts=(TextField("harbor-note", 0, (60, 700, 300, 720)),),
        ),
        SignatureField("kiln", 2, (320, 60, 460, 140), room_mm=43),
    ]
    return prepare(with_old_field(world.document()), fields)


def with_old_field(document: bytes) -> bytes:
    """A document that comes with a form field filled in already, as EU DSS's dss-2236 test file does."""
    revision = open_revision(document)
    looks = revision.add_object(text_looks(b"1000"))
    field = {
        "/Type": "/Annot",
        "/Subtype": "/Widget",
        "/FT": "/Tx",
        "/T": generic.TextStringObject("price"),
        "/V": generic.TextStringObject("1000"),
        "/Rect": (60, 640, 160, 660),
        "/AP": {"/N": looks},
    }
    reference = revision.add_object(dictionary(field))
    revision.root["/AcroForm"] = revision.add_object(dictionary({"/Fields": [reference]}))
    revision.update_root()
    revision.register_annotation(page(revision), reference)
    return revision.finished()


@cache
def signed(certified: bool = True, timestamped: bool = True) -> bytes:
    """Two companies have signed."""
    stamping = timestamper() if timestamped else None
    first = Signature(
        "harbor",
        world.signer(world.HARBOR),
        world.NOW,
        world.seal(),
        certify=certified,
        timestamper=stamping,
    )
    second = Signature("kiln", world.signer(world.KILN), world.NOW, world.seal(), timestamper=stamping)
    return sign(sign(prepared(), first), second)


@cache
def half_signed() -> bytes:
    """The first of two has signed, certifying."""
    first = Signature("harbor", world.signer(), world.NOW, world.seal(), certify=True)
    return sign(prepared(), first)


@cache
def finished() -> bytes:
    """Signed by both, and B-LTA."""
    texts = [world.certificate(each, world.KeyKind.P256)[0] for each in (world.HARBOR, world.KILN)]
    return finish(signed(), world.authority().material(texts, (), LATER), timestamper())


def updated(file: bytes, change: Callable[[Revision], None]) -> bytes:
    """The file with one more revision in which something was changed."""
    revision = open_revision(file)
    change(revision)
    return revision.finished()


def covers() -> dict[str, Callable[[bytes], bytes]]:
    """How an attacker may cover up a change: not at all, with an own timestamp, with one from the honest authority."""
    foreign = stranger().timestamper(world.Hands(world.NOW + timedelta(days=1)))
    return {
        "bare": lambda file: file,
        "foreign-timestamp": lambda file: finish(file, Material(), foreign),
        "honest-timestamp": lambda file: finish(file, Material(), timestamper()),
    }


def page(revision: Revision, number: int = 0) -> generic.IndirectObject:
    reference, _ = revision.find_page_for_modification(number)
    return pdf(reference)  # type: ignore[return-value]


def field(revision: Revision, name: str) -> generic.IndirectObject:
    for each in revision.root["/AcroForm"]["/Fields"]:
        if each.get_object()["/T"] == name:
            return each  # type: ignore[no-any-return]
    raise KeyError(name)


def set_in(revision: Revision, reference: generic.IndirectObject, **entries: Any) -> None:
    """Change entries of an object ("/" before each key is added)."""
    target = reference.get_object()
    for key, value in entries.items():
        target[generic.pdf_name(f"/{key}")] = pdf(value)
    revision.mark_update(reference)


def text_looks(words: bytes) -> generic.StreamObject:
    return stream(
        {"/Type": "/XObject", "/Subtype": "/Form", "/BBox": (0, 0, 100, 20)},
        b"BT /Helv 12 Tf 2 5 Td (" + words + b") Tj ET",
    )


def ranges(file: bytes, which: int = -1) -> tuple[int, int, int]:
    """Of a signature (the last by default): where its contents start and stop, and where its bytes end."""
    found = re.findall(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]", file)[which]
    start, stop, length = map(int, found)
    return start, stop, stop + length


def with_range(file: bytes, text: bytes, which: int = -1) -> bytes:
    """The signature's /ByteRange replaced by a text of no more than its length (the file keeps its size)."""
    old = list(re.finditer(rb"/ByteRange \[[^\]]*\] *", file))[which]
    assert len(text) <= len(old[0])
    return file[: old.start()] + text.ljust(len(old[0])) + file[old.end() :]


def with_contents(file: bytes, contents: bytes, which: int = -1) -> bytes:
    """The signature's /Contents replaced, filled up with zeros to its size."""
    start, stop, _ = ranges(file, which)
    digits = contents.hex().upper().encode()
    assert len(digits) <= stop - start - 2
    return file[: start + 1] + digits.ljust(stop - start - 2, b"0") + file[stop - 1 :]


def contents(file: bytes, which: int = -1) -> bytes:
    """The DER of a signature."""
    start, stop, _ = ranges(file, which)
    padded = bytes.fromhex(file[start + 1 : stop - 1].decode())
    return padded[: 4 + int.from_bytes(padded[2:4], "big")]


def objects(*values: Any) -> generic.ArrayObject:
    return array(values)

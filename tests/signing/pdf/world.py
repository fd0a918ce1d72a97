"""The made-up world of these tests: an authority, two companies, a seal, documents."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO

import pikepdf
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from fpdf import FPDF
from PIL import Image, ImageDraw
from pylopdf_fonts_zh_cn import serif_path

from signing.pdf.appearance import PreparedSeal, prepare_seal
from signing.pki.authority import Authority
from signing.pki.cms import Signer
from signing.pki.keys import KeyKind, Keys
from signing.pki.subjects import Subject

NOW = datetime(2026, 12, 1, 6, 30, tzinfo=UTC)


class Vault:
    """A key wrap with a key of its own."""

    def __init__(self) -> None:
        self.cipher = AESGCM(AESGCM.generate_key(256))

    def wrap(self, data: bytes, context: str) -> bytes:
        return bytes(12) + self.cipher.encrypt(bytes(12), data, context.encode())

    def unwrap(self, data: bytes, context: str) -> bytes:
        return self.cipher.decrypt(data[:12], data[12:], context.encode())


class Hands:
    """A clock that is moved by hand."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **step: float) -> datetime:
        self.now += timedelta(**step)
        return self.now


def authority(kind: KeyKind = KeyKind.P256) -> Authority:
    return _authority(kind)


@cache
def _authority(kind: KeyKind) -> Authority:
    return Authority.create("Harbor Signing", Keys(Vault()), NOW - timedelta(days=30), kind=kind)


HARBOR = Subject.enterprise("海港茶业有限公司", "91350211M000100Y43")
KILN = Subject.enterprise("Blue Kiln Ceramics Ltd", "91360200MA35W1RT5E")
PERSON = Subject.person("林晓", "3f8a91b2c4d5e6f7")


@cache
def certificate(subject: Subject, kind: KeyKind) -> tuple[str, bytes]:
    issued = authority(kind).issue(subject, NOW - timedelta(days=1))
    return issued.certificate_pem, issued.wrapped_key


def signer(subject: Subject = HARBOR, kind: KeyKind = KeyKind.P256) -> Signer:
    return authority(kind).signer(*certificate(subject, kind))


@cache
def seal_png(pixels: int = 600, text: str = "HARBOR") -> bytes:
    picture = Image.new("RGBA", (pixels, pixels))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((8, 8, pixels - 8, pixels - 8), outline=(200, 20, 30, 255), width=pixels // 30)
    draw.text((pixels // 2, pixels // 2), text, fill=(200, 20, 30, 255), anchor="mm", font_size=pixels // 8)
    return _png(picture)


@cache
def signature_png() -> bytes:
    picture = Image.new("RGBA", (500, 180))
    draw = ImageDraw.Draw(picture)
    draw.line([(20, 150), (120, 30), (200, 160), (300, 40), (480, 120)], fill=(10, 20, 90, 230), width=9)
    draw.line([(20, 90), (480, 70)], fill=(40, 10, 10, 200), width=6)
    return _png(picture)


@cache
def seal(millimetres: float = 42) -> PreparedSeal:
    return prepare_seal(seal_png(), millimetres, millimetres)


def _png(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@cache
def document(pages: int = 3) -> bytes:
    """A contract of some pages, Chinese and English, with a classic cross-reference table."""
    out = FPDF(format="A4")
    out.add_font("serif", fname=serif_path())
    out.set_font("serif", size=12)
    for page in range(1, pages + 1):
        out.add_page()
        out.cell(text=f"供货合同 Supply contract, page {page}")
        out.ln(20)
        out.multi_cell(0, text="甲方向乙方供应茶叶。Party A supplies tea to Party B. " * 12)
        out.set_y(-60)
        out.cell(text="甲方（盖章）                         乙方（盖章）")
    return bytes(out.output())


@cache
def with_object_streams(pages: int = 3) -> bytes:
    """The same document as newer writers store it: cross-reference and object streams."""
    out = BytesIO()
    with pikepdf.open(BytesIO(document(pages))) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


@cache
def turned(*degrees: int) -> bytes:
    """Pages that are turned to be read."""
    out = BytesIO()
    with pikepdf.open(BytesIO(document(len(degrees)))) as pdf:
        for page, rotation in zip(pdf.pages, degrees, strict=True):
            page.rotate(rotation, relative=False)
        pdf.save(out)
    return out.getvalue()

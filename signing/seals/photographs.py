"""Seals out of photos: cut out in a child process, shown on white and on a page, nudged until they are right."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from signing.documents.child import Run
from signing.ids import Digest
from signing.seals.catalogue import SealKind, form
from signing.seals.keeping import Drawn
from signing.seals.photo_child import adjust_with, cut_with
from signing.store.blobs import Blobs
from signing.store.port import Store, Tx

MARGIN = 40


@dataclass(frozen=True, slots=True)
class CutSeal:
    """A seal that was cut out: its picture, the picture that shows it on white, and words of warning."""

    drawn: Drawn
    shown: Digest
    warnings: tuple[str, ...]


class SealPhotos:
    """Cuts and adjusts, outside any transaction."""

    def __init__(self, store: Store, blobs: Blobs, run: Run) -> None:
        self._store = store
        self._blobs = blobs
        self._run = run

    def cut_out(self, photo: Digest, kind: str) -> CutSeal:
        """The seal alone out of a photo of it on white paper. Raises SealPhotoError."""
        cutout = cut_with(self._run, self._blobs.read(photo))
        return self._kept(cutout.png, kind, cutout.warnings)

    def adjust(
        self, picture: Digest, kind: str, degrees: float, darker: float, warnings: list[str]
    ) -> CutSeal:
        """The same seal turned clockwise by degrees, its ink thicker (above 0) or thinner."""
        png = adjust_with(self._run, self._blobs.read(picture), degrees, darker)
        return self._kept(png, kind, tuple(warnings))

    def _kept(self, png: bytes, kind: str, warnings: tuple[str, ...]) -> CutSeal:
        picture, shown = Digest(self._blobs.write(png)), Digest(self._blobs.write(on_white(png)))
        self._store.write(_register, self._blobs, (picture, shown))
        width, height = size_mm(png, kind)
        return CutSeal(Drawn(picture, width, height), shown, warnings)


def size_mm(png: bytes, kind: str) -> tuple[float, float]:
    """A photographed seal has the width of its kind and its own proportions."""
    with Image.open(BytesIO(png)) as picture:
        shape = form(SealKind(kind))
        return shape.width, round(shape.width * picture.height / picture.width, 2)


def on_white(png: bytes) -> bytes:
    """The seal on white with a margin, as a picture for the chat."""
    with Image.open(BytesIO(png)) as seal:
        page = Image.new("RGB", (seal.width + 2 * MARGIN, seal.height + 2 * MARGIN), "white")
        page.paste(seal, (MARGIN, MARGIN), seal.getchannel("A"))
    page.thumbnail((900, 900))
    out = BytesIO()
    page.save(out, "PNG", compress_level=3)
    return out.getvalue()


def _register(tx: Tx, blobs: Blobs, digests: tuple[Digest, ...]) -> None:
    for digest in digests:
        blobs.register(tx, digest, "image/png")

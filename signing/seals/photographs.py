"""Seals out of photos and signatures out of strokes: shown on white and on a page, nudged until they are right."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from io import BytesIO

from PIL import Image

from signing.documents.child import Run
from signing.ids import Digest
from signing.seals.catalogue import SealKind, form
from signing.seals.drawn_signature import draw_by_hand
from signing.seals.keeping import Drawn
from signing.seals.photo import Cutout
from signing.seals.photo_child import adjust_with, crops_with, cut_with
from signing.seals.photo_errors import Box, NoSealFound, SealPhotoError
from signing.seals.photo_light import InkName
from signing.seals.ring_text import Read, other_name
from signing.seals.showing import beside_its_photo, on_paper
from signing.seals.strokes import HIGHEST_MM, WIDEST_MM
from signing.store.blobs import Blobs
from signing.store.port import Store, Tx

WRITING_INKS: tuple[InkName, ...] = ("blue", "black")


class NoSignatureFound(SealPhotoError):
    """Nothing on the photo looks like handwriting on white paper."""

    code = "seal.photo.no-signature"


@dataclass(frozen=True, slots=True)
class CutSeal:
    """A seal that was cut out: its picture, the picture that shows it on white, and words of warning.

    `reads` is what its ring seems to say where that is not the owner's name.
    """

    drawn: Drawn
    shown: Digest
    warnings: tuple[str, ...]
    reads: str = ""


class SealPhotos:
    """Cuts and adjusts, outside any transaction."""

    def __init__(self, store: Store, blobs: Blobs, run: Run, read: Read) -> None:
        self._store = store
        self._blobs = blobs
        self._run = run
        self._read = read

    def cut_out(self, photo: Digest, kind: str, box: list[int], name: str = "") -> CutSeal:
        """The seal alone out of a photo of it on white paper; the one in `box` where there are several.

        Raises SealPhotoError.
        """
        data = self._blobs.read(photo)
        x0, y0, x1, y1 = box or (0, 0, 0, 0)
        cutout = self._cut(data, kind, (x0, y0, x1, y1) if box else None)
        kept = self._kept(data, cutout.png, kind, cutout.warnings)
        round_one = name and cutout.shape == "round" and "not-straightened" not in cutout.warnings
        return replace(kept, reads=other_name(cutout.png, name, self._read)) if round_one else kept

    def _cut(self, photo: bytes, kind: str, box: Box | None) -> Cutout:
        """A seal is red; a signature is in the first of its inks that is there."""
        if kind != SealKind.SIGNATURE:
            return cut_with(self._run, photo, box=box)
        for ink in WRITING_INKS:
            with suppress(NoSealFound):
                return cut_with(self._run, photo, ink, box=box, writing=True)
        raise NoSignatureFound

    def draw(self, strokes: Digest) -> CutSeal:
        """A signature out of what a finger drew on the page. Raises as `draw_by_hand`."""
        made = draw_by_hand(self._blobs.read(strokes))
        picture, shown = self._blobs.write(made.png), self._blobs.write(on_paper(made.png))
        self._store.write(_register, self._blobs, (Digest(picture), Digest(shown)))
        return CutSeal(Drawn(Digest(picture), made.width_mm, made.height_mm), Digest(shown), ())

    def choices(self, photo: Digest, boxes: list[list[int]]) -> list[Digest]:
        """The seals on a photo one by one, to choose by."""
        crops = [
            Digest(self._blobs.write(each)) for each in crops_with(self._run, self._blobs.read(photo), boxes)
        ]
        self._store.write(_register, self._blobs, tuple(crops))
        return crops

    def adjust(self, photo: Digest, picture: Digest, kind: str, degrees: float, darker: float) -> CutSeal:
        """The same seal turned clockwise by degrees, its ink thicker (above 0) or thinner."""
        writing = kind == SealKind.SIGNATURE
        png = adjust_with(self._run, self._blobs.read(picture), degrees, darker, writing=writing)
        return self._kept(self._blobs.read(photo), png, kind, ())

    def _kept(self, photo: bytes, png: bytes, kind: str, warnings: tuple[str, ...]) -> CutSeal:
        whole, writing = crops_with(self._run, photo, [])[0], kind == SealKind.SIGNATURE
        compared = beside_its_photo(whole, png, writing=writing)
        picture, shown = Digest(self._blobs.write(png)), Digest(self._blobs.write(compared))
        self._store.write(_register, self._blobs, (picture, shown))
        width, height = size_mm(png, kind)
        return CutSeal(Drawn(picture, width, height), shown, warnings)


def size_mm(png: bytes, kind: str) -> tuple[float, float]:
    """A photographed seal has the width of its kind and its own proportions, a signature fits into its line."""
    with Image.open(BytesIO(png)) as picture:
        ratio = picture.height / picture.width
    if kind == SealKind.SIGNATURE:
        width = min(WIDEST_MM, HIGHEST_MM / ratio)
        return round(width, 2), round(width * ratio, 2)
    width = form(SealKind(kind)).width
    return width, round(width * ratio, 2)


def _register(tx: Tx, blobs: Blobs, digests: tuple[Digest, ...]) -> None:
    for digest in digests:
        blobs.register(tx, digest, "image/png")

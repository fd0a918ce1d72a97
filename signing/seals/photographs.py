"""Seals out of photos: cut out in a child process, shown on white and on a page, nudged until they are right."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

from signing.documents.child import Run
from signing.ids import Digest
from signing.seals.catalogue import SealKind, form
from signing.seals.keeping import Drawn
from signing.seals.photo_child import adjust_with, crops_with, cut_with
from signing.store.blobs import Blobs
from signing.store.port import Store, Tx

MARGIN = 24
PANEL = 380


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

    def cut_out(self, photo: Digest, kind: str, box: list[int]) -> CutSeal:
        """The seal alone out of a photo of it on white paper; the one in `box` where there are several.

        Raises SealPhotoError.
        """
        data = self._blobs.read(photo)
        x0, y0, x1, y1 = box or (0, 0, 0, 0)
        cutout = cut_with(self._run, data, box=(x0, y0, x1, y1) if box else None)
        return self._kept(data, cutout.png, kind, cutout.warnings)

    def choices(self, photo: Digest, boxes: list[list[int]]) -> list[Digest]:
        """The seals on a photo one by one, to choose by."""
        crops = [
            Digest(self._blobs.write(each)) for each in crops_with(self._run, self._blobs.read(photo), boxes)
        ]
        self._store.write(_register, self._blobs, tuple(crops))
        return crops

    def adjust(self, photo: Digest, picture: Digest, kind: str, degrees: float, darker: float) -> CutSeal:
        """The same seal turned clockwise by degrees, its ink thicker (above 0) or thinner."""
        png = adjust_with(self._run, self._blobs.read(picture), degrees, darker)
        return self._kept(self._blobs.read(photo), png, kind, ())

    def _kept(self, photo: bytes, png: bytes, kind: str, warnings: tuple[str, ...]) -> CutSeal:
        compared = side_by_side(crops_with(self._run, photo, [])[0], png)
        picture, shown = Digest(self._blobs.write(png)), Digest(self._blobs.write(compared))
        self._store.write(_register, self._blobs, (picture, shown))
        width, height = size_mm(png, kind)
        return CutSeal(Drawn(picture, width, height), shown, warnings)


def size_mm(png: bytes, kind: str) -> tuple[float, float]:
    """A photographed seal has the width of its kind and its own proportions."""
    with Image.open(BytesIO(png)) as picture:
        shape = form(SealKind(kind))
        return shape.width, round(shape.width * picture.height / picture.width, 2)


def side_by_side(photo: bytes, png: bytes) -> bytes:
    """The photo, the seal on white, and the seal over a line of print: one picture for the chat."""
    sheet = Image.new("RGB", (3 * PANEL + 4 * MARGIN, PANEL + 2 * MARGIN), "white")
    with Image.open(BytesIO(photo)) as original, Image.open(BytesIO(png)) as cut:
        seal = cut.convert("RGBA")
        seal.thumbnail((PANEL, PANEL))
        shot = original.convert("RGB")
        shot.thumbnail((PANEL, PANEL))
    sheet.paste(shot, (MARGIN + (PANEL - shot.width) // 2, MARGIN + (PANEL - shot.height) // 2))
    _print_line(sheet, 2 * PANEL + 3 * MARGIN)
    for left in (PANEL + 2 * MARGIN, 2 * PANEL + 3 * MARGIN):
        place = (left + (PANEL - seal.width) // 2, MARGIN + (PANEL - seal.height) // 2)
        sheet.paste(seal, place, seal.getchannel("A"))
    out = BytesIO()
    sheet.save(out, "PNG", compress_level=3)
    return out.getvalue()


def _print_line(sheet: Image.Image, left: int) -> None:
    """A contract's last line, as it would stand under the seal."""
    font = ImageFont.truetype(pylopdf_fonts_zh_cn.serif_path(), 30)
    pen = ImageDraw.Draw(sheet)
    for row, words in enumerate(("甲方（盖章）Party A", "________________", "年 Y  月 M  日 D")):
        pen.text((left + 40, MARGIN + PANEL // 2 - 60 + 52 * row), words, fill=(40, 40, 40), font=font)


def _register(tx: Tx, blobs: Blobs, digests: tuple[Digest, ...]) -> None:
    for digest in digests:
        blobs.register(tx, digest, "image/png")

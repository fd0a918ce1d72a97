"""A seal cut out of a phone's photo: alone, flat, upright, its ink on transparency."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from PIL import Image

from signing.seals.photo_checks import quality
from signing.seals.photo_decode import Photo, Pixels, decode, transparent
from signing.seals.photo_errors import Box, NoSealFound, SealCutOff, SealTooSmall, SeveralSeals
from signing.seals.photo_find import Candidate, find, find_writing, rivals
from signing.seals.photo_flatten import centred, is_oval, to_unit
from signing.seals.photo_light import Field, InkName, to_srgb
from signing.seals.photo_outline import OVAL_RATIO, Matrix, Outline, moved, sharpened
from signing.seals.photo_straighten import oval_turn, round_turn, turned
from signing.seals.photo_unmix import unmix

LEAST_ACROSS = 300
ENOUGH_ACROSS = 330
"""Fewer pixels across at half size, and the photo is decoded in full."""
MOST_ACROSS = 720
"""A seal of 42 mm at 430 dpi: finer than ink on paper is."""
MARGIN = 1.008
"""The picture's half beside the seal's: room for its edge to fade."""
IDENTITY = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
SEEN = 12
"""Less cover (of 255) than this is no ink."""
AROUND = 0.14
"""Paper taken along on each side to tell the ink from, as a share of the seal."""


@dataclass(frozen=True, slots=True)
class Cutout:
    """A seal by itself. `png` is RGBA in one ink colour, alpha is its cover, `pixels` its size (w, h).

    `box` is where it lies in the upright photo, `matrix` (3 x 3, row by row) takes the photo's pixels to the picture's.
    `angle` is by how many degrees it was turned clockwise, 0 if nothing told which way is up. `warnings` are words:
    blurred, glare, over-print, no-outline (not flattened), not-straightened, transparent-already (kept as it is).
    """

    png: bytes
    pixels: tuple[int, int]
    box: Box
    ink: tuple[int, int, int]
    shape: str
    angle: float
    warnings: tuple[str, ...] = ()
    matrix: tuple[float, ...] = field(default=(), repr=False)
    found: bool = True


def cut(photo: bytes, ink: InkName = "red", *, box: Box | None = None, writing: bool = False) -> Cutout:
    """Cut the one seal out of `photo`, or the one in `box` (pixels of the upright photo) where there are several.

    With `writing` a signature: strokes without an outline, left at the angle they were written.

    Raises SealPhotoError: NotAPicture, HeicPhoto, SvgPicture, AnimatedPicture, DamagedPicture, PictureTooLarge,
    NoSealFound, SeveralSeals, SealTooSmall, SealCutOff, SealOverPrint, SealBlurred, SealGlare.
    """
    kept = transparent(photo)
    if kept:
        return _as_it_is(kept)
    picture = decode(photo)
    candidate = _the_one(picture, ink, box, writing)
    if candidate.outline.across < ENOUGH_ACROSS and picture.shrunk > 1:
        picture, candidate = _finer(photo, picture, candidate)
    _require_whole(candidate)
    _require_large(candidate, picture.shrunk)
    cutout = _cut(_part(picture, candidate), ink)
    return _trimmed(cutout) if writing else cutout


def rotate(cutout: Cutout, degrees: float) -> Cutout:
    """The same seal turned clockwise by `degrees` about its middle, in a picture of the same size."""
    width, height = cutout.pixels
    middle = np.array([[1, 0, (width - 1) / 2], [0, 1, (height - 1) / 2], [0, 0, 1]])
    turn = middle @ turned(degrees) @ np.linalg.inv(middle)
    cover = cv2.warpPerspective(_cover(cutout), turn, cutout.pixels, flags=cv2.INTER_CUBIC)
    matrix = tuple((turn @ np.reshape(cutout.matrix, (3, 3))).ravel()) if cutout.matrix else ()
    png = _png(cover, cutout.ink)
    return replace(cutout, png=png, angle=cutout.angle + degrees, matrix=matrix)


def darker(cutout: Cutout, by: float) -> Cutout:
    """The same seal with its ink thicker (`by` above 0) or thinner: cover to the power of 2 ** -by."""
    cover = 255 * np.power(_cover(cutout) / 255.0, 2.0**-by)
    return replace(cutout, png=_png(np.rint(cover).astype(np.uint8), cutout.ink))


def _trimmed(cutout: Cutout) -> Cutout:
    """Without the empty paper around the ink."""
    cover = _cover(cutout)
    x, y, width, height = cv2.boundingRect((cover > SEEN).astype(np.uint8))
    if not width:
        raise NoSealFound(ink="any")
    matrix = np.array([[1, 0, -x], [0, 1, -y], [0, 0, 1]]) @ np.reshape(cutout.matrix, (3, 3))
    corners = np.array([[[0, 0]], [[width, 0]], [[width, height]], [[0, height]]], float)
    there = cv2.perspectiveTransform(corners, np.linalg.inv(matrix)).reshape(-1, 2)
    (left, top), (right, bottom) = np.floor(there.min(axis=0)), np.ceil(there.max(axis=0))
    box = (max(0, int(left)), max(0, int(top)), int(right), int(bottom))
    png = _png(cover[y : y + height, x : x + width], cutout.ink)
    return replace(cutout, png=png, pixels=(width, height), box=box, matrix=tuple(matrix.ravel()))


def _cover(cutout: Cutout) -> Pixels:
    return np.asarray(Image.open(io.BytesIO(cutout.png)).getchannel("A"))


def _as_it_is(image: Image.Image) -> Cutout:
    """A picture that was cut out before: its own pixels, without what else the file carried."""
    out = io.BytesIO()
    Image.frombytes("RGBA", image.size, image.tobytes()).save(out, "PNG", compress_level=1)
    pixels = np.asarray(image)
    inked = pixels[pixels[..., 3] > 127]
    if len(inked) == 0:
        raise NoSealFound(ink="any")
    r, g, b = (int(v) for v in np.median(inked[:, :3], axis=0))
    box = (0, 0, image.width, image.height)
    return Cutout(out.getvalue(), image.size, box, (r, g, b), "free", 0.0, ("transparent-already",), IDENTITY)


def _the_one(picture: Photo, ink: InkName, box: Box | None, writing: bool) -> Candidate:
    left, top, right, bottom = _widened(box, picture) if box else (0, 0, *picture.image.size)
    image = picture.image.crop((left, top, right, bottom)) if box else picture.image
    look = find_writing if writing else find
    found = rivals(look(image, ink)) if min(image.size) > 8 else []
    if not found:
        raise NoSealFound(ink=ink)
    if len(found) > 1 and box is None:
        boxes = sorted(each.box for each in found)
        raise SeveralSeals(boxes=[[side * picture.shrunk for side in each] for each in boxes])
    return found[0].at(left, top)


def _widened(box: Box, picture: Photo) -> Box:
    """The box with paper around it, in the decoded picture's pixels."""
    x0, y0, x1, y1 = (side / picture.shrunk for side in box)
    gap = 0.3 * max(x1 - x0, y1 - y0)
    width, height = picture.image.size
    return (
        max(0, int(x0 - gap)),
        max(0, int(y0 - gap)),
        min(width, int(x1 + gap)),
        min(height, int(y1 + gap)),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """The photo around the seal, small enough to work on; `from_photo` maps pixels of the full photo (`size`) to its own."""

    pixels: Pixels
    outline: Outline
    from_photo: Matrix
    size: tuple[int, int]


def _finer(photo: bytes, picture: Photo, candidate: Candidate) -> tuple[Photo, Candidate]:
    """The photo decoded with enough pixels for a small seal, and the candidate in those."""
    enough = candidate.outline.across * picture.shrunk / 2 >= ENOUGH_ACROSS
    finer = decode(photo, 2 if enough and picture.shrunk > 2 else 1)
    return finer, candidate.scaled(picture.shrunk / finer.shrunk)


def _require_large(candidate: Candidate, shrunk: int) -> None:
    across = candidate.outline.across * shrunk
    if across < LEAST_ACROSS:
        raise SealTooSmall(pixels=round(across), at_least=LEAST_ACROSS)


def _require_whole(candidate: Candidate) -> None:
    if candidate.cut_off:
        raise SealCutOff(sides=list(candidate.cut_off))


def _part(picture: Photo, candidate: Candidate) -> _Part:
    gap = AROUND * candidate.outline.across
    low, high = candidate.outline.points.min(axis=0) - gap, candidate.outline.points.max(axis=0) + gap
    width, height = picture.image.size
    x0, y0 = max(0, int(low[0])), max(0, int(low[1]))
    x1, y1 = min(width, int(high[0]) + 1), min(height, int(high[1]) + 1)
    pixels: Pixels = np.asarray(picture.image.crop((x0, y0, x1, y1)))
    scale = min(1.0, MOST_ACROSS / candidate.outline.across)
    if scale < 1:
        size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
        pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA if scale < 0.5 else cv2.INTER_LINEAR)
    fine, s = scale / picture.shrunk, picture.shrunk
    from_photo = np.array(
        [
            [fine, 0, (0.5 / s - x0) * scale - 0.5],
            [0, fine, (0.5 / s - y0) * scale - 0.5],
            [0, 0, 1],
        ]
    )
    outline = moved(candidate.outline, scale, -x0 * scale, -y0 * scale)
    return _Part(pixels, outline, from_photo, picture.size)


def _box_in_photo(part: _Part, outline: Outline) -> Box:
    """The outline's box in pixels of the full photo."""
    back = np.linalg.inv(part.from_photo)
    points = outline.points @ back[:2, :2].T + back[:2, 2]
    (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
    width, height = part.size
    return max(0, int(x0)), max(0, int(y0)), min(width, int(x1) + 1), min(height, int(y1) + 1)


def _cut(part: _Part, ink: InkName) -> Cutout:
    unmixed = unmix(part.pixels, ink)
    outline = sharpened(part.outline, unmixed.cover)
    good = quality(part.pixels, unmixed, outline)
    good.require()
    upright, angle, doubts = _upright(outline, unmixed.cover)
    across = min(MOST_ACROSS, max(LEAST_ACROSS, round(outline.across)))
    ratio = _height_by_width(outline)
    size = (round(across * min(1.0, 1 / ratio)), round(across * min(1.0, ratio)))
    to_picture = _scale(size) @ upright
    cover = cv2.warpPerspective(unmixed.cover, to_picture, size, flags=cv2.INTER_CUBIC)
    if outline.shape == "ellipse":
        cover *= _ellipse_within(size)
    colour = to_srgb(unmixed.ink)
    png = _png(np.clip(cover * 255 + 0.5, 0, 255).astype(np.uint8), colour)
    matrix = tuple(float(v) for v in (to_picture @ part.from_photo).ravel())
    warnings = (*good.warnings(), *doubts)
    box = _box_in_photo(part, outline)
    return Cutout(png, size, box, colour, _shape(outline), angle, warnings, matrix)


def _upright(outline: Outline, cover: Field) -> tuple[Matrix, float, list[str]]:
    """The map from the part to the flat, upright seal (-1..1 wide), the turn in it, and what remains doubtful."""
    unit = to_unit(outline)
    if is_oval(outline):
        turn, clear = oval_turn(cover, unit, float(np.degrees(outline.angle)))
        return np.diag([1, OVAL_RATIO, 1]) @ turned(turn) @ unit, turn, [] if clear else ["not-straightened"]
    if outline.shape == "ellipse":
        unit, star = centred(unit, cover)
        found = round_turn(cover, unit, star=star)
        return turned(found or 0.0) @ unit, found or 0.0, ["not-straightened"] if found is None else []
    return unit, 0.0, [] if outline.shape == "quad" else ["no-outline"]


def _height_by_width(outline: Outline) -> float:
    if is_oval(outline):
        return OVAL_RATIO
    width, height = np.ptp(outline.points, axis=0)
    return float(height / width) if outline.shape == "free" else 1.0


def _scale(size: tuple[int, int]) -> Matrix:
    """From the flat seal, its longer half being 1, to the middle of a picture of `size`."""
    half = max(size) / 2 / MARGIN
    return np.array([[half, 0, size[0] / 2 - 0.5], [0, half, size[1] / 2 - 0.5], [0, 0, 1]])


def _ellipse_within(size: tuple[int, int]) -> Field:
    """1 within the picture's own ellipse, 0 in its corners, where there can be no ink of the seal."""
    disc = np.zeros(size[::-1], np.float32)
    middle, axes = ((size[0] - 1) / 2, (size[1] - 1) / 2), (float(size[0]), float(size[1]))
    cv2.ellipse(disc, (middle, axes, 0.0), 1.0, -1)
    return disc


def _shape(outline: Outline) -> str:
    if outline.shape == "ellipse":
        return "oval" if is_oval(outline) else "round"
    return "square" if outline.shape == "quad" else "free"


def _png(cover: Pixels, ink: tuple[int, int, int]) -> bytes:
    image = np.empty((*cover.shape, 4), np.uint8)
    image[..., :3] = ink[::-1]
    image[..., 3] = cover
    light = [cv2.IMWRITE_PNG_COMPRESSION, 1, cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_NONE]
    return bytes(cv2.imencode(".png", image, light)[1])

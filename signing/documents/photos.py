"""Photographs of paper pages become one PDF, an A4 page each, in order."""

from __future__ import annotations

from collections.abc import Sequence

from signing.documents import errors
from signing.documents.child import Limits, Run, run_limited
from signing.documents.kind import kind_of

LIMITS = Limits(seconds=90, cpu=60)
MAX_BYTES = 20_000_000
MAX_PICTURES = 50
TAKEN = frozenset({"jpeg", "png", "webp", "bmp", "tiff", "gif"})


def as_pdf(
    pictures: Sequence[bytes],
    *,
    run: Run = run_limited,
    max_bytes: int = MAX_BYTES,
    max_pictures: int = MAX_PICTURES,
) -> bytes:
    """A PDF of the pictures, upright by their EXIF orientation, to go through `intake.inspect` next.

    Landscape pictures get landscape pages. What a camera wrote into the files (place, time, maker) is left out.

    Raises Empty, TooManyPictures, and with the number of the picture TooLarge, Heic, Svg, Animated, NotAPicture,
    PictureTooLarge, PictureDamaged; also TooSlow, TooBig, Malformed.
    """
    if not pictures:
        raise errors.Empty()
    if len(pictures) > max_pictures:
        raise errors.TooManyPictures(pictures=len(pictures), limit=max_pictures)
    for number, data in enumerate(pictures, 1):
        _check(data, number, max_bytes)
    args = {"sizes": [len(data) for data in pictures]}
    _, pdf = run("signing.documents.paging:page_up", b"".join(pictures), args, LIMITS)
    return pdf


def _check(data: bytes, number: int, max_bytes: int) -> None:
    if len(data) > max_bytes:
        raise errors.TooLarge(bytes=len(data), limit=max_bytes, picture=number)
    kind = kind_of(data)
    if kind == "heic":
        raise errors.Heic(picture=number)
    if kind == "svg":
        raise errors.Svg(picture=number)
    if kind not in TAKEN:
        raise errors.NotAPicture(picture=number)

"""What can be wrong with the photo of a seal. Templates turn each code into advice for a better photo."""

from __future__ import annotations

from typing import ClassVar

from signing.seals.errors import SealError

Box = tuple[int, int, int, int]
"""(left, top, right, bottom) in pixels of the upright photo, from its top left."""


class SealPhotoError(SealError):
    """No seal could be cut out of the photo."""

    code: ClassVar[str] = "seal.photo.refused"


class NotAPicture(SealPhotoError):
    """Not a picture that we read (JPEG, PNG, WebP, TIFF, BMP); details: `format`, a guess or ""."""

    code = "seal.photo.not-a-picture"


class HeicPhoto(SealPhotoError):
    """An iPhone's HEIC. Settings > Camera > Formats > Most Compatible makes JPEG; so does sending it as a photo."""

    code = "seal.photo.heic"


class SvgPicture(SealPhotoError):
    """A drawing (SVG), not a photo."""

    code = "seal.photo.svg"


class AnimatedPicture(SealPhotoError):
    """More than one frame; details: `frames`."""

    code = "seal.photo.animated"


class DamagedPicture(SealPhotoError):
    """The file ends early or is broken."""

    code = "seal.photo.damaged"


class PictureTooLarge(SealPhotoError):
    """Too many pixels; details: `megapixels`, `at_most`."""

    code = "seal.photo.too-large"


class NoSealFound(SealPhotoError):
    """Nothing on the photo looks like a seal in the ink asked for; details: `ink`."""

    code = "seal.photo.none-found"


class SeveralSeals(SealPhotoError):
    """More than one seal; details: `boxes`, each good for `cut(photo, box=...)` and `crop(photo, box)`."""

    code = "seal.photo.several"


class SealTooSmall(SealPhotoError):
    """Too few pixels across; details: `pixels`, `at_least`."""

    code = "seal.photo.too-small"


class SealCutOff(SealPhotoError):
    """The seal reaches over the photo's edge; details: `sides` (left, top, right, bottom)."""

    code = "seal.photo.cut-off"


class SealOverPrint(SealPhotoError):
    """Too much printed text under the seal; details: `share` of its area."""

    code = "seal.photo.over-print"


class SealBlurred(SealPhotoError):
    """Not sharp enough; details: `blur`, the edge's softness in per cent of the seal's width."""

    code = "seal.photo.blurred"


class SealGlare(SealPhotoError):
    """A reflection hides part of the seal; details: `share` of its area."""

    code = "seal.photo.glare"

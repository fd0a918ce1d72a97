"""Photos that no seal can be cut out of: each is refused with its reason, whatever was done to the file."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from signing.seals.photo import cut
from signing.seals.photo_decode import MOST_PIXELS
from signing.seals.photo_errors import (
    AnimatedPicture,
    DamagedPicture,
    HeicPhoto,
    NoSealFound,
    NotAPicture,
    PictureTooLarge,
    SealBlurred,
    SealCutOff,
    SealGlare,
    SealPhotoError,
    SealTooSmall,
    SvgPicture,
)
from tests.signing.seals.goldens import FOLDER
from tests.signing.seals.photographed import encoded, stamped, taken

CAT = FOLDER.parent / "photos" / "cat.jpg"


@pytest.mark.parametrize(
    ("error", "flaw", "seed"),
    [
        (SealGlare, "glare", 1),
        (SealBlurred, "blurred", 2),
        (NoSealFound, "none", 3),
        (SealCutOff, "cut-off", 4),
    ],
)
def test_a_flaw_that_spoils_the_photo_is_named(error: type[SealPhotoError], flaw: str, seed: int) -> None:
    each = taken(seed, flaw=flaw)
    with pytest.raises(error):
        cut(each.photo, each.ink)


def test_a_seal_cut_off_says_on_which_side() -> None:
    with pytest.raises(SealCutOff) as refused:
        cut(encoded(stamped(at=(-150, 300))))
    assert refused.value.details == {"sides": ["left"]}


def test_a_seal_of_too_few_pixels_is_refused_with_their_number() -> None:
    with pytest.raises(SealTooSmall) as refused:
        cut(encoded(stamped((1000, 800), (400, 300), 200)))
    assert refused.value.details == {"pixels": pytest.approx(200, abs=6), "at_least": 300}


def test_blank_paper_holds_no_seal() -> None:
    with pytest.raises(NoSealFound):
        cut(encoded(Image.new("RGB", (1200, 900), (240, 238, 232))))


@pytest.mark.parametrize("ink", ["red", "blue", "black"])
@pytest.mark.parametrize("times", [1, 3])
def test_a_cat_is_not_a_seal(ink: Any, times: int) -> None:
    image = Image.open(CAT)
    photo = encoded(image.resize((image.width * times, image.height * times)))
    with pytest.raises(SealPhotoError):
        cut(photo, ink)


def animated() -> bytes:
    frames = [Image.new("RGB", (400, 400), colour) for colour in ("red", "white")]
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])


def bomb() -> bytes:
    """A PNG that says it has 400 megapixels."""
    head = bytearray(encoded(Image.new("L", (1, 1)), "PNG"))
    head[16:24] = (20_000).to_bytes(4, "big") * 2
    head[29:33] = zlib.crc32(head[12:29]).to_bytes(4, "big")
    return bytes(head)


def bad_input() -> Iterator[tuple[type[SealPhotoError], bytes]]:
    good = encoded(stamped())
    yield NotAPicture, b""
    yield NotAPicture, b"hello"
    yield NotAPicture, b"%PDF-1.7\n"
    yield HeicPhoto, b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 99
    yield SvgPicture, b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'
    yield AnimatedPicture, animated()
    yield DamagedPicture, good[: len(good) // 2]
    yield PictureTooLarge, bomb()
    yield NoSealFound, encoded(Image.new("RGB", (1, 1)))
    yield NoSealFound, encoded(Image.new("RGB", (3000, 1), "red"))


@pytest.mark.parametrize(("error", "data"), list(bad_input()), ids=lambda value: getattr(value, "code", ""))
def test_bad_input_is_refused_with_its_own_code(error: type[SealPhotoError], data: bytes) -> None:
    with pytest.raises(error) as refused:
        cut(data)
    assert refused.value.code.startswith("seal.photo.")


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded() -> None:
    side = int(MOST_PIXELS**0.5) + 500
    with pytest.raises(PictureTooLarge):
        cut(encoded(Image.new("1", (side, side)), "PNG"))


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_spoiled_file_never_does_worse_than_a_refusal(data: st.DataObject) -> None:
    good = bytearray(encoded(stamped((700, 500), (100, 60), 360), quality=60))
    for _ in range(data.draw(st.integers(1, 6))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    try:
        cutout = cut(bytes(good[: data.draw(st.integers(0, len(good)))]))
    except SealPhotoError:
        return
    assert Image.open(io.BytesIO(cutout.png)).size == cutout.pixels


@settings(max_examples=25, deadline=None)
@given(
    st.integers(1, 60),
    st.integers(1, 60),
    st.integers(0, 2**32 - 1),
    st.sampled_from(["red", "blue", "black"]),
)
def test_noise_of_any_size_is_no_seal_and_no_crash(width: int, height: int, seed: int, ink: Any) -> None:
    noise = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    with pytest.raises(SealPhotoError):
        cut(encoded(Image.fromarray(noise), "PNG"), ink)

"""Signatures cut out of photos of paper: whole, close around the ink, in the ink's own cover."""

from __future__ import annotations

import io
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from signing.seals.photo import cut
from signing.seals.photo_child import adjust_in_child
from signing.seals.photo_errors import NoSealFound
from tests.signing.seals.handwriting import photographed
from tests.signing.seals.test_photo import alpha, encoded


def test_a_signature_is_cut_out_as_it_was_written() -> None:
    page = Image.new("RGB", (1600, 900), (238, 236, 230))
    pen = ImageDraw.Draw(page)
    for strokes in ([(400, 500), (520, 300), (600, 560), (700, 380)], [(760, 540), (850, 330), (980, 520)]):
        pen.line(strokes, fill=(25, 25, 30), width=9, joint="curve")
    cutout = cut(encoded(page, quality=92), "black", writing=True)
    assert cutout.shape == "free"
    assert cutout.box == pytest.approx((395, 300, 985, 560), abs=22)
    assert max(cutout.ink) < 60


@pytest.mark.parametrize(("ink", "seed"), [("black", 0), ("blue", 4), ("black", 7), ("blue", 9)])
def test_a_photographed_signature_is_cut_out_whole_and_close_around_its_ink(ink: Any, seed: int) -> None:
    photo = photographed(seed, ink)
    cutout = cut(photo.photo, ink, writing=True)
    cover, to_cut = alpha(cutout), np.reshape(cutout.matrix, (3, 3))
    width, height = Image.open(io.BytesIO(photo.photo)).size
    inked = np.zeros((height, width), np.float32)
    inked[photo.box[1] : photo.box[3], photo.box[0] : photo.box[2]] = photo.coverage
    truth = cv2.warpPerspective(inked, to_cut, cutout.pixels)
    assert float(np.abs(truth - cover).mean()) < 0.03
    inside = cv2.warpPerspective(np.ones_like(cover), np.linalg.inv(to_cut), (width, height))
    assert float((inked * (inside < 0.5)).sum()) < 0.03 * float(inked.sum())
    assert min(cover[0].max(), cover[-1].max(), cover[:, 0].max(), cover[:, -1].max()) > 0


@pytest.mark.parametrize("ink", ["blue", "red"])
def test_a_black_signature_is_not_taken_for_one_in_another_ink(ink: Any) -> None:
    with pytest.raises(NoSealFound):
        cut(photographed(3, "black").photo, ink, writing=True)


def test_a_turned_signature_keeps_its_ends() -> None:
    cutout = cut(photographed(0).photo, "black", writing=True)
    _, turned = adjust_in_child(cutout.png, {"degrees": 30.0, "darker": 0.0, "writing": True})
    before, after = alpha(cutout), np.asarray(Image.open(io.BytesIO(turned)).getchannel("A"), float) / 255
    assert after.sum() == pytest.approx(before.sum(), rel=0.02)
    assert after.shape != before.shape

"""Seals as a phone sees them, for the tests that cut them out."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import numpy as np
from PIL import Image

from signing.seals.drawn import draw
from signing.seals.photo import Cutout
from tests.bench.scenes import Scene, scene
from tests.signing.seals.goldens import CODE, COMPANY


@cache
def taken(seed: int, *, flaw: str = "", ink: str = "red", which: int = 0) -> Scene:
    return scene(np.random.default_rng([5, seed]), 1.5, flaw=flaw, ink=ink, which=which)


def alpha(cutout: Cutout) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(cutout.png)).getchannel("A"), float) / 255


def stamped(
    size: tuple[int, int] = (1600, 1200), at: tuple[int, int] = (500, 300), wide: int = 600
) -> Image.Image:
    """A plain photo of white paper with a red seal on it."""
    page = Image.new("RGB", size, (236, 233, 226))
    seal = Image.open(io.BytesIO(draw("official", COMPANY, number=CODE).png)).resize((wide, wide))
    page.paste(seal, at, seal)
    return page


def encoded(image: Image.Image, kind: str = "JPEG", **how: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()

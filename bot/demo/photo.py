"""A believable phone photo of a seal stamped on white paper, for the demo: shadow, warm light, tilt, blur, noise."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from signing.seals.catalogue import SealKind
from signing.seals.drawn import draw

Pixels = NDArray[np.float64]
WIDTH, HEIGHT = 1600, 1200
SEAL_PIXELS = 620
INK = np.array([196, 32, 40])
PAPER = np.array([236, 230, 218])


def photograph_seal(name: str, seed: int = 7) -> bytes:
    """A JPEG of the contract seal of `name` on paper. The same seed gives the same photo."""
    chance = np.random.default_rng(seed)
    cover = _stamped(name, chance)
    light = _light(chance)[..., None]
    scene = (PAPER * (1 - cover[..., None]) + INK * cover[..., None]) * light
    scene += chance.normal(0, 3, scene.shape)
    photo = Image.fromarray(np.clip(scene, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(1.1))
    out = BytesIO()
    photo.save(out, "JPEG", quality=88)
    return out.getvalue()


def _stamped(name: str, chance: np.random.Generator) -> Pixels:
    """How much ink lies on each pixel: a little turned, unevenly inked, with dry specks."""
    with Image.open(BytesIO(draw(SealKind.CONTRACT, name).png)) as picture:
        seal = picture.getchannel("A").resize((SEAL_PIXELS, SEAL_PIXELS), Image.Resampling.LANCZOS)
    turned = seal.rotate(-9, Image.Resampling.BICUBIC, expand=True)
    sheet = Image.new("L", (WIDTH, HEIGHT))
    sheet.paste(turned, ((WIDTH - turned.width) // 2 + 30, (HEIGHT - turned.height) // 2 - 20))
    specks = chance.random((HEIGHT, WIDTH)) > 0.01
    inked: Pixels = np.asarray(sheet) / 255 * 0.93 * _uneven(chance) * specks
    return inked


def _uneven(chance: np.random.Generator) -> Pixels:
    coarse = Image.fromarray((chance.random((9, 12)) * 60 + 195).astype(np.uint8))
    smooth: Pixels = np.asarray(coarse.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)) / 255
    return smooth


def _light(chance: np.random.Generator) -> Pixels:
    """Light from one side, and the soft shadow of a hand."""
    x, y = np.meshgrid(np.linspace(0, 1, WIDTH), np.linspace(0, 1, HEIGHT))
    shadow = 1 / (1 + np.exp(-18 * (x + 0.6 * y - 0.28)))
    light: Pixels = (0.78 + 0.22 * x) * (0.86 + 0.14 * shadow)
    return light

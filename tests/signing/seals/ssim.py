"""Structural similarity of two grey pictures (Wang et al. 2004), over 8 x 8 windows."""

from __future__ import annotations

import numpy as np
from PIL import Image

WINDOW = 8
C1, C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2


def similarity(one: Image.Image, other: Image.Image) -> float:
    """1 for the same picture; -1 to 1. Both are "L" and of one size."""
    assert one.size == other.size, (one.size, other.size)
    a, b = (np.asarray(image, dtype=np.float64) for image in (one, other))
    mean_a, mean_b = _means(a), _means(b)
    var_a, var_b = _means(a * a) - mean_a**2, _means(b * b) - mean_b**2
    both = _means(a * b) - mean_a * mean_b
    score = ((2 * mean_a * mean_b + C1) * (2 * both + C2)) / (
        (mean_a**2 + mean_b**2 + C1) * (var_a + var_b + C2)
    )
    return float(score.mean())


def _means(values: np.ndarray) -> np.ndarray:
    return np.lib.stride_tricks.sliding_window_view(values, (WINDOW, WINDOW))[::2, ::2].mean(axis=(2, 3))

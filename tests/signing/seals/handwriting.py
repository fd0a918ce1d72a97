"""Made-up signatures: as strokes that a finger sends, and as ink on paper that a phone photographed."""

from __future__ import annotations

import io
import json
import math
import random

import numpy as np
from PIL import Image

from signing.seals.drawn_signature import draw_by_hand
from tests.bench import scene_light, scenes
from tests.bench.scenes import Scene


def strokes(seed: int = 1, letters: int = 4) -> bytes:
    """Loops as somebody writes them on a pad of 390 pixels, a few words of nobody's."""
    chance, written, time = random.Random(seed), [], 0.0
    for letter in range(letters):
        stroke = []
        for step in range(60):
            turn = step / 60 * 2 * math.pi * chance.uniform(1.55, 1.6)
            x = 60 + letter * 75 + step * 1.2 + 30 * math.sin(1.3 * turn + letter + seed)
            y = 320 + 45 * math.cos(turn + letter) + 10 * math.sin(3 * turn)
            time += 8 + 8 * abs(math.sin(turn))
            stroke.append([round(x, 1), round(y, 1), round(time, 1)])
        time += 120
        written.append(stroke)
    return json.dumps({"strokes": written}).encode()


def photographed(seed: int, ink: str = "black", megapixels: float = 2.0) -> Scene:
    """A signature on a sheet of paper, as a phone sees it."""
    chance = np.random.default_rng([seed, len(ink)])
    width, height = scenes.photo_size(chance, megapixels)
    alpha = Image.open(io.BytesIO(draw_by_hand(strokes(seed)).png)).getchannel("A")
    size = (scenes.TRUTH, round(scenes.TRUTH * alpha.height / alpha.width))
    truth = np.asarray(alpha.resize(size, Image.Resampling.LANCZOS), np.float32) / 255
    to_photo = scenes.camera(chance, truth, width, height, "")
    corners = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], float)
    box = scenes.box_of(scenes.through(to_photo, corners), width, height)
    coverage = scenes.lens(chance, truth, to_photo, box, (width, height), "")
    paper = scene_light.lit_paper(chance, width, height, None)
    paper /= float(np.percentile(paper[box[1] : box[3] : 8, box[0] : box[2] : 8], 95))
    scene_light.stamp(paper, coverage, ink)
    photo = scene_light.developed(chance, paper, int(chance.integers(60, 96)))
    inside = coverage[box[1] : box[3], box[0] : box[2]].copy()
    return Scene(photo, inside, box, to_photo, size, "signature", ink, "", megapixels)

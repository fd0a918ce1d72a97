"""Seals out of photos, measured on scenes whose truth is known, beside a plain threshold cut of the same photos."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import cv2
import numpy as np
from PIL import Image

from signing.seals.errors import SealError
from signing.seals.photo import Cutout, cut
from tests.bench.scenes import FLAWS, Scene, scene, scenes

Array = np.ndarray
SCENES = 200
"""Scenes without a flaw; a quarter as many with one are added for the warnings."""
TIMED = 9
UPRIGHT = 2.0
"""Degrees within which a seal counts as straightened."""


@dataclass(slots=True)
class Tally:
    """What was measured so far."""

    errors: list[float] = field(default_factory=list)
    threshold_errors: list[float] = field(default_factory=list)
    rings: list[float] = field(default_factory=list)
    turns: list[float] = field(default_factory=list)
    found: int = 0
    said: int = 0
    right: int = 0
    noticed: int = 0


def run(count: int = SCENES, *, timed: int = TIMED) -> dict[str, float]:
    """All figures; alpha error is the mean absolute one inside the seal's box, ring error the deviation of the
    flattened outline from its shape as a share of the seal's width. `timed` is the number of 12-megapixel photos."""
    tally, flawed = Tally(), 0
    for each in scenes(count):
        _measure(each, tally)
    for flaw in FLAWS:
        for each in scenes(max(1, count // (4 * len(FLAWS))), seed=21, flaw=flaw):
            flawed += 1
            _judge(each, tally)
    return {**_figures(tally, count, flawed), **(_timed(timed) if timed else {})}


def _figures(tally: Tally, count: int, flawed: int) -> dict[str, float]:
    upright = [abs(turn) < UPRIGHT for turn in tally.turns]
    return {
        "seal_photo_alpha_error_mean": float(np.mean(tally.errors)),
        "seal_photo_alpha_error_p95": float(np.percentile(tally.errors, 95)),
        "seal_photo_threshold_alpha_error_mean": float(np.mean(tally.threshold_errors)),
        "seal_photo_found": tally.found / count,
        "seal_photo_ring_error_mean": float(np.mean(tally.rings)),
        "seal_photo_upright": float(np.mean(upright)),
        "seal_photo_warnings_right": tally.right / max(1, tally.said),
        "seal_photo_flaws_noticed": tally.noticed / max(1, flawed),
    }


def _measure(each: Scene, tally: Tally) -> None:
    """A scene without a flaw: anything but a cut-out of the right place without warnings is wrong."""
    tally.threshold_errors.append(float(np.abs(threshold_cut(each) - each.coverage).mean()))
    try:
        cutout = cut(each.photo, each.ink)
    except SealError:
        tally.said += 1
        tally.errors.append(float(each.coverage.mean()))
        return
    tally.said += len(cutout.warnings)
    tally.errors.append(float(np.abs(seen_in_photo(cutout, each) - each.coverage).mean()))
    tally.found += overlap(cutout.box, each.box) > 0.9
    ring, turn = geometry(cutout, each)
    tally.rings.append(ring)
    tally.turns.append(turn)


def _judge(each: Scene, tally: Tally) -> None:
    """A scene with a flaw: right is what names it, as a warning or as the reason of a refusal."""
    words = {"printed": {"over-print"}, "none": {"none-found"}}.get(each.flaw, {each.flaw})
    try:
        said = set(cut(each.photo, each.ink).warnings)
    except SealError as wrong:
        said = {wrong.code.rpartition(".")[2]}
    tally.said += len(said)
    tally.right += len(said & words)
    tally.noticed += bool(said & words)


def seen_in_photo(cutout: Cutout, each: Scene) -> Array:
    """The cut-out's alpha laid back onto the photo's own pixels, within the scene's box."""
    alpha = np.asarray(Image.open(io.BytesIO(cutout.png)).getchannel("A"), np.float32) / 255
    x0, y0, x1, y1 = each.box
    shift = np.array([[1, 0, x0], [0, 1, y0], [0, 0, 1.0]])
    back = np.reshape(cutout.matrix, (3, 3)) @ shift
    return cv2.warpPerspective(alpha, back, (x1 - x0, y1 - y0), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)


def geometry(cutout: Cutout, each: Scene) -> tuple[float, float]:
    """How far the true outline, seen in the cut-out, is from its shape (root mean square, share of its width),
    and by how many degrees it is not upright."""
    width, height = each.seal_size
    t = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    truth = np.column_stack([width / 2 * (1 + np.cos(t)), height / 2 * (1 + np.sin(t))]).reshape(-1, 1, 2)
    matrix = np.reshape(cutout.matrix, (3, 3)) @ each.to_photo
    seen = cv2.perspectiveTransform(truth, matrix).reshape(-1, 2)
    a, b = truth.reshape(-1, 2) @ [1, 1j], seen @ [1, 1j]
    a, b = a - a.mean(), b - b.mean()
    like = np.vdot(a, b) / np.vdot(a, a)
    ring = np.sqrt(np.mean(np.abs(b - like * a) ** 2)) / (abs(like) * width)
    return float(ring), float(np.degrees(np.angle(like)))


def overlap(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Intersection over union."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    common = max(0, width) * max(0, height)
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (one, other)]
    return common / (sum(areas) - common)


def threshold_cut(each: Scene) -> Array:
    """The baseline: Otsu's threshold on the channel that shows the ink best, and 0 or 1 for alpha."""
    pixels = np.asarray(Image.open(io.BytesIO(each.photo)).convert("RGB"))
    x0, y0, x1, y1 = each.box
    part = pixels[y0:y1, x0:x1]
    channel = part[..., 0] if each.ink == "blue" else part[..., 1]
    _, inked = cv2.threshold(np.ascontiguousarray(channel), 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    return inked.astype(np.float32)


def _timed(count: int) -> dict[str, float]:
    """Cutting beside Pillow's full decode of the same 12-megapixel JPEG: the median of the photos' best ratios.

    Processor time on one thread, so that what else the machine does has little say in it.
    """
    threads, ratios = cv2.getNumThreads(), []
    cv2.setNumThreads(1)
    for k in range(count):
        photo = scene(np.random.default_rng([22, k]), 12, ink="red", quality=92).photo
        times = [(_taken(_decode, photo), _taken(cut, photo)) for _ in range(9)]
        decode, whole = np.min(times, axis=0)
        ratios.append(whole / decode)
    cv2.setNumThreads(threads)
    return {"seal_photo_12mp_vs_decode": float(np.median(ratios))}


def _decode(photo: bytes) -> None:
    Image.open(io.BytesIO(photo)).load()


def _taken(work: Callable[[bytes], object], photo: bytes) -> float:
    start = time.process_time()
    work(photo)
    return time.process_time() - start


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name:42} {value:.4f}")

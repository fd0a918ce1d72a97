"""Photos of stamped paper whose truth is known: a drawn seal, printed with dry patches, seen by a phone.

The light adds up as light does: ink and paper mix in linear light, the lens blurs there too, and only then come
the tone curve, the sensor's noise and JPEG.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from PIL import Image

from signing.seals.drawn import draw
from tests.bench.scene_light import clouds, developed, glare, lit_paper, printing, stamp

Array = np.ndarray
TRUTH = 1000
"""Width of the truth in pixels."""
SEALS: tuple[tuple[str, str, str | None, str | None], ...] = (
    ("official", "上海海港茶业贸易有限公司", None, "3101150012345"),
    ("official", "杭州蓝窑陶瓷有限公司", None, None),
    ("official", "北京云溪文化传播有限责任公司", None, "1101080045678"),
    ("official", "深圳市前海远山国际供应链管理有限公司", None, "4403050078912"),
    ("contract", "成都青禾农业科技有限公司", None, "5101070023456"),
    ("contract", "上海海港茶业国际贸易（中国）有限公司分公司", None, "3101150054321"),
    ("contract", "Blue Kiln Ceramics Co., Ltd.", "CONTRACTS", None),
    ("finance", "苏州竹影丝绸股份有限公司", None, None),
    ("invoice", "上海海港茶业贸易有限公司", None, "91310115MA1K3HB923"),
    ("invoice", "杭州蓝窑陶瓷有限公司", None, "91330106MA2B1TQ84C"),
    ("legal_representative", "王小明", None, None),
    ("legal_representative", "欧阳青山", None, None),
)


@dataclass(frozen=True, slots=True)
class Scene:
    """`coverage` is the ink on the photo's own pixels as the lens saw it (float32, 0..1), within `box` of the photo.

    `to_photo` takes pixels of the upright seal (`seal_size`) to pixels of the photo. `flaw` is what is wrong, or "".
    """

    photo: bytes
    coverage: Array
    box: tuple[int, int, int, int]
    to_photo: Array
    seal_size: tuple[int, int]
    kind: str
    ink: str
    flaw: str
    megapixels: float


FLAWS = ("printed", "glare", "blurred", "cut-off", "several", "none", "too-small")


def scenes(count: int, seed: int = 20, *, flaw: str = "") -> Iterator[Scene]:
    """`count` random scenes; the same seed gives the same scenes."""
    for k in range(count):
        chance = np.random.default_rng([seed, k, len(flaw)])
        pixels = float(np.exp(chance.uniform(0, np.log(20))))
        yield scene(chance, pixels, flaw=flaw)


def scene(
    chance: np.random.Generator,
    megapixels: float,
    *,
    flaw: str = "",
    ink: str = "",
    quality: int = 0,
    which: int = -1,
) -> Scene:
    """One scene of about so many megapixels, everything else by chance."""
    width, height = photo_size(chance, megapixels)
    ink = ink or str(chance.choice(["red", "red", "red", "blue", "black"]))
    chosen = int(chance.integers(len(SEALS)))
    which = chosen if which < 0 else which
    truth = _dried(chance, truth_of(which))
    to_photo = camera(chance, truth, width, height, flaw)
    outline = through(to_photo, _outline(truth, SEALS[which][0]))
    box = box_of(outline, width, height)
    coverage = lens(chance, truth, to_photo, box, (width, height), flaw)
    paper = lit_paper(chance, width, height, None if flaw == "several" else outline)
    paper /= float(np.percentile(paper[box[1] : box[3] : 8, box[0] : box[2] : 8], 95))
    if flaw == "printed" or chance.random() < 0.15:
        paper *= 1 - 0.93 * printing(chance, width, height, box, over=flaw == "printed")[..., None]
    if flaw != "none":
        stamp(paper, coverage, ink)
    if flaw == "several":
        stamp(paper, np.roll(coverage, width // 2, axis=1), ink)
    if flaw == "glare":
        glare(chance, paper, outline)
    photo = developed(chance, paper, quality or int(chance.integers(50, 96)))
    inside = coverage[box[1] : box[3], box[0] : box[2]].copy()
    size = (truth.shape[1], truth.shape[0])
    return Scene(photo, inside, box, to_photo, size, SEALS[which][0], ink, flaw, width * height / 1e6)


@lru_cache(maxsize=len(SEALS))
def truth_of(which: int) -> Array:
    """Coverage of one of SEALS, TRUTH pixels wide (float32, 0..1)."""
    kind, name, text, number = SEALS[which]
    alpha = Image.open(io.BytesIO(draw(kind, name, text=text, number=number).png)).getchannel("A")
    size = (TRUTH, round(TRUTH * alpha.height / alpha.width))
    return np.asarray(alpha.resize(size, Image.Resampling.LANCZOS), np.float32) / 255


def photo_size(chance: np.random.Generator, megapixels: float) -> tuple[int, int]:
    ratio = float(chance.choice([4 / 3, 3 / 4, 16 / 9, 9 / 16]))
    height = (megapixels * 1e6 / ratio) ** 0.5
    return round(height * ratio / 16) * 16, round(height / 16) * 16


def _dried(chance: np.random.Generator, truth: Array) -> Array:
    """The stamp was not inked evenly: pale clouds, fine dry grain, sometimes a patch that did not print."""
    height, width = truth.shape
    density = 1 - 0.06 * np.abs(clouds(chance, width, height, 9))
    if chance.random() < 0.5:
        patch = np.clip(clouds(chance, width, height, 5) - 1.1, 0, 1) * chance.uniform(0.3, 1)
        grain = np.clip(0.7 + clouds(chance, width, height, 160), 0, 1)
        density -= patch * grain
    return truth * np.clip(density, 0, 1).astype(np.float32)


def camera(chance: np.random.Generator, truth: Array, width: int, height: int, flaw: str) -> Array:
    """Where each pixel of the upright seal comes to lie in the photo: a pinhole camera over a tilted page."""
    share = chance.uniform(0.22, 0.7) if flaw not in {"several", "too-small"} else 0.3
    across = max(350.0, share * min(width, height)) if flaw != "too-small" else chance.uniform(90, 200)
    across = min(across, 0.8 * min(width, height))
    focal = 0.85 * max(width, height)
    far = focal * 2 / across
    tilt, toward = np.radians(chance.uniform(0, 30)), chance.uniform(0, 2 * np.pi)
    spin = np.radians(chance.uniform(-180, 180) if chance.random() < 0.2 else chance.normal(0, 12))
    turn, _ = cv2.Rodrigues(np.array([np.cos(toward), np.sin(toward), 0]) * tilt)
    plane = turn @ cv2.Rodrigues(np.array([0, 0, spin]))[0]
    rows, columns = truth.shape
    scale = 2 / columns
    unit = np.array([[scale, 0, -columns * scale / 2], [0, scale, -rows * scale / 2], [0, 0, 1]])
    optics = np.array([[focal, 0, 0], [0, focal, 0], [0, 0, 1]])
    seen = optics @ np.column_stack([plane[:, 0], plane[:, 1], [0, 0, far]]) @ unit
    corners = through(seen, np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], float))
    low, high = corners.min(axis=0), corners.max(axis=0)
    at = [_somewhere(chance, low[k], high[k], (width, height)[k], flaw, k) for k in (0, 1)]
    return np.array([[1, 0, at[0]], [0, 1, at[1]], [0, 0, 1]]) @ seen


def _somewhere(
    chance: np.random.Generator, low: float, high: float, room: int, flaw: str, axis: int
) -> float:
    """A shift that leaves some paper around; or cuts the seal off, or leaves half of the photo free."""
    if flaw == "cut-off" and axis == 0:
        return float(-low - (high - low) * chance.uniform(0.2, 0.4))
    room = room // 2 if flaw == "several" and axis == 0 else room
    gap = max(0.0, min(0.04 * room, (room - (high - low)) / 2))
    least, most = gap - low, room - gap - high
    return float(chance.uniform(min(least, most), max(least, most)))


def through(matrix: Array, points: Array) -> Array:
    return cv2.perspectiveTransform(points.reshape(-1, 1, 2).astype(float), matrix).reshape(-1, 2)


def _outline(truth: Array, kind: str) -> Array:
    """Points along the outer edge of the upright seal, in its pixels."""
    height, width = truth.shape
    t = np.linspace(0, 2 * np.pi, 180, endpoint=False)
    x, y = np.cos(t), np.sin(t)
    if kind == "legal_representative":
        x, y = x / np.maximum(abs(x), abs(y)), y / np.maximum(abs(x), abs(y))
    return np.column_stack([width / 2 * (1 + x), height / 2 * (1 + y)])


def box_of(outline: Array, width: int, height: int) -> tuple[int, int, int, int]:
    (x0, y0), (x1, y1) = np.floor(outline.min(axis=0)), np.ceil(outline.max(axis=0))
    return max(0, int(x0)), max(0, int(y0)), min(width, int(x1)), min(height, int(y1))


def lens(
    chance: np.random.Generator,
    truth: Array,
    to_photo: Array,
    box: tuple[int, int, int, int],
    size: tuple[int, int],
    flaw: str,
) -> Array:
    """The ink's coverage where the light meets the sensor: warped, blurred."""
    across = max(box[2] - box[0], box[3] - box[1])
    finest = max(0.0, (TRUTH / across) * 0.4)
    seen = cv2.warpPerspective(cv2.GaussianBlur(truth, (0, 0), max(0.3, finest)), to_photo, size)
    blur = across * chance.uniform(0.022, 0.035) if flaw == "blurred" else chance.uniform(0.35, 1.1)
    reach = int(4 * blur) + 1
    x0, y0, x1, y1 = max(0, box[0] - reach), max(0, box[1] - reach), box[2] + reach, box[3] + reach
    seen[y0:y1, x0:x1] = cv2.GaussianBlur(seen[y0:y1, x0:x1], (0, 0), blur)
    return seen

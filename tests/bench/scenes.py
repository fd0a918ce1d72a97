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
from PIL import Image, ImageDraw

from signing.seals.drawn import draw
from signing.seals.typeface import sans

Array = np.ndarray
STRIP = 256
"""Rows that are developed at a time."""
TRUTH = 1000
"""Width of the truth in pixels."""
INKS = {"red": (0.66, 0.012, 0.022), "blue": (0.025, 0.055, 0.30), "black": (0.012, 0.012, 0.014)}
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
    width, height = _photo_size(chance, megapixels)
    ink = ink or str(chance.choice(["red", "red", "red", "blue", "black"]))
    chosen = int(chance.integers(len(SEALS)))
    which = chosen if which < 0 else which
    truth = _dried(chance, truth_of(which))
    to_photo = _camera(chance, truth, width, height, flaw)
    outline = _through(to_photo, _outline(truth, SEALS[which][0]))
    box = _box(outline, width, height)
    coverage = _lens(chance, truth, to_photo, box, (width, height), flaw)
    paper = _lit_paper(chance, width, height, None if flaw == "several" else outline)
    paper /= float(np.percentile(paper[box[1] : box[3] : 8, box[0] : box[2] : 8], 95))
    if flaw == "printed" or chance.random() < 0.15:
        paper *= 1 - 0.93 * _print(chance, width, height, box, over=flaw == "printed")[..., None]
    if flaw != "none":
        _stamp(paper, coverage, ink)
    if flaw == "several":
        _stamp(paper, np.roll(coverage, width // 2, axis=1), ink)
    if flaw == "glare":
        _glare(chance, paper, outline)
    photo = _developed(chance, paper, quality or int(chance.integers(50, 96)))
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


def _photo_size(chance: np.random.Generator, megapixels: float) -> tuple[int, int]:
    ratio = float(chance.choice([4 / 3, 3 / 4, 16 / 9, 9 / 16]))
    height = (megapixels * 1e6 / ratio) ** 0.5
    return round(height * ratio / 16) * 16, round(height / 16) * 16


def _clouds(chance: np.random.Generator, width: int, height: int, cells: float) -> Array:
    """Smooth noise, about `cells` across, mean 0, deviation about 1."""
    small = chance.standard_normal((max(2, round(cells * height / width)), max(2, round(cells))))
    return cv2.resize(small.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC) * 1.5


def _dried(chance: np.random.Generator, truth: Array) -> Array:
    """The stamp was not inked evenly: pale clouds, fine dry grain, sometimes a patch that did not print."""
    height, width = truth.shape
    density = 1 - 0.06 * np.abs(_clouds(chance, width, height, 9))
    if chance.random() < 0.5:
        patch = np.clip(_clouds(chance, width, height, 5) - 1.1, 0, 1) * chance.uniform(0.3, 1)
        grain = np.clip(0.7 + _clouds(chance, width, height, 160), 0, 1)
        density -= patch * grain
    return truth * np.clip(density, 0, 1).astype(np.float32)


def _camera(chance: np.random.Generator, truth: Array, width: int, height: int, flaw: str) -> Array:
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
    lens = np.array([[focal, 0, 0], [0, focal, 0], [0, 0, 1]])
    seen = lens @ np.column_stack([plane[:, 0], plane[:, 1], [0, 0, far]]) @ unit
    corners = _through(seen, np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], float))
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


def _through(matrix: Array, points: Array) -> Array:
    return cv2.perspectiveTransform(points.reshape(-1, 1, 2).astype(float), matrix).reshape(-1, 2)


def _outline(truth: Array, kind: str) -> Array:
    """Points along the outer edge of the upright seal, in its pixels."""
    height, width = truth.shape
    t = np.linspace(0, 2 * np.pi, 180, endpoint=False)
    x, y = np.cos(t), np.sin(t)
    if kind == "legal_representative":
        x, y = x / np.maximum(abs(x), abs(y)), y / np.maximum(abs(x), abs(y))
    return np.column_stack([width / 2 * (1 + x), height / 2 * (1 + y)])


def _box(outline: Array, width: int, height: int) -> tuple[int, int, int, int]:
    (x0, y0), (x1, y1) = np.floor(outline.min(axis=0)), np.ceil(outline.max(axis=0))
    return max(0, int(x0)), max(0, int(y0)), min(width, int(x1)), min(height, int(y1))


def _lens(
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


def _lit_paper(chance: np.random.Generator, width: int, height: int, outline: Array | None) -> Array:
    """Paper (and, with an `outline`, sometimes the desk around it) in its light, linear RGB (float32)."""
    small = (max(8, width // 8), max(8, height // 8))
    x, y = np.meshgrid(np.linspace(-1, 1, small[0]), np.linspace(-1, 1, small[1]))
    toward = chance.uniform(0, 2 * np.pi)
    light = 1 + chance.uniform(0, 0.35) * (x * np.cos(toward) + y * np.sin(toward))
    light *= 1 - chance.uniform(0, 0.25) * (x**2 + y**2) / 2
    if chance.random() < 0.5:
        light *= _shadow(chance, x, y)
    bulb = chance.uniform(0, 1)
    warm = np.array([1, 1 - 0.18 * bulb + chance.normal(0, 0.02), 1 - 0.45 * bulb])
    cream = np.array([1, chance.uniform(0.97, 1), chance.uniform(0.9, 1)])
    colour = (chance.uniform(0.5, 0.85) * warm * cream).astype(np.float32)
    field = cv2.resize(light.astype(np.float32), (width, height))
    field *= _texture(chance, width, height, chance.uniform(0.003, 0.012))
    lit = np.multiply(field[..., None], colour)
    if outline is not None and chance.random() < 0.3:
        _lay_on_desk(chance, lit, outline)
    return lit


def _shadow(chance: np.random.Generator, x: Array, y: Array) -> Array:
    """A phone's or a hand's shadow: a half-plane with a soft edge."""
    toward, where = chance.uniform(0, 2 * np.pi), chance.uniform(-0.6, 0.6)
    soft = chance.uniform(0.03, 0.3)
    side = 1 / (1 + np.exp(-(x * np.cos(toward) + y * np.sin(toward) - where) / soft * 4))
    return np.asarray(1 - chance.uniform(0.2, 0.6) * side)


def _texture(chance: np.random.Generator, width: int, height: int, deviation: float) -> Array:
    tile = chance.standard_normal((512, 512)).astype(np.float32)
    tile = cv2.GaussianBlur(tile, (0, 0), 1.2)
    tile *= deviation / tile.std()
    return 1 + np.tile(tile, (height // 512 + 1, width // 512 + 1))[:height, :width]


def _lay_on_desk(chance: np.random.Generator, lit: Array, outline: Array) -> None:
    """Everything beyond a sheet around the seal becomes wood or grey."""
    height, width = lit.shape[:2]
    low, high = outline.min(axis=0), outline.max(axis=0)
    gap = chance.uniform(0.25, 0.8) * (high - low).max()
    sheet = cv2.boxPoints((tuple((low + high) / 2), tuple(high - low + 2 * gap), chance.normal(0, 6)))
    desk = np.full((height, width), 1, np.uint8)
    cv2.fillConvexPoly(desk, sheet.astype(np.int32), 0)
    tones = [(0.2, 0.09, 0.035), (0.12, 0.12, 0.13), (0.45, 0.3, 0.18), (0.03, 0.03, 0.035)]
    wood = np.array(tones[int(chance.integers(len(tones)))], np.float32)
    grain = np.repeat(1 + 0.2 * chance.standard_normal((height, 1)).astype(np.float32), width, axis=1)
    away = desk.astype(bool)
    lit[away] *= grain[away][:, None] * wood


def _print(
    chance: np.random.Generator, width: int, height: int, box: tuple[int, int, int, int], *, over: bool
) -> Array:
    """Lines of black text (1 is black): around the seal, or `over` it."""
    layer = Image.new("L", (width, height))
    pen = ImageDraw.Draw(layer)
    size = round(min(width, height) * chance.uniform(0.02, 0.035))
    left = -int(chance.integers(size * 3))
    for y in range(int(chance.integers(size)), height, round(size * 2.2)):
        pen.text(
            (left, y), "本合同一式两份，甲乙双方各执一份，自双方盖章之日起生效。" * 3, 255, sans().at(size)
        )
    printed = np.asarray(layer, np.float32) / 255
    if not over:
        gap = round(0.08 * (box[2] - box[0]))
        printed[max(0, box[1] - gap) : box[3] + gap, max(0, box[0] - gap) : box[2] + gap] = 0
    return cv2.GaussianBlur(printed, (0, 0), 0.8)


def _stamp(paper: Array, coverage: Array, ink: str) -> None:
    """Ink over paper, in place: each takes its share of the light."""
    rows, columns = np.nonzero(coverage.max(axis=1) > 0)[0], np.nonzero(coverage.max(axis=0) > 0)[0]
    here = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
    taken = 1 - np.array(INKS[ink], np.float32)
    paper[here] *= 1 - coverage[here][..., None] * taken


def _glare(chance: np.random.Generator, lit: Array, outline: Array) -> None:
    """A lamp's reflection on the seal, in place."""
    middle, across = outline.mean(axis=0), np.ptp(outline, axis=0).max()
    x, y = (middle + chance.uniform(-0.2, 0.2, 2) * across).astype(int)
    radius = across * chance.uniform(0.16, 0.26)
    columns, rows = np.meshgrid(np.arange(lit.shape[1]) - x, np.arange(lit.shape[0]) - y)
    away = (columns / radius) ** 2 + (rows / (radius * chance.uniform(0.6, 1))) ** 2
    lit += (3 * np.exp(-(away**2))).astype(np.float32)[..., None]


def _developed(chance: np.random.Generator, lit: Array, quality: int) -> bytes:
    """Exposure (paper at the seal is 1 before it), tone curve, noise, JPEG."""
    lit *= chance.uniform(0.62, 0.97)
    steps = np.arange(4097, dtype=np.float32) / 4096
    curve = np.where(steps <= 0.0031308, steps * 12.92, 1.055 * steps ** (1 / 2.4) - 0.055) * 255
    curve = curve.astype(np.float32)
    noise = _noise(chance, STRIP, lit.shape[1], chance.uniform(0.5, 4))
    pixels = np.empty(lit.shape, np.uint8)
    for top in range(0, lit.shape[0], STRIP):
        strip = np.clip(lit[top : top + STRIP], 0, 1)
        toned = curve[(strip * 4096).astype(np.uint16)] + noise[: len(strip)] + 0.5
        pixels[top : top + STRIP] = np.clip(toned, 0, 255)
    out = io.BytesIO()
    subsampling = int(chance.choice([0, 2, 2]))
    Image.fromarray(pixels).save(out, "JPEG", quality=quality, subsampling=subsampling)
    return out.getvalue()


def _noise(chance: np.random.Generator, height: int, width: int, deviation: float) -> Array:
    tile = chance.standard_normal((512, 512, 3)).astype(np.float32) * 0.6
    tile += chance.standard_normal((512, 512, 1)).astype(np.float32) * 0.8
    return np.tile(tile * deviation, (height // 512 + 1, width // 512 + 1, 1))[:height, :width]

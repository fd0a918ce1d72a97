"""Where things are on a page: user space (what a PDF file counts in), the page as displayed, pixels, millimetres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]
"""(x0, y0, x1, y1), x0 <= x1 and y0 <= y1, from the bottom left unless said otherwise."""

POINTS_PER_MM = 72 / 25.4


def points(mm: float) -> float:
    """Millimetres as points of 1/72 inch."""
    return mm * POINTS_PER_MM


def millimetres(points: float) -> float:
    """Points of 1/72 inch as millimetres."""
    return points / POINTS_PER_MM


@dataclass(frozen=True, slots=True)
class PageView:
    """How a page's user space lies on the page that people see (ISO 32000-1, 7.7.3.3 and 8.3.2.3).

    `crop` is the visible box in user space, `rotate` is 0, 90, 180 or 270 degrees clockwise and `unit` the
    page's UserUnit: points of 1/72 inch in one unit of user space. "Displayed" boxes are in points of 1/72 inch from
    the bottom left corner of the page as people see it.
    """

    crop: Box
    rotate: int = 0
    unit: float = 1.0

    @property
    def width(self) -> float:
        """Displayed width in points."""
        return self._span(self.rotate % 180 == 90)

    @property
    def height(self) -> float:
        """Displayed height in points."""
        return self._span(self.rotate % 180 == 0)

    @property
    def size_mm(self) -> tuple[float, float]:
        """Displayed width and height in millimetres."""
        return millimetres(self.width), millimetres(self.height)

    @property
    def in_points(self) -> PageView:
        """The same page with a user space in points."""
        x0, y0, x1, y1 = (edge * self.unit for edge in self.crop)
        return PageView((x0, y0, x1, y1), self.rotate)

    def _span(self, vertical: bool) -> float:
        x0, y0, x1, y1 = self.crop
        return (y1 - y0 if vertical else x1 - x0) * self.unit

    def to_display(self, box: Box) -> Box:
        """A box of user space as displayed."""
        return _ordered(self._point_to_display(box[0], box[1]), self._point_to_display(box[2], box[3]))

    def to_user(self, box: Box) -> Box:
        """A displayed box in user space."""
        return _ordered(self._point_to_user(box[0], box[1]), self._point_to_user(box[2], box[3]))

    def to_pixels(self, box: Box, dpi: float) -> Box:
        """A box of user space as (left, top, right, bottom) in pixels of the picture of the page, from the top left."""
        x0, y0, x1, y1 = self.to_display(box)
        scale = dpi / 72
        return x0 * scale, (self.height - y1) * scale, x1 * scale, (self.height - y0) * scale

    def from_pixels(self, box: Box, dpi: float) -> Box:
        """A box (left, top, right, bottom) of pixels of the page's picture in user space."""
        left, top, right, bottom = (value * 72 / dpi for value in box)
        return self.to_user((left, self.height - bottom, right, self.height - top))

    def units(self, mm: float) -> float:
        """A length in millimetres on the displayed page as a length in user space."""
        return points(mm) / self.unit

    def _point_to_display(self, x: float, y: float) -> tuple[float, float]:
        x0, y0, x1, y1 = self.crop
        turned = {
            0: (x - x0, y - y0),
            90: (y - y0, x1 - x),
            180: (x1 - x, y1 - y),
            270: (y1 - y, x - x0),
        }[self.rotate]
        return turned[0] * self.unit, turned[1] * self.unit

    def _point_to_user(self, x: float, y: float) -> tuple[float, float]:
        x0, y0, x1, y1 = self.crop
        u, v = x / self.unit, y / self.unit
        return {0: (x0 + u, y0 + v), 90: (x1 - v, y0 + u), 180: (x1 - u, y1 - v), 270: (x0 + v, y1 - u)}[
            self.rotate
        ]

    def as_json(self) -> dict[str, Any]:
        """For a journal or a wire."""
        return {"crop": list(self.crop), "rotate": self.rotate, "unit": self.unit}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> PageView:
        """What `as_json` gave. Raises KeyError, TypeError, ValueError."""
        x0, y0, x1, y1 = (float(edge) for edge in value["crop"])
        rotate = int(value["rotate"])
        if rotate not in (0, 90, 180, 270):
            raise ValueError("rotate")
        return cls((x0, y0, x1, y1), rotate, float(value["unit"]))


def centred(width: float, height: float, x: float, y: float) -> Box:
    """A box of this size around a point."""
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def kept_on(box: Box, width: float, height: float, margin: float = 0.0) -> Box:
    """The box moved, never resized, so that it lies on a page of this size as far as it fits."""
    x0, y0, x1, y1 = box
    dx = max(margin - x0, 0.0) or min(width - margin - x1, 0.0)
    dy = max(margin - y0, 0.0) or min(height - margin - y1, 0.0)
    return x0 + dx, y0 + dy, x1 + dx, y1 + dy


def overlap(a: Box, b: Box) -> float:
    """The area that two boxes share."""
    wide = min(a[2], b[2]) - max(a[0], b[0])
    high = min(a[3], b[3]) - max(a[1], b[1])
    return max(wide, 0.0) * max(high, 0.0)


def _ordered(one: tuple[float, float], other: tuple[float, float]) -> Box:
    return (min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))

"""A short line across a seal: 合同专用章, a tax number."""

from __future__ import annotations

from collections.abc import Sequence

from signing.seals.arc import Place, fit, signs
from signing.seals.arc_name import stamp_line
from signing.seals.errors import TextTooLong
from signing.seals.plate import Plate
from signing.seals.typeface import Typeface


def set_straight(
    plate: Plate, text: str, face: Typeface, y: float, width: float, heights: Sequence[float]
) -> None:
    """Set `text` around x = 0 with its middle at `y`, at most `width` wide (mm). Raises TextTooLong."""
    line = signs(text, face)
    fitted = fit(line, lambda _: width, heights)
    if fitted is None:
        raise TextTooLong(at_most=int(width / (heights[-1] * 0.45)), length=len(text))
    stamp_line(plate, line, fitted, face, [Place(x, y, 0) for x in fitted.middles])

"""A lettered grid over a page as people see it: a cell is named like a square of a chessboard, C4."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from signing.documents.geometry import PageView
from signing.errors import SigningError

FEW, MANY = 6, 8
CELL = re.compile(r"([A-Z])\s*(\d{1,2})|(\d{1,2})\s*([A-Z])")


class NotACell(SigningError):
    """Not the name of a square of the grid; `last` is the one at the lower right."""

    code = "area.not-a-cell"


@dataclass(frozen=True, slots=True)
class Grid:
    """How many columns (A, B, …, from the left) and rows (1, 2, …, from the top)."""

    columns: int
    rows: int

    @property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """The names, row by row."""
        return tuple(tuple(f"{_letter(x)}{y + 1}" for x in range(self.columns)) for y in range(self.rows))

    def middle(self, cell: str, view: PageView) -> tuple[float, float]:
        """The middle of a cell on the displayed page, in points from the bottom left. Raises NotACell."""
        column, row = self._numbers(cell)
        return (column + 0.5) * view.width / self.columns, view.height * (1 - (row + 0.5) / self.rows)

    def _numbers(self, cell: str) -> tuple[int, int]:
        plain = unicodedata.normalize("NFKC", cell).strip().upper()
        found = CELL.fullmatch(plain)
        if found:
            column, row = ord(found[1] or found[4]) - ord("A"), int(found[2] or found[3]) - 1
            if column < self.columns and 0 <= row < self.rows:
                return column, row
        raise NotACell(last=self.cells[-1][-1])


def grid_of(view: PageView) -> Grid:
    """The grid of a page: more squares along the longer side."""
    return Grid(MANY, FEW) if view.width > view.height else Grid(FEW, MANY)


def _letter(number: int) -> str:
    return chr(ord("A") + number)

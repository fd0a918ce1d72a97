"""Hostile Word files, and the reason each is refused with."""

from __future__ import annotations

from .archives import ARCHIVES
from .cases import Maker
from .fields import FIELDS
from .links import LINKS
from .others import OTHERS
from .parts import PARTS

FILES: dict[str, tuple[Maker, str]] = {**LINKS, **PARTS, **FIELDS, **ARCHIVES, **OTHERS}
assert len(FILES) == sum(map(len, (LINKS, PARTS, FIELDS, ARCHIVES, OTHERS)))

"""A collection of hostile Word files, each by name with the reason that it is refused with."""

from __future__ import annotations

from collections.abc import Callable

from ..word_files import RELATIONS, docx, relation, relations

Maker = Callable[[int], bytes]
"""Given the port of a listener on the loopback."""


class Cases(dict[str, tuple[Maker, str]]):
    """Makers and reasons, by name."""

    def add(self, name: str, reason: str, maker: Maker) -> None:
        assert name not in self
        self[name] = (maker, reason)


def related(kind: str, target: str, **how: object) -> Maker:
    """A relation to `target`, in which `{port}` stands for the listener's."""
    return lambda port: docx({RELATIONS: relations(relation(kind, target.format(port=port), **how))})

"""Templates that a gateway has approved: which of its numbers stands for which of our texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from signing.texting import Text, TextRefused

CODE = "code"
LONGEST = 30
"""Letters of a title or a name that gateways let pass in a variable."""


@dataclass(frozen=True, slots=True)
class TextTemplates:
    """`numbers` by kind of text, or by kind and language ("invitation.en"); `code` stands in for every kind of code."""

    numbers: Mapping[str, str]

    @classmethod
    def read(cls, setting: str) -> TextTemplates:
        """From "code=SMS_1, invitation=SMS_2, invitation.en=SMS_3"."""
        pairs = (each.partition("=") for each in setting.split(",") if each.strip())
        return cls({kind.strip(): number.strip() for kind, _, number in pairs})

    def number(self, text: Text) -> str:
        """The template for a text. Raises TextRefused where none was registered."""
        kinds = [text.kind, *([CODE] if CODE in text.values else [])]
        names = (name for kind in kinds for name in (f"{kind}.{text.language}", kind))
        found = next((self.numbers[name] for name in names if name in self.numbers), None)
        if found is None:
            raise TextRefused(tail="")
        return found


def variables(text: Text) -> dict[str, str]:
    """What fills a template in, cut to what gateways let pass; links and codes whole."""
    return {
        name: _cut(value) if name in ("sender", "title") else value for name, value in text.values.items()
    }


def _cut(value: str) -> str:
    return value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"

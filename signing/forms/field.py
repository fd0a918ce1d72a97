"""A field of a form: what is to be filled in, of which kind, and by whom.

A form is a Word file with fields, kept to make contracts of; people read “template”, 模板.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from signing.forms.known import fact_of

Kind = Literal["text", "money", "date", "choice", "resident_id", "phone"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Field:
    """`label` is what the file calls it. `role` names the party that fills it in ("乙方"), "" is the sender.

    `choices` are the only values of a field of kind choice.
    """

    label: str
    kind: Kind = "text"
    role: str = ""
    required: bool = True
    choices: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether it names a party, so that nobody is asked for it."""
        return fact_of(self.label) is not None

    @property
    def is_secret(self) -> bool:
        """Whether its value stands in no journal and no message."""
        return self.kind == "resident_id"


def as_json(field: Field) -> str:
    return json.dumps(asdict(field), ensure_ascii=False)


def from_json(text: str) -> Field:
    return field_of(json.loads(text))


def field_of(told: dict[str, Any]) -> Field:
    """The field that `dataclasses.asdict` made this of."""
    return Field(**{**told, "choices": tuple(told["choices"])})

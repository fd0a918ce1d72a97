"""How people are told what they did not ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from handlers.message import Attachment
from signing.ids import PersonId
from signing.store.port import Tx

Work = Callable[[str], None]
"""What does something about a letter, outside any transaction."""


class Tell(Protocol):
    """Say a template's block to a person, in the chat that they used last."""

    def __call__(
        self,
        tx: Tx,
        person: PersonId,
        name: str,
        context: Mapping[str, Any],
        attachments: Sequence[Attachment] = (),
    ) -> None: ...

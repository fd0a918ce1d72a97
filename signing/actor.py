"""Who is asking: the one value that every right is checked for."""

from __future__ import annotations

from dataclasses import dataclass

from signing.errors import SigningError
from signing.ids import ChatId, PersonId


class NotRegistered(SigningError):
    """The chat belongs to nobody yet."""

    code = "not-registered"


@dataclass(frozen=True, slots=True)
class Actor:
    """The person for whom the messenger vouches, read from the chat's row in the transaction that acts."""

    chat: ChatId
    person: PersonId | None = None

    @property
    def registered(self) -> PersonId:
        """The person; raises NotRegistered."""
        if self.person is None:
            raise NotRegistered
        return self.person

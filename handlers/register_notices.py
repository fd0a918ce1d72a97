"""What people hear of a register that answered late."""

from __future__ import annotations

from handlers.telling import Tell
from signing.actor import Actor
from signing.contracts.invitations import Invitations
from signing.identity.later_tries import Settled
from signing.ids import ChatId
from signing.persons import read_person
from signing.store.port import Tx


class RegisterNotices:
    """The announcements of `signing.identity.later_tries`, in words."""

    def __init__(self, invitations: Invitations, tell: Tell) -> None:
        self._invitations = invitations
        self._tell = tell

    def settled(self, tx: Tx, settled: Settled) -> None:
        """What the register said at last, and what comes next."""
        waiting = self._invitations.waiting(tx, Actor(ChatId(""), settled.person))
        person = read_person(tx, settled.person)
        words = {"settled": settled, "person": person, "waiting": waiting}
        self._tell(tx, settled.person, f"registers.{settled.ending.replace('-', '_')}", words)

"""The room of who signs, put together: invited, corrected, in their order, and what a group reads of it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.clock import Alarm
from bot.ground import Ground
from handlers.board import BoardCards
from handlers.notices import Notices
from signing.contracts.boards import BOARD, Boards
from signing.contracts.corrections import Corrections
from signing.contracts.invitations import Invitations
from signing.contracts.order import Orders
from signing.contracts.signers import Signers


@dataclass(frozen=True, slots=True)
class Parties:
    """What dialogues use of it, and what the clock runs."""

    invitations: Invitations
    signers: Signers
    corrections: Corrections
    orders: Orders
    boards: Boards

    def alarms(self) -> dict[str, Alarm]:
        return {BOARD: self.boards.ring}


def open_parties(ground: Ground, notices: Notices) -> Parties:
    """Put the room together."""
    signers = Signers(notices.signer_changed)
    return Parties(
        invitations=Invitations(),
        signers=signers,
        corrections=Corrections(signers),
        orders=Orders(),
        boards=Boards(BoardCards(ground.post, ground.messenger.invitation_link).show),
    )

"""The rooms of the house, each put together in a file of its own, and what they give to the engine and the dialogues."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.afterwards import Afterwards, open_afterwards
from bot.clock import Alarm
from bot.correspondence import Correspondence, open_correspondence
from bot.drafting import Drafting, open_drafting
from bot.forms import FormsRoom, open_forms
from bot.ground import Ground
from bot.identity import Identity, open_identity
from bot.installation import lists_of
from bot.keeping import Keeping, open_keeping
from bot.life import Life, open_life
from bot.members import MemberRoom, open_members
from bot.parties import Parties, open_parties
from bot.sealing import Sealing, open_sealing
from signing.checking import Checking


@dataclass(frozen=True, slots=True)
class Rooms:
    """Each room says what the clock rings for and what the workers run."""

    ground: Ground
    drafting: Drafting
    mail: Correspondence
    identity: Identity
    members: MemberRoom
    sealing: Sealing
    forms: FormsRoom
    parties: Parties
    after: Afterwards
    life: Life
    keeping: Keeping
    checking: Checking

    def alarms(self) -> dict[str, Alarm]:
        """By the kinds of their timers."""
        rooms = (
            self.life,
            self.identity,
            self.sealing,
            self.mail,
            self.parties,
            self.keeping,
            self.ground.watching,
        )
        return {kind: alarm for room in rooms for kind, alarm in room.alarms().items()}

    def works(self) -> dict[str, Callable[..., Any]]:
        """Everything that `Chat.call` and `later` may run, by the name that its rows carry."""
        rooms = (
            self.identity,
            self.members,
            self.sealing,
            self.drafting,
            self.forms,
            self.mail,
            self.life,
            self.after,
            self.keeping,
        )
        works = [work for room in rooms for work in room.works()]
        return {work.__qualname__: work for work in (*works, self.checking.check_upload)}


def open_rooms(ground: Ground) -> Rooms:
    """Put the rooms together; reads top to bottom as the list of what the program is made of."""
    drafting = open_drafting(ground)
    mail = open_correspondence(ground, drafting.papers)
    identity = open_identity(ground)
    sealing = open_sealing(ground, identity.operators)
    parties = open_parties(ground, mail.notices)
    after = open_afterwards(ground, drafting, mail.notices)
    return Rooms(
        ground=ground,
        drafting=drafting,
        mail=mail,
        identity=identity,
        members=open_members(ground, mail),
        sealing=sealing,
        forms=open_forms(ground, drafting),
        parties=parties,
        after=after,
        life=open_life(ground, sealing.seals, parties.invitations, after, mail.notices),
        keeping=open_keeping(ground, sealing.records),
        checking=open_checking(ground),
    )


def open_checking(ground: Ground) -> Checking:
    """What verifies the files that people send."""
    roots, lists = ground.settings.roots, lists_of(ground.settings)
    return Checking(ground.store, ground.blobs, ground.certificates, ground.verify, roots, lists)

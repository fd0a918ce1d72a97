"""What dialogues may use: the parts of `signing`, and the ports that `bot` fills in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from handlers.inviting import Inviting
from handlers.progress import Progress
from signing.checking import Checking
from signing.contracts.address_book import AddressBook
from signing.contracts.areas import Areas
from signing.contracts.batch import Batches
from signing.contracts.boards import Boards
from signing.contracts.copying import Copying
from signing.contracts.corrections import Corrections
from signing.contracts.deadlines import Deadlines
from signing.contracts.drafts import Drafts
from signing.contracts.dragging import Dragging
from signing.contracts.endings import Endings
from signing.contracts.entries import Entries
from signing.contracts.foot import Feet
from signing.contracts.initiate import Initiating
from signing.contracts.invitations import Invitations
from signing.contracts.order import Orders
from signing.contracts.papers import Papers
from signing.contracts.questions import Questions
from signing.contracts.reminders import Reminders
from signing.contracts.replacing import Replacing
from signing.contracts.seal_choice import SealChoice
from signing.contracts.shelves import Shelves
from signing.contracts.signatures import Signatures
from signing.contracts.signers import Signers
from signing.contracts.succession import Succession
from signing.contracts.voiding import Voidings
from signing.enterprises import Enterprises
from signing.erasure import Erasure
from signing.evidence.export import Exports
from signing.evidence.proving import Proving
from signing.forms.fillings import Fillings
from signing.forms.forms import Forms
from signing.forms.rosters import Rosters
from signing.forms.starters import Starters
from signing.identity.cases import Cases
from signing.identity.checks import Checks
from signing.identity.claims import Claims
from signing.identity.comparing import Comparing
from signing.identity.later_tries import LaterTries
from signing.identity.letters import Letters
from signing.identity.licences import Licences
from signing.identity.proofs import Proofs
from signing.identity.revoking import Revoking
from signing.ids import ChallengeId
from signing.mailboxes import Mailboxes
from signing.membership.room import Membership
from signing.operators import Operators
from signing.persons import Persons
from signing.privacy import Privacy
from signing.seals.grants import Grants
from signing.seals.keeping import Seals
from signing.seals.photographs import SealPhotos
from signing.seals.reviewing import SealReviews
from signing.willingness import Willingness


class Texting(Protocol):
    """Text messages to phones, in words from the templates. Safe to run again."""

    def send_code(self, challenge: ChallengeId, language: str, block: str, title: str) -> None:
        """Send a challenge's code; `block` of texts.html names what it agrees to. Raises TextRefused."""


@dataclass(frozen=True, slots=True)
class Services:
    """`group_link` takes the assistant into a group, empty where it has none; `pages`: the
    messenger opens pages of ours.

    `zone` is where the installation's people live: dates that they type are in it.
    """

    persons: Persons
    enterprises: Enterprises
    membership: Membership
    checks: Checks
    claims: Claims
    later_tries: LaterTries
    proofs: Proofs
    licences: Licences
    letters: Letters
    comparing: Comparing
    cases: Cases
    operators: Operators
    privacy: Privacy
    erasure: Erasure
    revoking: Revoking
    seals: Seals
    seal_photos: SealPhotos
    seal_reviews: SealReviews
    grants: Grants
    drafts: Drafts
    seal_choice: SealChoice
    areas: Areas
    dragging: Dragging
    corrections: Corrections
    book: AddressBook
    copying: Copying
    replacing: Replacing
    succession: Succession
    papers: Papers
    initiating: Initiating
    entries: Entries
    forms: Forms
    fillings: Fillings
    starters: Starters
    rosters: Rosters
    progress: Progress
    invitations: Invitations
    signatures: Signatures
    endings: Endings
    batches: Batches
    boards: Boards
    group_link: str
    pages: bool
    shelves: Shelves
    signers: Signers
    proving: Proving
    checking: Checking
    deadlines: Deadlines
    reminders: Reminders
    inviting: Inviting
    orders: Orders
    questions: Questions
    voidings: Voidings
    exports: Exports
    feet: Feet
    willingness: Willingness
    mailboxes: Mailboxes
    texting: Texting
    zone: ZoneInfo

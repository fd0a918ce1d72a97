"""The room of a contract's life, put together: starting, signing, reminding, ending, completing, proving, listing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.afterwards import Afterwards
from bot.clock import Alarm
from bot.ground import Ground
from handlers.notices import Notices
from signing.contracts.batch import Batches
from signing.contracts.calendar import EXPIRE, REMIND, Calendar
from signing.contracts.completion import STAMP_AGAIN, Completion
from signing.contracts.deadlines import Deadlines
from signing.contracts.endings import Endings
from signing.contracts.entries import Entries
from signing.contracts.initiate import Initiating
from signing.contracts.invitations import Invitations
from signing.contracts.reminders import Reminders
from signing.contracts.seal_choice import SealChoice
from signing.contracts.shelves import Shelves
from signing.contracts.signatures import Signatures
from signing.evidence.proving import ANNOUNCE, Proving
from signing.seals.keeping import Seals


@dataclass(frozen=True, slots=True)
class Life:
    """What dialogues use of it, and what the clock and the workers run."""

    initiating: Initiating
    entries: Entries
    signatures: Signatures
    batches: Batches
    seal_choice: SealChoice
    shelves: Shelves
    reminders: Reminders
    deadlines: Deadlines
    endings: Endings
    completion: Completion
    proving: Proving

    def alarms(self) -> dict[str, Alarm]:
        return {
            EXPIRE: lambda tx, timer: self.endings.expire(tx, timer["subject"]),
            REMIND: self.reminders.ring,
            ANNOUNCE: self.proving.ring,
            STAMP_AGAIN: self.completion.ring,
        }

    def works(self) -> tuple[Callable[..., Any], ...]:
        return (
            self.initiating.prepare,
            self.entries.look,
            self.signatures.compute,
            self.completion.finish,
            self.completion.stamp_again,
            self.proving.prove,
            self.proving.renew,
        )


def open_life(
    ground: Ground, seals: Seals, invitations: Invitations, after: Afterwards, notices: Notices
) -> Life:
    """Put the room together."""
    settings, store, blobs = ground.settings, ground.store, ground.blobs
    certificates, willingness, calendar = ground.certificates, ground.willingness, Calendar(settings.zone)
    words = ground.post.words("evidence")
    proving = Proving(store, blobs, certificates, words, notices.completed, settings.name, settings.url)
    completion = Completion(
        store, blobs, certificates, after.voidings.settle, proving.begin, prolonged=proving.prolonged
    )
    entries = Entries(store, blobs, ground.vault, ground.run)
    signatures = Signatures(
        store,
        blobs,
        certificates,
        seals,
        willingness,
        completion,
        entries,
        notices.invited,
        settings.zone,
    )
    choice = SealChoice(seals)
    return Life(
        initiating=Initiating(
            store, blobs, willingness, calendar, entries, after.feet, notices.invited, after.searching.began
        ),
        entries=entries,
        signatures=signatures,
        batches=Batches(invitations, choice, signatures),
        seal_choice=choice,
        shelves=Shelves(settings.zone),
        reminders=Reminders(calendar, notices.remind),
        deadlines=Deadlines(calendar, notices.extended),
        endings=Endings(notices.ended),
        completion=completion,
        proving=proving,
    )

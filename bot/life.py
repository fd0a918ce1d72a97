"""The room of a contract's life, put together: starting, signing, reminding, ending, completing, proving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.afterwards import Afterwards
from bot.clock import Alarm
from bot.identity import words_of
from bot.post import Post
from bot.settings import Settings
from handlers.notices import Notices
from signing.certificates import Certificates
from signing.contracts.calendar import EXPIRE, REMIND, Calendar
from signing.contracts.completion import STAMP_AGAIN, Completion
from signing.contracts.deadlines import Deadlines
from signing.contracts.endings import Endings
from signing.contracts.entries import Entries
from signing.contracts.initiate import Initiating
from signing.contracts.reminders import Reminders
from signing.contracts.signatures import Signatures
from signing.documents.child import Run
from signing.evidence.proving import ANNOUNCE, Proving
from signing.seals.keeping import Seals
from signing.store.blobs import Blobs
from signing.store.port import Store
from signing.store.vault import Vault
from signing.willingness import Willingness


@dataclass(frozen=True, slots=True)
class Life:
    """What dialogues use of it, and what the clock and the workers run."""

    initiating: Initiating
    entries: Entries
    signatures: Signatures
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
    settings: Settings,
    store: Store,
    vault: Vault,
    blobs: Blobs,
    certificates: Certificates,
    willingness: Willingness,
    seals: Seals,
    after: Afterwards,
    notices: Notices,
    post: Post,
    run: Run,
) -> Life:
    """Put the room together."""
    calendar = Calendar(settings.zone)
    proving = Proving(
        store,
        blobs,
        certificates,
        words_of(post, "evidence"),
        notices.completed,
        settings.name,
        settings.url,
    )
    completion = Completion(
        store, blobs, certificates, after.voidings.settle, proving.begin, prolonged=proving.prolonged
    )
    entries = Entries(store, blobs, vault, run)
    return Life(
        initiating=Initiating(
            store, blobs, willingness, calendar, entries, after.feet, notices.invited, after.searching.began
        ),
        entries=entries,
        signatures=Signatures(
            store,
            blobs,
            certificates,
            seals,
            willingness,
            completion,
            entries,
            notices.invited,
            settings.zone,
        ),
        reminders=Reminders(calendar, notices.remind),
        deadlines=Deadlines(calendar, notices.extended),
        endings=Endings(notices.ended),
        completion=completion,
        proving=proving,
    )

"""The room of seals, put together: made, cut out of photos, reviewed, lent, and watched over by their records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.clock import Alarm
from bot.ground import Ground
from handlers.review_board import ReviewBoard
from handlers.seal_reviews import SealReviewCards
from signing.identity.ocr import read_boxes
from signing.operators import Operators
from signing.seals.grants import Grants
from signing.seals.keeping import Seals
from signing.seals.photographs import SealPhotos
from signing.seals.records import SealRecords
from signing.seals.reviewing import SealReviews


@dataclass(frozen=True, slots=True)
class Sealing:
    """What dialogues and other rooms use of it, and what the workers run."""

    seals: Seals
    photos: SealPhotos
    reviews: SealReviews
    grants: Grants
    records: SealRecords

    def alarms(self) -> dict[str, Alarm]:
        return self.reviews.alarms()

    def works(self) -> tuple[Callable[..., Any], ...]:
        return (
            self.seals.draw_for,
            self.photos.cut_out,
            self.photos.choices,
            self.photos.adjust,
            self.photos.draw,
        )


def open_sealing(ground: Ground, operators: Operators) -> Sealing:
    """Put the room together."""
    store, blobs, settings, post = ground.store, ground.blobs, ground.settings, ground.post
    records = SealRecords(ground.certificates)
    return Sealing(
        seals=Seals(store, blobs, records, settings.seal_font, settings.seal_review),
        photos=SealPhotos(store, blobs, ground.run, read_boxes),
        reviews=SealReviews(operators, SealReviewCards(operators, post, ReviewBoard(operators, post))),
        grants=Grants(),
        records=records,
    )

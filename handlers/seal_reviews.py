"""Operators look at seals that were cut out of photos, where the installation asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from handlers.chat import Answer, Chat, dialogue
from handlers.message import Attachment
from handlers.services import Services
from handlers.telling import Tell
from signing.identity.case import clean_reason
from signing.ids import ChatId, SealId
from signing.operators import Operators
from signing.seals.reviewing import SealReview
from signing.store.port import Tx


class Show(Protocol):
    """Say a template's block in one chat; the message's id."""

    def __call__(self, tx: Tx, chat: ChatId, name: str, context: Mapping[str, Any]) -> str: ...


REASONS = ("unlike", "differs", "unclear")


class SealReviewCards:
    """What operators and keepers hear, in words."""

    def __init__(self, operators: Operators, show: Show, tell: Tell) -> None:
        self._operators = operators
        self._show = show
        self._tell = tell

    def waits(self, tx: Tx, review: SealReview) -> None:
        for chat, _ in self._operators.chats(tx):
            self._show(tx, chat, "seal_review.waits", {"review": review})

    def decided(self, tx: Tx, review: SealReview) -> None:
        for keeper in review.keepers:
            self._tell(tx, keeper, "seal_review.told", {"review": review})


@dialogue("seal-reviews", command="seal_reviews")
async def seal_reviews(chat: Chat, services: Services) -> None:
    """Which seals wait."""
    await chat.say("seal_review.queue", waiting=await chat.do(services.seal_reviews.waiting))


@dialogue("seal-review", argument="seal")
async def seal_review(chat: Chat, services: Services, seal: SealId) -> None:
    """The photo beside the seal, and the decision."""
    review = await chat.do(services.seal_reviews.look, seal)
    answer: Answer[str] = await chat.answer(
        "seal_review.decide", text=clean_reason, attachments=_pictures(review), review=review
    )
    approve = answer.choice == "approve"
    if not approve and answer.value is None and answer.choice not in REASONS:
        return
    reason = answer.value or ("" if approve else answer.choice or "")
    done = await chat.do(services.seal_reviews.decide, seal, review.picture, approve, reason)
    await chat.say("seal_review.done", review=done)


def _pictures(review: SealReview) -> list[Attachment]:
    facts: dict[str, str | int] = {"owner": review.company, "kind": review.kind, "name": "", "width": "40"}
    photo = Attachment(
        review.photo, "photo.jpg", "image/jpeg", "captions.seal_photo", {"owner": review.company}
    )
    return [photo, Attachment(review.picture, "seal.png", "image/png", "captions.seal", facts)]

"""Operators look at seals that were cut out of photos, where the installation asks for it."""

from __future__ import annotations

from handlers.chat import Answer, Chat, Continue, dialogue
from handlers.message import Attachment
from handlers.next_review import next_review
from handlers.operator_cards import OperatorCards
from handlers.review_board import ReviewBoard
from handlers.services import Services
from handlers.taking_away import take_away
from handlers.telling import Post
from signing.identity.case import clean_reason
from signing.identity.queue import Figures
from signing.ids import SealId
from signing.operators import Operators
from signing.seals.reviewing import NoSuchReview, OwnSeal, ReviewTaken, SealReview
from signing.store.port import Tx
from signing.store.times import milliseconds

REASONS = ("unlike", "differs", "unclear")
NOT_FREE = {
    ReviewTaken.code: "seal_review.taken",
    NoSuchReview.code: "seal_review.over",
    OwnSeal.code: "seal_review.own",
}


class SealReviewCards:
    """What operators and keepers hear, in words: one card per seal and operator, edited through its life."""

    def __init__(self, operators: Operators, post: Post, board: ReviewBoard) -> None:
        self._cards = OperatorCards(operators, post, "seal_review_cards", "seal", "seal_review_card_of_chat")
        self._post = post
        self._board = board

    def changed(self, tx: Tx, review: SealReview) -> None:
        """Every operator's card says how the seal stands."""
        self._cards.show(tx, review.seal, "seal_review.card", {"review": review})

    def counted(self, tx: Tx, figures: Figures) -> None:
        self._board.counted(tx, figures)

    def clear(self, tx: Tx, review: SealReview) -> None:
        """No operator's chat shows the seal or its photo any more; those of the company keep what is theirs."""
        chats = [card["chat"] for card in tx.find("seal_review_cards_of", seal=review.seal)]
        others = [chat for chat in chats if _talker(tx, chat) not in review.keepers]
        take_away(tx, self._post, others, (review.photo, review.picture), milliseconds(review.since))

    def decided(self, tx: Tx, review: SealReview) -> None:
        for keeper in review.keepers:
            self._post.tell(tx, keeper, "seal_review.told", {"review": review})


@dialogue("seal-review", argument="seal")
async def seal_review(chat: Chat, services: Services, seal: SealId) -> None:
    """Take a seal, see the photo beside it, decide; then the next comes by itself."""
    try:
        review = await chat.do(services.seal_reviews.take, seal)
    except (ReviewTaken, NoSuchReview, OwnSeal) as refusal:
        await chat.say(NOT_FREE[refusal.code], **refusal.details)
        return
    answer: Answer[str] = await chat.answer(
        "seal_review.decide", text=clean_reason, attachments=_pictures(review), review=review
    )
    approve = answer.choice == "approve"
    if not approve and answer.value is None and answer.choice not in REASONS:
        await chat.do(services.seal_reviews.give_back, seal)
        raise Continue("queue")
    reason = answer.value or ("" if approve else answer.choice or "")
    done = await chat.do(services.seal_reviews.decide, seal, review.picture, approve, reason)
    await chat.say("seal_review.done", review=done)
    await next_review(chat, services)


def _talker(tx: Tx, chat: str) -> str | None:
    row = tx.get("chats", chat)
    return row["person"] if row else None


def _pictures(review: SealReview) -> list[Attachment]:
    facts: dict[str, str | int] = {"owner": review.company, "kind": review.kind, "name": "", "width": "40"}
    photo = Attachment(
        review.photo, "photo.jpg", "image/jpeg", "captions.seal_photo", {"owner": review.company}
    )
    return [photo, Attachment(review.picture, "seal.png", "image/png", "captions.seal", facts)]

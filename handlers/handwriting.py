"""A signature by hand or a name seal on paper: drawn with a finger on a page, or photographed; shown, then kept."""

from __future__ import annotations

from handlers.chat import Answer, Chat
from handlers.message import Attachment, Upload
from handlers.services import Services
from signing.ids import Digest
from signing.persons import Person
from signing.seals.errors import SealError
from signing.seals.keeping import Made, Seal
from signing.seals.photographs import CutSeal

NUDGES = {"left": (-3.0, 0.0), "right": (3.0, 0.0), "darker": (0.0, 0.3), "lighter": (0.0, -0.3)}


async def keep_by_hand(
    chat: Chat, services: Services, person: Person, upload: Upload, kind: str = "signature"
) -> Seal | None:
    """Show what came, nudge it, or take another; None where the person would rather not."""
    sent: Upload | None = upload
    while sent is not None:
        made: Made = "drawn" if sent.page else "photo"
        cut = await read(chat, services, sent, kind)
        if cut is None:
            sent = await another(chat, kind)
            continue
        answer = await look_at(chat, services, person, cut, sent, kind)
        if isinstance(answer, CutSeal):
            kept = await chat.do(services.seals.keep, person.id, kind, answer.drawn, made)
            await chat.do(services.proofs.forget_upload, Digest(sent.digest))
            return kept
        sent = answer
    return None


async def read(chat: Chat, services: Services, sent: Upload, kind: str) -> CutSeal | None:
    """The signature alone, or said what is wrong. What a finger sent is forgotten: the picture is what counts."""
    try:
        if not sent.page:
            return await chat.call(services.seal_photos.cut_out, Digest(sent.digest), kind, [])
        cut = await chat.call(services.seal_photos.draw, Digest(sent.digest))
    except SealError as refusal:
        await chat.refuse(refusal)
        return None
    await chat.do(services.proofs.forget_upload, Digest(sent.digest))
    return cut


async def look_at(
    chat: Chat, services: Services, person: Person, cut: CutSeal, sent: Upload, kind: str
) -> CutSeal | Upload | None:
    """What the person is content with, or what they sent instead."""
    while True:
        answer: Answer[None] = await chat.answer(
            "signature.preview",
            upload=True,
            attachments=[shown(cut, person, kind)],
            warnings=cut.warnings,
            drawn=bool(sent.page),
            kind=kind,
        )
        if answer.upload is not None:
            return answer.upload
        if answer.choice == "use":
            return cut
        if answer.choice not in NUDGES:
            return None
        photo, picture = Digest(sent.digest), cut.drawn.picture
        cut = await chat.call(services.seal_photos.adjust, photo, picture, kind, *NUDGES[answer.choice])


async def another(chat: Chat, kind: str) -> Upload | None:
    """A better one, after it was said what is wrong."""
    answer: Answer[None] = await chat.answer("signature.again", upload=True, kind=kind)
    return answer.upload


def shown(cut: CutSeal, person: Person, kind: str) -> Attachment:
    width = f"{cut.drawn.width_mm:g}"
    facts: dict[str, str | int] = {"owner": person.name or "", "kind": kind, "name": "", "width": width}
    return Attachment(cut.shown, "signature.png", "image/png", "captions.seal", facts)

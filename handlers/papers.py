"""Papers in chat: consent before the first identity paper, and taking the photo of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handlers.chat import Answer, Chat
from handlers.message import Attachment
from handlers.services import Services
from signing.errors import SigningError
from signing.identity.proofs import Scan
from signing.ids import Digest

NOT_NOW = "later"


async def agree_to_papers(chat: Chat, services: Services, key: str, **context: Any) -> bool:
    """Consent in plain words, asked once; `key` names the card where the consent is part of another."""
    if await chat.choose(key, agreed=await chat.do(services.privacy.agreed), **context) == NOT_NOW:
        return False
    await chat.do(services.privacy.agree)
    return True


async def photo_of(
    chat: Chat, services: Services, key: str, attachments: Sequence[Attachment] = (), **context: Any
) -> Scan | None:
    """A photo or one-page PDF of a paper, sharp, cleaned and sealed; None if the person stops here."""
    while True:
        answer: Answer[None] = await chat.answer(key, upload=True, attachments=attachments, **context)
        if answer.upload is None:
            return None
        try:
            scan = await scanned(chat, services, Digest(answer.upload.digest))
        except SigningError as refusal:
            await chat.refuse(refusal)
        else:
            return await sharpened(chat, services, scan)


async def sharpened(chat: Chat, services: Services, scan: Scan) -> Scan | None:
    """The scan, or a better one where a part of it is blurred; who insists has it looked at as it is. None if they stop."""
    tries = 1
    while scan.ringed:
        shown = Attachment(scan.ringed, "blurred.jpeg", "image/jpeg", "captions.ringed")
        answer: Answer[None] = await chat.answer(
            "papers.blurred", upload=True, attachments=[shown], where=scan.where, tries=tries
        )
        if answer.upload is None:
            return scan if answer.choice == "anyway" else None
        try:
            scan, tries = await scanned(chat, services, Digest(answer.upload.digest)), tries + 1
        except SigningError as refusal:
            await chat.refuse(refusal)
    return scan


async def scanned(chat: Chat, services: Services, upload: Digest) -> Scan:
    """What was sent, cleaned and sealed; the file as it was sent is forgotten. Raises as `Proofs.scan`."""
    actor = await chat.actor()
    try:
        scan = await chat.call(services.proofs.scan, actor.registered, upload)
    except SigningError:
        await chat.do(services.proofs.forget_upload, upload)
        raise
    await chat.do(services.proofs.forget_upload, upload)
    return scan

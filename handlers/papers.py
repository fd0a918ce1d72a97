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
    """A photo or one-page PDF of a paper, cleaned and sealed; None if the person stops here."""
    while True:
        answer: Answer[None] = await chat.answer(key, upload=True, attachments=attachments, **context)
        if answer.upload is None:
            return None
        try:
            return await scanned(chat, services, Digest(answer.upload.digest))
        except SigningError as refusal:
            await chat.refuse(refusal)


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

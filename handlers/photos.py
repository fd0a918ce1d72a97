"""Photos of a contract's pages: gathered one by one or as an album until they are made one PDF, in their order."""

from __future__ import annotations

from dataclasses import asdict

from handlers.chat import Answer, Chat, Continue
from handlers.message import Upload
from signing.ids import Digest

ALBUM_SECONDS = 1.5
MOST = 50


async def gathered(chat: Chat, first: Upload) -> list[Digest]:
    """The pages in their order; none if the pictures are something else."""
    pages = [Digest(first.digest)]
    while True:
        answer: Answer[None] = await chat.answer(
            "photos.card", upload=True, after=ALBUM_SECONDS, count=len(pages), most=MOST
        )
        if answer.upload is not None and not answer.upload.mime.startswith("image/"):
            raise Continue("upload", upload=asdict(answer.upload))
        if answer.upload is not None:
            pages = [*pages, Digest(answer.upload.digest)][:MOST]
        elif answer.choice == "last":
            pages = pages[:-1]
        elif answer.choice == "seal":
            raise Continue("seal-photo", photo=pages[0])
        else:
            return pages if answer.choice == "page" else []

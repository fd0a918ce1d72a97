"""Checking a signed PDF in chat: one plain verdict, and what stands behind it."""

from __future__ import annotations

from handlers.chat import Answer, Chat, dialogue
from handlers.message import Upload
from handlers.services import Services

FEW = 10
"""So many signatures are told one by one; more would not fit a message."""


@dialogue("verify", command="verify")
async def verify(chat: Chat, services: Services) -> None:
    """Anyone may ask, whether they have signed up or not."""
    answer: Answer[None] = await chat.answer("verify.ask", upload=True)
    if answer.upload and not await told_of_signatures(chat, services, answer.upload):
        await chat.say("verify.unsigned", name=answer.upload.name)


async def told_of_signatures(chat: Chat, services: Services, file: Upload) -> bool:
    """Tell what a file's signatures are worth; False if it never carried one."""
    checked = await chat.call(services.checking.check_upload, file.digest)
    if checked is None:
        return False
    await chat.say("verify.report", name=file.name, checked=checked, few=FEW)
    return True

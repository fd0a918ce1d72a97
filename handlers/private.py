"""The private upload, asked for by name: a page of ours for files that should not pass through a messenger."""

from __future__ import annotations

from handlers.chat import Chat, dialogue
from handlers.services import Services


@dialogue("private", command="private", passing=True)
async def private(chat: Chat, services: Services) -> None:
    """The page's button, where the messenger can open it."""
    await chat.say("private.card", pages=services.pages)

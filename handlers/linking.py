"""Several chats of one person: a code from one links the other, and each can be let go again."""

from __future__ import annotations

from handlers.chat import Answer, Chat, Continue, Secret, dialogue
from handlers.services import Services
from signing.actor import Actor
from signing.ids import ChatId
from signing.membership.linking import Linking, Taken, link_code
from signing.store.port import Tx


@dialogue("link", command="link", argument="code", secret=True, passing=True)
async def link(chat: Chat, services: Services, code: Secret[str] | None = None) -> None:
    """In a chat that is known: show a code, unlink. In a new one: type the code that the other shows."""
    if code is not None:
        taken = await chat.do(take_typed, services.membership.linking, code)
        await chat.say("linking.welcome" if taken.linked else "linking.wrong", taken=taken)
        return
    chats = await chat.do(services.membership.linking.chats)
    if not chats:
        await type_code(chat, services)
        return
    answer: Answer[None] = await chat.answer("linking.card", chats=chats)
    if answer.choice == "code":
        await chat.do(services.membership.linking.show_code)
    elif answer.choice != "back":
        await unlink(chat, services, ChatId(answer.choice or ""))


async def unlink(chat: Chat, services: Services, gone: ChatId) -> None:
    """At once; both chats hear of it."""
    here = (await chat.actor()).chat == gone
    await chat.do(services.membership.linking.unlink, gone)
    if not here:
        raise Continue("link")


async def type_code(chat: Chat, services: Services) -> None:
    """As often as the tries last."""
    left = 0
    while True:
        answer = await chat.ask_secret("linking.enter", link_code, left=left)
        if answer.choice:
            return
        taken = await chat.do(services.membership.linking.take, answer.value)
        if taken.linked:
            await chat.say("linking.welcome", taken=taken)
            return
        left = taken.left


def take_typed(tx: Tx, actor: Actor, linking: Linking, text: str) -> Taken:
    """A code that came with the command, as it was typed. Raises NotALinkCode, and as `Linking.take`."""
    return linking.take(tx, actor, link_code(text))

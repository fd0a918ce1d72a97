"""Home: what waits for this person, and what they can do from here."""

from __future__ import annotations

from handlers.acting import concerning
from handlers.chat import Chat, dialogue
from handlers.register import checked_person
from handlers.services import Services


@dialogue("home", command="home", passing=True)
async def home(chat: Chat, services: Services) -> None:
    """The first card: registration for whoever is new, otherwise what waits and what can be done."""
    person = await checked_person(chat, services)
    if person is None:
        return
    acting = await chat.do(services.membership.acting.look)
    await chat.say(
        "home.card",
        name=person.name,
        acting=acting,
        waiting=await chat.do(services.invitations.waiting),
        drafts=concerning(acting, await chat.do(services.drafts.open_drafts)),
        started=concerning(acting, await chat.do(services.drafts.started)),
        companies=await chat.do(services.enterprises.mine),
    )


@dialogue("help", command="help", passing=True)
async def help_(chat: Chat, services: Services) -> None:
    """What the assistant does and which words it knows."""
    await chat.say("home.help")


@dialogue("language", command="language", passing=True)
async def language(chat: Chat, services: Services) -> None:
    """Talk in the other language."""
    await chat.speak(await chat.choose("home.language"))
    await chat.say("home.spoken")

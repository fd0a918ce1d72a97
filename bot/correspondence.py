"""The room of what is said outside every dialogue, put together: gateways, codes, letters, notices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.clock import Alarm
from bot.gateways import open_gateways
from bot.post import Post
from bot.requests import Requests
from bot.settings import Settings
from bot.texting import Texting
from bot.watchfulness import Watchfulness
from handlers.inviting import Inviting
from handlers.notices import Notices, not_reached
from signing.contracts.invitations import Invitations
from signing.contracts.letters import LETTER, Letters
from signing.contracts.papers import Papers
from signing.store.blobs import Blobs
from signing.store.port import Store
from signing.store.vault import Vault
from signing.willingness import Willingness


@dataclass(frozen=True, slots=True)
class Correspondence:
    """What dialogues and `signing` use of it, and what the clock and the workers run."""

    texting: Texting
    requests: Requests
    notices: Notices
    inviting: Inviting

    def alarms(self) -> dict[str, Alarm]:
        return {LETTER: self.texting.ring}

    def works(self) -> tuple[Callable[..., Any], ...]:
        return (self.texting.send_code, self.texting.send_letter, self.requests.bring)


def open_correspondence(
    settings: Settings,
    store: Store,
    vault: Vault,
    blobs: Blobs,
    willingness: Willingness,
    papers: Papers,
    post: Post,
    link: Callable[[str], str],
    watching: Watchfulness,
) -> Correspondence:
    """Put the room together; `link` makes an address of an invitation's token."""
    gateways = watching.gateways(open_gateways(settings, store))
    letters = Letters(vault, not_reached(post.tell))
    texting = Texting(store, willingness, letters, gateways, post.renderer, link)
    requests = Requests(store, letters, papers, Invitations(), post.tell)
    notices = Notices(post.tell, letters, texting.send_letter, requests.bring)
    mails = gateways.mail is not None
    inviting = Inviting(post.tell, blobs, letters, texting.send_letter, link, mails)
    return Correspondence(texting, requests, notices, inviting)

"""The room of what is said outside every dialogue, put together: gateways, codes, letters, notices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.clock import Alarm
from bot.gateways import open_gateways
from bot.ground import Ground
from bot.requests import Requests
from bot.texting import Texting
from handlers.inviting import Inviting
from handlers.notices import Notices, not_reached
from signing.contracts.invitations import Invitations
from signing.contracts.letters import LETTER, Letters
from signing.contracts.papers import Papers
from signing.ids import PersonId
from signing.mailboxes import Mailboxes
from signing.store.port import Tx


@dataclass(frozen=True, slots=True)
class Correspondence:
    """What dialogues and `signing` use of it, and what the clock and the workers run."""

    texting: Texting
    requests: Requests
    notices: Notices
    inviting: Inviting
    mailboxes: Mailboxes

    def alarms(self) -> dict[str, Alarm]:
        return {LETTER: self.texting.ring}

    def works(self) -> tuple[Callable[..., Any], ...]:
        return (self.texting.send_code, self.texting.send_letter, self.requests.bring)


def open_correspondence(ground: Ground, papers: Papers) -> Correspondence:
    """Put the room together."""
    store, post, link = ground.store, ground.post, ground.messenger.invitation_link
    gateways = ground.watching.gateways(open_gateways(ground.settings, store))
    letters = Letters(ground.vault, not_reached(post.tell))
    texting = Texting(store, ground.willingness, letters, gateways, post.renderer, link)
    requests = Requests(store, letters, papers, Invitations(), post.tell)
    notices = Notices(post.tell, letters, texting.send_letter, requests.bring)
    mails = gateways.mail is not None

    def tell_mailbox(tx: Tx, person: PersonId, hint: str) -> None:
        post.tell_everywhere(tx, person, "mailbox.changed", {"hint": hint})

    codes = mails and ground.settings.mail_codes
    mailboxes = Mailboxes(ground.vault, ground.willingness, tell_mailbox, open=codes)
    inviting = Inviting(post.tell, ground.blobs, letters, texting.send_letter, link, mails)
    return Correspondence(texting, requests, notices, inviting, mailboxes)

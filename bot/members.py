"""The room of members, put together: who belongs to which company, and which chats are whose."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from bot.correspondence import Correspondence
from bot.ground import Ground
from bot.texting import Texting
from handlers.member_notices import MemberNotices
from signing.membership.acting import ActingFor
from signing.membership.joining import Joining, PassUnknown, Welcome, welcome_of
from signing.membership.linking import Linking
from signing.membership.members import Members
from signing.membership.passes import forget_token, kept_token
from signing.membership.requests import JoinRequests
from signing.membership.room import Membership
from signing.store.port import Reading, Store
from signing.store.vault import Vault
from signing.texting import TextRefused


@dataclass(frozen=True, slots=True)
class MemberRoom:
    """What dialogues use of it, and what the workers run."""

    membership: Membership
    texts: JoinTexts

    def works(self) -> tuple[Callable[..., Any], ...]:
        return (self.texts.send_join,)


def open_members(ground: Ground, mail: Correspondence) -> MemberRoom:
    """Put the room together."""
    vault, post, link = ground.vault, ground.post, ground.messenger.invitation_link
    texts = JoinTexts(ground.store, vault, mail.texting, link)
    notices = MemberNotices(
        post.tell, post.tell_everywhere, post.show, post.close, mail.notices.signer_changed, texts, link
    )
    membership = Membership(
        members=Members(ground.willingness, notices),
        joining=Joining(vault, notices),
        requests=JoinRequests(notices),
        acting=ActingFor(),
        linking=Linking(vault, notices),
    )
    return MemberRoom(membership, texts)


class JoinTexts:
    """Invitations to join as text messages. Runs outside transactions."""

    def __init__(self, store: Store, vault: Vault, texting: Texting, link: Callable[[str], str]) -> None:
        self._store = store
        self._vault = vault
        self._texting = texting
        self._link = link

    def send_join(self, invitation: str, language: str) -> None:
        """Send the link once; nothing where it was sent before, or is void. The admin has it in any case."""
        try:
            phone, token, welcome = self._store.read(self._kept, invitation)
        except PassUnknown:
            return
        if token:
            words = {"inviter": welcome.inviter, "company": welcome.company, "link": self._link(token)}
            with suppress(TextRefused):
                self._texting.send(phone, language, "join", invitation, **words)
            self._store.write(forget_token, self._vault, invitation)

    def _kept(self, tx: Reading, invitation: str) -> tuple[str, str, Welcome]:
        welcome, row = welcome_of(tx, invitation), tx.get("passes", invitation)
        assert row is not None
        return row["phone"], kept_token(tx, self._vault, invitation), welcome

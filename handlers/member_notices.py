"""What members hear without having asked: who came, who went, what they are now, which chats are theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from handlers.notices import language_of
from handlers.telling import Tell
from signing.actor import Actor
from signing.contracts.signers import Announce
from signing.enterprises import Role, read_enterprise
from signing.ids import ChatId, EnterpriseId, PersonId
from signing.later import later
from signing.membership.joining import Welcome
from signing.membership.leaving import Estate
from signing.membership.members import Left, admins_of
from signing.membership.requests import JoinRequest
from signing.persons import person_of_phone, read_person
from signing.store.port import Tx


class Show(Protocol):
    """Say a template's block in one chat; the message's id."""

    def __call__(self, tx: Tx, chat: ChatId, name: str, context: Mapping[str, Any]) -> str: ...


class TellEverywhere(Protocol):
    """Say a template's block in every chat of a person: what concerns the safety of their account."""

    def __call__(self, tx: Tx, person: PersonId, name: str, context: Mapping[str, Any]) -> None: ...


class Close(Protocol):
    """End a chat's conversations that are in a state, `parked` or `waiting`."""

    def __call__(self, tx: Tx, chat: ChatId, state: str) -> None: ...


class JoinTexts(Protocol):
    """Text messages that carry an invitation to join."""

    def send_join(self, invitation: str, language: str) -> None:
        """Send an invitation's link to the phone that it names, once."""


class MemberNotices:
    """The news of `signing.membership`, in words. `link` makes the link that brings `/start token`."""

    def __init__(
        self,
        tell: Tell,
        everywhere: TellEverywhere,
        show: Show,
        close: Close,
        signer_changed: Announce,
        texts: JoinTexts,
        link: Callable[[str], str],
    ) -> None:
        self._tell = tell
        self._everywhere = everywhere
        self._show = show
        self._close = close
        self._signer_changed = signer_changed
        self._texts = texts
        self._link = link

    def invited(self, tx: Tx, welcome: Welcome, by: PersonId, token: str, phone: str) -> None:
        """The link goes to the admin past every journal; the colleague hears it in chat or by text."""
        known = person_of_phone(tx, phone) if phone else None
        words = {"welcome": welcome, "link": self._link(token), "how": _how(phone, known is not None)}
        self._tell(tx, by, "joining.link", words)
        if known is not None:
            self._tell(tx, known.id, "joining.invited", {"welcome": welcome})
        elif phone:
            later(tx, self._texts.send_join, welcome.id, language_of(phone))

    def joined(self, tx: Tx, enterprise: EnterpriseId, person: PersonId) -> None:
        words = {"company": read_enterprise(tx, enterprise).name, "person": read_person(tx, person)}
        for admin in admins_of(tx, enterprise):
            self._tell(tx, admin, "joining.joined", words)

    def asked(self, tx: Tx, request: JoinRequest) -> None:
        for admin in request.admins:
            self._tell(tx, admin, "joining.request", {"request": request})

    def answered(self, tx: Tx, request: JoinRequest, admitted: bool) -> None:
        self._tell(tx, request.person, "joining.answer", {"request": request, "admitted": admitted})

    def role_changed(
        self, tx: Tx, enterprise: EnterpriseId, person: PersonId, role: Role, by: PersonId
    ) -> None:
        if person != by:
            facts = {"company": read_enterprise(tx, enterprise).name, "role": role}
            self._everywhere(tx, person, "members.role_now", {**facts, "by": read_person(tx, by).name})

    def left(self, tx: Tx, left: Left, by: Actor, estate: Estate) -> None:
        """Who was removed, who goes on with their work, and the senders of what waits."""
        for row in tx.find("chats_of_person", person=left.person):
            self._close_chat(tx, ChatId(row["id"]), by)
        if left.person != by.person:
            self._everywhere(tx, left.person, "members.removed_you", {"left": left})
        if left.heir != by.person:
            self._tell(tx, left.heir, "members.heir", {"left": left})
        for contract, before in estate.waiting:
            self._signer_changed(tx, contract, before, left.person)

    def code(self, tx: Tx, chat: ChatId, code: str, minutes: int) -> None:
        self._show(tx, chat, "linking.code", {"code": code, "minutes": minutes})

    def linked(self, tx: Tx, person: PersonId, messenger: str) -> None:
        self._everywhere(tx, person, "linking.linked", {"messenger": messenger})

    def unlinked(self, tx: Tx, person: PersonId, chat: ChatId, messenger: str, by: Actor) -> None:
        self._close_chat(tx, chat, by)
        self._everywhere(tx, person, "linking.unlinked", {"messenger": messenger})
        self._show(tx, chat, "linking.let_go", {})

    def _close_chat(self, tx: Tx, chat: ChatId, by: Actor) -> None:
        """End what was open in a chat, other than the dialogue that is deciding this."""
        self._close(tx, chat, "parked")
        if chat != by.chat:
            self._close(tx, chat, "waiting")


def _how(phone: str, known: bool) -> str:
    """How the colleague hears of it besides: in chat, by text, or from the admin alone."""
    if not phone:
        return "link"
    return "chat" if known else "text"

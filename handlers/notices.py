"""What people hear without having asked: everyone learns how a contract ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from handlers.message import Attachment
from handlers.status import signed_file
from signing.contracts.contract import Contract, Party
from signing.ids import PartyId, PersonId
from signing.later import later
from signing.persons import person_of_phone
from signing.store.port import Reading, Tx


class Tell(Protocol):
    """Say a template's block to a person, in each of their chats."""

    def __call__(
        self,
        tx: Tx,
        person: PersonId,
        name: str,
        context: Mapping[str, Any],
        attachments: Sequence[Attachment] = (),
    ) -> None: ...


class Notices:
    """The announcements of `signing`, in words. `text_ending` writes to the phone of a party without a chat."""

    def __init__(self, tell: Tell, text_ending: Callable[[PartyId], None]) -> None:
        self._tell = tell
        self._text_ending = text_ending

    def completed(self, tx: Tx, contract: Contract) -> None:
        """Everyone has signed: the file for all."""
        for person in people_of(tx, contract):
            self._tell(tx, person, "notices.completed", {"contract": contract}, [signed_file(contract)])

    def ended(self, tx: Tx, contract: Contract, by: PersonId | None) -> None:
        """Refused, withdrawn or expired: whoever had heard of it hears that, other than who ended it."""
        for person in people_of(tx, contract):
            if person != by:
                self._tell(tx, person, f"notices.{contract.state}", {"contract": contract})
        for party in contract.parties:
            if party.state == "invited" and reached(tx, party) is None:
                later(tx, self._text_ending, party.id)


def people_of(tx: Reading, contract: Contract) -> list[PersonId]:
    """The sender and every signer who was invited and is known here, by themself or by their proved phone."""
    invited = [reached(tx, party) for party in contract.parties if party.state != "planned"]
    return list(dict.fromkeys([contract.sender, *(person for person in invited if person)]))


def reached(tx: Reading, party: Party) -> PersonId | None:
    """Who signs for a party, if they can be reached in chat."""
    known = person_of_phone(tx, party.phone)
    return party.person or (known.id if known else None)

"""What people hear without having asked: everyone learns how a contract ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from handlers.message import Attachment
from handlers.status import signed_file
from signing.contracts.contract import Contract
from signing.contracts.endings import expire
from signing.ids import ContractId, PersonId
from signing.persons import person_of_phone
from signing.store.port import Row, Tx


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
    """The announcements of `signing`, in words."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    def completed(self, tx: Tx, contract: Contract) -> None:
        """Everyone has signed: the file for all."""
        for person in people_of(tx, contract):
            self._tell(tx, person, "notices.completed", {"contract": contract}, [signed_file(contract)])

    def expired(self, tx: Tx, timer: Row) -> None:
        """The alarm at a contract's deadline."""
        contract = expire(tx, ContractId(timer["subject"]))
        if contract is not None:
            for person in people_of(tx, contract):
                self._tell(tx, person, "notices.expired", {"contract": contract})


def people_of(tx: Tx, contract: Contract) -> list[PersonId]:
    """The sender and every signer who is known here, by themself or by their proved phone."""
    people = [contract.sender]
    for party in contract.parties:
        known = person_of_phone(tx, party.phone)
        people += [party.person] if party.person else [known.id] if known else []
    return list(dict.fromkeys(people))

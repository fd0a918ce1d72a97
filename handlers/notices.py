"""What people hear without having asked: everyone learns how a contract ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from handlers.contracts import evidence_file, signed_file
from handlers.telling import Tell, Work
from signing.contracts.contract import Contract, Party, read_contract
from signing.contracts.letters import Letters
from signing.contracts.questions import Question
from signing.contracts.readers import still_signs_for
from signing.contracts.reminders import Waiting
from signing.evidence.proving import Proof
from signing.ids import PersonId
from signing.later import later
from signing.membership.members import admins_of
from signing.persons import is_reachable, person_of_phone, read_person
from signing.store.port import Reading, Tx

NOBODYS = "-"
"""Stands for a phone that no party has."""


class Notices:
    """The announcements of `signing`, in words: in chat, or by a letter to whoever has no chat here.

    `send` sends a letter to a phone or mailbox, `bring` one into a chat.
    """

    def __init__(self, tell: Tell, letters: Letters, send: Work, bring: Work) -> None:
        self._tell = tell
        self._letters = letters
        self._send = send
        self._bring = bring

    def invited(self, tx: Tx, contract: Contract, parties: Sequence[Party]) -> None:
        """It is their turn to sign: in chat who is known here, by a letter with a link who is not. Copy-holders hear
        that it has begun."""
        for party in parties:
            if not party.signs:
                self._copied(tx, contract, party)
            elif reached(tx, party) is None:
                self._write(tx, party)
            else:
                later(tx, self._bring, self._letters.write(tx, party.id, "request", "chat"))

    def asked(self, tx: Tx, contract: Contract, party: Party, question: Question) -> None:
        """A signer asks the sender."""
        words = {"contract": contract, "party": party, "question": question}
        self._tell(tx, contract.sender, "notices.asked", words)

    def answered(self, tx: Tx, contract: Contract, party: Party, question: Question) -> None:
        """The sender answered."""
        person = reached(tx, party)
        if person is not None:
            words = {"contract": contract, "party": party, "question": question}
            self._tell(tx, person, "notices.answered", words)

    def time_wanted(self, tx: Tx, contract: Contract, party: Party) -> None:
        """A signer asks the sender for more time."""
        words = {"contract": contract, "party": party}
        self._tell(tx, contract.sender, "notices.time_wanted", words)

    def voided(self, tx: Tx, contract: Contract, by: Contract) -> None:
        """All parties have signed that a contract is void."""
        for person in people_of(tx, contract):
            self._tell(tx, person, "notices.voided", {"contract": contract, "by": by})

    def completed(self, tx: Tx, contract: Contract, proof: Proof | None) -> None:
        """Everyone has signed: the file and its evidence for all. Without evidence the file alone."""
        files = [evidence_file(contract, proof)] if proof else []
        for person in people_of(tx, contract):
            words = {"contract": contract, "proof": proof}
            self._tell(tx, person, "notices.completed", words, [*files, signed_file(contract)])
        for party in contract.copies:
            if reached(tx, party) is None:
                later(tx, self._send, self._letters.write(tx, party.id, "ended", "sms"))

    def ended(self, tx: Tx, contract: Contract, by: PersonId | None) -> None:
        """Refused, withdrawn or expired: whoever had heard of it hears that, other than who ended it."""
        for person in people_of(tx, contract):
            if person != by:
                words = {"contract": contract, "mine": _party_of(tx, contract, person)}
                self._tell(tx, person, f"notices.{contract.state}", words)
        for party in contract.parties:
            heard = party.state == "invited" or party in contract.copies
            if heard and reached(tx, party) is None:
                later(tx, self._send, self._letters.write(tx, party.id, "ended", "sms"))

    def extended(self, tx: Tx, contract: Contract, by: PersonId) -> None:
        """The deadline was moved: whoever had heard of the contract hears that."""
        for person in people_of(tx, contract):
            if person != by:
                self._tell(tx, person, "notices.extended", {"contract": contract})

    def unreachable(self, tx: Tx, person: PersonId) -> None:
        """A signer can't be told anything in chat: the senders of what waits for them may choose another way."""
        phone = read_person(tx, person).phone or NOBODYS
        for row in tx.find("waiting_for_person", person=person, phone=phone, limit=20):
            contract = read_contract(tx, row["id"])
            party = next(each for each in contract.waiting if person == each.person or phone == each.phone)
            if contract.sender != person:
                self._tell(tx, contract.sender, "notices.unreachable", {"contract": contract, "party": party})

    def remind(self, tx: Tx, party: Party, waiting: list[Waiting]) -> None:
        """All that waits for who signs for a party, with the buttons of the request."""
        person = reached(tx, party)
        if person is None:
            self._write(tx, party)
        else:
            self._tell(tx, person, "notices.reminder", {"waiting": waiting})

    def signer_changed(self, tx: Tx, contract: Contract, before: Party, by: PersonId) -> None:
        """Somebody else signs for a party: the new signer, the former one and the sender hear of it."""
        party = contract.party(before.id)
        words = {"contract": contract, "party": party, "before": before, "sender": contract.parties[0]}
        fresh, former = reached(tx, party), reached(tx, before)
        if party.state == "invited":
            self.invited(tx, contract, [party])
        for person in {former, contract.sender} - {None, by, fresh}:
            assert person is not None
            self._tell(tx, person, "notices.signer_changed", words)

    def _copied(self, tx: Tx, contract: Contract, party: Party) -> None:
        person = reached(tx, party)
        if person is None:
            later(tx, self._send, self._letters.write(tx, party.id, "copy", "sms"))
        else:
            words = {"contract": contract, "sender": contract.parties[0]}
            self._tell(tx, person, "notices.copied", words)

    def _write(self, tx: Tx, party: Party) -> None:
        later(tx, self._send, self._letters.write(tx, party.id, "invitation", "sms"))


def people_of(tx: Reading, contract: Contract) -> list[PersonId]:
    """The sender, every signer who was invited and the copy-holders, known here by themself or by their proved phone.

    For a signer who left the company since, its admins.
    """
    heard = [each for each in contract.parties if each.state != "planned" or each in contract.copies]
    invited = [person for party in heard for person in _for(tx, party)]
    return list(dict.fromkeys([contract.sender, *invited]))


def _for(tx: Reading, party: Party) -> list[PersonId]:
    if party.enterprise and party.person and not still_signs_for(tx, party, party.person):
        return admins_of(tx, party.enterprise)
    person = reached(tx, party)
    return [person] if person else []


def _party_of(tx: Reading, contract: Contract, person: PersonId) -> Party | None:
    """For which party that has not signed somebody other than the sender is."""
    waiting = (each for each in contract.waiting if contract.sender != person)
    return next((each for each in waiting if reached(tx, each) == person), None)


def reached(tx: Reading, party: Party) -> PersonId | None:
    """Who signs for a party, if they can be reached in chat."""
    known = person_of_phone(tx, party.phone)
    person = party.person or (known.id if known else None)
    return person if person and is_reachable(tx, person) else None


def language_of(phone: str) -> str:
    """In which language to text a phone of which nothing else is known."""
    return "zh" if phone.startswith(("+86", "+852", "+853", "+886")) else "en"


def not_reached(tell: Tell) -> Callable[[Tx, Contract, Party], None]:
    """Tells the sender that a party's letter did not arrive."""

    def told(tx: Tx, contract: Contract, party: Party) -> None:
        tell(tx, contract.sender, "notices.not_reached", {"contract": contract, "party": party})

    return told

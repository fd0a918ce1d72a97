"""The request to a signer who is known here: the document and their places beside it, told once."""

from __future__ import annotations

from handlers.message import Attachment
from handlers.notices import reached
from handlers.pictures import page_picture
from handlers.telling import Tell
from signing.contracts.invitations import Invitations
from signing.contracts.letters import Letter, Letters
from signing.contracts.papers import Papers, Shown
from signing.store.port import Store, Tx

PICTURES = 4


class Requests:
    """Brings letters of the kind `request` into chats. Runs outside transactions, because pictures take a moment."""

    def __init__(
        self, store: Store, letters: Letters, papers: Papers, invitations: Invitations, tell: Tell
    ) -> None:
        self._store = store
        self._letters = letters
        self._papers = papers
        self._invitations = invitations
        self._tell = tell

    def bring(self, letter: str) -> None:
        """Who needs nothing but a code gets the document with the request, and signs from there."""
        found = self._store.read(self._letters.open, letter)
        places = self._papers.places(found.contract.id, PICTURES) if found else []
        self._store.write(self._told, letter, places)

    def _told(self, tx: Tx, letter: str, places: list[Shown]) -> None:
        found = self._letters.open(tx, letter)
        person = reached(tx, found.party) if found else None
        if found is None or person is None:
            self._letters.drop(tx, letter)
            return
        contract, party = found.contract, found.party
        ready = self._invitations.is_ready(tx, person, party.id)
        words = {"contract": contract, "party": party, "sender": contract.parties[0]}
        own = "your_turn" if person == contract.sender else "request"
        block = f"notices.{own}" if ready else "notices.invited"
        self._tell(tx, person, block, words, _files(found, places) if ready else [])
        self._letters.sent(tx, letter)


def _files(letter: Letter, places: list[Shown]) -> list[Attachment]:
    contract = letter.contract
    document = Attachment(contract.current, f"{contract.title}.pdf", "application/pdf")
    return [document, *(page_picture(each) for each in places)]

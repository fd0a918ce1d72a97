"""Invitations that the sender passes on or has sent: a link, a picture of it, a text, an e-mail.

None of them passes through a journal.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from handlers.message import Attachment
from handlers.telling import Tell, Work
from signing.actor import Actor
from signing.contracts.contract import read_contract
from signing.contracts.invitations import link_token, require_invited
from signing.contracts.letters import Channel, Letters
from signing.contracts.reminders import RemindedLately
from signing.errors import SigningError
from signing.ids import ContractId, PartyId
from signing.later import later
from signing.qr import qr_picture
from signing.store.blobs import Blobs
from signing.store.port import Tx
from signing.store.times import moment

REST = timedelta(hours=1)
ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@(?:[\w-]{1,63}\.)+[A-Za-z]{2,24}")


class NotAMailbox(SigningError):
    """The text is no e-mail address."""

    code = "not-a-mailbox"


class Inviting:
    """What a sender does with a party's invitation. Each raises NoSuchContract, WrongState, NotYourTurn.

    `link` makes an address of a token, `mails` says whether e-mails can be sent.
    """

    def __init__(
        self,
        tell: Tell,
        blobs: Blobs,
        letters: Letters,
        send: Work,
        link: Callable[[str], str],
        mails: bool,
    ) -> None:
        self._tell = tell
        self._blobs = blobs
        self._letters = letters
        self._send = send
        self._link = link
        self.mails = mails

    def link(self, tx: Tx, actor: Actor, contract: ContractId, party: PartyId) -> None:
        """A fresh link for the sender to pass on."""
        self._hand_over(tx, actor, contract, party, picture=False)

    def picture(self, tx: Tx, actor: Actor, contract: ContractId, party: PartyId) -> None:
        """A fresh link as a QR code, sealed under the sender's key."""
        self._hand_over(tx, actor, contract, party, picture=True)

    def text(self, tx: Tx, actor: Actor, contract: ContractId, party: PartyId) -> None:
        """A fresh link to the party's phone. Raises RemindedLately."""
        self._post(tx, actor, contract, party, "sms")

    def mail(self, tx: Tx, actor: Actor, contract: ContractId, party: PartyId, address: str) -> None:
        """A fresh link to a mailbox, which is kept with the party. Raises RemindedLately."""
        require_invited(tx, actor, contract, party)
        tx.change("parties", party, {"email": address})
        self._post(tx, actor, contract, party, "email")

    def _hand_over(
        self, tx: Tx, actor: Actor, contract: ContractId, party: PartyId, *, picture: bool
    ) -> None:
        link = self._link(link_token(tx, actor, contract, party))
        words = {"contract": read_contract(tx, contract), "party": party, "link": "" if picture else link}
        files = []
        if picture:
            digest = self._blobs.write_sealed(tx, actor.registered, qr_picture(link), "image/png")
            named = ("invitation.png", "image/png", "captions.invitation")
            files = [Attachment(digest, *named, meant_for_others=True)]
        self._tell(tx, actor.registered, "notices.link", words, files)

    def _post(self, tx: Tx, actor: Actor, contract: ContractId, party: PartyId, channel: Channel) -> None:
        require_invited(tx, actor, contract, party)
        last = tx.find("last_letter", party=party, channel=channel)[0]["at"]
        rested = moment(last or 0) + REST - moment(tx.now)
        if rested > timedelta():
            raise RemindedLately(minutes=-(-rested.seconds // 60))
        later(tx, self._send, self._letters.write(tx, party, "invitation", channel))


def mailbox(text: str) -> str:
    """An e-mail address as typed. Raises NotAMailbox."""
    found = ADDRESS.fullmatch(text.strip())
    if found is None:
        raise NotAMailbox
    return found[0]

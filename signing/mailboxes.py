"""Mailboxes that people have proven, for codes where no text arrives.

To have one takes a code by text and a code by e-mail: who holds a chat alone can't lead codes elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable

from signing.actor import Actor
from signing.errors import SigningError
from signing.ids import ChallengeId, PersonId
from signing.persons import mailbox_of, masked, read_person
from signing.store.port import Reading, Tx
from signing.store.vault import Vault
from signing.willingness import Asked, Binding, Willingness

ADDED, PROVEN = "mailbox", "mailbox-proof"
BY_MAIL = ("start", "seal")
"""Purposes that a code by e-mail may stand for; what concerns the account itself takes the phone."""

Announce = Callable[[Tx, PersonId, str], None]
"""Tell a person in each of their chats which mailbox (masked, "" for none) gets codes from now on."""


class NoMailbox(SigningError):
    """No code goes by e-mail: none is sent here, no mailbox was proven, or this takes the phone."""

    code = "mailbox.none"


class Mailboxes:
    """One mailbox a person, kept under the person's key. `open`: this installation sends codes by e-mail."""

    def __init__(self, vault: Vault, willingness: Willingness, announce: Announce, *, open: bool) -> None:
        self._vault = vault
        self._willingness = willingness
        self._announce = announce
        self.open = open

    def hint(self, tx: Reading, actor: Actor) -> str:
        """The person's mailbox, masked; "" where there is none."""
        return masked(self._of(tx, actor.person)) if actor.person else ""

    def offered(self, tx: Reading, actor: Actor, binding: Binding) -> str:
        """The mailbox, masked, where a code for this may go; "" where none may."""
        return self.hint(tx, actor) if self.open and _may_go(binding) else ""

    def ask(self, tx: Tx, actor: Actor, binding: Binding) -> Asked:
        """Make a challenge whose code goes to the person's mailbox. Raises NoMailbox, TooSoon, TooMany."""
        address = self._of(tx, actor.registered)
        if not (self.open and address and _may_go(binding)):
            raise NoMailbox
        return self._asked(tx, actor, binding, address)

    def ask_proof(self, tx: Tx, actor: Actor, address: str) -> Asked:
        """Make a challenge whose code goes to a mailbox that is to be proven. Raises NoMailbox, TooSoon, TooMany."""
        if not self.open:
            raise NoMailbox
        return self._asked(tx, actor, proof(PROVEN, address), address)

    def keep(self, tx: Tx, actor: Actor, address: str, texted: ChallengeId, mailed: ChallengeId) -> None:
        """Have a mailbox that was proven, in place of the one before. Raises NotWilling, NotRegistered."""
        person = read_person(tx, actor.registered)
        self._willingness.require_sent(tx, actor, texted, person.phone, "sms")
        self._willingness.require_sent(tx, actor, mailed, address, "email")
        self._willingness.consume(tx, actor, texted, ADDED, proof(ADDED, address))
        self._willingness.consume(tx, actor, mailed, PROVEN, proof(PROVEN, address))
        sealed = self._vault.seal(tx, person.id, address.encode())
        tx.change("persons", person.id, {"mailbox": sealed})
        self._announce(tx, person.id, masked(address))

    def forget(self, tx: Tx, actor: Actor) -> None:
        """Codes go to the phone alone again. Raises NotRegistered."""
        tx.change("persons", actor.registered, {"mailbox": None})
        self._announce(tx, actor.registered, "")

    def _of(self, tx: Reading, person: str) -> str:
        return mailbox_of(tx, self._vault, person)

    def _asked(self, tx: Tx, actor: Actor, binding: Binding, address: str) -> Asked:
        asked = self._willingness.ask(tx, actor, binding, address, "email")
        return Asked(asked.id, masked(address), asked.until)


def proof(purpose: str, address: str) -> Binding:
    """What the two codes agree to: that codes go to this mailbox, and that it is the person's."""
    return Binding((purpose,), phone=address)


def _may_go(binding: Binding) -> bool:
    return all(purpose.partition(":")[0] in BY_MAIL for purpose in binding.purposes)

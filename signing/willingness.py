"""Willingness: a one-time code that stands for exactly what is being agreed to.

The code is kept as an HMAC over itself and its binding (purposes, contract, party, digest, seal, entries) and expiry: change
any of them and the code is void. RFC 4226 section 7.3 asks for throttling; the caps here are it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from signing.actor import Actor
from signing.errors import SigningError
from signing.ids import ChallengeId, new_id
from signing.store.port import Reading, Row, Tx
from signing.store.times import HOUR, MINUTE, moment
from signing.store.vault import Vault

DIGITS = 8
TRIES = 5
LIFE = 5 * MINUTE
RESEND = MINUTE
USABLE_AFTER_ACCEPTANCE = 15 * MINUTE
PER_PHONE, PER_CHAT, IN_ALL = 12, 20, 2000

Channel = Literal["sms", "email"]


class TooSoon(SigningError):
    """A new code can be asked for after `seconds`."""

    code = "willingness.too-soon"


class TooMany(SigningError):
    """Too many codes were sent to this phone or mailbox, to this chat or in all within the last hour."""

    code = "willingness.too-many"


class NotWilling(SigningError):
    """No accepted challenge covers this act as it is now: it was for something else, is used up or too old."""

    code = "willingness.missing"


class NotDigits(SigningError):
    """The text is not a code of eight digits."""

    code = "willingness.not-digits"


@dataclass(frozen=True, slots=True)
class Binding:
    """What a code agrees to. `digest` is that of the prepared PDF, empty where there is no contract; `entries` stands
    for what the party filled in."""

    purposes: tuple[str, ...]
    contract: str = ""
    party: str = ""
    digest: str = ""
    seal: str = ""
    phone: str = ""
    entries: str = ""

    def hashed(self) -> str:
        """SHA-256 over all of it: any change makes another."""
        facts = [
            list(self.purposes),
            self.contract,
            self.party,
            self.digest,
            self.seal,
            self.phone,
            self.entries,
        ]
        return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a typed code. Not accepted and nothing `left`: the code is closed."""

    accepted: bool
    left: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A challenge that was made: to which phone, until when."""

    id: ChallengeId
    phone: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A code on its way: `to` a phone (E.164) or a mailbox."""

    to: str
    channel: Channel
    code: str


def code_digits(text: str) -> str:
    """A typed code: spaces, hyphens and full-width digits are fine. Raises NotDigits."""
    digits = "".join(
        letter for letter in unicodedata.normalize("NFKC", text) if letter not in " -\u2013\u2014."
    )
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        raise NotDigits
    return digits


class Willingness:
    """Makes challenges, takes codes, and lets an accepted challenge be consumed once for each purpose."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def ask(self, tx: Tx, actor: Actor, binding: Binding, phone: str, channel: Channel = "sms") -> Asked:
        """Make a challenge; older open ones of this chat are closed. `phone` is a mailbox where the code goes by e-mail.

        Raises TooSoon, TooMany.
        """
        self._throttle(tx, actor, phone, binding, channel)
        tx.run("close_challenges_of_chat", chat=actor.chat)
        key = ChallengeId(new_id("o", tx.now))
        expires = tx.now + LIFE
        plain = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        row = {
            "id": key,
            "person": actor.person,
            "chat": actor.chat,
            "phone": phone,
            "purposes": json.dumps(binding.purposes),
            "binding": binding.hashed(),
            "code": self._digest(key, plain, binding.hashed(), expires),
            "channel": channel,
            "state": "open",
            "used": "[]",
            "tries": 0,
            "created": tx.now,
            "expires": expires,
        }
        tx.insert("challenges", row)
        sealed = self._vault.seal(tx, key, plain.encode())
        tx.insert("secrets", {"id": key, "subject": key, "sealed": sealed, "created": tx.now})
        return Asked(key, phone, moment(expires))

    def answer(self, tx: Tx, actor: Actor, challenge: ChallengeId, code: str) -> Verdict:
        """Take a code. It must come from the chat's own person. Raises NotWilling for somebody else."""
        row = self._mine(tx, actor, challenge)
        if row["state"] != "open" or tx.now >= row["expires"]:
            return Verdict(False, 0)
        digest = self._digest(challenge, code, row["binding"], row["expires"])
        if hmac.compare_digest(digest, row["code"]):
            tx.change("challenges", challenge, {"state": "accepted", "accepted": tx.now})
            return Verdict(True, TRIES - row["tries"])
        tries = row["tries"] + 1
        tx.change("challenges", challenge, {"tries": tries, "state": "open" if tries < TRIES else "closed"})
        return Verdict(False, TRIES - tries)

    def consume(self, tx: Tx, actor: Actor, challenge: ChallengeId, purpose: str, binding: Binding) -> None:
        """Use an accepted challenge for one of its purposes, once. Raises NotWilling."""
        row = self._mine(tx, actor, challenge)
        self._require_accepted(tx, row, purpose, binding)
        used = [*json.loads(row["used"]), purpose]
        tx.change("challenges", challenge, {"used": json.dumps(used)}, was={"used": row["used"]})

    def require(
        self, tx: Reading, actor: Actor, challenge: ChallengeId, purpose: str, binding: Binding
    ) -> None:
        """That `consume` would succeed now. Raises NotWilling."""
        self._require_accepted(tx, self._mine(tx, actor, challenge), purpose, binding)

    def require_sent(
        self, tx: Reading, actor: Actor, challenge: ChallengeId, to: str, channel: Channel
    ) -> None:
        """That the challenge's code went there, by this channel. Raises NotWilling."""
        row = self._mine(tx, actor, challenge)
        if (row["phone"], row["channel"]) != (to, channel):
            raise NotWilling

    def reveal(self, tx: Reading, challenge: ChallengeId) -> Outgoing:
        """The code and where it goes, for the gateway alone, as long as it was not sent. Raises NotWilling."""
        row, sealed = tx.get("challenges", challenge), tx.get("secrets", challenge)
        if row is None or sealed is None:
            raise NotWilling
        code = self._vault.open(tx, challenge, sealed["sealed"]).decode()
        return Outgoing(row["phone"], row["channel"], code)

    def sent(self, tx: Tx, challenge: ChallengeId) -> None:
        """The gateway has the code: forget it."""
        tx.remove("secrets", challenge)
        self._vault.erase(tx, challenge)

    def _require_accepted(self, tx: Reading, row: Row, purpose: str, binding: Binding) -> None:
        fresh = row["state"] == "accepted" and tx.now < row["accepted"] + USABLE_AFTER_ACCEPTANCE
        covers = purpose in json.loads(row["purposes"]) and purpose not in json.loads(row["used"])
        if not (fresh and covers and hmac.compare_digest(row["binding"], binding.hashed())):
            raise NotWilling

    def _mine(self, tx: Reading, actor: Actor, challenge: ChallengeId) -> Row:
        row = tx.get("challenges", challenge)
        same = row is not None and (
            row["person"] == actor.person if row["person"] else row["chat"] == actor.chat
        )
        if row is None or not same:
            raise NotWilling
        return row

    def _throttle(self, tx: Tx, actor: Actor, phone: str, binding: Binding, channel: Channel) -> None:
        last = tx.find("last_challenge_for", chat=actor.chat, binding=binding.hashed(), channel=channel)
        if last and tx.now < last[0]["created"] + RESEND:
            raise TooSoon(seconds=-(-(last[0]["created"] + RESEND - tx.now) // 1000))
        since = tx.now - HOUR
        counts = (
            (tx.find("challenges_of_phone_since", phone=phone, since=since), PER_PHONE),
            (tx.find("challenges_of_chat_since", chat=actor.chat, since=since), PER_CHAT),
            (tx.find("challenges_since", since=since), IN_ALL),
        )
        if any(rows[0]["challenges"] >= cap for rows, cap in counts):
            raise TooMany

    def _digest(self, challenge: str, code: str, binding: str, expires: int) -> str:
        return self._vault.digest(f"challenge\n{challenge}\n{code}\n{binding}\n{expires}")

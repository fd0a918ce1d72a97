"""Typed identifiers: a short word for the kind, then time-ordered random text, so that new rows lie together."""

from __future__ import annotations

import secrets
from typing import NewType

ChatId = NewType("ChatId", str)
PersonId = NewType("PersonId", str)
EnterpriseId = NewType("EnterpriseId", str)
CheckId = NewType("CheckId", str)
CertificateId = NewType("CertificateId", str)
SealId = NewType("SealId", str)
ContractId = NewType("ContractId", str)
PartyId = NewType("PartyId", str)
AreaId = NewType("AreaId", str)
ChallengeId = NewType("ChallengeId", str)
FormId = NewType("FormId", str)
FillingId = NewType("FillingId", str)
RosterId = NewType("RosterId", str)
ConversationId = NewType("ConversationId", str)
Digest = NewType("Digest", str)
"""SHA-256 in lower-case hex; also the key of a blob."""

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def new_id(kind: str, now: int) -> str:
    """`kind` and 17 characters of Crockford's base 32: 45 bits of milliseconds, 40 bits of chance."""
    number = (now & ((1 << 45) - 1)) << 40 | secrets.randbits(40)
    digits = (ALPHABET[number >> shift & 31] for shift in range(80, -1, -5))
    return kind + "".join(digits)

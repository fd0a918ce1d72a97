"""Timestamps (RFC 3161): the port that signing uses, and the authority's own timestamp unit."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from asn1crypto import algos, core, tsp

from signing.pki import cms, der
from signing.pki.cms import Signer

Clock = Callable[[], datetime]

ALGORITHMS = {"sha256": 32, "sha384": 48, "sha512": 64}
BAD_REQUEST = 2
BAD_ALGORITHM = 0
BAD_DATA_FORMAT = 5
UNACCEPTED_POLICY = 15


class Timestamper(Protocol):
    """Who says when. `largest` is the most bytes that a token takes."""

    @property
    def largest(self) -> int: ...

    def stamp(self, digest: bytes, algorithm: str) -> bytes:
        """The timestamp token over a digest ("sha256", ...), DER. Raises TimestampUnavailable."""


@dataclass(frozen=True, slots=True)
class TimestampUnit:
    """The embedded timestamp authority: in the same process, without a network."""

    signer: Signer
    policy: str
    clock: Clock
    largest: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "largest", len(self.stamp(bytes(64), "sha512")) + 32)

    def stamp(self, digest: bytes, algorithm: str) -> bytes:
        return self._token(digest, algorithm, b"")

    def respond(self, request: bytes) -> bytes:
        """The answer to a TimeStampReq, as a web server sends it (application/timestamp-reply)."""
        try:
            parsed = tsp.TimeStampReq.load(request, strict=True)
            imprint = parsed["message_imprint"]
            algorithm, digest = (
                imprint["hash_algorithm"]["algorithm"].native,
                imprint["hashed_message"].native,
            )
            policy, nonce = parsed["req_policy"].native, parsed["nonce"]
            number = b"" if isinstance(nonce, core.Void) else der.integer(nonce.native)
        except (ValueError, TypeError, KeyError):
            return _refusal(BAD_DATA_FORMAT)
        if algorithm not in ALGORITHMS:
            return _refusal(BAD_ALGORITHM)
        if len(digest) != ALGORITHMS[algorithm] or parsed["version"].native != "v1":
            return _refusal(BAD_REQUEST)
        if policy not in (None, self.policy):
            return _refusal(UNACCEPTED_POLICY)
        granted = der.sequence(der.integer(0))
        return der.sequence(granted, self._token(digest, algorithm, number))

    def _token(self, digest: bytes, algorithm: str, nonce: bytes) -> bytes:
        imprint = der.sequence(_algorithm(algorithm), der.octets(digest))
        serial = der.integer(secrets.randbits(127))
        content = der.sequence(
            der.integer(1), der.oid(self.policy), imprint, serial, _general_time(self.clock()), nonce
        )
        return self.signer.envelop(cms.TST_INFO, content)


def _algorithm(name: str) -> bytes:
    encoded: bytes = algos.DigestAlgorithm({"algorithm": name}).dump()
    return encoded


def _general_time(moment: datetime) -> bytes:
    """GeneralizedTime to the millisecond, without trailing zeros (RFC 3161, 2.4.2)."""
    moment = moment.astimezone(UTC)
    fraction = f".{moment.microsecond // 1000:03d}".rstrip("0").rstrip(".")
    return der.tlv(0x18, f"{moment:%Y%m%d%H%M%S}{fraction}Z".encode())


def _refusal(failure: int) -> bytes:
    """A TimeStampResp with status rejection and one bit of PKIFailureInfo set."""
    bits = bytearray(failure // 8 + 1)
    bits[failure // 8] = 0x80 >> failure % 8
    unused = 7 - failure % 8
    return der.sequence(der.sequence(der.integer(2), der.tlv(0x03, bytes([unused]) + bytes(bits))))

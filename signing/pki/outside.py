"""A timestamp authority somewhere else (RFC 3161 over HTTP), and others to fall back on."""

from __future__ import annotations

import base64
import secrets
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import urlsplit

from asn1crypto import core, tsp

from signing.pki.errors import TimestampUnavailable
from signing.pki.timestamps import Timestamper

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
LARGEST_REPLY = 64 * 1024


@dataclass(frozen=True, slots=True)
class OutsideTimestamper:
    """One authority by its http(s) address, with user and password if it wants them.

    `largest` is what its tokens may take, with the certificates that it sends along; `seconds` is how long to wait.
    """

    url: str
    user: str = ""
    password: str = ""
    largest: int = 12_000
    seconds: float = 10.0

    def stamp(self, digest: bytes, algorithm: str) -> bytes:
        nonce = secrets.randbits(63)
        imprint = {"hash_algorithm": {"algorithm": algorithm}, "hashed_message": digest}
        request = tsp.TimeStampReq(
            {"version": "v1", "message_imprint": imprint, "nonce": nonce, "cert_req": True}
        )
        try:
            return self._token(self._ask(request.dump()), digest, nonce)
        except (OSError, HTTPException, ValueError, TypeError, KeyError, AttributeError) as error:
            raise TimestampUnavailable(host=urlsplit(self.url).hostname) from error

    def _ask(self, query: bytes) -> bytes:
        if urlsplit(self.url).scheme not in ("http", "https"):
            raise ValueError("not an http address")
        headers = {"Content-Type": QUERY, "Accept": REPLY}
        if self.user:
            credentials = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
            headers["Authorization"] = f"Basic {credentials}"
        request = urllib.request.Request(self.url, data=query, headers=headers, method="POST")  # noqa: S310
        with urllib.request.urlopen(request, timeout=self.seconds) as reply:  # noqa: S310
            body: bytes = reply.read(LARGEST_REPLY)
        return body

    def _token(self, reply: bytes, digest: bytes, nonce: int) -> bytes:
        """The token, if it answers just this request; whether to trust it is the verifier's business."""
        status = tsp.PKIStatusInfo.load(core.Sequence.load(reply, strict=True).contents)
        if status["status"].native not in ("granted", "granted_with_mods"):
            raise ValueError("not granted")
        token = tsp.TimeStampResp.load(reply, strict=True)["time_stamp_token"]
        info = token["content"]["encap_content_info"]["content"].parsed
        if info["message_imprint"]["hashed_message"].native != digest or info["nonce"].native != nonce:
            raise ValueError("an answer to something else")
        encoded: bytes = token.dump()
        if len(encoded) > self.largest:
            raise ValueError("too large")
        return encoded


@dataclass(frozen=True, slots=True)
class FirstThatAnswers:
    """Several authorities, asked in order until one answers."""

    timestampers: Sequence[Timestamper]

    @property
    def largest(self) -> int:
        return max(each.largest for each in self.timestampers)

    def stamp(self, digest: bytes, algorithm: str) -> bytes:
        for timestamper in self.timestampers:
            try:
                return timestamper.stamp(digest, algorithm)
            except TimestampUnavailable as error:
                last = error
        raise last


def outside_timestamper(urls: Sequence[str], user: str = "", password: str = "") -> Timestamper | None:
    """The authorities at these addresses, asked in order; None if there are none."""
    asked = [OutsideTimestamper(url, user, password) for url in urls]
    return FirstThatAnswers(asked) if asked else None

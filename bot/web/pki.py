"""What certificates name, for anyone who checks signatures: revocation lists, issuers, OCSP, timestamps.

RFC 5280 (4.2.1.13, 4.2.2.1), RFC 6960 (appendix A) and RFC 3161 (3.4). No secret passes here, and nothing is written.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from signing.certificate_status import CertificateStatus
from signing.certificates import Certificates
from signing.store.port import Store

LARGEST = 16 * 1024
LIST, CERTIFICATE = "application/pkix-crl", "application/pkix-cert"
OCSP_REQUEST, OCSP_RESPONSE = "application/ocsp-request", "application/ocsp-response"
TIMESTAMP_QUERY, TIMESTAMP_REPLY = "application/timestamp-query", "application/timestamp-reply"


class Pki:
    """The authority's public side. Each answer is computed in a thread."""

    def __init__(self, store: Store, certificates: Certificates, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._certificates = certificates
        self._status = CertificateStatus(certificates)
        self._clock = clock

    def routes(self) -> list[web.RouteDef]:
        """For `application(routes=...)`."""
        return [
            web.get("/pki/{number:[0-9a-f]{16}}.crl", self.revocation_list),
            web.get("/pki/{number:[0-9a-f]{16}}.cer", self.certificate),
            web.post("/pki/ocsp", self.ocsp),
            web.get("/pki/ocsp/{request:.+}", self.ocsp_in_path),
            web.post("/pki/timestamp", self.timestamp),
        ]

    async def revocation_list(self, request: web.Request) -> web.Response:
        number = request.match_info["number"]
        made = await asyncio.to_thread(self._store.read, self._status.revocation_list, number)
        return _found(made, LIST)

    async def certificate(self, request: web.Request) -> web.Response:
        return _found(self._status.certificate(request.match_info["number"]), CERTIFICATE)

    async def ocsp(self, request: web.Request) -> web.Response:
        return await self._answer(await _body(request, OCSP_REQUEST))

    async def ocsp_in_path(self, request: web.Request) -> web.Response:
        """A short request as base64 in the address, as caches like it."""
        try:
            asked = base64.b64decode(request.match_info["request"], validate=True)
        except (binascii.Error, ValueError):
            raise web.HTTPBadRequest(text="That is not base64.\n") from None
        return await self._answer(asked)

    async def timestamp(self, request: web.Request) -> web.Response:
        query = await _body(request, TIMESTAMP_QUERY)
        unit = self._certificates.authority.timestamper(self._clock)
        return web.Response(body=await asyncio.to_thread(unit.respond, query), content_type=TIMESTAMP_REPLY)

    async def _answer(self, asked: bytes) -> web.Response:
        made = await asyncio.to_thread(self._store.read, self._status.ocsp, asked)
        return web.Response(body=made, content_type=OCSP_RESPONSE)


async def _body(request: web.Request, kind: str) -> bytes:
    if request.content_type != kind:
        raise web.HTTPUnsupportedMediaType(text=f"Send {kind}.\n")
    body = await request.content.read(LARGEST + 1)
    while not request.content.at_eof() and len(body) <= LARGEST:
        body += await request.content.read(LARGEST + 1 - len(body))
    if len(body) > LARGEST:
        raise web.HTTPRequestEntityTooLarge(LARGEST, len(body))
    return body


def _found(made: bytes | None, kind: str) -> web.Response:
    if made is None:
        raise web.HTTPNotFound(text="There is no issuer of that number.\n")
    return web.Response(body=made, content_type=kind)

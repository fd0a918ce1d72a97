"""A local server that answers as Tencent Cloud does, and refuses what is not signed right (TC3-HMAC-SHA256)."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Result = str | int | dict[str, Any]
SECRET_ID, SECRET_KEY = "AKIDmadeup0000000000", "madeupmadeupmadeup000"


@dataclass
class Fake:
    """`results` are answered in order, the last one for ever.

    Each is FaceID's result code, a whole answer, or an HTTP status from 500 on.
    """

    results: list[Result]
    port: int = 0
    seen: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    forged: int = 0

    def next(self) -> Result:
        return self.results.pop(0) if len(self.results) > 1 else self.results[0]


@contextmanager
def serving(*results: Result) -> Iterator[Fake]:
    fake = Fake(list(results))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            fake.seen.append((self.headers["X-TC-Action"], json.loads(body)))
            if not is_signed(self.headers, body):
                fake.forged += 1
                error = {"Code": "AuthFailure.SignatureFailure", "Message": "signature"}
                return self.answer(200, {"Error": error, "RequestId": "r"})
            result = fake.next()
            if result == "":
                return self.answer(200, {"RequestId": "made-up-request"})
            if isinstance(result, dict):
                return self.answer(200, {**result, "RequestId": "made-up-request"})
            if isinstance(result, int):
                return self.answer(result, {})
            return self.answer(200, {"Result": result, "Description": "", "RequestId": "made-up-request"})

        def answer(self, status: int, response: dict[str, Any]) -> None:
            data = json.dumps({"Response": response}).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()


def is_signed(headers: Any, body: bytes) -> bool:
    """The signature as the documentation computes it, from what came over the wire."""
    scheme, _, fields = headers["Authorization"].partition(" ")
    parts = dict(part.strip().split("=", 1) for part in fields.split(","))
    key_id, _, scope = parts["Credential"].partition("/")
    names = parts["SignedHeaders"].split(";")
    canonical = "".join(f"{name}:{headers[name].strip().lower()}\n" for name in names)
    request = "\n".join(
        ["POST", "/", "", canonical, parts["SignedHeaders"], hashlib.sha256(body).hexdigest()]
    )
    stamp = headers["X-TC-Timestamp"]
    text = "\n".join([scheme, stamp, scope, hashlib.sha256(request.encode()).hexdigest()])
    key = f"TC3{SECRET_KEY}".encode()
    for word in scope.split("/"):
        key = hmac.new(key, word.encode(), hashlib.sha256).digest()
    wanted = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    return (
        scheme == "TC3-HMAC-SHA256"
        and key_id == SECRET_ID
        and hmac.compare_digest(wanted, parts["Signature"])
    )

"""A local server that answers as a gateway of texts does, and counts what is not signed right."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

FORGED = {
    "tencent": (200, '{"Response": {"Error": {"Code": "AuthFailure.SignatureFailure", "Message": "no"}}}'),
    "others": (403, '{"Code": "SignatureDoesNotMatch", "code": 20003, "Message": "no"}'),
}


@dataclass
class Heard:
    """A request as it came: `path` with its query."""

    path: str
    headers: Any
    body: bytes


@dataclass
class Fake:
    """`answers` (status, JSON text) come in order, the last one for ever; `seen` is what was asked."""

    answers: list[tuple[int, str]]
    port: int = 0
    seen: list[Heard] = field(default_factory=list)
    forged: int = 0

    def next(self) -> tuple[int, str]:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def serving(is_signed: Callable[[Heard], bool], *answers: tuple[int, str]) -> Iterator[Fake]:
    fake = Fake(list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            heard = Heard(self.path, self.headers, body)
            fake.seen.append(heard)
            if is_signed(heard):
                status, text = fake.next()
            else:
                fake.forged += 1
                status, text = FORGED["tencent" if "X-TC-Action" in self.headers else "others"]
            data = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()

"""Asking a timestamp authority over HTTP."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from asn1crypto import tsp

from signing.pki.errors import TimestampUnavailable
from signing.pki.outside import FirstThatAnswers, OutsideTimestamper
from tests.signing.pdf.world import Hands, authority

DIGEST = hashlib.sha256(b"tea").digest()
Answer = Callable[[bytes, str], tuple[int, bytes]]


class Server:
    """A timestamp server on this machine that answers as a test says."""

    def __init__(self) -> None:
        self.answer: Answer = lambda query, authorization: (
            200,
            authority().timestamper(Hands()).respond(query),
        )
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                query = self.rfile.read(int(self.headers["Content-Length"]))
                status, body = outer.answer(query, self.headers.get("Authorization", ""))
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.http = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/tsa"


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = Thread(target=made.http.serve_forever, daemon=True)
    thread.start()
    yield made
    made.http.shutdown()
    made.http.server_close()
    thread.join()


def imprint(token: bytes) -> bytes:
    info = tsp.ContentInfo.load(token, strict=True)["content"]["encap_content_info"]["content"].parsed
    found: bytes = info["message_imprint"]["hashed_message"].native
    return found


def test_it_brings_back_a_token_over_the_digest(server: Server) -> None:
    assert imprint(OutsideTimestamper(server.url).stamp(DIGEST, "sha256")) == DIGEST


def test_it_says_who_asks_where_that_is_wanted(server: Server) -> None:
    honest, seen = server.answer, []
    server.answer = lambda query, who: (seen.append(who), honest(query, who))[1]  # type: ignore[func-returns-value]
    OutsideTimestamper(server.url, "harbor", "oolong").stamp(DIGEST, "sha256")
    assert base64.b64decode(seen[0].removeprefix("Basic ")) == b"harbor:oolong"


@pytest.mark.parametrize(
    "answer",
    [
        (500, b"sorry"),
        (200, b""),
        (200, b"<html>"),
        (200, authority().timestamper(Hands()).respond(b"nonsense")),
        (200, b"0" * 70_000),
    ],
)
def test_a_bad_answer_is_no_timestamp(server: Server, answer: tuple[int, bytes]) -> None:
    server.answer = lambda query, who: answer
    with pytest.raises(TimestampUnavailable):
        OutsideTimestamper(server.url).stamp(DIGEST, "sha256")


def test_the_answer_to_another_request_is_no_timestamp(server: Server) -> None:
    kept: list[bytes] = []
    honest = server.answer

    def repeat(query: bytes, who: str) -> tuple[int, bytes]:
        kept.append(honest(query, who)[1])
        return 200, kept[0]

    server.answer = repeat
    outside = OutsideTimestamper(server.url)
    outside.stamp(DIGEST, "sha256")
    with pytest.raises(TimestampUnavailable):
        outside.stamp(DIGEST, "sha256")


def test_the_second_is_asked_where_the_first_does_not_answer(server: Server) -> None:
    closed = OutsideTimestamper("http://127.0.0.1:9/tsa", seconds=0.5)
    both = FirstThatAnswers([closed, OutsideTimestamper(server.url)])
    assert imprint(both.stamp(DIGEST, "sha256")) == DIGEST
    with pytest.raises(TimestampUnavailable):
        FirstThatAnswers([closed, closed]).stamp(DIGEST, "sha256")


def test_a_file_address_is_not_asked() -> None:
    with pytest.raises(TimestampUnavailable):
        OutsideTimestamper("file:///etc/hostname").stamp(DIGEST, "sha256")

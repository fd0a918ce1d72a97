"""Lists of authorities elsewhere: taken where they are signed by whom they should be and still hold."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography import x509

from signing.pki import profiles
from signing.pki.fetching import fetch_lists
from signing.pki.profiles import Issuer
from tests.signing.pdf.world import NOW
from tests.signing.pki.outside_world import OutsidePki, key


@cache
def tide() -> OutsidePki:
    return OutsidePki()


class Place:
    """A web server that serves one body, wherever it is asked."""

    def __init__(self) -> None:
        place = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.end_headers()
                self.wfile.write(place.body)

            def log_message(self, *_: object) -> None:
                pass

        self.body = b""
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def issuer(self) -> Issuer:
        """An issuing authority whose certificate says that its list is here."""
        address = x509.UniformResourceIdentifier(f"http://127.0.0.1:{self.server.server_port}/tide.crl")
        points = x509.CRLDistributionPoints([x509.DistributionPoint([address], None, None, None)])
        return tide().below(private=key("ec"), extensions=(*profiles.authority(0), (points, False)))


@pytest.fixture
def place() -> Iterator[Place]:
    made = Place()
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_the_roots_list_is_fetched_from_where_the_certificate_says(place: Place) -> None:
    place.body = tide().root_list()
    (found,) = fetch_lists(place.issuer(), NOW)
    assert found.issuer == tide().root.certificate.subject


@pytest.mark.parametrize(
    "body",
    [OutsidePki().root_list(), b"<html>", b"", tide().root_list(now=NOW - timedelta(days=400))],
    ids=["signed-by-another", "a-page", "nothing", "over"],
)
def test_anything_else_is_left(place: Place, body: bytes) -> None:
    place.body = body
    assert fetch_lists(place.issuer(), NOW) == []


def test_a_place_that_is_not_there_costs_nothing(place: Place) -> None:
    issuer = place.issuer()
    place.server.shutdown()
    place.server.server_close()
    assert fetch_lists(issuer, NOW) == []

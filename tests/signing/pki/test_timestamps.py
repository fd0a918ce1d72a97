"""The timestamp authority as others ask it over HTTP, and what OpenSSL says of its answers."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from asn1crypto import core, tsp
from hypothesis import given
from hypothesis import strategies as st

from signing.pki.keys import KeyKind
from signing.pki.timestamps import TimestampUnit
from tests.signing.pdf.test_sign import run
from tests.signing.pdf.world import NOW, Hands, authority


def unit() -> TimestampUnit:
    return authority().timestamper(Hands())


def asked(**changes: object) -> bytes:
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": hashlib.sha256(b"tea").digest()}
    request = {"version": "v1", "message_imprint": imprint, "nonce": 2**63 + 5, "cert_req": True, **changes}
    encoded: bytes = tsp.TimeStampReq(request).dump()
    return encoded


def status_of(response: bytes) -> tsp.PKIStatusInfo:
    """The status of an answer that may have no token (which asn1crypto does not read)."""
    return tsp.PKIStatusInfo.load(core.Sequence.load(response, strict=True).contents)


def refused(request: bytes) -> set[str]:
    status = status_of(unit().respond(request))
    assert status["status"].native == "rejection"
    return set(status["fail_info"].native)


@pytest.mark.parametrize("digest", ["sha256", "sha384", "sha512"])
def test_openssl_asks_and_verifies_the_answer(digest: str, tmp_path: Path) -> None:
    data, query, reply, root = (str(tmp_path / name) for name in ("data", "query", "reply", "root.pem"))
    Path(data).write_bytes(b"tea")
    Path(root).write_text(authority().root_pem)
    run("openssl", "ts", "-query", "-data", data, f"-{digest}", "-cert", "-out", query)
    Path(reply).write_bytes(unit().respond(Path(query).read_bytes()))
    at = str(int((NOW + timedelta(hours=1)).timestamp()))
    said = run("openssl", "ts", "-verify", "-queryfile", query, "-in", reply, "-CAfile", root, "-attime", at)
    assert "Verification: OK" in said


def test_the_answer_repeats_nonce_and_imprint_and_tells_the_clocks_time() -> None:
    answer = tsp.TimeStampResp.load(unit().respond(asked()), strict=True)
    info = answer["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
    assert answer["status"]["status"].native == "granted"
    assert info["nonce"].native == 2**63 + 5
    assert info["gen_time"].native == NOW
    assert info["message_imprint"]["hashed_message"].native == hashlib.sha256(b"tea").digest()


def test_requests_that_can_not_be_met_say_why() -> None:
    short = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": b"short"}
    old = {"hash_algorithm": {"algorithm": "sha1"}, "hashed_message": bytes(20)}
    assert refused(asked(message_imprint=old)) == {"bad_alg"}
    assert refused(asked(message_imprint=short)) == {"bad_request"}
    assert refused(asked(req_policy="1.2.3.4")) == {"unaccepted_policy"}
    assert refused(b"tea") == {"bad_data_format"}


@given(st.binary(max_size=300))
def test_no_request_makes_it_raise(request: bytes) -> None:
    assert status_of(unit().respond(request))["status"].native == "rejection"


@pytest.mark.parametrize("kind", KeyKind)
def test_every_kind_of_key_keeps_to_the_size_it_promises(kind: KeyKind) -> None:
    stamping = authority(kind).timestamper(Hands())
    assert all(len(stamping.stamp(bytes(32), "sha256")) <= stamping.largest for _ in range(20))


def test_no_two_timestamps_have_one_number() -> None:
    def number(token: bytes) -> int:
        content = tsp.TimeStampResp.load(unit().respond(token))["time_stamp_token"]["content"]
        return int(content["encap_content_info"]["content"].parsed["serial_number"].native)

    assert len({number(asked()) for _ in range(50)}) == 50

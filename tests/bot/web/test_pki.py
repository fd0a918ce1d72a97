"""What certificates name is served, and OpenSSL, given nothing but the address and the root, is satisfied."""

from __future__ import annotations

import asyncio
import base64
import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from bot.web.pki import LARGEST, Pki
from signing.certificates import Certificates, open_authority
from signing.ids import CertificateId
from signing.pki.keys import Keys
from signing.pki.revocation import Reason
from signing.store.port import Tx
from signing.store.sqlite import SqliteStore
from signing.store.vault import Vault
from tests.clock import ManualClock
from tests.signing.pdf.world import HARBOR

BASE = "https://sign.example"
Client = TestClient[Any, Any]


@pytest.fixture
def certificates(store: SqliteStore, vault: Vault, clock: ManualClock) -> Certificates:
    return Certificates(open_authority(store, Keys(vault), "Harbor Signing", clock(), BASE))


@pytest_asyncio.fixture
async def client(store: SqliteStore, certificates: Certificates, clock: ManualClock) -> AsyncIterator[Client]:
    app = web.Application()
    app.add_routes(Pki(store, certificates, clock).routes())
    async with TestClient(TestServer(app)) as made:
        yield made


@pytest.fixture
def issued(store: SqliteStore, certificates: Certificates) -> x509.Certificate:
    key = store.write(certificates.issue, "e_harbor", HARBOR)
    return pem_of(store, key)


def pem_of(store: SqliteStore, key: CertificateId) -> x509.Certificate:
    row = store.read(lambda tx: tx.get("certificates", key))
    assert row is not None
    return x509.load_pem_x509_certificate(row["pem"].encode())


def revoke(tx: Tx, serial: int) -> None:
    facts = {"state": "revoked", "reason": Reason.KEY_COMPROMISE.value, "revoked": tx.now}
    tx.change("certificates", f"{serial:x}", facts)


def addresses(certificate: x509.Certificate) -> dict[str, str]:
    """The paths that a certificate names: its issuer, its issuer's list, OCSP."""
    access = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    named = {each.access_method._name: each.access_location.value for each in access}
    named["list"] = points[0].full_name[0].value
    assert all(url.startswith(f"{BASE}/pki/") for url in named.values())
    return {name: url.removeprefix(BASE) for name, url in named.items()}


async def test_what_a_certificate_names_is_served(client: Client, issued: x509.Certificate) -> None:
    paths = addresses(issued)
    issuer = x509.load_der_x509_certificate(await (await client.get(paths["caIssuers"])).read())
    issued.verify_directly_issued_by(issuer)
    crl = x509.load_der_x509_crl(await (await client.get(paths["list"])).read())
    assert crl.is_signature_valid(issuer.public_key())
    root = x509.load_der_x509_certificate(await (await client.get(addresses(issuer)["caIssuers"])).read())
    roots = x509.load_der_x509_crl(await (await client.get(addresses(issuer)["list"])).read())
    issuer.verify_directly_issued_by(root)
    assert roots.is_signature_valid(root.public_key())


async def test_a_list_names_what_was_revoked_from_that_moment(
    client: Client, issued: x509.Certificate, store: SqliteStore
) -> None:
    path = addresses(issued)["list"]
    before = x509.load_der_x509_crl(await (await client.get(path)).read())
    store.write(revoke, issued.serial_number)
    after = x509.load_der_x509_crl(await (await client.get(path)).read())
    assert before.get_revoked_certificate_by_serial_number(issued.serial_number) is None
    assert after.get_revoked_certificate_by_serial_number(issued.serial_number) is not None


async def test_a_list_is_not_made_anew_for_everyone_who_asks(
    client: Client, issued: x509.Certificate, clock: ManualClock
) -> None:
    path = addresses(issued)["list"]
    first = await (await client.get(path)).read()
    clock.advance(minutes=30)
    assert await (await client.get(path)).read() == first
    clock.advance(minutes=31)
    assert await (await client.get(path)).read() != first


async def test_openssl_asks_whether_a_certificate_is_good_and_later_hears_that_it_is_revoked(
    client: Client, issued: x509.Certificate, certificates: Certificates, store: SqliteStore, tmp_path: Path
) -> None:
    assert ": good" in await ask_ocsp(client, issued, certificates, tmp_path)
    store.write(revoke, issued.serial_number)
    said = await ask_ocsp(client, issued, certificates, tmp_path)
    assert ": revoked" in said and "keyCompromise" in said


async def test_openssl_asks_about_the_issuing_certificate_too(
    client: Client, certificates: Certificates, tmp_path: Path
) -> None:
    authority = certificates.authority
    assert ": good" in await ask_ocsp(client, authority.issuers[0].certificate, certificates, tmp_path)


async def ask_ocsp(
    client: Client, certificate: x509.Certificate, certificates: Certificates, folder: Path
) -> str:
    authority = certificates.authority
    issuing = authority.issuers[0].certificate
    above = authority.root.certificate if certificate == issuing else issuing
    files = {"root.pem": authority.root.certificate, "issuer.pem": above, "leaf.pem": certificate}
    for name, each in files.items():
        (folder / name).write_bytes(each.public_bytes(Encoding.PEM))
    root, issuer, leaf = (str(folder / name) for name in files)
    said = await openssl(
        *("ocsp", "-url", str(client.make_url("/pki/ocsp")), "-issuer", issuer, "-cert", leaf),
        *("-CAfile", root, "-verify_other", issuer, "-validity_period", "999999999", "-attime", AT),
    )
    assert "Response verify OK" in said
    return said


async def test_openssl_takes_a_timestamp_from_the_address(
    client: Client, certificates: Certificates, tmp_path: Path
) -> None:
    data, query, reply, root = (tmp_path / name for name in ("data", "query", "reply", "root.pem"))
    data.write_bytes(b"tea")
    root.write_text(certificates.authority.root_pem)
    await openssl("ts", "-query", "-data", str(data), "-sha256", "-cert", "-out", str(query))
    kind = {"Content-Type": "application/timestamp-query"}
    answer = await client.post("/pki/timestamp", data=query.read_bytes(), headers=kind)
    assert answer.content_type == "application/timestamp-reply"
    reply.write_bytes(await answer.read())
    files = ("-queryfile", str(query), "-in", str(reply), "-CAfile", str(root))
    said = await openssl("ts", "-verify", *files, "-attime", AT)
    assert "Verification: OK" in said


async def test_a_request_may_stand_in_the_address(
    client: Client, issued: x509.Certificate, certificates: Certificates
) -> None:
    issuer = certificates.authority.issuers[0].certificate
    built = ocsp.OCSPRequestBuilder().add_certificate(issued, issuer, hashes.SHA1()).build()
    text = base64.b64encode(built.public_bytes(Encoding.DER)).decode()
    quoted = text.replace("+", "%2B").replace("=", "%3D")
    answer = await client.get(f"/pki/ocsp/{quoted}")
    said = ocsp.load_der_ocsp_response(await answer.read())
    assert said.certificate_status is ocsp.OCSPCertStatus.GOOD


@pytest.mark.parametrize(
    ("path", "kind", "body", "status"),
    [
        ("/pki/ocsp", "text/plain", b"", 415),
        ("/pki/timestamp", "application/ocsp-request", b"", 415),
        ("/pki/ocsp", "application/ocsp-request", bytes(LARGEST + 1), 413),
        ("/pki/timestamp", "application/timestamp-query", bytes(LARGEST + 1), 413),
    ],
)
async def test_what_is_no_request_is_refused_before_it_is_read(
    client: Client, path: str, kind: str, body: bytes, status: int
) -> None:
    answer = await client.post(path, data=body, headers={"Content-Type": kind})
    assert answer.status == status


async def test_an_unknown_issuer_is_not_found_and_nonsense_is_a_bad_request(client: Client) -> None:
    assert (await client.get(f"/pki/{'0' * 16}.crl")).status == 404
    assert (await client.get(f"/pki/{'0' * 16}.cer")).status == 404
    assert (await client.get("/pki/ocsp/%21%21")).status == 400


AT = str(int(ManualClock()().timestamp()) + 3600)


async def openssl(*arguments: str) -> str:
    if not shutil.which("openssl"):
        pytest.skip("openssl is not on this machine")
    command = ["openssl", *arguments]
    done = await asyncio.to_thread(
        subprocess.run, command, capture_output=True, text=True, check=False, timeout=30
    )
    return done.stdout + done.stderr

"""`make restore`: a backup of an installation with ten thousand completed contracts, taken in use, brought back and verified.

The contracts are rows multiplied out of one life, but each has a PDF of its own, signed twice and finished with the
installation's authority.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from itertools import islice
from pathlib import Path

import pikepdf

from bot.app import App
from bot.installation import utc_now
from signing.audit import START, digest_of
from signing.pdf.appearance import prepare_seal
from signing.pdf.finish import finish
from signing.pdf.sign import Signature, sign
from signing.pki.subjects import Subject
from signing.store.port import Row, Tx
from tests.crash.harness import record
from tests.crash.life import LIFE
from tests.load.growing import read_seed
from tests.load.measuring import installation
from tests.signing.pdf.world import seal_png

OF_A_LIFE = 4
"""Contracts of which one was completed."""
AT_ONCE = 100
PDF = "application/pdf"
IDENTIFIER = re.compile(rb"/ID\s*\[\s*<([0-9A-Fa-f]{32})>")
"""The first half of a file's identifier (ISO 32000-2, 14.4); another one makes another document of the same length."""


class Press:
    """Makes completed files out of one prepared document, each signed by two companies of the installation."""

    def __init__(self, app: App, prepared: bytes) -> None:
        self._authority = app.certificates.authority
        self._stamps = self._authority.timestamper(utc_now)
        self._seal = prepare_seal(seal_png(), 42, 42)
        self._prepared = prepared
        self._identifier = IDENTIFIER.search(prepared)[1]  # type: ignore[index]
        issued = [self._authority.issue(each, utc_now()) for each in COMPANIES]
        self._signers = [self._authority.signer(each.certificate_pem, each.wrapped_key) for each in issued]
        texts = [each.certificate_pem for each in issued]
        self._material = self._authority.material(texts, (), utc_now())
        self._fields = signature_fields(prepared)

    def revisions(self) -> list[bytes]:
        """The file as it was prepared, after each signature, and finished."""
        files = [self._prepared.replace(self._identifier, secrets.token_hex(16).encode())]
        for signer, field in zip(self._signers, self._fields, strict=True):
            first = len(files) == 1
            signature = Signature(
                field, signer, utc_now(), self._seal, certify=first, timestamper=self._stamps
            )
            files.append(sign(files[-1], signature))
        return [*files, finish(files[-1], self._material, self._stamps)]


COMPANIES = (
    Subject.enterprise("海港茶业有限公司", "91350211M000100Y43"),
    Subject.enterprise("蓝窑陶瓷有限公司", "91360200MA35W1RT5E"),
)


def signature_fields(pdf: bytes) -> list[str]:
    with pikepdf.open(BytesIO(pdf)) as document:
        return [str(each.T) for each in document.Root.AcroForm.Fields if each.get("/FT") == "/Sig"]


def print_anew(app: App) -> int:
    """Give every completed contract a file of its own; how many there are."""
    completed = app.store.read(lambda tx: tx.find("completed_after", after="", limit=1 << 30))
    first = app.store.read(lambda tx: tx.find("revisions_of_contract", contract=completed[0]["id"]))
    press, left = Press(app, app.blobs.read(first[0]["digest"])), iter(completed)
    while some := list(islice(left, AT_ONCE)):
        app.store.write(_name_files, app, some, [press.revisions() for _ in some])
    return len(completed)


def _name_files(tx: Tx, app: App, contracts: Sequence[Row], made: Sequence[Sequence[bytes]]) -> None:
    """The finished file is kept; of those before it the record has the digests."""
    for contract, files in zip(contracts, made, strict=True):
        tx.hold("contracts", contract["id"])
        app.blobs.register(tx, app.blobs.write(files[-1]), PDF)
        digests = [hashlib.sha256(each).hexdigest() for each in files]
        rows = tx.find("revisions_of_contract", contract=contract["id"])
        for row, digest in zip(rows, digests, strict=True):
            tx.change("revisions", row["id"], {"digest": digest})
        tx.change("contracts", contract["id"], {"prepared": digests[0], "current": digests[-1]})
        _chain(tx, contract)


def _chain(tx: Tx, contract: Row) -> None:
    """The trail under the contract's own name: each event carries the digest of the one before."""
    previous = START
    for row in tx.find("events_of_contract", contract=contract["id"]):
        digest = digest_of({**row, "previous": previous})
        tx.change("audit", row["id"], {"previous": previous, "digest": digest})
        previous = digest


@contextmanager
def timed(what: str) -> Iterator[None]:
    begun = time.monotonic()
    yield
    print(f"{what}: {time.monotonic() - begun:.0f} s", flush=True)


def sealbot(data: Path, *arguments: str) -> int:
    environment = {**os.environ, "SEALBOT_DATA": str(data)}
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(command, env=environment, check=False).returncode


def main(contracts: int = 10_000) -> int:
    with tempfile.TemporaryDirectory(prefix="sealbot-restore-") as name:
        folder = Path(name)
        small = record(folder / "record", first=len(LIFE)).before(len(LIFE)) / "data"
        archive, elsewhere = folder / "all.tar", folder / "elsewhere"
        with installation(small, read_seed(small / "sealbot.db"), contracts * OF_A_LIFE, folder) as (app, *_):
            with timed("signed twice each and finished"):
                print(f"{print_anew(app)} completed contracts", flush=True)
            with timed("backup in use"):
                status = sealbot(app.settings.data, "backup", str(archive), "--with-key")
        print(f"{archive.stat().st_size / 1e6:.0f} MB")
        with timed("restored and verified again"):
            status = status or sealbot(elsewhere, "restore", str(archive))
    return status


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))

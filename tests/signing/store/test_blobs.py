"""Files by their digest."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signing.store.blobs import BlobChanged, BlobMissing, Blobs
from signing.store.port import Store, Tx
from signing.store.vault import KeyEncryptionKey, Sealed, Vault

TEXT = b"the contract"
DIGEST = hashlib.sha256(TEXT).hexdigest()


def place(folder: Path, digest: str = DIGEST) -> Path:
    return folder / "blobs" / digest[:2] / digest[2:4] / digest


def make_old(path: Path, hours: float = 2) -> None:
    os.utime(path, (time.time() - hours * 3600,) * 2)


def test_a_file_is_found_by_the_sha256_of_its_bytes(blobs: Blobs) -> None:
    assert blobs.write(TEXT) == DIGEST
    assert blobs.read(DIGEST) == TEXT


@settings(max_examples=20, deadline=None)
@given(data=st.binary(max_size=5000))
def test_any_bytes_come_back(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    blobs = Blobs(tmp_path_factory.mktemp("blobs"), Vault(KeyEncryptionKey.generate()))
    assert blobs.read(blobs.write(data)) == data


def test_the_same_bytes_are_one_file(blobs: Blobs, tmp_path: Path) -> None:
    blobs.write(TEXT)
    blobs.write(TEXT)
    assert [file for file in (tmp_path / "blobs").rglob("*") if file.is_file()] == [place(tmp_path)]


def test_files_and_folders_are_for_their_owner_alone(blobs: Blobs, tmp_path: Path) -> None:
    blobs.write(TEXT)
    assert place(tmp_path).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "blobs").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("bytes_there", [b"", TEXT[:5], b"another contract"])
def test_a_torn_or_changed_file_is_noticed(blobs: Blobs, tmp_path: Path, bytes_there: bytes) -> None:
    blobs.write(TEXT)
    place(tmp_path).write_bytes(bytes_there)
    with pytest.raises(BlobChanged):
        blobs.read(DIGEST)


def test_writing_again_mends_a_torn_file(blobs: Blobs, tmp_path: Path) -> None:
    blobs.write(TEXT)
    place(tmp_path).write_bytes(TEXT[:5])
    blobs.write(TEXT)
    assert blobs.read(DIGEST) == TEXT


@pytest.mark.parametrize("digest", [DIGEST, "../../store.db", "", DIGEST.upper(), "/etc/passwd"])
def test_what_was_never_written_is_missing(blobs: Blobs, digest: str) -> None:
    with pytest.raises(BlobMissing):
        blobs.read(digest)


def test_a_row_names_only_a_file_that_is_there(store: Store, blobs: Blobs) -> None:
    with pytest.raises(BlobMissing):
        store.write(lambda tx: blobs.register(tx, DIGEST, "application/pdf"))
    blobs.write(TEXT)
    for _ in range(2):
        store.write(lambda tx: blobs.register(tx, DIGEST, "application/pdf"))
    row = store.read(lambda tx: tx.get("blobs", DIGEST))
    assert row == {
        "id": DIGEST,
        "size": 12,
        "mime": "application/pdf",
        "subject": None,
        "created": 1_795_413_600_000,
    }


def test_a_document_about_a_person_lies_encrypted(store: Store, blobs: Blobs, tmp_path: Path) -> None:
    digest = store.write(lambda tx: blobs.write_sealed(tx, "p1", TEXT, "image/jpeg"))
    assert TEXT not in place(tmp_path, digest).read_bytes()
    assert store.read(lambda tx: blobs.read_sealed(tx, "p1", digest)) == TEXT
    assert [row["id"] for row in store.read(lambda tx: tx.find("blobs_of_subject", subject="p1"))] == [digest]


def test_a_person_s_documents_cannot_be_read_once_their_key_is_erased(
    store: Store, blobs: Blobs, vault: Vault
) -> None:
    digest = store.write(lambda tx: blobs.write_sealed(tx, "p1", TEXT, "image/jpeg"))
    store.write(lambda tx: vault.erase(tx, "p1"))
    with pytest.raises(Sealed):
        store.read(lambda tx: blobs.read_sealed(tx, "p1", digest))


def test_the_sweep_takes_old_files_that_no_row_names(store: Store, blobs: Blobs, tmp_path: Path) -> None:
    named, new = blobs.write(b"named"), blobs.write(b"new")
    store.write(lambda tx: blobs.register(tx, named, "text/plain"))
    blobs.write(TEXT)
    torn = place(tmp_path).with_name(".0.part")
    torn.write_bytes(b"half")
    for path in (place(tmp_path), place(tmp_path, named), torn):
        make_old(path)
    assert blobs.sweep(store) == 2
    assert (blobs.read(named), blobs.read(new)) == (b"named", b"new")
    assert not place(tmp_path).exists() and not torn.exists()


def test_a_file_that_is_written_again_is_safe_from_the_sweep(
    store: Store, blobs: Blobs, tmp_path: Path
) -> None:
    blobs.write(TEXT)
    make_old(place(tmp_path))
    blobs.write(TEXT)
    assert blobs.sweep(store) == 0
    assert blobs.read(DIGEST) == TEXT


def test_a_file_that_is_named_while_the_sweep_looks_stays(store: Store, blobs: Blobs, tmp_path: Path) -> None:
    blobs.write(TEXT)
    make_old(place(tmp_path))

    class Hesitant:
        """The store, with a registration between the sweep's look and its deed."""

        read = staticmethod(store.read)

        @staticmethod
        def write(*work: object) -> object:
            store.write(lambda tx: blobs.register(tx, DIGEST, "text/plain"))
            return store.write(*work)  # type: ignore[arg-type]

    assert blobs.sweep(Hesitant) == 0  # type: ignore[arg-type]
    assert blobs.read(DIGEST) == TEXT


def test_a_work_that_fails_after_sealing_leaves_a_file_for_the_sweep_and_no_row(
    store: Store, blobs: Blobs
) -> None:
    def failing(tx: Tx) -> None:
        blobs.write_sealed(tx, "p1", TEXT, "image/jpeg")
        raise LookupError

    with pytest.raises(LookupError):
        store.write(failing)
    assert store.read(lambda tx: tx.find("blobs_of_subject", subject="p1")) == []
    assert blobs.sweep(store, older_than=-1) == 1

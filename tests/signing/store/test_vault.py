"""Sealing under a person's key, and what erasing it means."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing.store.port import Store
from signing.store.vault import KeyEncryptionKey, KeyUnusable, Sealed, Vault, decrypt, encrypt

NUMBER = "11010519491231002X"


def seal(store: Store, vault: Vault, subject: str = "p1", data: bytes = b"secret") -> bytes:
    return store.write(lambda tx: vault.seal(tx, subject, data))


def opened(store: Store, vault: Vault, sealed: bytes, subject: str = "p1") -> bytes:
    return store.read(lambda tx: vault.open(tx, subject, sealed))


def test_what_was_sealed_is_opened_for_the_same_subject(store: Store, vault: Vault) -> None:
    assert opened(store, vault, seal(store, vault)) == b"secret"


def test_sealing_twice_gives_different_bytes_under_one_key(store: Store, vault: Vault) -> None:
    first, second = seal(store, vault), seal(store, vault)
    assert first != second
    assert opened(store, vault, first) == opened(store, vault, second)


def test_what_was_sealed_does_not_open_for_another_subject(store: Store, vault: Vault) -> None:
    sealed = seal(store, vault)
    seal(store, vault, subject="p2")
    for other in ("p2", "nobody"):
        with pytest.raises(Sealed):
            opened(store, vault, sealed, other)


def test_one_subject_s_key_cannot_be_put_in_another_s_place(store: Store, vault: Vault) -> None:
    sealed = seal(store, vault)
    seal(store, vault, subject="p2")

    def swap() -> None:
        row = store.read(lambda tx: tx.get("subject_keys", "p1"))
        assert row
        store.write(lambda tx: tx.change("subject_keys", "p2", {"wrapped": row["wrapped"]}))

    swap()
    with pytest.raises(Sealed):
        opened(store, vault, sealed, "p2")


def test_what_an_erased_key_sealed_is_gone_even_if_the_subject_comes_back(store: Store, vault: Vault) -> None:
    sealed = seal(store, vault)
    store.write(lambda tx: vault.erase(tx, "p1"))
    with pytest.raises(Sealed):
        opened(store, vault, sealed)
    seal(store, vault)
    with pytest.raises(Sealed):
        opened(store, vault, sealed)


def test_an_erased_key_leaves_no_bytes_in_the_database_file(
    store: Store, vault: Vault, tmp_path: Path
) -> None:
    seal(store, vault)
    row = store.read(lambda tx: tx.get("subject_keys", "p1"))
    assert row
    store.write(lambda tx: vault.erase(tx, "p1"))
    store.close()
    assert row["wrapped"] not in (tmp_path / "store.db").read_bytes()


def test_another_key_encryption_key_opens_nothing(store: Store, vault: Vault) -> None:
    with pytest.raises(Sealed):
        opened(store, Vault(KeyEncryptionKey.generate()), seal(store, vault))


def test_a_key_of_a_work_that_failed_is_not_kept(store: Store, vault: Vault) -> None:
    with pytest.raises(ZeroDivisionError):
        store.write(lambda tx: (vault.seal(tx, "p1", b"x"), 1 / 0))
    assert store.read(lambda tx: tx.get("subject_keys", "p1")) is None


@given(st.binary(max_size=200), st.text(), st.data())
def test_any_changed_byte_is_noticed(data: bytes, context: str, draw: st.DataObject) -> None:
    key = bytes(32)
    sealed = encrypt(key, data, context)
    assert decrypt(key, sealed, context) == data
    at = draw.draw(st.integers(0, len(sealed) - 1))
    changed = bytes([*sealed[:at], sealed[at] ^ draw.draw(st.integers(1, 255)), *sealed[at + 1 :]])
    with pytest.raises(Sealed):
        decrypt(key, changed, context)


@given(st.binary(max_size=40))
def test_arbitrary_bytes_are_refused_and_nothing_else(data: bytes) -> None:
    with pytest.raises(Sealed):
        decrypt(bytes(32), data, "")


def test_what_the_house_wraps_opens_in_its_context_alone(vault: Vault) -> None:
    wrapped = vault.wrap(b"private key", "certificate 1")
    assert vault.unwrap(wrapped, "certificate 1") == b"private key"
    with pytest.raises(Sealed):
        vault.unwrap(wrapped, "certificate 2")


def test_a_wrapped_subject_key_cannot_be_unwrapped_as_something_else(store: Store, vault: Vault) -> None:
    seal(store, vault)
    row = store.read(lambda tx: tx.get("subject_keys", "p1"))
    assert row
    with pytest.raises(Sealed):
        vault.unwrap(row["wrapped"], "p1")


def test_a_number_is_looked_up_by_a_digest_that_needs_the_key(vault: Vault) -> None:
    assert vault.digest(NUMBER) == vault.digest(NUMBER)
    assert vault.digest(NUMBER) != vault.digest(NUMBER[:-1] + "0")
    assert vault.digest(NUMBER) != Vault(KeyEncryptionKey.generate()).digest(NUMBER)


def test_derived_keys_stay_what_they_are() -> None:
    vault = Vault(KeyEncryptionKey(bytes(range(32))))
    assert vault.digest(NUMBER) == "84545104f94f64e354be5935a777e1c155654c787454d20364324952dd1c7c98"


def test_a_key_file_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "key"
    made = KeyEncryptionKey.from_file(path, create=True)
    assert path.stat().st_mode & 0o777 == 0o600
    assert KeyEncryptionKey.from_file(path, create=True) == made == KeyEncryptionKey.from_file(path)
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_key_file_is_not_made_unasked(tmp_path: Path) -> None:
    with pytest.raises(KeyUnusable):
        KeyEncryptionKey.from_file(tmp_path / "key")


@pytest.mark.parametrize("text", ["", "ab" * 31, "ab" * 33, "zz" * 32, "密" * 64])
def test_a_key_is_sixty_four_hexadecimal_digits(tmp_path: Path, text: str) -> None:
    with pytest.raises(KeyUnusable):
        KeyEncryptionKey.from_hex(text)
    (tmp_path / "key").write_text(text)
    with pytest.raises(KeyUnusable):
        KeyEncryptionKey.from_file(tmp_path / "key", create=True)


def test_a_key_does_not_show_itself() -> None:
    key = KeyEncryptionKey(b"\x41" * 32)
    assert "A" * 4 not in repr(key) and "41" * 4 not in repr(key)

"""A new key-encryption key: everything opens under it, nothing under the old one, and a crash in between costs nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.installation import keys_of, open_vault, utc_now
from bot.settings import Settings
from signing.certificates import EMBEDDED, Certificates, open_authority
from signing.ids import CertificateId
from signing.pki.authority import Authority
from signing.pki.errors import KeyUnreadable
from signing.pki.keys import Keys
from signing.rotation import FEW, Rotation
from signing.store.keys import keys_in, keys_in_file, write_keys
from signing.store.port import Reading, Row
from signing.store.sqlite import SqliteStore
from signing.store.vault import KeyEncryptionKey, KeyUnusable, Sealed, Vault
from tests.clock import ManualClock
from tests.signing.pdf.world import HARBOR

ROOT = Path(__file__).parents[2]
SUBJECTS = 2 * FEW + 7


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("SEALBOT_DATA", str(tmp_path / "data"))
    return Settings()


@pytest.fixture
def filled(settings: Settings) -> Settings:
    """An installation with an authority, a certificate and people's data."""
    settings.data.mkdir()
    store = SqliteStore(settings.data / "sealbot.db", utc_now)
    vault = open_vault(settings)
    certificates = Certificates(open_authority(store, Keys(vault), "Harbor", utc_now(), ""))
    store.write(certificates.issue, "e_harbor", HARBOR)
    for number in range(SUBJECTS):
        store.write(lambda tx, number=number: keep(tx, vault, f"p{number}"))
    store.close()
    return settings


def keep(tx, vault: Vault, subject: str) -> None:  # type: ignore[no-untyped-def]
    sealed = vault.seal(tx, subject, subject.encode())
    row = {"name": f"s-{subject}", "subject": subject, "sealed": sealed, "created": tx.now}
    tx.insert("secrets", {"id": row.pop("name"), **row})


def everything_opens(settings: Settings, key: KeyEncryptionKey) -> int:
    """How many subjects' secrets open under this key alone, having opened the authority and a principal's key."""
    store, vault = SqliteStore(settings.data / "sealbot.db", utc_now), Vault(key)
    try:
        return store.read(_all_open, vault)
    finally:
        store.close()


def _all_open(tx: Reading, vault: Vault) -> int:
    row = tx.get("authorities", EMBEDDED)
    assert row is not None
    certificates = Certificates(Authority.load(json.loads(row["exported"]), Keys(vault)))
    for each in tx.find("certificates_after", after="", limit=10):
        certificates.signer(tx, CertificateId(each["id"]))
    subjects: list[Row] = tx.find("subject_keys_after", after="", limit=1000)
    secrets = [(each["id"], tx.get("secrets", f"s-{each['id']}")) for each in subjects]
    return sum(vault.open(tx, name, row["sealed"]) == name.encode() for name, row in secrets if row)


def test_afterwards_everything_opens_under_the_new_key_and_nothing_under_the_old(filled: Settings) -> None:
    (old,) = keys_of(filled)
    assert main(["keys", "rotate"]) == 0
    (new,) = keys_of(filled)
    assert new.secret != old.secret
    assert everything_opens(filled, new) == SUBJECTS
    with pytest.raises((KeyUnreadable, Sealed)):
        everything_opens(filled, old)


def test_digests_stay_what_they_were(filled: Settings) -> None:
    before = open_vault(filled).digest("110101198503120025")
    main(["keys", "rotate"])
    main(["keys", "rotate"])
    assert open_vault(filled).digest("110101198503120025") == before


@pytest.mark.parametrize("transactions", [0, 1, 2, 3, 4])
def test_killed_in_the_middle_everything_still_opens_and_the_next_run_ends_it(
    filled: Settings, transactions: int
) -> None:
    (old,) = keys_of(filled)
    command = [sys.executable, "-m", "tests.signing.dying_rotation", str(filled.data), str(transactions)]
    died = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert died.returncode == -9, died.stderr.decode()
    both = keys_of(filled)
    assert len(both) == 2 and old in both
    store = SqliteStore(filled.data / "sealbot.db", utc_now)
    assert store.read(_all_open, open_vault(filled)) == SUBJECTS
    store.close()
    assert main(["keys", "rotate"]) == 0
    assert keys_of(filled) == both[:1]
    assert everything_opens(filled, both[0]) == SUBJECTS


def test_an_assistant_that_runs_meanwhile_goes_on_with_the_new_key(filled: Settings) -> None:
    running = open_vault(filled)
    main(["keys", "rotate"])
    store = SqliteStore(filled.data / "sealbot.db", utc_now)
    assert store.read(_all_open, running) == SUBJECTS
    store.write(lambda tx: keep(tx, running, "p-late"))
    store.close()
    assert everything_opens(filled, keys_of(filled)[0]) == SUBJECTS + 1


def test_a_key_from_the_environment_changes_by_way_of_both(
    filled: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (old,) = keys_of(filled)
    monkeypatch.setenv("SEALBOT_KEY", old.to_hex())
    assert main(["keys", "rotate"]) == 1
    capsys.readouterr()
    assert main(["keys", "new"]) == 0
    new = capsys.readouterr().out.strip()
    monkeypatch.setenv("SEALBOT_KEY", f"{new} {old.to_hex()}")
    assert main(["keys", "rotate"]) == 0
    assert everything_opens(filled, KeyEncryptionKey.from_hex(new)) == SUBJECTS


def test_a_key_may_come_from_a_command(filled: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEALBOT_KEY_COMMAND", f"cat '{filled.key_path}'")
    assert keys_of(Settings()) == keys_in_file(filled.key_path)
    for broken in ("false", "echo tea", "no-such-program-at-all", "'"):
        monkeypatch.setenv("SEALBOT_KEY_COMMAND", broken)
        with pytest.raises(KeyUnusable):
            keys_of(Settings())


def test_keys_of_two_databases_are_not_taken_together(tmp_path: Path) -> None:
    one, other = KeyEncryptionKey.generate(), KeyEncryptionKey.generate()
    write_keys(tmp_path / "key", [one, other])
    with pytest.raises(KeyUnusable):
        keys_in_file(tmp_path / "key")
    with pytest.raises(KeyUnusable):
        keys_in("")


def test_where_an_older_key_is_missing_nothing_is_lost(filled: Settings) -> None:
    (old,) = keys_of(filled)
    store = SqliteStore(filled.data / "sealbot.db", ManualClock())
    with pytest.raises(Sealed):
        Rotation(store, Vault(KeyEncryptionKey.generate())).run()
    store.close()
    assert everything_opens(filled, old) == SUBJECTS


def test_after_a_rollover_another_certificate_issues_and_the_old_ones_signers_still_sign(
    filled: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["keys", "rollover"]) == 0
    assert "issues from now on" in capsys.readouterr().out
    store = SqliteStore(filled.data / "sealbot.db", utc_now)
    authority = open_authority(store, Keys(open_vault(filled)), "Harbor", utc_now(), "")
    store.close()
    assert len(authority.issuers) == 2
    assert everything_opens(filled, keys_of(filled)[0]) == SUBJECTS

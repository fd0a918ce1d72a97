"""The root's key in a safe: gone from the installation, which issues on; lent back with its passphrase alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.__main__ import main
from bot.installation import open_authorities
from bot.settings import Settings
from signing.pki.authority import Authority
from tests.clock import ManualClock
from tests.signing.pdf.world import HARBOR

PASSPHRASE = "oolong before noon"


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEALBOT_DATA", str(tmp_path / "data"))
    (tmp_path / "passphrase").write_text(f"{PASSPHRASE}\n")
    (tmp_path / "wrong").write_text("oolong after noon\n")
    (tmp_path / "short").write_text("tea\n")


def run(tmp_path: Path, *arguments: str, passphrase: str = "passphrase") -> int:
    return main(["authority", *arguments, "--passphrase-file", str(tmp_path / passphrase)])


def authority() -> Authority:
    with open_authorities(Settings()) as change:
        return change(lambda one: one)


def test_a_key_that_is_taken_out_is_here_no_longer_and_certificates_are_issued_on(tmp_path: Path) -> None:
    file = tmp_path / "root.pem"
    before = authority()
    assert run(tmp_path, "root", "--take-key-out", str(file)) == 0
    assert b"ENCRYPTED PRIVATE KEY" in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    after = authority()
    assert after.root.key is None and after.root_pem == before.root_pem
    assert after.issue(HARBOR, ManualClock()()).serial
    assert main(["authority", "rollover"]) == 1
    assert main(["keys", "rollover"]) == 1


def test_lent_back_it_makes_a_new_issuing_certificate_and_stays_outside(tmp_path: Path) -> None:
    file = str(tmp_path / "root.pem")
    run(tmp_path, "root", "--take-key-out", file)
    assert run(tmp_path, "rollover", "--root-key", file) == 0
    assert len(authority().issuers) == 2
    assert authority().root.key is None


def test_lent_back_it_renews_the_roots_list(tmp_path: Path) -> None:
    file = str(tmp_path / "root.pem")
    run(tmp_path, "root", "--take-key-out", file)
    before = authority().root_list
    assert run(tmp_path, "renew", "--root-key", file) == 0
    assert authority().root_list != before


def test_another_passphrase_or_another_key_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, other = str(tmp_path / "root.pem"), str(tmp_path / "other.pem")
    run(tmp_path, "root", "--take-key-out", file)
    assert run(tmp_path, "rollover", "--root-key", file, passphrase="wrong") == 1
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("SEALBOT_DATA", str(tmp_path / "elsewhere"))
        run(tmp_path, "root", "--take-key-out", other)
    assert run(tmp_path, "rollover", "--root-key", other) == 1
    assert len(authority().issuers) == 1


def test_a_file_that_is_there_is_not_written_over_and_a_short_passphrase_not_taken(tmp_path: Path) -> None:
    file = tmp_path / "root.pem"
    file.write_text("somebody's")
    assert run(tmp_path, "root", "--take-key-out", str(file)) == 1
    assert run(tmp_path, "root", "--take-key-out", str(tmp_path / "new.pem"), passphrase="short") == 1
    assert file.read_text() == "somebody's"
    assert authority().root.key is not None

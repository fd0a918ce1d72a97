"""A backup taken in use and brought back elsewhere: every contract is there and valid, and nobody's secrets are."""

from __future__ import annotations

import hashlib
import sqlite3
import tarfile
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.app import App
from bot.commands.restore import verify_again
from bot.demo.people import Person
from bot.settings import Settings
from signing.store.backups import BackupUnusable, Occupied, back_up, restore
from tests.story.acts import LIN_ID, sign, start_and_seal


@pytest.fixture
async def installation(app: App, lin: Person, su: Person) -> Path:
    """The data folder of an assistant at work, with one completed contract."""
    await start_and_seal(lin)
    await sign(su)
    return app.settings.data


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """`sealbot` with a data folder of its choice."""

    def run(data: Path, *arguments: str) -> int:
        monkeypatch.setenv("SEALBOT_DATA", str(data))
        return main([*arguments])

    return run


async def test_what_is_restored_holds_every_contract_as_it_was(
    installation: Path,
    tmp_path: Path,
    command,
    capsys: pytest.CaptureFixture[str],  # type: ignore[no-untyped-def]
) -> None:
    archive, elsewhere = tmp_path / "all.tar", tmp_path / "elsewhere"
    assert command(installation, "backup", str(archive), "--with-key") == 0
    assert command(elsewhere, "restore", str(archive)) == 0
    assert "Every contract is valid" in capsys.readouterr().out
    assert archive.stat().st_mode & 0o777 == 0o600


async def test_a_contract_changed_after_the_restoration_is_named(
    installation: Path,
    tmp_path: Path,
    command,
    capsys: pytest.CaptureFixture[str],  # type: ignore[no-untyped-def]
) -> None:
    archive, elsewhere = tmp_path / "all.tar", tmp_path / "elsewhere"
    command(installation, "backup", str(archive), "--with-key")
    command(elsewhere, "restore", str(archive), "--quick")
    for file in (elsewhere / "blobs").glob("??/??/*"):
        if b"/ByteRange" in file.read_bytes():
            file.write_bytes(file.read_bytes() + b" ")
    assert verify_again(Settings(data=elsewhere)) == 1
    assert "blob.changed" in capsys.readouterr().out


async def test_a_contract_whose_trail_was_changed_after_the_restoration_is_named(
    installation: Path,
    tmp_path: Path,
    command,
    capsys: pytest.CaptureFixture[str],  # type: ignore[no-untyped-def]
) -> None:
    archive, elsewhere = tmp_path / "all.tar", tmp_path / "elsewhere"
    command(installation, "backup", str(archive), "--with-key")
    command(elsewhere, "restore", str(archive), "--quick")
    with closing(sqlite3.connect(elsewhere / "sealbot.db")) as db, db:
        db.execute("UPDATE audit SET at = at + 1 WHERE number = 2")
    assert verify_again(Settings(data=elsewhere)) == 1
    assert "trail.broken" in capsys.readouterr().out


async def test_the_key_stays_behind_unless_it_is_asked_for(
    installation: Path,
    tmp_path: Path,
    command,
    capsys: pytest.CaptureFixture[str],  # type: ignore[no-untyped-def]
) -> None:
    archive, elsewhere = tmp_path / "all.tar", tmp_path / "elsewhere"
    command(installation, "backup", str(archive))
    assert command(elsewhere, "restore", str(archive)) == 0
    assert not (elsewhere / "key").exists()
    assert "nothing can sign" in capsys.readouterr().out
    assert (installation / "key").read_bytes().strip() not in archive.read_bytes()


async def test_nothing_that_was_sealed_for_a_person_is_in_a_backup(
    app: App, installation: Path, tmp_path: Path
) -> None:
    sealed = app.store.write(lambda tx: app.blobs.write_sealed(tx, "p_lin", b"licence", "image/jpeg"))
    back_up(app.store, installation / "blobs", tmp_path / "all.tar")  # type: ignore[arg-type]
    with tarfile.open(tmp_path / "all.tar") as tar:
        assert f"blobs/{sealed}" not in tar.getnames()
    assert LIN_ID.encode() not in (tmp_path / "all.tar").read_bytes()


def test_a_folder_that_is_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "sealbot.db").write_text("mine")
    with pytest.raises(Occupied):
        restore(tmp_path / "whatever.tar", tmp_path / "data")


@pytest.mark.parametrize("name", ["../escaped", "blobs/../../escaped", "/etc/escaped", "blobs/" + "0" * 64])
def test_a_backup_with_a_foreign_name_or_a_wrong_digest_is_refused(tmp_path: Path, name: str) -> None:
    archive = _tar(tmp_path, {name: b"anything"})
    with pytest.raises(BackupUnusable):
        restore(archive, tmp_path / "data")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["made.tar"]


def test_a_backup_that_was_cut_short_is_refused_whole(tmp_path: Path) -> None:
    data = b"a file" * 1000
    archive = _tar(tmp_path, {f"blobs/{hashlib.sha256(data).hexdigest()}": data})
    archive.write_bytes(archive.read_bytes()[:3000])
    with pytest.raises(BackupUnusable):
        restore(archive, tmp_path / "data")
    assert not (tmp_path / "data").exists()


def _tar(folder: Path, files: dict[str, bytes]) -> Path:
    with tarfile.open(folder / "made.tar", "w") as tar:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, BytesIO(data))
    return folder / "made.tar"

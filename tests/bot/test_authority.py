"""The settings of keys and certificates: a token, an issuing authority elsewhere, the kind of key, and what doctor says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.authority import authority_of
from bot.installation import open_vault, utc_now
from bot.settings import Settings
from signing.pki.authority import Authority
from signing.pki.keys import KeyKind
from signing.pki.token import Pkcs11Token
from signing.store.sqlite import SqliteStore
from tests import softhsm
from tests.signing.pdf.world import HARBOR
from tests.signing.pki.outside_world import PASSPHRASE, OutsidePki, key, key_pem, p12, pem

Opened = Callable[..., Authority]


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """The authority of one installation, opened with some settings."""

    def open_with(**settings: object) -> Authority:
        made = Settings(data=tmp_path / "data", **settings)  # type: ignore[arg-type]
        made.data.mkdir(mode=0o700, exist_ok=True)
        store = SqliteStore(made.data / "sealbot.db", utc_now)
        try:
            return authority_of(made, store, open_vault(made), utc_now())
        finally:
            store.close()

    return open_with


def findings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], **settings: str
) -> dict[str, str]:
    """What doctor says, "STATE MEANING" by what it looked at."""
    for name, value in settings.items():
        monkeypatch.setenv(f"SEALBOT_{name.upper()}", value)
    main(["doctor", "--json"])
    return {
        each["what"]: f"{each['state']} {each['meaning']}" for each in json.loads(capsys.readouterr().out)
    }


@pytest.fixture
def tide(tmp_path: Path) -> Path:
    """A folder with an issuing authority of somebody else's: tide.pem, tide.key, tide.p12."""
    issuer = OutsidePki().below(private=key())
    assert issuer.key
    (tmp_path / "tide.pem").write_bytes(pem(issuer))
    (tmp_path / "tide.key").write_bytes(key_pem(issuer.key))
    (tmp_path / "tide.p12").write_bytes(p12(issuer))
    return tmp_path


def test_another_kind_of_key_is_for_new_keys(opened: Opened) -> None:
    before = opened()
    after = opened(key_kind="ed25519")
    assert after.kind is KeyKind.ED25519
    assert after.root.certificate == before.root.certificate
    assert opened(key_kind="ed25519").kind is KeyKind.ED25519


def test_an_issuer_elsewhere_issues_from_the_next_start_and_stays_when_its_files_are_gone(
    opened: Opened, tide: Path
) -> None:
    ours = opened().issuers[0]
    theirs = opened(issuer=tide / "tide.pem", issuer_key=str(tide / "tide.key")).issuers
    assert [each.above != () for each in theirs] == [True, False]
    assert theirs[1].certificate == ours.certificate
    assert opened().issuers[0].certificate == theirs[0].certificate


def test_pkcs12_does_too(opened: Opened, tide: Path) -> None:
    authority = opened(issuer=tide / "tide.p12", issuer_passphrase=PASSPHRASE)
    assert not authority.is_ours(authority.issuers[0])


@softhsm.needs_softhsm
def test_with_a_token_every_new_key_lies_in_it(opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "pin").write_text(f"{softhsm.PIN}\n")
    authority = opened(hsm_module=softhsm.module(), hsm_token=softhsm.label(), hsm_pin_file=tmp_path / "pin")
    token = authority.keys.token
    assert token
    keys = [each.key for each in (authority.root, *authority.issuers, authority.timestamping)]
    assert all(each and token.reference(each) for each in keys)


@softhsm.needs_softhsm
def test_an_issuer_elsewhere_may_have_its_key_in_the_token(opened: Opened, tmp_path: Path) -> None:
    token = Pkcs11Token(str(softhsm.module()), softhsm.label(), lambda: softhsm.PIN)
    issuer = OutsidePki().below(private=token.make(KeyKind.RSA3072, label="tide"))
    (tmp_path / "tide.pem").write_bytes(pem(issuer))
    held = {"hsm_module": softhsm.module(), "hsm_token": softhsm.label(), "hsm_pin": softhsm.PIN}
    authority = opened(**held, hsm_keys="authority", issuer=tmp_path / "tide.pem", issuer_key="pkcs11:tide")
    assert authority.issuers[0].certificate == issuer.certificate
    assert opened(**held).issue(HARBOR, utc_now()).certificate_pem


@softhsm.needs_softhsm
def test_doctor_opens_the_token_and_says_what_it_is_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("SEALBOT_DATA", str(tmp_path / "data"))
    settings = {"hsm_module": str(softhsm.module()), "hsm_token": softhsm.label()}
    said = findings(monkeypatch, capsys, **settings, hsm_pin_command=f"echo {softhsm.PIN}")["token"]
    assert said.startswith("ok") and softhsm.label() in said and "all new keys" in said
    said = findings(monkeypatch, capsys, hsm_token="nobody")["token"]
    assert said.startswith("missing") and "NoSuchToken" in said


def test_doctor_says_why_an_issuer_is_unfit(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tide: Path
) -> None:
    monkeypatch.setenv("SEALBOT_DATA", str(tide / "data"))
    said = findings(monkeypatch, capsys, issuer=str(tide / "tide.p12"), issuer_passphrase="coffee")["issuer"]
    assert said.startswith("missing") and "unreadable" in said
    said = findings(monkeypatch, capsys, issuer_passphrase=PASSPHRASE)["issuer"]
    assert "Tide Issuing" in said


def test_doctor_says_which_address_is_in_the_certificates_for_good(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("SEALBOT_DATA", str(tmp_path / "data"))
    what = "address in certificates"
    assert "set SEALBOT_BASE_URL before" in findings(monkeypatch, capsys)[what]
    assert main(["authority", "root"]) == 0
    capsys.readouterr()
    said = findings(monkeypatch, capsys, base_url="https://sign.example")[what]
    assert "127.0.0.1:8080, for good" in said


def test_a_token_that_is_not_there_is_said_plainly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("SEALBOT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SEALBOT_HSM_MODULE", str(tmp_path / "nothing.so"))
    monkeypatch.setenv("SEALBOT_HSM_PIN", "1234")
    assert main(["authority", "root"]) == 1
    assert "pki.token-unavailable" in capsys.readouterr().err

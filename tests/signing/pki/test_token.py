"""Keys in hardware: made in the token, used through the same port, never seen outside it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from signing.pdf.fields import SignatureField
from signing.pdf.prepare import prepare
from signing.pdf.sign import Signature, sign
from signing.pdf.trust import Trust
from signing.pdf.verify import verify
from signing.pki.authority import Authority
from signing.pki.errors import KeyInToken, TokenUnavailable
from signing.pki.keys import IN_TOKEN, KeyKind, Keys, generate, signing_key
from signing.pki.safe import root_key
from signing.pki.token import Pkcs11Token
from tests import softhsm
from tests.signing.pdf import world
from tests.signing.pdf.world import HARBOR, NOW, Vault

pytestmark = softhsm.needs_softhsm


def token(pin: str = softhsm.PIN, label: str = "") -> Pkcs11Token:
    return Pkcs11Token(str(softhsm.module()), label or softhsm.label(), lambda: pin)


def founded(kind: KeyKind = KeyKind.P256, *, authority_alone: bool = False) -> Authority:
    keys = Keys(Vault(), token(), authority_alone)
    return Authority.create("Harbor Signing", keys, NOW, kind=kind)


def contract(authority: Authority) -> bytes:
    """One signature by a certificate that the authority issues now."""
    issued = authority.issue(HARBOR, NOW)
    signer = authority.signer(issued.certificate_pem, issued.wrapped_key)
    stamp = authority.timestamper(world.Hands())
    prepared = prepare(world.document(), [SignatureField("harbor")])
    return sign(prepared, Signature("harbor", signer, NOW, certify=True, timestamper=stamp))


@pytest.mark.parametrize("kind", KeyKind)
def test_an_authority_with_all_keys_in_the_token_issues_signs_and_stamps(
    kind: KeyKind, tmp_path: Path
) -> None:
    authority = founded(kind)
    signed = contract(authority)
    report = verify(signed, Trust([authority.root_pem]), NOW)
    assert report.valid, report.reasons
    assert str(report.level) == "PAdES-B-T"
    if shutil.which("pdfsig") and kind is not KeyKind.ED25519:
        (tmp_path / "signed.pdf").write_bytes(signed)
        assert "Signature is Valid" in _said("pdfsig", "-nocert", str(tmp_path / "signed.pdf"))


def test_what_is_kept_of_a_key_says_only_where_it_lies() -> None:
    authority = founded()
    issued = authority.issue(HARBOR, NOW)
    plain = authority.keys.wrap.unwrap(issued.wrapped_key, f"certificate:{issued.serial}")
    assert re.match(IN_TOKEN + rb"[0-9a-f]{32}:", plain)
    with pytest.raises(KeyInToken):
        root_key(authority, "a passphrase that is long enough")
    assert authority.root.key
    with pytest.raises(KeyInToken):
        authority.root.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def test_another_process_finds_the_keys_again() -> None:
    authority = founded()
    exported = json.loads(json.dumps(authority.export()))
    again = Authority.load(exported, Keys(authority.keys.wrap, token()))
    assert verify(contract(again), Trust([authority.root_pem]), NOW).valid


def test_an_installation_that_gets_a_token_later_keeps_its_keys_and_makes_the_next_ones_there() -> None:
    vault = Vault()
    before = Authority.create("Harbor Signing", Keys(vault), NOW)
    issued = before.issue(HARBOR, NOW)
    after = Authority.load(before.export(), Keys(vault, token())).roll_over(NOW)
    assert after.signer(issued.certificate_pem, issued.wrapped_key)
    assert verify(contract(after), Trust([before.root_pem]), NOW).valid
    assert after.issuers[0].key and after.keys.token and after.keys.token.reference(after.issuers[0].key)


def test_principals_keys_may_stay_in_software() -> None:
    authority = founded(authority_alone=True)
    issued = authority.issue(HARBOR, NOW)
    plain = authority.keys.wrap.unwrap(issued.wrapped_key, f"certificate:{issued.serial}")
    assert not plain.startswith(IN_TOKEN)


def test_a_token_that_does_not_let_us_in_says_why() -> None:
    with pytest.raises(TokenUnavailable) as absent:
        token(label="nobody").make(KeyKind.P256)
    assert absent.value.details["reason"] == "NoSuchToken"
    authority = founded()
    with pytest.raises(TokenUnavailable):
        Authority.load(authority.export(), Keys(authority.keys.wrap))


def test_a_key_that_was_deleted_signs_no_more() -> None:
    one = token()
    key = one.make(KeyKind.P256)
    one.destroy(key)
    with pytest.raises(TokenUnavailable) as gone:
        signing_key(key).sign(b"tea")
    assert gone.value.details["reason"] == "NoSuchKey"


def test_a_key_of_software_is_none_of_the_tokens() -> None:
    assert token().reference(generate(KeyKind.P256)) is None


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60).stdout

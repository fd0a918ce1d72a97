"""The embedded authority: who it names, what it gives, and what OpenSSL says of it."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from signing.pki.authority import Authority
from signing.pki.errors import KeyUnreadable, RootOffline, UnknownIssuer
from signing.pki.keys import KeyKind, Keys
from signing.pki.revocation import Reason, Revocation
from tests.signing.pdf.world import HARBOR, NOW, PERSON, Vault


@pytest.fixture
def vault() -> Vault:
    return Vault()


@pytest.fixture
def authority(vault: Vault) -> Authority:
    return Authority.create("Harbor Signing", Keys(vault), NOW, base_url="https://sign.example")


def openssl(*arguments: str) -> subprocess.CompletedProcess[str]:
    if not shutil.which("openssl"):
        pytest.skip("openssl is not on this machine")
    return subprocess.run(["openssl", *arguments], capture_output=True, text=True, check=False, timeout=30)


def test_an_enterprise_is_named_by_its_credit_code(authority: Authority) -> None:
    issued = authority.issue(HARBOR, NOW)
    subject = x509.load_pem_x509_certificate(issued.certificate_pem.encode()).subject
    values = {each.oid: each.value for each in subject}
    assert values[NameOID.ORGANIZATION_IDENTIFIER] == "NTRCN-91350211M000100Y43"
    assert values[NameOID.COMMON_NAME] == values[NameOID.ORGANIZATION_NAME] == "海港茶业有限公司"
    assert values[NameOID.COUNTRY_NAME] == "CN"


def test_a_person_is_named_with_a_digest_and_never_a_number(authority: Authority) -> None:
    certificate = x509.load_pem_x509_certificate(authority.issue(PERSON, NOW).certificate_pem.encode())
    values = {each.oid: each.value for each in certificate.subject}
    assert values[NameOID.SERIAL_NUMBER] == "3f8a91b2c4d5e6f7"
    assert NameOID.ORGANIZATION_NAME not in values


def test_a_principals_key_may_only_commit_to_content(authority: Authority) -> None:
    certificate = x509.load_pem_x509_certificate(authority.issue(HARBOR, NOW).certificate_pem.encode())
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical and usage.value.content_commitment
    assert not usage.value.digital_signature and not usage.value.key_cert_sign
    assert certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints)
    assert certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess)
    assert certificate.extensions.get_extension_for_class(x509.CertificatePolicies)


@pytest.mark.parametrize("kind", KeyKind)
def test_openssl_verifies_the_chain_with_its_revocation_lists(kind: KeyKind, tmp_path: Path) -> None:
    authority = Authority.create("Harbor Signing", Keys(Vault()), NOW, kind=kind)
    issued = authority.issue(HARBOR, NOW)
    chain = authority.issuers[0].certificate.public_bytes(Encoding.PEM).decode()
    lists = [x509.load_der_x509_crl(each) for each in authority.revocation_lists((), NOW)]
    files = {
        "root.pem": authority.root_pem,
        "chain.pem": chain,
        "leaf.pem": issued.certificate_pem,
        "lists.pem": "".join(each.public_bytes(Encoding.PEM).decode() for each in lists),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    at = str(int((NOW + timedelta(hours=1)).timestamp()))
    paths = [str(tmp_path / name) for name in files]
    done = openssl(
        *("verify", "-x509_strict", "-crl_check_all", "-attime", at),
        *("-CAfile", paths[0], "-untrusted", paths[1], "-CRLfile", paths[3], paths[2]),
    )
    assert done.returncode == 0, done.stderr


def test_an_export_is_plain_json_and_loads_to_the_same_authority(authority: Authority, vault: Vault) -> None:
    again = Authority.load(json.loads(json.dumps(authority.export())), Keys(vault))
    issued = again.issue(HARBOR, NOW)
    assert again.root_pem == authority.root_pem
    assert authority.signer(issued.certificate_pem, issued.wrapped_key).certificate


def test_an_export_without_the_root_key_still_issues_but_makes_no_new_authority(
    authority: Authority, vault: Vault
) -> None:
    offline = Authority.load(authority.export(root_key=False), Keys(vault))
    assert offline.issue(HARBOR, NOW).serial
    for needs_root in (
        lambda: offline.roll_over(NOW),
        lambda: offline.renew_root_list(NOW),
    ):
        with pytest.raises(RootOffline):
            needs_root()


def test_no_export_holds_a_key_in_plain(authority: Authority) -> None:
    assert "PRIVATE" not in "".join(authority.export().values())


def test_keys_open_with_the_right_key_encryption_key_alone(authority: Authority) -> None:
    issued = authority.issue(HARBOR, NOW)
    with pytest.raises(KeyUnreadable):
        Authority.load(authority.export(), Keys(Vault()))
    with pytest.raises(KeyUnreadable):
        authority.signer(issued.certificate_pem, issued.wrapped_key[:-1] + b"\0")


def test_a_key_does_not_open_for_another_certificate(authority: Authority) -> None:
    first, second = authority.issue(HARBOR, NOW), authority.issue(PERSON, NOW)
    with pytest.raises(KeyUnreadable):
        authority.signer(first.certificate_pem, second.wrapped_key)


def test_a_strangers_certificate_is_not_signed_with(authority: Authority) -> None:
    other = Authority.create("Somebody Else", Keys(Vault()), NOW).issue(HARBOR, NOW)
    with pytest.raises(UnknownIssuer):
        authority.signer(other.certificate_pem, other.wrapped_key)


def test_after_a_rollover_old_certificates_sign_on_and_new_ones_come_from_the_new_key(
    authority: Authority,
) -> None:
    before = authority.issue(HARBOR, NOW)
    rolled = authority.roll_over(NOW + timedelta(days=400))
    after = rolled.issue(PERSON, NOW + timedelta(days=401))
    old, new = (x509.load_pem_x509_certificate(each.certificate_pem.encode()) for each in (before, after))
    assert rolled.issuer_of(old) is authority.issuers[0]
    assert rolled.issuer_of(new) is rolled.issuers[0]
    assert rolled.signer(before.certificate_pem, before.wrapped_key)
    assert len(rolled.revocation_lists((), NOW)) == 3


def test_a_list_names_what_was_revoked_with_time_and_reason(authority: Authority) -> None:
    issued = authority.issue(HARBOR, NOW)
    back = Revocation(int(issued.serial, 16), NOW + timedelta(days=2), Reason.KEY_COMPROMISE)
    crl = x509.load_der_x509_crl(authority.revocation_lists([back], NOW + timedelta(days=3))[1])
    entry = crl.get_revoked_certificate_by_serial_number(back.serial)
    assert entry is not None
    assert entry.revocation_date_utc == back.at
    assert (
        entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
        is x509.ReasonFlags.key_compromise
    )
    assert crl.is_signature_valid(authority.issuers[0].certificate.public_key())


def test_nothing_outlives_its_issuer(authority: Authority) -> None:
    assert authority.issue(HARBOR, NOW, valid_days=40_000).not_after == (
        authority.issuers[0].certificate.not_valid_after_utc
    )

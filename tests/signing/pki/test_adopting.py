"""An issuing authority of somebody else's: taken on where it is fit, refused with the reason where it is not."""

from __future__ import annotations

from functools import cache

import pytest
from cryptography import x509

from signing.pdf.fields import SignatureField
from signing.pdf.finish import finish
from signing.pdf.prepare import prepare
from signing.pdf.sign import Signature, sign
from signing.pdf.trust import Trust
from signing.pdf.verify import verify
from signing.pki import profiles
from signing.pki.adopting import adopted, chained, read_issuer
from signing.pki.authority import Authority
from signing.pki.errors import IssuerUnfit
from signing.pki.keys import Keys, PrivateKey
from signing.pki.profiles import Issuer
from signing.pki.revocation import Revocation
from tests.signing.pdf import world
from tests.signing.pdf.world import HARBOR, NOW, Vault
from tests.signing.pki import outside_world
from tests.signing.pki.outside_world import PASSPHRASE, OutsidePki, key_pem, p12, pem, permitted


@cache
def rsa_key() -> PrivateKey:
    return outside_world.key()


@cache
def tide() -> OutsidePki:
    return OutsidePki()


@cache
def issuing() -> Issuer:
    return tide().below(private=rsa_key())


def installation() -> Authority:
    """Our own authority, issuing with somebody else's RSA certificate."""
    ours = Authority.create("Harbor Signing", Keys(Vault()), NOW, base_url="https://sign.example")
    return ours.adopt(adopted(issuing(), NOW))


def completed(authority: Authority, revoked: tuple[Revocation, ...] = ()) -> tuple[bytes, str]:
    """A contract with one signature, finished; and the signer's serial number."""
    issued = authority.issue(HARBOR, NOW)
    clock = world.Hands()
    stamp = authority.timestamper(clock)
    signer = authority.signer(issued.certificate_pem, issued.wrapped_key)
    signed = sign(
        prepare(world.document(), [SignatureField("harbor")]),
        Signature("harbor", signer, NOW, certify=True, timestamper=stamp),
    )
    return finish(
        signed, authority.material([issued.certificate_pem], revoked, clock.move(hours=1)), stamp
    ), issued.serial


@pytest.mark.parametrize(
    ("file", "key", "passphrase"),
    [
        (lambda: pem(issuing()), lambda: key_pem(rsa_key()), ""),
        (lambda: pem(issuing()), lambda: key_pem(rsa_key(), PASSPHRASE), PASSPHRASE),
        (lambda: key_pem(rsa_key()) + pem(issuing()), lambda: b"", ""),
        (lambda: p12(issuing()), lambda: b"", PASSPHRASE),
    ],
    ids=["two-files", "encrypted", "one-file", "pkcs12"],
)
def test_it_is_read_from_pem_and_pkcs12(file, key, passphrase) -> None:  # type: ignore[no-untyped-def]
    read = read_issuer(file(), key(), passphrase)
    assert read.certificate == issuing().certificate
    assert read.above == (tide().root.certificate,)
    assert adopted(read, NOW)


def test_signatures_lead_to_its_root_and_last_as_ours_do() -> None:
    authority = installation()
    file, _ = completed(authority)
    trust = Trust(roots=authority.roots, lists=[tide().root_list()])
    report = verify(file, trust, world.Hands().move(days=2))
    assert report.valid, report.reasons
    assert "Tide Issuing" in report.signatures[0].issuer


def test_its_roots_list_goes_into_the_file_so_that_it_is_b_lta_for_everyone() -> None:
    authority = installation().with_lists_above([x509.load_der_x509_crl(tide().root_list())])
    file, _ = completed(authority)
    report = verify(file, Trust(roots=authority.roots), world.Hands().move(days=2))
    assert report.valid and not report.signatures[0].reasons
    assert str(report.level) == "PAdES-B-LTA"


def test_who_trusts_our_root_alone_does_not_trust_it() -> None:
    authority = installation()
    file, _ = completed(authority)
    assert not verify(file, Trust([authority.root_pem]), world.Hands().move(days=2)).valid


def test_its_revocation_lists_and_answers_are_signed_by_it() -> None:
    authority = installation()
    lists = [x509.load_der_x509_crl(each) for each in authority.revocation_lists((), NOW)]
    assert any(each.is_signature_valid(issuing().certificate.public_key()) for each in lists)  # type: ignore[arg-type]


def test_our_certificates_name_our_addresses_below_it() -> None:
    issued = installation().issue(HARBOR, NOW)
    certificate = x509.load_pem_x509_certificate(issued.certificate_pem.encode())
    points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    assert f"https://sign.example/pki/{issuing().number}.crl" in str(points)


def test_it_comes_back_out_of_an_export() -> None:
    authority = installation()
    again = Authority.load(authority.export(), authority.keys)
    assert again.issuers[0].above == (tide().root.certificate,)
    assert again.roots == authority.roots
    assert completed(again)


def test_it_is_not_ours_to_renew_but_ours_may_follow_it() -> None:
    authority = installation()
    late = issuing().certificate.not_valid_after_utc.replace(microsecond=0)
    assert authority.renewed(late).issuers[0].certificate == issuing().certificate
    assert authority.is_ours(authority.roll_over(NOW).issuers[0])


WRONG = {
    "not-an-authority": lambda: tide().below(
        private=rsa_key(), extensions=profiles.principal(profiles.PERSON_POLICY)
    ),
    "key-usage": lambda: tide().below(
        private=rsa_key(),
        extensions=(
            profiles.authority(0)[0],
            (profiles.usage(key_cert_sign=True, digital_signature=True), True),
        ),
    ),
    "expired": lambda: tide().below(private=rsa_key(), days=50),
    "path-length": lambda: OutsidePki(length=0).below(private=rsa_key()),
    "weak-key": lambda: tide().below(private=outside_world.key(size=1024)),
    "constraints": lambda: tide().below(
        private=rsa_key(), extensions=(*profiles.authority(0), permitted("DE"))
    ),
}


@pytest.mark.parametrize("reason", WRONG)
def test_what_is_unfit_is_refused_with_its_reason(reason: str) -> None:
    with pytest.raises(IssuerUnfit) as refused:
        adopted(WRONG[reason](), NOW)
    assert refused.value.details["reason"] == reason


def test_a_key_of_something_else_is_refused() -> None:
    with pytest.raises(IssuerUnfit) as refused:
        read_issuer(pem(issuing()), key_pem(outside_world.key("ec")), "")
    assert refused.value.details["reason"] == "no-key"


def test_a_chain_without_its_root_is_refused() -> None:
    with pytest.raises(IssuerUnfit) as refused:
        read_issuer(pem(issuing(), with_root=False), key_pem(rsa_key()), "")
    assert refused.value.details["reason"] == "incomplete"


def test_a_wrong_passphrase_is_refused() -> None:
    with pytest.raises(IssuerUnfit) as refused:
        read_issuer(p12(issuing()), b"", "coffee")
    assert refused.value.details["reason"] == "unreadable"


def test_certificates_may_stand_in_any_order() -> None:
    middle = OutsidePki(length=2).below(
        name="Tide Middle", extensions=profiles.authority(1), private=rsa_key()
    )
    lowest = OutsidePki.below(tide(), middle, private=outside_world.key("ec"))
    assert lowest.key
    assert chained([*reversed(lowest.above), lowest.certificate], lowest.key).above == lowest.above

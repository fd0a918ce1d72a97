"""Trusted lists: who stands on one is trusted, its signatures may be qualified; a list that nobody vouches for says nothing."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from signing.pdf.fields import SignatureField
from signing.pdf.prepare import prepare
from signing.pdf.report import SignatureReport
from signing.pdf.sign import Signature, sign
from signing.pdf.trust import Trust
from signing.pdf.verify import verify
from signing.pki.errors import TrustListUnusable
from signing.pki.profiles import Issuer
from tests.signing.contracts.world import World
from tests.signing.pdf import world as pdfs
from tests.signing.pdf.world import NOW

pytest.importorskip("xsdata", reason="pyHanko's extra etsi (xsdata, signxml) is not installed")
pytest.importorskip("signxml", reason="pyHanko's extra etsi (xsdata, signxml) is not installed")

from signing.checking import Checking
from signing.pki.trusted_lists import TrustedLists
from tests.here import here
from tests.signing.pki.trusted_list import listed_authority, pem, published, publisher, seal_of


@cache
def tide() -> Issuer:
    return listed_authority()


@cache
def registrar() -> Issuer:
    return publisher()


def lists(**how: object) -> TrustedLists:
    text = published(tide(), registrar(), **how)  # type: ignore[arg-type]
    return TrustedLists.read([text], [pem(registrar())], NOW)


def sealed(*, device: bool = True) -> bytes:
    prepared = prepare(pdfs.document(), [SignatureField("kiln")])
    stamp = pdfs.authority().timestamper(pdfs.Hands())
    return sign(
        prepared, Signature("kiln", seal_of(tide(), device=device), NOW, certify=True, timestamper=stamp)
    )


def path_of(file: bytes, listed: TrustedLists) -> list[bytes]:
    return [bytes.fromhex(each) for each in reported(file, listed).path]


def reported(file: bytes, listed: TrustedLists) -> SignatureReport:
    trust = Trust([pdfs.authority().root_pem, *listed.authorities])
    (one,) = verify(file, trust, NOW + timedelta(days=1)).signatures
    return one


def test_an_authority_on_the_list_is_trusted() -> None:
    assert reported(sealed(), lists()).trusted


def test_a_seal_with_its_key_in_a_qualified_device_is_qualified() -> None:
    listed = lists()
    found = listed.qualification(path_of(sealed(), listed), NOW)
    assert found is not None
    assert (found.purpose, found.device, found.service) == ("qct_eseal", True, "Tide Seals")


def test_without_a_device_only_the_certificate_is() -> None:
    listed = lists()
    found = listed.qualification(path_of(sealed(device=False), listed), NOW)
    assert found is not None and not found.device


def test_before_its_authority_was_granted_nothing_is_qualified() -> None:
    listed = lists()
    assert listed.qualification(path_of(sealed(), listed), NOW - timedelta(days=400)) is None


def test_an_authority_whose_grant_was_withdrawn_is_not_on_the_list() -> None:
    assert lists(status="withdrawn").authorities == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (lambda: published(tide(), publisher("Somebody Else")), "signature"),
        (lambda: published(tide(), registrar()).replace("Tide Seals", "Ebb Seals"), "signature"),
        (lambda: published(tide(), registrar(), next_update=NOW - timedelta(days=1)), "over"),
        (lambda: "<html/>", "signature"),
    ],
    ids=["signed-by-another", "changed", "over", "something-else"],
)
def test_a_list_that_nobody_vouches_for_says_nothing(text, reason) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(TrustListUnusable) as refused:
        TrustedLists.read([text()], [pem(registrar())], NOW)
    assert refused.value.details["reason"] == reason


def test_the_installations_verifier_says_what_is_qualified(tmp_path: Path) -> None:
    place = World(tmp_path / "place")
    checking = Checking(
        place.store, place.blobs, place.certificates, here, [pdfs.authority().root_pem], lists()
    )
    (one,) = checking.check(sealed(), NOW + timedelta(days=1)).signatures
    place.close()
    assert one.qualified and one.as_dict()["qualified"]["service"] == "Tide Seals"

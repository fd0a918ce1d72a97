"""Keys: of every kind, wrapped, and elsewhere."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from signing.pdf.fields import SignatureField
from signing.pdf.prepare import prepare
from signing.pdf.sign import Signature, sign
from signing.pdf.trust import Trust
from signing.pdf.verify import verify
from signing.pki import profiles
from signing.pki.cms import Signer
from signing.pki.errors import KeyUnreadable
from signing.pki.keys import KeyKind, Keys, generate, signing_key
from signing.pki.profiles import Issuer, certify
from tests.signing.pdf import world
from tests.signing.pdf.world import NOW, Vault


class Elsewhere(ec.EllipticCurvePrivateKey):
    """A key in a box: it signs, and gives nothing else away."""

    def __init__(self) -> None:
        self.inside = ec.generate_private_key(ec.SECP256R1())

    def sign(self, data: Any, signature_algorithm: ec.EllipticCurveSignatureAlgorithm) -> bytes:
        return self.inside.sign(data, signature_algorithm)

    def public_key(self) -> ec.EllipticCurvePublicKey:
        return self.inside.public_key()

    @property
    def curve(self) -> ec.EllipticCurve:
        return self.inside.curve

    @property
    def key_size(self) -> int:
        return 256

    def exchange(self, algorithm: ec.ECDH, peer_public_key: ec.EllipticCurvePublicKey) -> bytes:
        raise PermissionError

    def private_numbers(self) -> ec.EllipticCurvePrivateNumbers:
        raise PermissionError

    def private_bytes(self, *_: Any) -> bytes:
        raise PermissionError

    def __copy__(self) -> Elsewhere:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Elsewhere:
        return self


@pytest.mark.parametrize("kind", KeyKind)
def test_a_key_comes_back_as_it_was_put_away(kind: KeyKind) -> None:
    keys = Keys(Vault())
    key = keys.make(kind)
    kept = keys.put_away(key, "tea")
    assert keys.fetch(kept, "tea").public_key() == key.public_key()
    with pytest.raises(KeyUnreadable):
        keys.fetch(kept, "coffee")


@pytest.mark.parametrize("kind", KeyKind)
def test_no_signature_is_larger_than_its_key_says(kind: KeyKind) -> None:
    key = signing_key(generate(kind))
    assert max(len(key.sign(bytes([number]))) for number in range(20)) <= key.largest


def test_a_key_that_lies_elsewhere_issues_and_signs_like_any_other() -> None:
    key = Elsewhere()
    root = world.authority().root
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Boxed Issuing")])
    validity = profiles.years(NOW.replace(hour=0), 5)
    assert root.key
    boxed = certify(root, name, key.public_key(), root.key, profiles.authority(0), validity)
    leaf_key = Elsewhere()
    leaf = certify(
        Issuer(boxed, key),
        world.KILN.as_name(),
        leaf_key.public_key(),
        key,
        profiles.principal(profiles.ENTERPRISE_POLICY),
        validity,
    )
    der = Encoding.DER
    signer = Signer(leaf.public_bytes(der), (boxed.public_bytes(der),), signing_key(leaf_key))
    signed = sign(prepare(world.document(), [SignatureField("kiln")]), Signature("kiln", signer, NOW))
    assert verify(signed, Trust([world.authority().root_pem]), NOW).valid

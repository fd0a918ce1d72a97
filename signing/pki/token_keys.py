"""Private keys that lie in a token, in the shape of cryptography's own types, so that whoever signs need not know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Never

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from signing.pki.errors import KeyInToken
from signing.pki.keys import PrivateKey, PublicKey

Sign = Callable[[bytes, str], bytes]
"""From data (unhashed) and the name of a hash ("sha256") to the signature, ECDSA's as DER."""


class EcInToken(ec.EllipticCurvePrivateKey):
    """An ECDSA key."""

    def __init__(self, identity: bytes, public: ec.EllipticCurvePublicKey, sign: Sign) -> None:
        self.identity, self._public, self._sign = identity, public, sign

    def sign(self, data: Any, signature_algorithm: ec.EllipticCurveSignatureAlgorithm) -> bytes:
        algorithm = signature_algorithm.algorithm
        if not isinstance(algorithm, hashes.HashAlgorithm):
            raise KeyInToken(hashed=True)
        return self._sign(bytes(data), algorithm.name)

    def public_key(self) -> ec.EllipticCurvePublicKey:
        return self._public

    @property
    def curve(self) -> ec.EllipticCurve:
        return self._public.curve

    @property
    def key_size(self) -> int:
        return self._public.key_size

    def exchange(self, algorithm: ec.ECDH, peer_public_key: ec.EllipticCurvePublicKey) -> bytes:
        raise KeyInToken

    def private_numbers(self) -> Never:
        raise KeyInToken

    def private_bytes(self, *_: Any) -> Never:
        raise KeyInToken

    def __copy__(self) -> EcInToken:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> EcInToken:
        return self


class RsaInToken(rsa.RSAPrivateKey):
    """An RSA key, for PKCS #1 v1.5."""

    def __init__(self, identity: bytes, public: rsa.RSAPublicKey, sign: Sign) -> None:
        self.identity, self._public, self._sign = identity, public, sign

    def sign(self, data: Any, padding_: Any, algorithm: Any) -> bytes:
        if not isinstance(padding_, padding.PKCS1v15) or not isinstance(algorithm, hashes.HashAlgorithm):
            raise KeyInToken(padding=type(padding_).__name__)
        return self._sign(bytes(data), algorithm.name)

    def public_key(self) -> rsa.RSAPublicKey:
        return self._public

    @property
    def key_size(self) -> int:
        return self._public.key_size

    def decrypt(self, *_: Any) -> Never:
        raise KeyInToken

    def private_numbers(self) -> Never:
        raise KeyInToken

    def private_bytes(self, *_: Any) -> Never:
        raise KeyInToken

    def __copy__(self) -> RsaInToken:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> RsaInToken:
        return self


class EdInToken(ed25519.Ed25519PrivateKey):
    """An Ed25519 key."""

    def __init__(self, identity: bytes, public: ed25519.Ed25519PublicKey, sign: Sign) -> None:
        self.identity, self._public, self._sign = identity, public, sign

    def sign(self, data: Any) -> bytes:
        return self._sign(bytes(data), "")

    def public_key(self) -> ed25519.Ed25519PublicKey:
        return self._public

    def private_bytes(self, *_: Any) -> Never:
        raise KeyInToken

    def private_bytes_raw(self) -> Never:
        raise KeyInToken

    def __copy__(self) -> EdInToken:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> EdInToken:
        return self


InToken = EcInToken | RsaInToken | EdInToken


def key_in_token(identity: bytes, public: PublicKey, sign: Sign) -> PrivateKey:
    """The key of this identity (CKA_ID) and public half."""
    if isinstance(public, ec.EllipticCurvePublicKey):
        return EcInToken(identity, public, sign)
    if isinstance(public, rsa.RSAPublicKey):
        return RsaInToken(identity, public, sign)
    return EdInToken(identity, public, sign)

"""Private keys: made, wrapped for keeping, and used through one small port."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from signing.pki import der
from signing.pki.errors import KeyUnreadable, TokenUnavailable

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey
"""cryptography's own abstract key types; a key in hardware is a subclass that signs elsewhere."""


PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey | ed25519.Ed25519PublicKey


class KeyKind(StrEnum):
    """The kinds of key that an installation may choose."""

    P256 = "p256"
    RSA3072 = "rsa3072"
    ED25519 = "ed25519"


class KeyWrap(Protocol):
    """Encryption of keys at rest. `context` says what the key is for and must be the same at both ends."""

    def wrap(self, data: bytes, context: str) -> bytes: ...

    def unwrap(self, data: bytes, context: str) -> bytes: ...


IN_TOKEN = b"pkcs11:"
"""How the reference of a key in a token begins; PKCS #8 begins otherwise."""


class Token(Protocol):
    """Hardware that makes keys and signs with them, and lets none out."""

    def make(self, kind: KeyKind) -> PrivateKey:
        """A fresh key in it. Raises TokenUnavailable."""

    def reference(self, key: PrivateKey) -> bytes | None:
        """Where the key lies, beginning with IN_TOKEN; None if it does not lie here."""

    def find(self, reference: bytes) -> PrivateKey:
        """The key of a reference; whether it is still there shows when it signs. Raises KeyUnreadable."""


class SigningKey(Protocol):
    """What signing needs of a private key, wherever it lies.

    `digest` is the hash that goes with it ("sha256"), `algorithm` the DER AlgorithmIdentifier of its
    signatures, `largest` the most bytes that one takes.
    """

    @property
    def digest(self) -> str: ...

    @property
    def algorithm(self) -> bytes: ...

    @property
    def largest(self) -> int: ...

    def sign(self, data: bytes) -> bytes:
        """The signature over `data` (unhashed)."""


ECDSA_SHA256 = der.sequence(der.oid("1.2.840.10045.4.3.2"))
RSA_SHA256 = der.sequence(der.oid("1.2.840.113549.1.1.11"), der.NULL)
ED25519 = der.sequence(der.oid("1.3.101.112"))


@dataclass(frozen=True, slots=True)
class EcKey:
    """An ECDSA key on P-256, with SHA-256."""

    private: ec.EllipticCurvePrivateKey
    digest: str = "sha256"
    algorithm: bytes = ECDSA_SHA256
    largest: int = 72

    def sign(self, data: bytes) -> bytes:
        return self.private.sign(data, ec.ECDSA(hashes.SHA256()))


@dataclass(frozen=True, slots=True)
class RsaKey:
    """An RSA key, PKCS #1 v1.5 with SHA-256 (what every validator reads)."""

    private: rsa.RSAPrivateKey
    digest: str = "sha256"
    algorithm: bytes = RSA_SHA256

    @property
    def largest(self) -> int:
        return self.private.key_size // 8

    def sign(self, data: bytes) -> bytes:
        return self.private.sign(data, padding.PKCS1v15(), hashes.SHA256())


@dataclass(frozen=True, slots=True)
class EdKey:
    """An Ed25519 key; RFC 8419 pairs it with SHA-512."""

    private: ed25519.Ed25519PrivateKey
    digest: str = "sha512"
    algorithm: bytes = ED25519
    largest: int = 64

    def sign(self, data: bytes) -> bytes:
        return self.private.sign(data)


def signing_key(private: PrivateKey) -> SigningKey:
    """The port over a private key of one of cryptography's types."""
    if isinstance(private, ec.EllipticCurvePrivateKey):
        return EcKey(private)
    if isinstance(private, rsa.RSAPrivateKey):
        return RsaKey(private)
    return EdKey(private)


def generate(kind: KeyKind) -> PrivateKey:
    """A fresh private key."""
    if kind is KeyKind.P256:
        return ec.generate_private_key(ec.SECP256R1())
    if kind is KeyKind.RSA3072:
        return rsa.generate_private_key(public_exponent=65537, key_size=3072)
    return ed25519.Ed25519PrivateKey.generate()


@dataclass(frozen=True, slots=True)
class Keys:
    """Where private keys are made, and how they are kept in a database: in software, or, with a token, inside it.

    What is kept is wrapped either way: the key itself, or where in the token it lies. With `authority_alone`
    principals' keys are made in software all the same.
    """

    wrap: KeyWrap
    token: Token | None = None
    authority_alone: bool = False

    def make(self, kind: KeyKind) -> PrivateKey:
        """A fresh key of the authority's. Raises TokenUnavailable."""
        return self.token.make(kind) if self.token else generate(kind)

    def make_for_principal(self, kind: KeyKind) -> PrivateKey:
        """A fresh key of a principal's. Raises TokenUnavailable."""
        return generate(kind) if self.authority_alone else self.make(kind)

    def put_away(self, key: PrivateKey, context: str) -> bytes:
        """The key as it may lie on a disk."""
        reference = self.token.reference(key) if self.token else None
        return wrap_key(key, self.wrap, context) if reference is None else self.wrap.wrap(reference, context)

    def fetch(self, kept: bytes, context: str) -> PrivateKey:
        """The key that `put_away` put away. Raises KeyUnreadable, TokenUnavailable."""
        try:
            plain = self.wrap.unwrap(kept, context)
        except Exception as error:
            raise KeyUnreadable(context=context) from error
        if not plain.startswith(IN_TOKEN):
            return read_key(plain, context)
        if self.token is None:
            raise TokenUnavailable(reason="not configured")
        return self.token.find(plain)


def wrap_key(private: PrivateKey, wrap: KeyWrap, context: str) -> bytes:
    """A key in software as it may lie on a disk."""
    plain = private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return wrap.wrap(plain, context)


def read_key(plain: bytes, context: str) -> PrivateKey:
    """A key out of its PKCS #8. Raises KeyUnreadable."""
    try:
        private = serialization.load_der_private_key(plain, password=None)
    except ValueError as error:
        raise KeyUnreadable(context=context) from error
    if not isinstance(private, PrivateKey):
        raise KeyUnreadable(context=context)
    return private


def hash_for(private: PrivateKey) -> hashes.SHA256 | None:
    """The hash with which certificates and lists are signed by this key (Ed25519 takes none)."""
    return None if isinstance(private, ed25519.Ed25519PrivateKey) else hashes.SHA256()

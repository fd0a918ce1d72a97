"""Encryption at rest: one data key per person, so that erasing the key erases what it sealed.

AES-256-GCM (NIST SP 800-38D) with random 96-bit nonces; keys are derived from the key-encryption key by
HKDF-SHA256 (RFC 5869), one for each use. The key-encryption key itself never lies in the database.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from signing.errors import SigningError
from signing.store.files import write_new
from signing.store.port import Reading, Tx

FORMAT = b"\x01"
NONCE = 12
KEY = 32


class Sealed(SigningError):
    """What was sealed cannot be opened: its key was erased or is another one, or its bytes were changed."""

    code = "vault.sealed"


class KeyUnusable(SigningError):
    """The key-encryption key's file or text is missing or is not 64 hexadecimal digits."""

    code = "vault.key"


@dataclass(frozen=True, slots=True)
class KeyEncryptionKey:
    """32 secret bytes from which every other key hangs. They are never shown."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != KEY:
            raise KeyUnusable()

    @classmethod
    def generate(cls) -> KeyEncryptionKey:
        return cls(secrets.token_bytes(KEY))

    @classmethod
    def from_hex(cls, text: str) -> KeyEncryptionKey:
        """From 64 hexadecimal digits. Raises KeyUnusable."""
        try:
            return cls(bytes.fromhex(text.strip()))
        except ValueError:
            raise KeyUnusable() from None

    @classmethod
    def from_file(cls, path: Path, *, create: bool = False) -> KeyEncryptionKey:
        """From a file of 64 hexadecimal digits; with `create`, a missing one is made, mode 0600.

        Raises KeyUnusable.
        """
        if create and not path.exists():
            write_new(path, cls.generate().secret.hex().encode() + b"\n")
        try:
            return cls.from_hex(path.read_text("ascii"))
        except (OSError, UnicodeDecodeError):
            raise KeyUnusable() from None

    def derive(self, use: str) -> bytes:
        """The 32-byte key for one use."""
        return HKDF(SHA256(), KEY, salt=None, info=b"sealbot " + use.encode()).derive(self.secret)


class Vault:
    """Seals what belongs to a subject (the id of a person) and wraps what belongs to the house."""

    def __init__(self, key: KeyEncryptionKey) -> None:
        self._subjects = key.derive("subject keys")
        self._house = key.derive("wrap")
        self._digests = key.derive("digest")

    def seal(self, tx: Tx, subject: str, data: bytes) -> bytes:
        """Encrypt under the subject's key, which is made if there is none. Adds 29 bytes."""
        row = tx.get("subject_keys", subject)
        key = self._unwrapped(subject, row["wrapped"]) if row else self._new_key(tx, subject)
        return encrypt(key, data, subject)

    def open(self, tx: Reading, subject: str, sealed: bytes) -> bytes:
        """What was sealed for this subject. Raises Sealed."""
        row = tx.get("subject_keys", subject)
        if row is None:
            raise Sealed()
        return decrypt(self._unwrapped(subject, row["wrapped"]), sealed, subject)

    def erase(self, tx: Tx, subject: str) -> None:
        """Delete the subject's key: nothing that it sealed can be opened again."""
        tx.remove("subject_keys", subject)

    def wrap(self, data: bytes, context: str) -> bytes:
        """Encrypt for the house (a certificate's private key); `context` names what it is."""
        return encrypt(self._house, data, context)

    def unwrap(self, wrapped: bytes, context: str) -> bytes:
        """What was wrapped in this context. Raises Sealed."""
        return decrypt(self._house, wrapped, context)

    def digest(self, text: str) -> str:
        """HMAC-SHA256 in hexadecimal, to look up a number (an ID, a card) that is not stored in plain text."""
        return hmac.new(self._digests, text.encode(), hashlib.sha256).hexdigest()

    def _new_key(self, tx: Tx, subject: str) -> bytes:
        key = secrets.token_bytes(KEY)
        wrapped = encrypt(self._subjects, key, subject)
        tx.insert("subject_keys", {"id": subject, "wrapped": wrapped, "created": tx.now})
        return key

    def _unwrapped(self, subject: str, wrapped: bytes) -> bytes:
        return decrypt(self._subjects, wrapped, subject)


def encrypt(key: bytes, data: bytes, context: str) -> bytes:
    """Format byte, nonce (12 bytes), ciphertext, tag (16 bytes); `context` is authenticated with it."""
    nonce = secrets.token_bytes(NONCE)
    return FORMAT + nonce + AESGCM(key).encrypt(nonce, data, FORMAT + context.encode())


def decrypt(key: bytes, sealed: bytes, context: str) -> bytes:
    """Undo `encrypt`. Raises Sealed."""
    nonce, ciphertext = sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
    try:
        if sealed[:1] != FORMAT:
            raise Sealed()
        return AESGCM(key).decrypt(nonce, ciphertext, FORMAT + context.encode())
    except (InvalidTag, ValueError):
        raise Sealed() from None

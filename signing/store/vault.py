"""Encryption at rest: one data key per person, so that erasing the key erases what it sealed.

AES-256-GCM (NIST SP 800-38D) with random 96-bit nonces; keys are derived from the key-encryption key by
HKDF-SHA256 (RFC 5869), one for each use. The key-encryption key itself never lies in the database.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
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
    """32 secret bytes from which every other key hangs. They are never shown.

    `digests` is the key of the digests that the database is full of: it can't change with the rest, so a successor
    carries it along. Empty: derived from `secret`.
    """

    secret: bytes = field(repr=False)
    digests: bytes = field(default=b"", repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != KEY or len(self.digests) not in (0, KEY):
            raise KeyUnusable()

    @classmethod
    def generate(cls) -> KeyEncryptionKey:
        return cls(secrets.token_bytes(KEY))

    @classmethod
    def from_hex(cls, text: str) -> KeyEncryptionKey:
        """From 64 hexadecimal digits, or 128 with the key of the digests. Raises KeyUnusable."""
        try:
            both = bytes.fromhex(text.strip())
        except ValueError:
            raise KeyUnusable() from None
        return cls(both[:KEY], both[KEY:])

    def to_hex(self) -> str:
        """What `from_hex` reads; a secret."""
        return (self.secret + self.digests).hex()

    def successor(self) -> KeyEncryptionKey:
        """A fresh key for the same database."""
        return KeyEncryptionKey(secrets.token_bytes(KEY), self.digest_key)

    @property
    def digest_key(self) -> bytes:
        return self.digests or self.derive("digest")

    @classmethod
    def from_file(cls, path: Path, *, create: bool = False) -> KeyEncryptionKey:
        """From a file of 64 hexadecimal digits; with `create`, a missing one is made, mode 0600.

        Raises KeyUnusable.
        """
        if create and not path.exists():
            write_new(path, cls.generate().secret.hex().encode() + b"\n")
        try:
            return cls.from_hex(path.read_text("ascii").partition("\n")[0])
        except (OSError, UnicodeDecodeError):
            raise KeyUnusable() from None

    def derive(self, use: str) -> bytes:
        """The 32-byte key for one use."""
        return HKDF(SHA256(), KEY, salt=None, info=b"sealbot " + use.encode()).derive(self.secret)


Keys = Callable[[], Sequence[KeyEncryptionKey]]
"""The keys in force, the newest first: more than one while everything is wrapped anew."""


@dataclass(frozen=True, slots=True)
class _Ring:
    """What hangs from one key-encryption key."""

    subjects: bytes
    house: bytes

    @classmethod
    def of(cls, key: KeyEncryptionKey) -> _Ring:
        return cls(key.derive("subject keys"), key.derive("wrap"))


class Vault:
    """Seals what belongs to a subject (the id of a person) and wraps what belongs to the house.

    Wraps with the newest of its keys and opens with any. `again` looks which are in force: before each wrapping, which is
    rare, and where nothing known opens. So a key can change under a running program.
    """

    def __init__(self, key: KeyEncryptionKey, again: Keys | None = None) -> None:
        self._again = again or (lambda: (key,))
        self._rings = {key: _Ring.of(key)}
        self._digests = key.digest_key

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
        return encrypt(self._newest().house, data, context)

    def unwrap(self, wrapped: bytes, context: str) -> bytes:
        """What was wrapped in this context. Raises Sealed."""
        return self._opened(wrapped, context, lambda ring: ring.house)

    def rewrapped(self, wrapped: bytes, context: str) -> bytes | None:
        """The same under the newest key; None if it is under that already. Raises Sealed."""
        return self._moved(wrapped, context, lambda ring: ring.house)

    def rewrapped_subject(self, subject: str, wrapped: bytes) -> bytes | None:
        """A subject's key under the newest key; None if it is under that already. Raises Sealed."""
        return self._moved(wrapped, subject, lambda ring: ring.subjects)

    def digest(self, text: str) -> str:
        """HMAC-SHA256 in hexadecimal, to look up a number (an ID, a card) that is not stored in plain text."""
        return hmac.new(self._digests, text.encode(), hashlib.sha256).hexdigest()

    def _new_key(self, tx: Tx, subject: str) -> bytes:
        key = secrets.token_bytes(KEY)
        wrapped = encrypt(self._newest().subjects, key, subject)
        tx.insert("subject_keys", {"id": subject, "wrapped": wrapped, "created": tx.now})
        return key

    def _unwrapped(self, subject: str, wrapped: bytes) -> bytes:
        return self._opened(wrapped, subject, lambda ring: ring.subjects)

    def _newest(self) -> _Ring:
        return next(iter(self._look()))

    def _look(self) -> list[_Ring]:
        """The rings in force, the newest first; those that are known already stay known."""
        keys = self._again()
        for key in keys:
            if key not in self._rings:
                self._rings[key] = _Ring.of(key)
        return [self._rings[key] for key in keys]

    def _opened(self, wrapped: bytes, context: str, part: Callable[[_Ring], bytes]) -> bytes:
        for ring in chain(tuple(self._rings.values()), _later(self._look)):
            with contextlib.suppress(Sealed):
                return decrypt(part(ring), wrapped, context)
        raise Sealed()

    def _moved(self, wrapped: bytes, context: str, part: Callable[[_Ring], bytes]) -> bytes | None:
        newest = part(self._newest())
        try:
            decrypt(newest, wrapped, context)
        except Sealed:
            return encrypt(newest, self._opened(wrapped, context, part), context)
        return None


def _later(look: Callable[[], Iterable[_Ring]]) -> Iterator[_Ring]:
    """What `look` finds, looked for when it is needed."""
    yield from look()


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

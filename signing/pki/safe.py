"""The root's key in a safe: taken out as an encrypted file (PKCS #8), and lent back for what needs it."""

from __future__ import annotations

from dataclasses import replace

from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from signing.pki.authority import Authority
from signing.pki.errors import KeyUnreadable, RootOffline
from signing.pki.keys import PrivateKey
from signing.pki.profiles import Issuer

SHORTEST = 12


def root_key(authority: Authority, passphrase: str) -> bytes:
    """The root's key, PEM, encrypted under a passphrase of at least 12 characters. Raises RootOffline, KeyUnreadable."""
    if authority.root.key is None:
        raise RootOffline
    if len(passphrase) < SHORTEST:
        raise KeyUnreadable(context="passphrase")
    encryption = BestAvailableEncryption(passphrase.encode())
    return authority.root.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)


def with_root_key(authority: Authority, pem: bytes, passphrase: str) -> Authority:
    """The authority with its root's key at hand. Raises KeyUnreadable: not that key, or not that passphrase."""
    try:
        key = load_pem_private_key(pem, passphrase.encode())
    except (ValueError, TypeError) as error:
        raise KeyUnreadable(context="root") from error
    certificate = authority.root.certificate
    if not isinstance(key, PrivateKey) or key.public_key() != certificate.public_key():
        raise KeyUnreadable(context="root")
    return replace(authority, root=Issuer(certificate, key))

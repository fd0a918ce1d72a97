"""What can be wrong with keys and certificates."""

from __future__ import annotations

from signing.errors import SigningError


class PkiError(SigningError):
    """A certificate, a key or the authority can't do what was asked."""

    code = "pki.refused"


class KeyUnreadable(PkiError):
    """A wrapped key could not be opened: the wrong key-encryption key, or damaged bytes."""

    code = "pki.key-unreadable"


class RootOffline(PkiError):
    """The root's private key is not here; what was asked needs it."""

    code = "pki.root-offline"


class UnknownIssuer(PkiError):
    """A certificate was not issued by this authority."""

    code = "pki.unknown-issuer"


class TimestampUnavailable(PkiError):
    """No timestamp authority answered with a timestamp."""

    code = "pki.timestamp-unavailable"

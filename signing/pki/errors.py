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


class KeyInToken(PkiError):
    """The key lies in a token, which does not let it out."""

    code = "pki.key-in-token"


class TokenUnavailable(PkiError):
    """The token (PKCS #11) is not there, does not let us in or refused. `reason`: what it said, in one word."""

    code = "pki.token-unavailable"


class IssuerUnfit(PkiError):
    """An issuing authority elsewhere can't issue here. `reason` says why (see `signing.pki.adopting`)."""

    code = "pki.issuer-unfit"


class TrustListUnusable(PkiError):
    """A trusted list can't be relied on. `reason`: "signature", "unreadable", "over" or "not-installed"."""

    code = "pki.trust-list-unusable"


class UnknownIssuer(PkiError):
    """A certificate was not issued by this authority."""

    code = "pki.unknown-issuer"


class TimestampUnavailable(PkiError):
    """No timestamp authority answered with a timestamp."""

    code = "pki.timestamp-unavailable"

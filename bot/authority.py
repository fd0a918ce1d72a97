"""The installation's authority as its settings want it: where its keys lie, of which kind, and who issues."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.settings import Settings
from signing.certificates import change_authority, open_authority
from signing.pki.adopting import adopted, read_issuer, read_issuer_of_token
from signing.pki.authority import Authority
from signing.pki.errors import IssuerUnfit, TokenUnavailable
from signing.pki.keys import KeyKind, Keys
from signing.pki.profiles import Issuer
from signing.store.keys import printed_by
from signing.store.port import Store
from signing.store.vault import Vault

if TYPE_CHECKING:
    from signing.pki.token import Pkcs11Token

SCHEME = "pkcs11:"


def authority_of(settings: Settings, store: Store, vault: Vault, now: datetime) -> Authority:
    """The authority, made at the first start, changed where the settings have.

    Raises KeyUnreadable, TokenUnavailable, IssuerUnfit.
    """
    token = token_of(settings)
    keys = Keys(vault, token, authority_alone=settings.hsm_keys == "authority")
    kind = KeyKind(settings.key_kind)
    authority = open_authority(store, keys, settings.name, now, settings.url, kind)
    if authority.kind is not kind:
        authority = change_authority(store, keys, lambda one: replace(one, kind=kind))
    issuer = issuer_of(settings, token)
    if issuer and issuer.certificate != authority.issuers[0].certificate:
        fit = adopted(issuer, now)
        authority = change_authority(store, keys, lambda one: one.adopt(fit))
    return authority


def token_of(settings: Settings) -> Pkcs11Token | None:
    """The token that the settings name. Raises TokenUnavailable where the extra is not installed."""
    if settings.hsm_module is None:
        return None
    try:
        from signing.pki.token import Pkcs11Token
    except ImportError as error:
        raise TokenUnavailable(reason="python-pkcs11 is not installed (extra hsm)") from error
    return Pkcs11Token(str(settings.hsm_module), settings.hsm_token, pin_of(settings))


def pin_of(settings: Settings) -> Callable[[], str]:
    """What says the PIN each time the token is opened. Raises TokenUnavailable where the settings have none."""
    if settings.hsm_pin is not None:
        return settings.hsm_pin.get_secret_value
    if file := settings.hsm_pin_file:
        return lambda: _first_line(file.read_text("utf-8"))
    if settings.hsm_pin_command:
        return lambda: _first_line(printed_by(settings.hsm_pin_command))
    raise TokenUnavailable(reason="no PIN")


def issuer_of(settings: Settings, token: Pkcs11Token | None) -> Issuer | None:
    """The issuing authority elsewhere that the settings name. Raises IssuerUnfit, TokenUnavailable."""
    if settings.issuer is None:
        return None
    try:
        file = settings.issuer.read_bytes()
        if settings.issuer_key.startswith(SCHEME):
            return _issuer_of_token(file, settings.issuer_key.removeprefix(SCHEME), token)
        key = settings.issuer_key_path.read_bytes() if settings.issuer_key_path else b""
    except OSError as error:
        raise IssuerUnfit(reason="unreadable", file=error.filename) from error
    secret = settings.issuer_passphrase
    return read_issuer(file, key, secret.get_secret_value() if secret else "")


def _issuer_of_token(file: bytes, label: str, token: Pkcs11Token | None) -> Issuer:
    if token is None:
        raise TokenUnavailable(reason="not configured")
    return read_issuer_of_token(file, lambda public: token.named(label, public))


def _first_line(text: str) -> str:
    return text.partition("\n")[0].strip()

"""What stands on the machine before anything runs: its keys, vault, authority and verifier."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import handlers
from bot.authority import authority_of
from bot.settings import Settings
from signing.certificates import Certificates, change_authority
from signing.checking import Checking
from signing.documents.child import Children
from signing.pdf.limited import WARM
from signing.pki.authority import Authority
from signing.pki.errors import TrustListUnusable
from signing.pki.outside import outside_timestamper
from signing.pki.timestamps import Timestamper
from signing.reverifying import Reverifying
from signing.store.blobs import Blobs
from signing.store.keys import keys_from_command, keys_in, keys_in_file
from signing.store.port import Store
from signing.store.sqlite import SqliteStore
from signing.store.vault import KeyEncryptionKey, Vault

if TYPE_CHECKING:
    from signing.pki.trusted_lists import TrustedLists

TEMPLATES = Path(handlers.__file__).parent.parent / "templates"


def utc_now() -> datetime:
    return datetime.now(UTC)


def keys_of(settings: Settings) -> tuple[KeyEncryptionKey, ...]:
    """The key-encryption keys in force, the newest first; a key file is made at the first start. Raises KeyUnusable."""
    if settings.key is not None:
        return keys_in(settings.key.get_secret_value())
    if settings.key_command:
        return keys_from_command(settings.key_command)
    if not settings.key_path.exists():
        KeyEncryptionKey.from_file(settings.key_path, create=True)
    return keys_in_file(settings.key_path)


def open_vault(settings: Settings) -> Vault:
    """The vault under the installation's key. A key file is looked at again, so that it can change under us."""
    keys = keys_of(settings)
    return Vault(keys[0], (lambda: keys_of(settings)) if settings.has_key_file else lambda: keys)


def timestamps_of(settings: Settings) -> Timestamper | None:
    """The timestamp authorities elsewhere that the settings name."""
    password = settings.timestamp_password.get_secret_value()
    return outside_timestamper(settings.timestamp_list, settings.timestamp_user, password)


def lists_of(settings: Settings) -> TrustedLists | None:
    """The trusted lists that the settings name. Raises TrustListUnusable."""
    if not settings.trust_lists:
        return None
    from signing.pki.trusted_lists import TrustedLists

    lists, signers = (_files(each) for each in (settings.trust_lists, settings.trust_list_signers))
    return TrustedLists.read([each.decode("utf-8") for each in lists], signers, utc_now())


def _files(names: str) -> list[bytes]:
    try:
        return [Path(each.strip()).read_bytes() for each in names.split(",") if each.strip()]
    except OSError as error:
        raise TrustListUnusable(reason="unreadable", file=error.filename) from error


@contextmanager
def open_bare(settings: Settings) -> Iterator[Checking]:
    """The verifier of an installation, without its assistant."""
    with open_parts(settings) as (_, _, checking):
        yield checking


@contextmanager
def open_reverifying(settings: Settings) -> Iterator[Reverifying]:
    """What verifies all that an installation holds, without its assistant."""
    with open_parts(settings, at_once=2) as parts:
        yield Reverifying(*parts, at_once=2)


@contextmanager
def open_parts(settings: Settings, at_once: int = 1) -> Iterator[tuple[Store, Blobs, Checking]]:
    """The store, its files and the verifier, `at_once` files side by side."""
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    store = SqliteStore(settings.data / "sealbot.db", utc_now)
    try:
        vault = open_vault(settings)
        authority = authority_of(settings, store, vault, utc_now())
        with Children(at_once=at_once, warm=WARM) as children:
            blobs = Blobs(settings.data / "blobs", vault)
            certificates = Certificates(authority)
            lists = lists_of(settings)
            yield store, blobs, Checking(store, blobs, certificates, children.run, settings.roots, lists)
    finally:
        store.close()


@contextmanager
def open_authorities(
    settings: Settings,
) -> Iterator[Callable[[Callable[[Authority], Authority]], Authority]]:
    """What changes the authority of an installation, which is made if it is not there."""
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    store = SqliteStore(settings.data / "sealbot.db", utc_now)
    try:
        vault = open_vault(settings)
        keys = authority_of(settings, store, vault, utc_now()).keys
        yield lambda changed: change_authority(store, keys, changed)
    finally:
        store.close()

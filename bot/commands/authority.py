"""sealbot authority: what others' validators need of this installation's authority, and its root's key in a safe."""

from __future__ import annotations

import argparse
import base64
import getpass
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.base import NO, YES, Command, existing

if TYPE_CHECKING:
    from bot.settings import Settings
    from signing.pki.authority import Authority


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        choices=("root", "crl", "renew", "rollover"),
        help="root: the root certificate; crl: the revocation lists, PEM; renew: whatever of it runs out soon; "
        "rollover: a new issuing certificate, what the old one issued stays valid",
    )
    parser.add_argument(
        "--take-key-out",
        type=Path,
        metavar="FILE",
        help="with root: write the root's key there, encrypted under a passphrase, and keep it here no longer",
    )
    parser.add_argument(
        "--root-key",
        type=existing,
        metavar="FILE",
        help="with renew and rollover: the key that was taken out",
    )
    parser.add_argument(
        "--passphrase-file", type=existing, metavar="FILE", help="its first line, instead of a question"
    )


def run(options: argparse.Namespace) -> int:
    from bot.settings import Settings
    from signing.errors import SigningError

    try:
        if options.take_key_out:
            return _take_key_out(Settings(), options)
        if options.what in ("renew", "rollover"):
            return _renew(Settings(), options)
    except (SigningError, FileExistsError) as refusal:
        print(f"Nothing was changed: {refusal}", file=sys.stderr)
        return NO
    return _print(Settings(), options.what)


def _print(settings: Settings, what: str) -> int:
    from bot.installation import open_bare, utc_now

    with open_bare(settings) as checking:
        trust = checking.trust(utc_now())
    if what == "root":
        print(trust.roots[0], end="")
    else:
        for each in trust.lists:
            body = base64.encodebytes(each).decode()
            print(f"-----BEGIN X509 CRL-----\n{body}-----END X509 CRL-----")
    return YES


def _take_key_out(settings: Settings, options: argparse.Namespace) -> int:
    """The file is durable before the key is gone from here."""
    from bot.installation import open_authorities
    from signing.pki.safe import root_key
    from signing.store.files import write_new

    def taken(authority: Authority) -> Authority:
        pem = root_key(authority, _passphrase(options, twice=True))
        if not write_new(options.take_key_out, pem):
            raise FileExistsError(f"there is a file {options.take_key_out}")
        return replace(authority, root=replace(authority.root, key=None))

    with open_authorities(settings) as change:
        change(taken)
    print(
        "The root's key lies in that file only. `sealbot keys rotate` makes older copies of the database useless."
    )
    return YES


def _renew(settings: Settings, options: argparse.Namespace) -> int:
    from bot.installation import open_authorities, utc_now
    from signing.pki.safe import with_root_key

    def renewed(authority: Authority) -> Authority:
        if options.root_key:
            authority = with_root_key(authority, options.root_key.read_bytes(), _passphrase(options))
        now = utc_now()
        return (
            authority.roll_over(now)
            if options.what == "rollover"
            else authority.renew_root_list(now).renewed(now)
        )

    with open_authorities(settings) as change:
        authority = change(renewed)
    issuing = authority.issuers[0].certificate
    print(f"{issuing.subject.rfc4514_string()} issues, until {issuing.not_valid_after_utc:%Y-%m-%d}.")
    print(f"The root's list holds until {authority.root_list.next_update_utc:%Y-%m-%d}.")
    return YES


def _passphrase(options: argparse.Namespace, twice: bool = False) -> str:
    if options.passphrase_file:
        text: str = options.passphrase_file.read_text("utf-8")
        return text.partition("\n")[0]
    asked = getpass.getpass("Passphrase of the root's key: ")
    if twice and getpass.getpass("Once more: ") != asked:
        return ""
    return asked


COMMAND = Command(
    "print the root certificate or the revocation lists; look after the root's key", arguments, run
)

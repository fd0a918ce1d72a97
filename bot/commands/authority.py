"""sealbot authority: what others' validators need of this installation's authority."""

from __future__ import annotations

import argparse
import base64

from bot.commands.base import YES, Command


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what", choices=("root", "crl"), help="the root certificate, or the revocation lists; PEM"
    )


def run(options: argparse.Namespace) -> int:
    from bot.app import open_bare, utc_now
    from bot.settings import Settings

    with open_bare(Settings()) as checking:
        trust = checking.trust(utc_now())
    if options.what == "root":
        print(trust.roots[0], end="")
    else:
        for each in trust.lists:
            body = base64.encodebytes(each).decode()
            print(f"-----BEGIN X509 CRL-----\n{body}-----END X509 CRL-----")
    return YES


COMMAND = Command("print the root certificate or the revocation lists", arguments, run)

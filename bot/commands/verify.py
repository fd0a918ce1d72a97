"""sealbot verify: who signed a PDF, for whom, when, and whether it is still what they signed."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from bot.commands.base import NO, YES, Command, add_file, add_json, print_json


def arguments(parser: argparse.ArgumentParser) -> None:
    add_file(parser, what="the PDF to check")
    parser.add_argument(
        "--trust", type=Path, action="append", default=[], help="a root certificate (PEM) to trust"
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    data = options.file.read_bytes()
    roots = [path.read_bytes() for path in options.trust]
    report = _by_roots(data, roots) if roots else _by_this_installation(data)
    if options.json:
        print_json(report)
    else:
        _print(report)
    return YES if report["valid"] else NO


def _by_roots(data: bytes, roots: list[bytes]) -> dict[str, Any]:
    from bot.installation import utc_now
    from signing.documents.child import Children
    from signing.pdf.limited import WARM, verify_limited
    from signing.pdf.trust import Trust

    with Children(at_once=1, warm=WARM) as children:
        return verify_limited(children.run, data, Trust(roots=roots), utc_now()).as_dict()


def _by_this_installation(data: bytes) -> dict[str, Any]:
    from bot.installation import open_bare, utc_now
    from bot.settings import Settings

    settings = Settings()
    if not (settings.data / "sealbot.db").exists():
        return _by_roots(data, [])
    with open_bare(settings) as checking:
        return checking.check(data, utc_now()).as_dict()


def _print(report: dict[str, Any]) -> None:
    for one in report["signatures"]:
        trusted = "trusted" if one["trusted"] else "not from an authority that is trusted here"
        print(
            f"{one['signer']}: signed {one['time']} ({one['time_source']}), certificate {one['serial']}, {trusted}"
        )
        if listed := one["qualified"]:
            what = "signature" if listed["device"] else "certificate"
            print(f"  a qualified {what} by a trusted list: {listed['service']}")
    covered = "the whole file is covered" if report["covers_whole_file"] else "NOT the whole file is covered"
    print(f"{'Valid' if report['valid'] else 'Not valid'}: {report['level']}, {covered}.")
    for reason, sentence in zip(report["reasons"], report["sentences"], strict=True):
        print(f"- {sentence} ({reason})")


COMMAND = Command("check a signed PDF", arguments, run)

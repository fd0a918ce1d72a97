"""sealbot intake: what the upload gate says of a file."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.commands.base import NO, YES, Command, add_file, add_json, print_json


def arguments(parser: argparse.ArgumentParser) -> None:
    add_file(parser, what="the file to look at")
    parser.add_argument("--out", type=Path, help="where to write the PDF that everyone would see")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    from signing.documents.errors import Refused
    from signing.documents.intake import as_report, inspect

    data = options.file.read_bytes()
    report = as_report(data, options.file.name)
    if report["accepted"] and options.out:
        options.out.write_bytes(inspect(data, options.file.name).pdf)
    if options.json:
        print_json(report)
    elif report["accepted"]:
        flattened = f", flattened: {', '.join(report['flattened'])}" if report["flattened"] else ""
        print(f"Accepted, {report['pages']} pages{flattened}.")
    else:
        refusal = Refused.known.get(report["reason"], Refused)
        print(f"Refused: {report['reason']}. {(refusal.__doc__ or '').splitlines()[0]}")
    return YES if report["accepted"] else NO


COMMAND = Command("say whether a file may come in, and why not", arguments, run)

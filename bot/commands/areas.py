"""sealbot areas: where a document's text says that parties sign."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict

from bot.commands.base import NO, YES, Command, add_file, add_json, print_json


def arguments(parser: argparse.ArgumentParser) -> None:
    add_file(parser, what="the document")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    from signing.documents import anchors
    from signing.documents.intake import inspect
    from signing.errors import SigningError

    try:
        accepted = inspect(options.file.read_bytes(), options.file.name)
        proposals = anchors.propose(accepted.pdf)
    except SigningError as refusal:
        print(f"Refused: {refusal.code}.", file=sys.stderr)
        return NO
    if options.json:
        areas = [{**asdict(each), "page": each.page + 1} for each in proposals]
        print_json({"pages": accepted.pages, "areas": areas})
    else:
        for each in proposals:
            print(f"page {each.page + 1}: {each.kind} of {each.party or 'anyone'}, at “{each.anchor}”")
        print(f"{accepted.pages} pages, {len(proposals)} areas.")
    return YES


COMMAND = Command("propose where parties sign, from the text", arguments, run)

"""sealbot seal: draw a seal, or cut one out of a photo."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.commands.base import NO, YES, Command, add_file, add_json, print_json


def arguments(parser: argparse.ArgumentParser) -> None:
    ways = parser.add_subparsers(dest="way", required=True, metavar="draw|cut")
    drawing = ways.add_parser("draw", help="a seal made online")
    drawing.add_argument(
        "kind", metavar="KIND", help="contract, official, finance, invoice, legal_representative ..."
    )
    drawing.add_argument("name", metavar="NAME", help="the certified name")
    drawing.add_argument("out", type=Path, metavar="OUT.png")
    drawing.add_argument("--text", help="the horizontal text instead of the kind's own")
    drawing.add_argument("--number", help="the code on the lower arc, or the tax number")
    cutting = ways.add_parser("cut", help="the seal alone, out of a photo of it on paper")
    add_file(cutting, "photo", "the photo")
    cutting.add_argument("out", type=Path, metavar="OUT.png")
    cutting.add_argument("--ink", choices=("red", "blue", "black"), default="red")
    add_json(cutting)


def run(options: argparse.Namespace) -> int:
    return _draw(options) if options.way == "draw" else _cut(options)


def _draw(options: argparse.Namespace) -> int:
    from signing.errors import SigningError
    from signing.seals.drawn import draw

    try:
        seal = draw(options.kind, options.name, options.text, options.number)
    except SigningError as refusal:
        print(f"Not drawn: {refusal.code} {refusal.details}", file=sys.stderr)
        return NO
    options.out.write_bytes(seal.png)
    print(f"{options.out}: {seal.width_mm:g} x {seal.height_mm:g} mm")
    return YES


def _cut(options: argparse.Namespace) -> int:
    from signing.errors import SigningError
    from signing.seals.photo import cut

    try:
        found = cut(options.photo.read_bytes(), ink=options.ink)
    except SigningError as refusal:
        report = {"found": False, "warnings": [refusal.code], "box": []}
    else:
        options.out.write_bytes(found.png)
        report = {"found": True, "warnings": list(found.warnings), "box": list(found.box)}
    if options.json:
        print_json(report)
    else:
        print(f"{options.out}: found" if report["found"] else f"No seal: {report['warnings']}")
    return YES if report["found"] else NO


COMMAND = Command("draw a seal, or cut one out of a photo", arguments, run)

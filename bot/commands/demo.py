"""sealbot demo: the whole story, played by nobody."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from bot.commands.base import NO, YES, Command, add_json, print_json


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out", type=Path, default=Path("demo"), help="folder for the results (default: demo)"
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    from bot.demo import play
    from bot.demo.leaving import DemoFailed

    try:
        report = asyncio.run(play(options.out, quiet=options.json))
    except DemoFailed as failure:
        print(f"The demo failed: {failure}", file=sys.stderr)
        return NO
    if options.json:
        print_json(report)
    else:
        signed = f"{report['signatures']} signatures, {report['level']}, valid, whole file covered"
        poppler = "pdfsig agrees" if report["pdfsig"] else "pdfsig is not on this machine"
        print(f"\n{options.out}/signed.pdf: {signed}; {poppler}.")
        print(f"{options.out}/transcript.html shows the talk, {options.out}/report.json the facts.")
    return YES


COMMAND = Command("play the whole story and leave its results in a folder", arguments, run)

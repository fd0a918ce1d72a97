"""What a command is, and how it answers people and machines."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

YES, NO, WRONG_USE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Command:
    """`help` in one line, `arguments` adds to the parser, `run` does it and gives the exit status."""

    help: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def add_file(parser: argparse.ArgumentParser, name: str = "file", what: str = "the file") -> None:
    parser.add_argument(name, type=existing, metavar=name.upper(), help=what)


def add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON, for machines")


def existing(name: str) -> Path:
    """A path that can be read. Raises ArgumentTypeError."""
    path = Path(name)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"there is no file {name}")
    return path


def print_json(value: Any) -> None:
    print(json.dumps(value, indent=2, ensure_ascii=False, default=str))

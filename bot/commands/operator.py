"""sealbot operator: who reviews manual checks."""

from __future__ import annotations

import argparse
import sys

from bot.commands.base import NO, YES, Command, add_json, print_json
from signing.operators import Operators
from signing.store.port import Store


def arguments(parser: argparse.ArgumentParser) -> None:
    ways = parser.add_subparsers(dest="way", required=True, metavar="add|list|remove")
    adding = ways.add_parser("add", help="name an operator")
    adding.add_argument("address", metavar="MESSENGER:ADDRESS", help="for example telegram:123456")
    adding.add_argument("name", metavar="NAME", help="what the trail and the other operators call them")
    add_json(ways.add_parser("list", help="who is one, also by SEALBOT_OPERATORS"))
    removing = ways.add_parser("remove", help="take a name off")
    removing.add_argument("address", metavar="MESSENGER:ADDRESS")


def run(options: argparse.Namespace) -> int:
    from bot.installation import utc_now
    from bot.settings import Settings
    from signing.errors import SigningError
    from signing.store.sqlite import SqliteStore

    settings = Settings()
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    store: Store = SqliteStore(settings.data / "sealbot.db", utc_now)
    try:
        return _done(options, Operators(settings.operator_list), store)
    except SigningError as refusal:
        print(f"Not changed: {refusal.code}", file=sys.stderr)
        return NO
    finally:
        store.close()


def _done(options: argparse.Namespace, operators: Operators, store: Store) -> int:
    match options.way:
        case "add":
            added = store.write(operators.add, options.address, options.name)
            print(f"{added.id} reviews as {added.name}")
        case "remove":
            if not store.write(operators.remove, options.address):
                print(f"{options.address} was not added here", file=sys.stderr)
                return NO
        case _:
            _list(options, operators, store)
    return YES


def _list(options: argparse.Namespace, operators: Operators, store: Store) -> None:
    found = store.read(operators.all)
    if options.json:
        print_json([{"id": each.id, "name": each.name} for each in found])
    else:
        print("\n".join(f"{each.id}  {each.name}" for each in found) or "nobody yet")


COMMAND = Command("name who reviews manual checks, list them, take them off", arguments, run)

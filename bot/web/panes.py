"""A pane of the web chat is a person trying things out: an address that nobody guesses and a simulated phone."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from signing.identity.providers.sandbox import SandboxRegister
from signing.ids import new_id
from signing.store.port import Reading, Row, Tx

NAME_CHARS = 60


@dataclass(frozen=True, slots=True)
class Pane:
    """`phone` is E.164; the trial place itself vouches for it."""

    chat: str
    address: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Identity:
    """What a visitor has to type when they are asked who they are; empty for people of their own making."""

    resident_id: str = ""
    companies: tuple[Mapping[str, str], ...] = ()


def make_pane(tx: Tx, name: str, phone: str, language: str) -> Pane:
    """A new chat with a fresh address, before its first update."""
    key = new_id("h", tx.now)
    address = secrets.token_urlsafe(24)
    profile = json.dumps({"name": name, "phone": phone}, ensure_ascii=False)
    row: Row = {"id": key, "messenger": "web", "address": address, "person": None, "language": language}
    tx.insert("chats", {**row, "state": "open", "profile": profile, "created": tx.now})
    return Pane(key, address, name, phone)


def find_pane(tx: Reading, address: str) -> Pane | None:
    """The pane of an address that we made and that has not left."""
    found = tx.find("pane_of_address", address=address)
    if not found:
        return None
    profile = json.loads(found[0]["profile"])
    return Pane(found[0]["id"], address, profile["name"], profile["phone"])


def identity_of(pane: Pane, register: SandboxRegister) -> Identity:
    """What the sandbox knows of this pane's person."""
    same = {"name": pane.name, "phone": pane.phone}
    for person in register.people:
        if same.items() <= dict(person).items():
            companies = (one for one in register.companies if one["representative"] == pane.name)
            return Identity(person["resident_id"], tuple(companies))
    return Identity()

"""What a page is, and what it may show to the person whose chat opened it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from aiohttp import web

from bot.web.session import Visitor
from signing.actor import Actor
from signing.errors import SigningError
from signing.store.blobs import Blobs
from signing.store.port import Reading, Store

PATH = "/pages"


def page_address(page: str) -> str:
    """Where the page of a button stands: `name` or `name:argument`. A session is handed over in the fragment."""
    name, _, argument = page.partition(":")
    return f"{PATH}/{name}" + (f"?of={quote(argument)}" if argument else "")


@dataclass(frozen=True, slots=True)
class Shown:
    """`data` is JSON for the page's script; `files` are the stored pictures it may ask for, digest to MIME type."""

    data: Any
    files: Mapping[str, str] = field(default_factory=dict)


Shows = Callable[[Reading, Actor, str], Shown]
"""Reads what a page is about, for who talks and the page's argument; every right is checked there."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `opened/NAME.html`, `opened/NAME.js`, and `words`, blocks of `templates/*/NAME.html`.

    With `answers`, what it sends answers the question whose card opened it; else it is a file like any other.
    `largest` is in bytes.
    """

    name: str
    words: tuple[str, ...]
    largest: int
    answers: bool = True
    shows: Shows | None = None


PRIVATE = Page("private", ("title", "lead", "choose", "too_large"), largest=50_000_000, answers=False)


class ShownPages:
    """Reads for pages, as the person of the chat that opened them."""

    def __init__(self, store: Store, blobs: Blobs) -> None:
        self._store = store
        self._blobs = blobs

    def data(self, page: Page, visitor: Visitor, argument: str) -> Any:
        """Raises HTTPNotFound, HTTPForbidden."""
        return self._shown(page, visitor, argument).data

    def file(self, page: Page, visitor: Visitor, argument: str, digest: str) -> tuple[bytes, str]:
        """The bytes and the MIME type of a picture that is shown. Raises HTTPNotFound, HTTPForbidden."""
        mime = self._shown(page, visitor, argument).files.get(digest)
        if mime is None:
            raise web.HTTPNotFound
        return self._store.read(self._bytes, digest), mime

    def _bytes(self, tx: Reading, digest: str) -> bytes:
        row = tx.get("blobs", digest)
        if row is None or row["subject"] is None:
            return self._blobs.read(digest)
        return self._blobs.read_sealed(tx, row["subject"], digest)

    def _shown(self, page: Page, visitor: Visitor, argument: str) -> Shown:
        if page.shows is None:
            raise web.HTTPNotFound
        try:
            return self._store.read(_read, page.shows, visitor, argument)
        except SigningError:
            raise web.HTTPForbidden from None


def _read(tx: Reading, shows: Shows, visitor: Visitor, argument: str) -> Shown:
    found = tx.find("chat_of_address", messenger=visitor.messenger, address=visitor.address)
    if not found:
        raise web.HTTPForbidden
    return shows(tx, Actor(found[0]["id"], found[0]["person"]), argument)

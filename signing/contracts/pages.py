"""How the pages of a document lie, kept beside it, so that a plan can be changed without opening the file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from signing.documents.geometry import PageView
from signing.errors import SigningError
from signing.ids import Digest
from signing.store.port import Reading, StoreError, Tx


class NoSuchPage(SigningError):
    """The document has no such page."""

    code = "contract.no-such-page"


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page's picture with nothing drawn on it, stored."""

    digest: Digest
    mime: str


def keep_pages(tx: Tx, document: Digest, views: Sequence[PageView]) -> None:
    """Keep them, once for each document."""
    written = json.dumps([view.as_json() for view in views])
    tx.insert("documents", {"id": document, "views": written}, once=True)


def read_pages(tx: Reading, document: Digest) -> tuple[PageView, ...]:
    """The pages in order."""
    row = tx.get("documents", document)
    if row is None:
        raise StoreError(f"the pages of {document} were not kept")
    return tuple(PageView.from_json(view) for view in json.loads(row["views"]))


def keep_picture(tx: Tx, document: Digest, page: int, picture: PagePicture) -> None:
    """Keep the picture of a page (from 0)."""
    row = {"id": f"{document}.{page}", "picture": picture.digest, "mime": picture.mime}
    tx.insert("page_pictures", row, once=True)


def page_picture(tx: Reading, document: Digest, page: int) -> PagePicture | None:
    """The picture of a page (from 0), if it was made already."""
    row = tx.get("page_pictures", f"{document}.{page}")
    return PagePicture(row["picture"], row["mime"]) if row else None

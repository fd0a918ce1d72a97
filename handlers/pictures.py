"""Pictures of pages as attachments."""

from __future__ import annotations

from dataclasses import replace

from handlers.message import Attachment
from signing.contracts.papers import Shown


def editor_picture(shown: Shown) -> Attachment:
    """A picture that is the card itself, so that both change in one edit."""
    return replace(page_picture(shown), framed=True)


def page_picture(shown: Shown) -> Attachment:
    """A picture of pages with the places outlined."""
    first, last = shown.pages[0], shown.pages[-1]
    facts: dict[str, str | int] = {"first": first, "last": last}
    extension = shown.mime.removeprefix("image/")
    return Attachment(shown.digest, f"page-{first}.{extension}", shown.mime, "captions.pages", facts)

"""What the assistant says, before any messenger has put it into its own markup."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Style = Literal["plain", "primary", "danger"]


@dataclass(frozen=True, slots=True)
class Button:
    """`data` is `conversation:step:choice` or `>dialogue:argument`, at most 64 bytes; it carries no right.

    Exactly one of `data`, `url`, `page`, `share` is set, unless `contact` asks the messenger for the person's own number.
    `share` opens the messenger's chat picker with these words, for handing an invitation into a chat; shown only where
    there is one. `page` is a page of ours, `name` or `name:argument`; how it is opened, each messenger knows.
    """

    label: str
    data: str = ""
    url: str = ""
    page: str = ""
    share: str = ""
    contact: bool = False
    style: Style = "plain"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A stored file to show. `caption` says in text what a picture shows.

    In dialogues it is the name of a template's block, which `facts` fill; in a rendered message it is text.
    A `framed` picture that comes alone is the card itself: the text stands below it, and an edit changes both.
    One that is `meant_for_others` is never protected against forwarding, though it lies sealed.
    """

    digest: str
    name: str
    mime: str
    caption: str = ""
    facts: dict[str, str | int] = field(default_factory=dict)
    framed: bool = False
    meant_for_others: bool = False

    @property
    def is_picture(self) -> bool:
        return self.mime in ("image/png", "image/jpeg")


@dataclass(frozen=True, slots=True)
class Message:
    """Text in the HTML subset of the templates, rows of buttons, attachments shown before the text.

    A `pinned` one stays in sight above the others, where the messenger can and lets us.
    """

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    attachments: tuple[Attachment, ...] = ()
    silent: bool = False
    pinned: bool = False

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(button for row in self.rows for button in row)

    @property
    def frame(self) -> Attachment | None:
        """The picture that is the card itself."""
        alone = self.attachments[0] if len(self.attachments) == 1 else None
        return alone if alone and alone.framed and alone.is_picture else None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a person sent: kept bytes by SHA-256 and what the messenger said of them.

    `page` is the page of ours that sent it as the answer to the question whose card opened it.
    """

    digest: str
    name: str
    mime: str
    size: int
    caption: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A phone number card. `own`: the messenger vouches that it is the sender's own."""

    phone: str
    own: bool
    name: str = ""

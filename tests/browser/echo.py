"""A tiny assistant behind the real web chat, store, inbox and outbox: `python -m tests.browser.echo FOLDER PORT`."""

from __future__ import annotations

import asyncio
import io
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import cast

from fpdf import FPDF
from PIL import Image, ImageDraw

from bot.bell import Bell
from bot.conversation import Conversations
from bot.events import Command, Fetched, Incoming, Shared, Tap, Text
from bot.inbox import Inbox
from bot.messengers.web import WebMessenger
from bot.outbox import Outbox
from bot.post import Post
from bot.render import Renderer
from bot.web.application import application, listening
from bot.web.panes import find_pane
from handlers.message import Attachment, Button, Message
from signing.identity.providers.sandbox import SandboxRegister
from signing.ids import new_id
from signing.store.blobs import Blobs
from signing.store.port import Row, Tx
from signing.store.sqlite import SqliteStore
from signing.store.vault import KeyEncryptionKey, Vault

CARD = (
    "<b>Supply-2027</b>, 6 pages. Draft, nobody has seen it yet.\n"
    "1. Harbor Tea Co. (you): contract seal, page 6\n"
    "2. Blue Kiln Ceramics, 苏青窑: seal, page 6\n"
    "Both: straddle seal across the edges of all 6 pages\n"
    "Sign by: Fri 4 December 2026, 18:00 (UTC+8)"
)
ROWS = (
    (Button("Start and seal", data="draft:start", style="primary"),),
    (Button("Start only", data="draft:only"), Button("Parties", data="draft:parties")),
    (Button("Places", data="draft:places"), Button("Deadline", data="draft:deadline")),
    (Button("Discard draft", data="draft:discard", style="danger"),),
)


@dataclass
class Echo:
    """Says something to everything."""

    post: Post
    blobs: Blobs
    messenger: WebMessenger

    def hear(self, tx: Tx, chat: Row, incoming: Incoming) -> bool:
        key = chat["id"]
        match incoming.what:
            case Command(name="start", rest=rest):
                self.post.send(tx, key, Message(f"Hello. {'Invited by ' + rest if rest else 'Welcome'}."))
            case Command(name="share"):
                rows = ((Button("Agree and share my number", contact=True, style="primary"),),)
                self.post.send(tx, key, Message("Before you can sign I must know it is you.", rows))
            case Command(name="invite"):
                rows = ((Button("Open the invitation", url=self.messenger.invitation_link("Tok_en-1")),),)
                self.post.send(tx, key, Message("苏青窑 can open this:", rows))
            case Command(name="work"):
                self.post.working(tx, key)
            case Tap(data="draft:start", message=card):
                self.post.toast(tx, key, incoming.acknowledge)
                self._text(tx, chat)
                rows = ((Button("New code", data="code:new"), Button("Cancel", data="code:cancel")),)
                self.post.send(
                    tx, key, Message("Type the 8-digit code I texted to *** 4417.", rows), edit=card
                )
            case Tap():
                self.post.toast(tx, key, incoming.acknowledge, "Already answered")
            case Shared(contact):
                self.post.send(tx, key, Message(f"Thank you, {contact.phone} matches."))
            case Fetched(upload, refused):
                self._draft(tx, key, refused or upload.caption)
            case Text("48219037" | "4821 9037"):
                self.post.delete(tx, key, incoming.reference)
                self.post.send(tx, key, Message("Supply-2027 has started. Harbor Tea sealed it at 14:29."))
            case Text(text):
                self.post.send(tx, key, Message(f"You said: {escape(text)}"))

        return False

    def apologize(self, tx: Tx, chat: Row) -> None:
        self.post.send(tx, chat["id"], Message("Something broke on my side."))

    def _draft(self, tx: Tx, chat: str, caption: str) -> None:
        files = ((page(), "page-6.png", "image/png"), (contract(), "Supply-2027.pdf", "application/pdf"))
        captions = ("Page 6, both places outlined", "6 pages")
        attachments = []
        for (data, name, mime), words in zip(files, captions, strict=True):
            digest = self.blobs.write(data)
            self.blobs.register(tx, digest, mime)
            attachments.append(Attachment(digest, name, mime, words))
        noted = f"{CARD}\n<i>{caption}</i>" if caption else CARD
        self.post.send(tx, chat, Message(noted, ROWS, tuple(attachments)))

    def _text(self, tx: Tx, chat: Row) -> None:
        pane = find_pane(tx, chat["address"])
        assert pane is not None
        body = "【sealbot】验证码48219037，用于发起并签署《2027年供货合同》，5分钟内有效。非本人操作请忽略，切勿转告他人。"
        row = {"id": new_id("t", tx.now), "phone": pane.phone, "body": body, "created": tx.now}
        tx.insert("texts", row)


def page() -> bytes:
    """A picture of a made-up page with two places outlined."""
    picture = Image.new("RGB", (620, 480), "white")
    draw = ImageDraw.Draw(picture)
    for line in range(9):
        draw.rectangle((60, 50 + line * 26, 560 - (line * 37) % 160, 58 + line * 26), fill="#c9ccd0")
    for x, colour in ((70, "#b5372a"), (340, "#1d5f73")):
        draw.rectangle((x, 310, x + 210, 430), outline=colour, width=4)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def contract() -> bytes:
    """A PDF of one page."""
    document = FPDF()
    document.set_creation_date(datetime(2026, 11, 23, tzinfo=UTC))
    document.add_page()
    document.set_font("helvetica", size=24)
    document.cell(text="Supply-2027")
    return bytes(document.output())


async def serve(folder: Path, port: int) -> None:
    store = SqliteStore(folder / "store.db", lambda: datetime.now(UTC))
    key = KeyEncryptionKey.from_file(folder / "key", create=True)
    blobs, bell = Blobs(folder / "blobs", Vault(key)), Bell()
    messenger = WebMessenger(store, f"http://127.0.0.1:{port}")
    post = Post(cast(Renderer, None))
    talk = cast(Conversations, Echo(post, blobs, messenger))
    inbox = Inbox(store, {"web": messenger}, talk, blobs, bell)
    outbox = Outbox(store, {"web": messenger}, bell)
    app = application(store, blobs, inbox.receive, messenger, SandboxRegister.shipped(), bell)
    store.write(lambda tx: tx.run("release_deliveries", now=tx.now))
    async with listening(app, port), asyncio.TaskGroup() as tasks:
        tasks.create_task(bell.follow(inbox.step))
        tasks.create_task(bell.follow(outbox.step))


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2])))

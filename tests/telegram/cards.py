"""Cards and deliveries for the tests of the messenger."""

from __future__ import annotations

import io

from PIL import Image

from bot.messengers.base import Delivery
from handlers.message import Attachment, Button, Message
from signing.store.blobs import Blobs
from tests.telegram.fake_people import Human

CARD = Message(
    "<b>Supply</b>",
    ((Button("Start", "c1:card:start", style="primary"),), (Button("Check", url="https://x.example/v"),)),
)


ASKING = Message("Your number?", ((Button("Share", contact=True),), (Button("中文", "c1:consent:zh"),)))


def png(width: int = 40, height: int = 30) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "PNG")
    return out.getvalue()


def sending(lin: Human, message: Message, key: str = "m1") -> Delivery:
    return Delivery(str(lin.number), "send", key, message=message)


def editing(lin: Human, message: Message, reference: str) -> Delivery:
    return Delivery(str(lin.number), "edit", "m1", reference, message)


def pictures(blobs: Blobs, count: int, **size: int) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(blobs.write(png(30 + at, **size)), f"page-{at}.png", "image/png", f"Page {at}")
        for at in range(count)
    )

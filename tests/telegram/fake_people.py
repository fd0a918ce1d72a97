"""People on the other side of the fake Bot API: what they do becomes updates as Telegram writes them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import count
from typing import Any

from tests.telegram.fake_api import FakeBotApi
from tests.telegram.fake_state import Sent

QUERIES = count(4_382_000)


@dataclass
class Human:
    """Somebody with a Telegram account. Each act returns the update that it makes."""

    api: FakeBotApi
    number: int
    first_name: str = "海清"
    language: str = "zh-hans"

    @property
    def user(self) -> dict[str, Any]:
        return {
            "id": self.number,
            "is_bot": False,
            "first_name": self.first_name,
            "language_code": self.language,
        }

    @property
    def chat(self) -> dict[str, Any]:
        return {"id": self.number, "type": "private", "first_name": self.first_name}

    def says(self, **content: Any) -> dict[str, Any]:
        """A message with any content."""
        self.api.meet(self.number)
        around = {
            "message_id": self.api.next_number(),
            "from": self.user,
            "chat": self.chat,
            "date": int(time.time()),
        }
        return self.api.happen("message", {**around, **content})

    def writes(self, text: str) -> dict[str, Any]:
        commands = (
            [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}] if text[:1] == "/" else []
        )
        return self.says(text=text, **({"entities": commands} if commands else {}))

    def taps(self, message: int, data: str) -> dict[str, Any]:
        """A button under the bot's message, as the person's client shows it."""
        query = str(next(QUERIES))
        self.api.open_query(query)
        shown = {"message_id": message, "chat": self.chat, "date": int(time.time()), "text": "x"}
        return self.api.happen(
            "callback_query",
            {"id": query, "from": self.user, "message": shown, "chat_instance": "1", "data": data},
        )

    def says_in(self, group: int, text: str, **more: Any) -> dict[str, Any]:
        """Words in a group that the bot is in."""
        around = {"message_id": self.api.next_number(), "from": self.user, "date": int(time.time())}
        chat = {"id": group, "type": "supergroup", "title": "Tea and kiln"}
        return self.api.happen("message", {**around, "chat": chat, "text": text, **more})

    def taps_in(self, group: int, message: int, data: str) -> dict[str, Any]:
        """A button under the bot's message in a group."""
        query = str(next(QUERIES))
        self.api.open_query(query)
        chat = {"id": group, "type": "supergroup", "title": "Tea and kiln"}
        shown = {"message_id": message, "chat": chat, "date": int(time.time()), "text": "x"}
        tapped = {"id": query, "from": self.user, "message": shown, "chat_instance": "1", "data": data}
        return self.api.happen("callback_query", tapped)

    def takes_bot_into(self, group: int, old: str = "left", new: str = "member") -> dict[str, Any]:
        """The bot's own membership of a group changes by this person's hand."""
        if new == "member":
            self.api.meet(group)
        bot = {"id": 110201543, "is_bot": True, "first_name": "sealbot"}
        chat = {"id": group, "type": "supergroup", "title": "Tea and kiln"}
        states = {
            f"{when}_chat_member": {"status": each, "user": bot}
            for when, each in (("old", old), ("new", new))
        }
        around = {"chat": chat, "from": self.user, "date": int(time.time())}
        return self.api.happen("my_chat_member", {**around, **states})

    def asks_inline(self, words: str = "", where: str = "private") -> dict[str, Any]:
        """The bot's name and some words, typed in any chat."""
        query = str(next(QUERIES))
        self.api.open_query(query)
        asked = {"id": query, "from": self.user, "query": words, "offset": "", "chat_type": where}
        return self.api.happen("inline_query", asked)

    def shares(self, phone: str, owner: int = 0, **more: Any) -> dict[str, Any]:
        """A contact card; Telegram's server puts the owner's number into it."""
        card = {
            "phone_number": phone.lstrip("+"),
            "first_name": self.first_name,
            "user_id": owner or self.number,
        }
        return self.says(contact=card, **more)

    def sends(self, name: str, data: bytes, mime: str, caption: str = "", album: str = "") -> dict[str, Any]:
        """A file, not recompressed; those of an album are updates of their own."""
        file = {
            "file_id": self.api.keep_file(name, data),
            "file_unique_id": "u1",
            "file_name": name,
            "mime_type": mime,
            "file_size": len(data),
        }
        around = {"caption": caption, "media_group_id": album}
        return self.says(document=file, **{name: value for name, value in around.items() if value})

    def sends_photo(self, data: bytes, caption: str = "") -> dict[str, Any]:
        """A picture in the sizes that Telegram makes of it."""
        sizes = [
            {
                "file_id": self.api.keep_file("t.jpg", data[:90]),
                "file_unique_id": "s",
                "width": 90,
                "height": 60,
            },
            {
                "file_id": self.api.keep_file("p.jpg", data),
                "file_unique_id": "m",
                "width": 1280,
                "height": 853,
            },
        ]
        sizes = [{**size, "file_size": 90 if size["width"] == 90 else len(data)} for size in sizes]
        return self.says(photo=sizes, **({"caption": caption} if caption else {}))

    def blocks(self) -> dict[str, Any]:
        self.api.refuse_chat(self.number)
        return self._membership("member", "kicked")

    def unblocks(self) -> dict[str, Any]:
        self.api.meet(self.number)
        return self._membership("kicked", "member")

    def _membership(self, old: str, new: str) -> dict[str, Any]:
        bot = {"id": 110201543, "is_bot": True, "first_name": "sealbot"}
        states = {
            f"{when}_chat_member": {
                "status": status,
                "user": bot,
                **({"until_date": 0} if status == "kicked" else {}),
            }
            for when, status in (("old", old), ("new", new))
        }
        around = {"chat": self.chat, "from": self.user, "date": int(time.time())}
        return self.api.happen("my_chat_member", {**around, **states})

    def sees(self) -> list[Sent]:
        """The bot's messages in this chat, oldest first."""
        return self.api.chat(self.number)

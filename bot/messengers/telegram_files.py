"""The files of a call: read from the blobs, or named as Telegram named them when it last had them from this bot.

The bytes by their SHA-256 are the truth; a `file_id` is good for one bot and one kind of message, and may be refused.
What is about a person is never named so: it is read each time, and gone once it was erased.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from bot.messengers.base import Impossible
from bot.messengers.stored import Opened, StoredFiles
from bot.messengers.telegram_api import Bytes
from bot.messengers.telegram_render import Fields, Stored, filled, stored


class Files:
    """Loads calls for one bot. `largest` is the server's limit in bytes."""

    def __init__(self, files: StoredFiles, bot: str, largest: int) -> None:
        self._files = files
        self._bot = bot
        self.largest = largest

    async def loaded(self, fields: Fields, *, anew: bool = False) -> Fields:
        """The fields with their files; with `anew`, none by a name that Telegram gave it. Raises NotKept, Impossible.

        Pictures about a person are covered and can't be passed on.
        """
        opened = {one: await asyncio.to_thread(self._files.open, one.digest) for one in stored(fields)}
        if any(len(file.data) > self.largest for file in opened.values()):
            raise Impossible(f"a file is over the limit of {self.largest} bytes")
        names = {} if anew else {one: self._name(one, file) for one, file in opened.items()}
        personal = {one.digest for one, file in opened.items() if file.personal and not one.meant_for_others}
        return filled(fields, lambda one: names.get(one) or Bytes(one.name, opened[one].data), personal)

    async def learn(self, fields: Fields, result: Any) -> None:
        """Keep the names under which Telegram has the files of a call that it carried out."""
        messages = result if isinstance(result, list) else [result]
        for one, message in zip(stored(fields), messages, strict=False):
            file = file_of(message, one.kind)
            if file and not self._files.is_personal(one.digest):
                await asyncio.wrap_future(self._files.learn(self._key(one), file))

    def _name(self, one: Stored, file: Opened) -> str:
        return "" if file.personal else self._files.known(self._key(one))

    def _key(self, one: Stored) -> str:
        return f"{self._bot}:{one.kind}:{one.digest}:{one.name}"


def file_of(message: Mapping[str, Any], kind: str) -> str:
    """The `file_id` of a message's photo (the biggest) or document; empty where it has none."""
    match message:
        case {"photo": [*_, {"file_id": str(file)}]} if kind == "photo":
            return file
        case {"document": {"file_id": str(file)}} if kind == "document":
            return file
    return ""

"""The Bot API's methods, as far as the assistant uses them, each with its refusals."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import Any

from tests.telegram import fake_rules as rules
from tests.telegram.fake_rules import Refusal, Request
from tests.telegram.fake_state import BOT, UPLOAD, Sent, State

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


KINDS = ("message", "edited_message", "callback_query", "my_chat_member", "inline_query")


class Methods(State):
    """`_method` carries out a checked request and gives its result. Raises Refusal."""

    async def _getMe(self, _: Request) -> Any:
        return BOT

    async def _getUpdates(self, request: Request) -> Any:
        if self.webhook:
            raise Refusal("Conflict: can't use getUpdates method while webhook is active", 409)
        offset, limit = int(request.fields.get("offset", 0)), int(request.fields.get("limit", 100))
        self._updates = [each for each in self._updates if each["update_id"] >= offset]
        self._arrived.clear()
        if not self._updates:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._arrived.wait(), float(request.fields.get("timeout", 0)))
        allowed = set(request.fields.get("allowed_updates", KINDS)) | {"update_id"}
        return [each for each in self._updates if set(each) <= allowed][:limit]

    async def _setWebhook(self, request: Request) -> Any:
        if not str(request.fields["url"]).startswith("https://"):
            raise Refusal("Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        self.webhook = dict(request.fields)
        return True

    async def _deleteWebhook(self, _: Request) -> Any:
        self.webhook = {}
        return True

    async def _sendMessage(self, request: Request) -> Any:
        words = rules.check_text(request, "text", 4096)
        return self._sent(request, text=words, raw=request.fields["text"])

    async def _sendPhoto(self, request: Request) -> Any:
        name, data = self._given(request, request.fields.get("photo", "photo"), "photo")
        rules.check_photo(data)
        return self._sent(
            request, files=[("photo", name, data)], caption=rules.check_text(request, "caption", 1024)
        )

    async def _sendDocument(self, request: Request) -> Any:
        name, data = self._given(request, request.fields.get("document", "document"), "document")
        self._check_size(data)
        caption = rules.check_text(request, "caption", 1024)
        return self._sent(request, files=[("document", name, data)], caption=caption)

    async def _sendMediaGroup(self, request: Request) -> Any:
        media = request.fields["media"]
        if not 2 <= len(media) <= 10:
            raise Refusal("Bad Request: there must be 2-10 items in the album")
        if len({item["type"] for item in media}) != 1:
            raise Refusal("Bad Request: documents can't be mixed with other media types")
        album = f"album{self.next_number()}"
        return [self._item(request, item, album) for item in media]

    def _item(self, request: Request, item: dict[str, Any], album: str) -> Any:
        name, data = self._given(request, item["media"], item["type"])
        if item["type"] == "photo":
            rules.check_photo(data)
        self._check_size(data)
        caption = rules.check_text(Request("", item), "caption", 1024)
        covered = bool(item.get("has_spoiler"))
        files = [(item["type"], name, data)]
        return self._sent(request, files=files, caption=caption, album=album, covered=covered)

    def _given(self, request: Request, reference: str, kind: str) -> tuple[str, bytes]:
        """An uploaded file, or one that the server has already: by the name and as the kind that it gave it."""
        if reference.startswith("attach://") or reference in request.files:
            return request.file(reference)
        if self.kinds.get(reference) != kind:
            raise Refusal("Bad Request: wrong file identifier/HTTP URL specified")
        self.reused.append(reference)
        return self._files[reference]

    def _check_size(self, data: bytes) -> None:
        if len(data) > UPLOAD:
            raise Refusal("Request Entity Too Large", 413)
        if not data:
            raise Refusal("Bad Request: file must be non-empty")

    def _sent(self, request: Request, text: str = "", **what: Any) -> Any:
        chat = int(request.fields["chat_id"])
        self._require_open(chat)
        markup = request.fields.get("reply_markup")
        rules.check_markup(markup)
        reply = request.fields.get("reply_parameters", {}).get("message_id", 0)
        silent = _is_set(request, "disable_notification")
        what.setdefault("covered", _is_set(request, "has_spoiler"))
        what["protected"] = _is_set(request, "protect_content")
        sent = Sent(self.next_number(), chat, text, markup=markup, reply_to=reply, silent=silent, **what)
        self.messages[sent.number] = sent
        self.show("send", sent)
        return self._message(sent)

    def _message(self, sent: Sent) -> dict[str, Any]:
        chat = {"id": sent.chat, "type": "private", "first_name": "x"}
        around = {"message_id": sent.number, "date": int(time.time()), "chat": chat, "from": BOT}
        return {**around, **self._shown_file(sent), **({"text": sent.text} if sent.text else {})}

    def _shown_file(self, sent: Sent) -> dict[str, Any]:
        for kind, name, data in sent.files:
            key = self.keep_file(name, data)
            self.kinds[key] = kind
            file = {"file_id": key, "file_unique_id": key[-8:], "file_size": len(data)}
            if kind == "document":
                return {"document": {**file, "file_name": name}}
            return {
                "photo": [
                    {**file, "file_id": "small", "width": 9, "height": 9},
                    {**file, "width": 90, "height": 90},
                ]
            }
        return {}

    def _require_open(self, chat: int) -> None:
        if chat in self._blocked:
            raise Refusal(self._blocked[chat], 403)
        if chat not in self._known_chats:
            raise Refusal("Bad Request: chat not found")

    async def _editMessageText(self, request: Request) -> Any:
        words, markup = rules.check_text(request, "text", 4096), request.fields.get("reply_markup")
        rules.check_markup(markup)
        sent = self._editable(request)
        if sent.files:
            raise Refusal("Bad Request: there is no text in the message to edit")
        if (words, request.fields["text"], markup) == (sent.text, sent.raw, sent.markup):
            raise Refusal(f"Bad Request: {NOT_MODIFIED}")
        sent.text, sent.raw, sent.markup, sent.edits = words, request.fields["text"], markup, sent.edits + 1
        self.show("edit", sent)
        return self._message(sent)

    async def _editMessageMedia(self, request: Request) -> Any:
        item, markup = request.fields["media"], request.fields.get("reply_markup")
        rules.check_markup(markup)
        sent = self._editable(request)
        name, data = self._given(request, item["media"], item["type"])
        rules.check_photo(data)
        sent.caption = rules.check_text(Request("", item), "caption", 1024)
        sent.files, sent.markup, sent.edits = [("photo", name, data)], markup, sent.edits + 1
        self.show("edit", sent)
        return self._message(sent)

    async def _editMessageReplyMarkup(self, request: Request) -> Any:
        markup = request.fields.get("reply_markup")
        rules.check_markup(markup)
        sent = self._editable(request)
        if _rows(markup) == _rows(sent.markup):
            raise Refusal(f"Bad Request: {NOT_MODIFIED}")
        sent.markup, sent.edits = markup, sent.edits + 1
        self.show("strip", sent)
        return self._message(sent)

    def _editable(self, request: Request) -> Sent:
        number, chat = int(request.fields["message_id"]), int(request.fields["chat_id"])
        self._require_open(chat)
        sent = self.messages.get(number)
        if sent is None or number in self.deleted or sent.chat != chat:
            raise Refusal("Bad Request: message to edit not found")
        if sent.album or "keyboard" in (sent.markup or {}):
            raise Refusal("Bad Request: message can't be edited")
        return sent

    async def _deleteMessage(self, request: Request) -> Any:
        number = int(request.fields["message_id"])
        if number in self.deleted or number > self._number:
            raise Refusal("Bad Request: message to delete not found")
        if number in self.too_old:
            raise Refusal("Bad Request: message can't be deleted for everyone")
        self.deleted.add(number)
        return True

    async def _answerCallbackQuery(self, request: Request) -> Any:
        query = str(request.fields["callback_query_id"])
        if query not in self._open_queries:
            raise Refusal("Bad Request: query is too old and response timeout expired or query ID is invalid")
        self._open_queries.discard(query)
        self.answered[query] = str(request.fields.get("text", ""))
        return True

    async def _answerInlineQuery(self, request: Request) -> Any:
        query = str(request.fields["inline_query_id"])
        if query not in self._open_queries:
            raise Refusal("Bad Request: query is too old and response timeout expired or query ID is invalid")
        rules.check_results(request.fields["results"])
        rules.check_results_button(request.fields.get("button"))
        self._open_queries.discard(query)
        self.offered[query] = request.fields
        return True

    async def _sendChatAction(self, request: Request) -> Any:
        if request.fields["action"] not in rules.ACTIONS:
            raise Refusal("Bad Request: wrong parameter action in request")
        self._require_open(int(request.fields["chat_id"]))
        self.actions.append(int(request.fields["chat_id"]))
        return True

    async def _getFile(self, request: Request) -> Any:
        file = str(request.fields["file_id"])
        if file not in self._files:
            raise Refusal("Bad Request: wrong file_id or the file is temporarily unavailable")
        size = len(self._files[file][1])
        if size > self.file_limit:
            raise Refusal("Bad Request: file is too big")
        return {
            "file_id": file,
            "file_unique_id": file[-8:],
            "file_size": size,
            "file_path": f"documents/{file}",
        }

    async def _setMyCommands(self, request: Request) -> Any:
        rules.check_commands(request.fields["commands"])
        scope = request.fields.get("scope", {})
        if scope.get("type") == "chat":
            self._require_open(int(scope["chat_id"]))
        key = (
            f"{scope.get('type', 'default')}:{scope.get('chat_id', '')}",
            request.fields.get("language_code", ""),
        )
        self.commands[key] = request.fields["commands"]
        return True

    async def _setMessageReaction(self, request: Request) -> Any:
        number, chat = int(request.fields["message_id"]), int(request.fields["chat_id"])
        if not 0 < number <= self._number or number in self.deleted:
            raise Refusal("Bad Request: message to react not found")
        reaction = request.fields.get("reaction", [])
        if len(reaction) > 1 or any(each != {"type": "emoji", "emoji": "👀"} for each in reaction):
            raise Refusal("Bad Request: REACTION_INVALID")
        self.reactions.append((chat, number))
        return True

    async def _pinChatMessage(self, request: Request) -> Any:
        number, chat = self._pinnable(request)
        if str(request.fields.get("disable_notification")).lower() != "true":
            raise Refusal("Bad Request: whoever is in the chat would be woken")
        self.pinned.append((chat, number))
        return True

    async def _unpinChatMessage(self, request: Request) -> Any:
        number, chat = self._pinnable(request)
        if (chat, number) not in self.pinned:
            raise Refusal("Bad Request: message to unpin not found")
        self.pinned.remove((chat, number))
        return True

    def _pinnable(self, request: Request) -> tuple[int, int]:
        number, chat = int(request.fields["message_id"]), int(request.fields["chat_id"])
        if chat < 0 and not self.may_pin:
            raise Refusal("Bad Request: not enough rights to manage pinned messages in the chat")
        if not 0 < number <= self._number or number in self.deleted:
            raise Refusal("Bad Request: message to pin not found")
        return number, chat

    async def _deleteMyCommands(self, request: Request) -> Any:
        scope = request.fields.get("scope", {})
        where = f"{scope.get('type', 'default')}:{scope.get('chat_id', '')}"
        self.commands.pop((where, request.fields.get("language_code", "")), None)
        return True

    async def _setChatMenuButton(self, request: Request) -> Any:
        self.menu_button = request.fields["menu_button"]
        return True


def _is_set(request: Request, name: str) -> bool:
    return str(request.fields.get(name, "")).lower() in ("true", "1")


def _rows(markup: dict[str, Any] | None) -> list[Any]:
    return list((markup or {}).get("inline_keyboard", []))

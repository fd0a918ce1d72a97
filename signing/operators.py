"""Operators: the staff who review manual checks. They are named in the settings or by the command line, never in chat."""

from __future__ import annotations

from dataclasses import dataclass

from signing.actor import Actor
from signing.errors import SigningError
from signing.ids import ChatId, PersonId
from signing.store.port import Reading, Row, Tx


class NotAnOperator(SigningError):
    """The chat is not an operator's."""

    code = "operator.not-one"


class NotAnAddress(SigningError):
    """An operator is named as `messenger:address`."""

    code = "operator.address"


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator as the trail names them: `id` is `messenger:address`; `person` if they are registered too."""

    id: str
    name: str
    person: PersonId | None = None


def address(text: str) -> str:
    """`messenger:address` as it is kept. Raises NotAnAddress."""
    messenger, colon, rest = text.strip().partition(":")
    if not (messenger.isidentifier() and colon and rest.strip()):
        raise NotAnAddress(text=text)
    return f"{messenger}:{rest.strip()}"


class Operators:
    """Who is one: those that the settings name, and those that were added to the database."""

    def __init__(self, named: tuple[str, ...] = ()) -> None:
        self._named = tuple(address(each) for each in named)

    def add(self, tx: Tx, text: str, name: str) -> Operator:
        """Name an operator; naming one again changes the name shown. Raises NotAnAddress."""
        key = address(text)
        if not tx.insert("operators", {"id": key, "name": name, "created": tx.now}, once=True):
            tx.change("operators", key, {"name": name})
        return Operator(key, name)

    def remove(self, tx: Tx, text: str) -> bool:
        """Take a name off; False if it was not there (those in the settings are taken off there)."""
        known = tx.get("operators", address(text)) is not None
        tx.remove("operators", address(text))
        return known

    def all(self, tx: Reading) -> list[Operator]:
        added = {row["id"]: row["name"] for row in tx.find("named_operators")}
        return [Operator(key, added.get(key) or key) for key in dict.fromkeys((*self._named, *added))]

    def require(self, tx: Reading, actor: Actor) -> Operator:
        """The operator who talks. Raises NotAnOperator."""
        chat = tx.get("chats", actor.chat)
        found = self._of_chat(tx, chat) if chat else None
        if found is None:
            raise NotAnOperator
        return found

    def chats(self, tx: Reading) -> list[tuple[ChatId, Operator]]:
        """The chats of all operators who have written at least once."""
        found = []
        for each in self.all(tx):
            messenger, _, rest = each.id.partition(":")
            for chat in tx.find("chat_of_address", messenger=messenger, address=rest):
                found.append((ChatId(chat["id"]), each))
        return found

    def name_of(self, tx: Reading, operator: str | None) -> str:
        """How an operator is called in words; empty for nobody."""
        return next((each.name for each in self.all(tx) if each.id == operator), operator or "")

    def _of_chat(self, tx: Reading, chat: Row) -> Operator | None:
        key = f"{chat['messenger']}:{chat['address']}"
        for each in self.all(tx):
            if each.id == key:
                return Operator(each.id, each.name, chat["person"])
        return None

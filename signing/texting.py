"""Messages to phones and mailboxes: the gateway port, and the sandbox phone that keeps them on this machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from signing.errors import SigningError
from signing.store.port import Store, Tx


class GatewayDown(Exception):
    """The gateway could not be reached or is busy: the same message may go through later."""


class TextRefused(SigningError):
    """The gateway will never take this message: a wrong number, a template that is not approved, an unpaid account.

    `details`: `tail`, the end of the address.
    """

    code = "texting.refused"


@dataclass(frozen=True, slots=True)
class Text:
    """`body` is the whole message in words; `kind` the block of texts.html that they come from, `values` what fills it
    in, in the order in which gateways with templates of their own number them. `subject` heads an e-mail."""

    kind: str
    language: str
    body: str
    values: Mapping[str, str]
    subject: str = ""


class TextGateway(Protocol):
    """Sends a text to a phone (E.164) or a mailbox. `key` makes a repeated call the same message where the other side
    can tell. Raises GatewayDown, TextRefused."""

    name: str

    def send(self, to: str, text: Text, key: str) -> None: ...


class SandboxPhone:
    """Texts that go nowhere: whoever tries the assistant out reads them beside the chat."""

    name = "sandbox"

    def __init__(self, store: Store) -> None:
        self._store = store

    def send(self, to: str, text: Text, key: str) -> None:
        self._store.write(_keep, to, text.body, key)


def _keep(tx: Tx, to: str, body: str, key: str) -> None:
    tx.insert("texts", {"id": key, "phone": to, "body": body, "created": tx.now}, once=True)

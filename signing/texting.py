"""Text messages to phones: the gateway port, and the sandbox phone that keeps them on this machine."""

from __future__ import annotations

from typing import Protocol

from signing.store.port import Store, Tx


class GatewayDown(Exception):
    """The gateway did not take the message."""


class TextGateway(Protocol):
    """Sends a text. `key` makes a repeated call the same message. Raises GatewayDown."""

    name: str

    def send(self, phone: str, body: str, key: str) -> None: ...


class SandboxPhone:
    """Texts that go nowhere: whoever tries the assistant out reads them beside the chat."""

    name = "sandbox"

    def __init__(self, store: Store) -> None:
        self._store = store

    def send(self, phone: str, body: str, key: str) -> None:
        self._store.write(_keep, phone, body, key)


def _keep(tx: Tx, phone: str, body: str, key: str) -> None:
    tx.insert("texts", {"id": key, "phone": phone, "body": body, "created": tx.now}, once=True)

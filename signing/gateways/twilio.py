"""Twilio (`Messages`, API 2010-04-01), extra `twilio`: basic authentication, a form of fields."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from signing.gateways.patience import SECONDS, Busy, Pause, patiently
from signing.texting import Text, TextRefused

ADDRESS = "https://api.twilio.com"
SERVICE = "MG"
LOGGERS = ("twilio.http_client", "urllib3.connectionpool")
TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class TwilioAccount:
    """`sender` is a number (E.164) or the id of a messaging service (MG...); `address` for a proxy or a test."""

    account: str
    token: str
    sender: str
    address: str = ADDRESS


class Twilio:
    """Sends the words as they are. It can not tell a repeated message from a second one."""

    name = "twilio"

    def __init__(self, account: TwilioAccount, pause: Pause = time.sleep) -> None:
        """Raises ModuleNotFoundError without the extra."""
        for name in LOGGERS:
            logging.getLogger(name).setLevel(logging.WARNING)  # they write requests, numbers and all
        self._account = account
        self._pause = pause
        self._errors = import_module("twilio.base.exceptions")
        self._requests = import_module("requests.exceptions")
        rest = import_module("twilio.rest")
        self._client = rest.Client(account.account, account.token, http_client=_wire(account.address))

    def send(self, to: str, text: Text, key: str) -> None:
        who = "messaging_service_sid" if self._account.sender.startswith(SERVICE) else "from_"
        fields = {"to": to, "body": text.body, who: self._account.sender}
        patiently(lambda: self._ask(fields), self._pause)

    def _ask(self, fields: dict[str, str]) -> None:
        try:
            self._client.messages.create(**fields)
        except self._errors.TwilioRestException as error:
            if error.status == TOO_MANY or error.status >= 500:
                raise Busy from None
            raise TextRefused(tail=fields["to"][-4:]) from None
        except self._requests.RequestException:
            raise Busy from None


def _wire(address: str) -> Any:
    """The library's own HTTP client, with a time limit, at another address where one is given."""
    base: Any = import_module("twilio.http.http_client").TwilioHttpClient

    class Wire(base):  # type: ignore[misc]
        def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
            return super().request(method, url.replace(ADDRESS, address, 1), *args, **kwargs)

    return Wire(timeout=SECONDS)

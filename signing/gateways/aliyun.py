"""Aliyun SMS (`SendSms`, API 2017-05-25), extra `aliyun`. Requests are signed by its SDK (ACS3-HMAC-SHA256)."""

from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from signing.gateways.patience import SECONDS, Busy, Pause, patiently
from signing.gateways.templates import TextTemplates, variables
from signing.texting import Text, TextRefused

ENDPOINT = "dysmsapi.aliyuncs.com"
CHINA = "+86"
LOGGERS = ("alibabacloud-tea", "urllib3.connectionpool")
BUSY = (
    "isp.SYSTEM_ERROR",
    "isp.GATEWAY_ERROR",
    "Throttling",
    "ServiceUnavailable",
    "InternalError",
    "SYSTEM_",
)
"""Codes that begin so may be over in a moment; `isv.` ones name a mistake of ours, or a limit that holds for hours."""


@dataclass(frozen=True, slots=True)
class AliyunAccount:
    """`signature` is the approved name before the text; `endpoint` and `scheme` for a proxy or a test."""

    key_id: str
    key_secret: str
    signature: str
    endpoint: str = ENDPOINT
    scheme: str = "https"


@dataclass(frozen=True, slots=True)
class _AccessKey:
    """An access key as the SDK asks for it; its own class of older releases lacks the last name (0.3.6)."""

    access_key_id: str
    access_key_secret: str
    type: str = "access_key"
    security_token: str = ""
    provider_name: str = ""

    def get_credential(self) -> _AccessKey:
        return self


class AliyunSms:
    """Sends approved templates, whose variables have the names of docs/gateways.md; numbers outside of China go with theirs."""

    name = "aliyun"

    def __init__(self, account: AliyunAccount, templates: TextTemplates, pause: Pause = time.sleep) -> None:
        """Raises ModuleNotFoundError without the extra."""
        self._account = account
        self._templates = templates
        self._pause = pause
        self._models = import_module("alibabacloud_dysmsapi20170525.models")
        self._errors = import_module("Tea.exceptions")
        self._client = _client(account)
        self._runtime = import_module("alibabacloud_tea_util.models").RuntimeOptions(
            autoretry=False, read_timeout=SECONDS * 1000, connect_timeout=SECONDS * 1000
        )

    def send(self, to: str, text: Text, key: str) -> None:
        request = self._models.SendSmsRequest(
            phone_numbers=to.removeprefix(CHINA).removeprefix("+"),
            sign_name=self._account.signature,
            template_code=self._templates.number(text),
            template_param=json.dumps(variables(text), ensure_ascii=False),
            out_id=key,
        )
        patiently(lambda: self._ask(request, to), self._pause)

    def _ask(self, request: Any, to: str) -> None:
        try:
            code = str(self._client.send_sms_with_options(request, self._runtime).body.code)
        except self._errors.UnretryableException:
            raise Busy from None
        except self._errors.TeaException as error:
            status = (error.data or {}).get("statusCode", 0)
            code = "InternalError" if status >= 500 else str(error.code)
        if code.startswith(BUSY):
            raise Busy
        if code != "OK":
            raise TextRefused(tail=to[-4:])


def _client(account: AliyunAccount) -> Any:
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.WARNING)  # they write requests, numbers and all, at DEBUG
    api = import_module("alibabacloud_dysmsapi20170525.client")
    config = import_module("alibabacloud_tea_openapi.models").Config(
        credential=_AccessKey(account.key_id, account.key_secret),
        endpoint=account.endpoint,
        protocol=account.scheme,
    )
    logging.getLogger(LOGGERS[0]).setLevel(logging.WARNING)
    return api.Client(config)

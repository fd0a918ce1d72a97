"""Tencent Cloud SMS (`SendSms`, API 2021-01-11), extra `tencent`. Requests are signed by its SDK (TC3-HMAC-SHA256)."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from signing.gateways.patience import SECONDS, Busy, Pause, patiently
from signing.gateways.templates import TextTemplates, variables
from signing.texting import Text, TextRefused

ENDPOINT = "sms.tencentcloudapi.com"
REGION = "ap-guangzhou"
SDK_LOGGER = "tencentcloud_sdk_common"
FAULTS = ("ClientNetworkError", "ServerNetworkError", "InternalError", "RequestLimit")
BUSY = ("InternalError", "RequestTimeException", "LimitExceeded.DeliveryFrequencyLimit")


@dataclass(frozen=True, slots=True)
class TencentSmsAccount:
    """`app` is the SdkAppId, `signature` the approved name before the text; `endpoint`, `scheme` for a proxy or a test."""

    secret_id: str
    secret_key: str
    app: str
    signature: str
    region: str = REGION
    endpoint: str = ENDPOINT
    scheme: str = "https"


class TencentSms:
    """Sends approved templates; their variables are numbered {1}, {2}, ... in the order of docs/gateways.md."""

    name = "tencent"

    def __init__(
        self, account: TencentSmsAccount, templates: TextTemplates, pause: Pause = time.sleep
    ) -> None:
        """Raises ModuleNotFoundError without the extra."""
        self._account = account
        self._templates = templates
        self._pause = pause
        self._errors = import_module("tencentcloud.common.exception.tencent_cloud_sdk_exception")
        self._models = import_module("tencentcloud.sms.v20210111.models")
        self._client = _client(account)

    def send(self, to: str, text: Text, key: str) -> None:
        request = self._models.SendSmsRequest()
        request.PhoneNumberSet, request.SmsSdkAppId = [to], self._account.app
        request.SignName, request.TemplateId = self._account.signature, self._templates.number(text)
        request.TemplateParamSet, request.SessionContext = list(variables(text).values()), key
        patiently(lambda: self._ask(request, to), self._pause)

    def _ask(self, request: Any, to: str) -> None:
        try:
            answer = self._client.SendSms(request)
        except self._errors.TencentCloudSDKException as error:
            if (error.get_code() or "").startswith(FAULTS):
                raise Busy from None
            raise TextRefused(tail=to[-4:]) from None
        code = answer.SendStatusSet[0].Code
        if code.startswith(BUSY):
            raise Busy
        if code != "Ok":
            raise TextRefused(tail=to[-4:])


def _client(account: TencentSmsAccount) -> Any:
    logging.getLogger(SDK_LOGGER).setLevel(logging.WARNING)  # it writes requests, numbers and all, at DEBUG
    credential = import_module("tencentcloud.common.credential")
    profiles = import_module("tencentcloud.common.profile.client_profile")
    http = import_module("tencentcloud.common.profile.http_profile")
    sms = import_module("tencentcloud.sms.v20210111.sms_client")
    wire = http.HttpProfile(protocol=account.scheme, endpoint=account.endpoint, reqTimeout=SECONDS)
    profile = profiles.ClientProfile(signMethod="TC3-HMAC-SHA256", httpProfile=wire)
    return sms.SmsClient(
        credential.Credential(account.secret_id, account.secret_key), account.region, profile
    )

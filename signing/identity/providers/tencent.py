"""Tencent Cloud FaceID: three elements (`PhoneVerification`) and four (`BankCard4EVerification`), extra `tencent`.

Requests are signed by the product's SDK (TC3-HMAC-SHA256). A fault (no answer, 5xx, "busy") is tried again; an answer
that says no is an answer. API 2018-03-01; result codes as its documentation lists them.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from signing.identity.providers.base import EnterpriseElements, Outcome, PersonElements, ProviderDown

ENDPOINT = "faceid.tencentcloudapi.com"
REGION = "ap-guangzhou"
SECONDS = 8
TRIES = 3
PAUSE = 0.5
CHINA = "+86"
SDK_LOGGER = "tencentcloud_sdk_common"

MATCH = {"0"}
UNKNOWN = {"phone": {"-9", "-13"}, "card": {"-10", "-20"}}
DIFFERS: dict[str, dict[str, tuple[str, ...]]] = {
    "phone": {"-4": ("name", "phone"), "-6": ("phone",), "-7": ("resident_id",), "-8": ("name",)},
    "card": {"-2": ("name",), "-3": ("resident_id",), "-4": ("card",), "-5": ("phone",), "-6": ("card",)},
}
BUSY = {"phone": {"-11"}, "card": {"-18"}}
EXHAUSTED = {"phone": {"-12"}, "card": {"-19"}}
"""The account's quota for today is used up: nothing to be had by trying again now."""


@dataclass(frozen=True, slots=True)
class TencentAccount:
    """Secret id and key of an account that may call FaceID; `endpoint` and `scheme` for a proxy or a test."""

    secret_id: str
    secret_key: str
    region: str = REGION
    endpoint: str = ENDPOINT
    scheme: str = "https"


class _Busy(Exception):
    """A fault that may be over in a moment."""


class TencentProvider:
    """Asks about persons. It has no register of companies: enterprises are `unknown` to it."""

    name = "tencent"

    def __init__(self, account: TencentAccount, pause: Callable[[float], None] = time.sleep) -> None:
        """Raises ModuleNotFoundError without the extra."""
        self._pause = pause
        self._errors = import_module("tencentcloud.common.exception.tencent_cloud_sdk_exception")
        self._models = import_module("tencentcloud.faceid.v20180301.models")
        self._client = _client(account)

    def person(self, elements: PersonElements, key: str) -> Outcome:
        """Both calls change nothing at the provider, so a repeated one needs no more than the same elements."""
        if not elements.phone.startswith(CHINA):
            return Outcome("unknown", reference=key)
        way = "card" if elements.card else "phone"
        return _outcome(way, self._patiently(way, elements), elements, key)

    def enterprise(self, elements: EnterpriseElements, key: str) -> Outcome:
        return Outcome("unknown", reference=key)

    def _patiently(self, way: str, elements: PersonElements) -> Any:
        for attempt in range(1, TRIES + 1):
            try:
                return self._asked(way, elements)
            except _Busy:
                if attempt < TRIES:
                    self._pause(PAUSE * 2**attempt)
        raise ProviderDown

    def _asked(self, way: str, elements: PersonElements) -> Any:
        try:
            answer = self._by_card(elements) if way == "card" else self._by_phone(elements)
        except self._errors.TencentCloudSDKException as error:
            if _is_fault(error.get_code()):
                raise _Busy from None
            raise ProviderDown from None
        if str(answer.Result) in BUSY[way]:
            raise _Busy
        if answer.Result is None or str(answer.Result) in EXHAUSTED[way]:
            raise ProviderDown
        return answer

    def _by_phone(self, elements: PersonElements) -> Any:
        request = self._models.PhoneVerificationRequest()
        request.IdCard, request.Name = elements.resident_id, elements.name
        request.Phone = elements.phone.removeprefix(CHINA)
        return self._client.PhoneVerification(request)

    def _by_card(self, elements: PersonElements) -> Any:
        request = self._models.BankCard4EVerificationRequest()
        request.IdCard, request.Name, request.CertType = elements.resident_id, elements.name, 0
        request.Phone, request.BankCard = elements.phone.removeprefix(CHINA), elements.card
        return self._client.BankCard4EVerification(request)


def _client(account: TencentAccount) -> Any:
    logging.getLogger(SDK_LOGGER).setLevel(logging.WARNING)  # it writes requests, numbers and all, at DEBUG
    credential = import_module("tencentcloud.common.credential")
    profiles = import_module("tencentcloud.common.profile.client_profile")
    http = import_module("tencentcloud.common.profile.http_profile")
    faceid = import_module("tencentcloud.faceid.v20180301.faceid_client")
    wire = http.HttpProfile(protocol=account.scheme, endpoint=account.endpoint, reqTimeout=SECONDS)
    profile = profiles.ClientProfile(signMethod="TC3-HMAC-SHA256", httpProfile=wire)
    named = credential.Credential(account.secret_id, account.secret_key)
    return faceid.FaceidClient(named, account.region, profile)


def _is_fault(code: str | None) -> bool:
    """Whether an error of the SDK or the service may be gone at the next try."""
    return (code or "").startswith(
        ("ClientNetworkError", "ServerNetworkError", "InternalError", "RequestLimit")
    )


def _outcome(way: str, answer: Any, elements: PersonElements, key: str) -> Outcome:
    result, reference = str(answer.Result), str(answer.RequestId or key)
    if result in MATCH:
        return Outcome("match", reference=reference)
    if result in UNKNOWN[way]:
        return Outcome("unknown", reference=reference)
    everything = ("name", "phone", "card") if elements.card else ("name", "phone")
    return Outcome("mismatch", DIFFERS[way].get(result, everything), reference)

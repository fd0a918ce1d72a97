"""Tencent Cloud by its own SDK (extra `tencent`): signed requests (TC3-HMAC-SHA256), patience with faults."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, TypeVar

from signing.identity.providers.base import ProviderDown

REGION = "ap-guangzhou"
SECONDS = 8
TRIES = 3
PAUSE = 0.5
SDK_LOGGER = "tencentcloud_sdk_common"
FAULTS = (
    "ClientNetworkError",
    "ServerNetworkError",
    "InternalError",
    "RequestLimit",
    "FailedOperation.UnKnow",
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TencentAccount:
    """Secret id and key of an account that may call FaceID and OCR; `endpoint` and `scheme` for a proxy or a test."""

    secret_id: str
    secret_key: str
    region: str = REGION
    endpoint: str = ""
    scheme: str = "https"


class Busy(Exception):
    """A fault that may be over in a moment."""


class TencentProduct:
    """One product's client: `name` and `version` as in the SDK ("faceid", "v20180301").

    A fault (no answer, 5xx, "busy") is tried again; whatever else stands in the way is ProviderDown.
    """

    def __init__(
        self,
        account: TencentAccount,
        name: str,
        version: str,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """Raises ModuleNotFoundError without the extra."""
        self._pause = pause
        self._errors = import_module("tencentcloud.common.exception.tencent_cloud_sdk_exception")
        self.models = import_module(f"tencentcloud.{name}.{version}.models")
        self.client = _client(account, name, version)

    def patiently(self, call: Callable[[], T]) -> T:
        """The answer of `call`, which may raise Busy. Raises ProviderDown."""
        for attempt in range(1, TRIES + 1):
            try:
                return self._called(call)
            except Busy:
                if attempt < TRIES:
                    self._pause(PAUSE * 2**attempt)
        raise ProviderDown

    def _called(self, call: Callable[[], T]) -> T:
        try:
            return call()
        except self._errors.TencentCloudSDKException as error:
            if (error.get_code() or "").startswith(FAULTS):
                raise Busy from None
            raise ProviderDown from None


def _client(account: TencentAccount, name: str, version: str) -> Any:
    logging.getLogger(SDK_LOGGER).setLevel(logging.WARNING)  # it writes requests, numbers and all, at DEBUG
    credential = import_module("tencentcloud.common.credential")
    profiles = import_module("tencentcloud.common.profile.client_profile")
    http = import_module("tencentcloud.common.profile.http_profile")
    module = import_module(f"tencentcloud.{name}.{version}.{name}_client")
    endpoint = account.endpoint or f"{name}.tencentcloudapi.com"
    wire = http.HttpProfile(protocol=account.scheme, endpoint=endpoint, reqTimeout=SECONDS)
    profile = profiles.ClientProfile(signMethod="TC3-HMAC-SHA256", httpProfile=wire)
    named = credential.Credential(account.secret_id, account.secret_key)
    return getattr(module, f"{name.capitalize()}Client")(named, account.region, profile)

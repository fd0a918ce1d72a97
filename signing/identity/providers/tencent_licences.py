"""Business licences read by Tencent Cloud's OCR (`BizLicenseOCR`, 2018-11-19, extra `tencent`)."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from typing import Any

from signing.identity.licences import Licence, known_values
from signing.identity.providers.base import ProviderDown
from signing.identity.providers.tencent_cloud import TencentAccount, TencentProduct

FIELDS = {"name": "Name", "code": "RegNum", "representative": "Person", "kind": "Type", "address": "Address"}
NOTHING = ("", "无")
"""What stands for a field that is not on the licence."""


class TencentLicences:
    """A reader of licences. The photo leaves the house for it, as the consent says that it may."""

    def __init__(self, account: TencentAccount, pause: Callable[[float], None] = time.sleep) -> None:
        """Raises ModuleNotFoundError without the extra."""
        self._product = TencentProduct(account, "ocr", "v20181119", pause)

    def __call__(self, jpeg: bytes) -> Licence:
        """What the licence says; an empty one where nothing was read, so that the person is asked in words."""
        try:
            answer = self._product.patiently(lambda: self._read(jpeg))
        except ProviderDown:
            return Licence()
        said = {field: str(getattr(answer, name) or "") for field, name in FIELDS.items()}
        return known_values({field: "" if text in NOTHING else text for field, text in said.items()})

    def _read(self, jpeg: bytes) -> Any:
        request = self._product.models.BizLicenseOCRRequest()
        request.ImageBase64 = base64.b64encode(jpeg).decode("ascii")
        return self._product.client.BizLicenseOCR(request)

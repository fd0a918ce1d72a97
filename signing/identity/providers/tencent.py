"""Tencent Cloud as real-name provider: persons by FaceID, companies by the register behind its OCR product.

FaceID 2018-03-01: `PhoneVerification` (three elements), `BankCard4EVerification` (four). OCR 2018-11-19:
`VerifyBizLicenseEnterprise3`. Result codes as the documentation lists them; an answer that says no is an answer.
None of the calls changes anything there, so a repeated one needs no more than the same elements.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from signing.identity.providers.base import EnterpriseElements, Outcome, PersonElements, ProviderDown
from signing.identity.providers.tencent_cloud import Busy, TencentAccount, TencentProduct

CHINA = "+86"
MATCH = {"0"}
UNKNOWN = {"phone": {"-9", "-13"}, "card": {"-10", "-20"}}
DIFFERS: dict[str, dict[str, tuple[str, ...]]] = {
    "phone": {"-4": ("name", "phone"), "-6": ("phone",), "-7": ("resident_id",), "-8": ("name",)},
    "card": {"-2": ("name",), "-3": ("resident_id",), "-4": ("card",), "-5": ("phone",), "-6": ("card",)},
}
BUSY = {"phone": {"-11"}, "card": {"-18"}}
EXHAUSTED = {"phone": {"-12"}, "card": {"-19"}}
"""The account's quota for today is used up: nothing to be had by trying again now."""
THREE, TWO = "ENT_3META", "ENT_2META"
ANSWERED, FAULT, NO_SUCH_COMPANY = 0, 1, 2
TRADING = {"1", "0", "/", "", "None"}
"""In business, or the register does not say; all else is closed, revoked, moved away or struck off."""


class TencentProvider:
    """Asks about persons with a Chinese mobile number, and about companies."""

    name = "tencent"

    def __init__(self, account: TencentAccount, pause: Callable[[float], None] = time.sleep) -> None:
        """Raises ModuleNotFoundError without the extra."""
        self._people = TencentProduct(account, "faceid", "v20180301", pause)
        self._companies = TencentProduct(account, "ocr", "v20181119", pause)

    def person(self, elements: PersonElements, key: str) -> Outcome:
        if not elements.phone.startswith(CHINA):
            return Outcome("unknown", reference=key)
        way = "card" if elements.card else "phone"
        answer = self._people.patiently(lambda: self._checked(way, elements))
        return _outcome(way, answer, elements, key)

    def enterprise(self, elements: EnterpriseElements, key: str) -> Outcome:
        """All three first. Where they do not agree, name and code alone tell whether it is the representative."""
        answer = self._companies.patiently(lambda: self._looked_up(elements, THREE))
        reference = str(answer.RequestId or key)
        if answer.StatusCode == NO_SUCH_COMPANY:
            return Outcome("unknown", reference=reference)
        if str(answer.OperatingStatus) not in TRADING:
            return Outcome("mismatch", ("status",), reference)
        if answer.VerifyResult == 1:
            return Outcome("match", reference=reference)
        known = self._companies.patiently(lambda: self._looked_up(elements, TWO))
        agrees = known.StatusCode == ANSWERED and known.VerifyResult == 1
        return Outcome("mismatch", ("representative",) if agrees else ("name",), reference)

    def _checked(self, way: str, elements: PersonElements) -> Any:
        answer = self._by_card(elements) if way == "card" else self._by_phone(elements)
        if str(answer.Result) in BUSY[way]:
            raise Busy
        if answer.Result is None or str(answer.Result) in EXHAUSTED[way]:
            raise ProviderDown
        return answer

    def _by_phone(self, elements: PersonElements) -> Any:
        request = self._people.models.PhoneVerificationRequest()
        request.IdCard, request.Name = elements.resident_id, elements.name
        request.Phone = elements.phone.removeprefix(CHINA)
        return self._people.client.PhoneVerification(request)

    def _by_card(self, elements: PersonElements) -> Any:
        request = self._people.models.BankCard4EVerificationRequest()
        request.IdCard, request.Name, request.CertType = elements.resident_id, elements.name, 0
        request.Phone, request.BankCard = elements.phone.removeprefix(CHINA), elements.card
        return self._people.client.BankCard4EVerification(request)

    def _looked_up(self, elements: EnterpriseElements, what: str) -> Any:
        request = self._companies.models.VerifyBizLicenseEnterprise3Request()
        request.CreditCode, request.EntName, request.VerifyType = elements.code, elements.name, what
        request.LrName = elements.representative if what == THREE else None
        answer = self._companies.client.VerifyBizLicenseEnterprise3(request)
        if answer.StatusCode == FAULT:
            raise Busy
        if answer.StatusCode is None or (answer.StatusCode == ANSWERED and answer.VerifyResult is None):
            raise ProviderDown
        return answer


def _outcome(way: str, answer: Any, elements: PersonElements, key: str) -> Outcome:
    result, reference = str(answer.Result), str(answer.RequestId or key)
    if result in MATCH:
        return Outcome("match", reference=reference)
    if result in UNKNOWN[way]:
        return Outcome("unknown", reference=reference)
    everything = ("name", "phone", "card") if elements.card else ("name", "phone")
    return Outcome("mismatch", DIFFERS[way].get(result, everything), reference)

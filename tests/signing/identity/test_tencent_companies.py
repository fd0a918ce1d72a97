"""Tencent's register of companies and its reader of licences, against a local server that checks signatures."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from signing.identity.licences import Licence
from signing.identity.providers.base import EnterpriseElements, ProviderDown
from tests.signing.identity.fake_tencent import SECRET_ID, SECRET_KEY, Fake, serving

pytest.importorskip("tencentcloud.ocr", reason="extra tencent is not installed")

from signing.identity.providers.tencent import TencentProvider
from signing.identity.providers.tencent_cloud import TRIES, TencentAccount
from signing.identity.providers.tencent_licences import TencentLicences

KILN = EnterpriseElements("蓝窑陶瓷有限公司", "91360202MA35H8QK2R", "苏青窑")
AGREES: dict[str, Any] = {"StatusCode": 0, "VerifyResult": 1, "OperatingStatus": "1"}
DIFFERS = {**AGREES, "VerifyResult": 0}
FAULT: dict[str, Any] = {"StatusCode": 1}
READ = {
    "Name": "蓝窑陶瓷有限公司",
    "RegNum": "91360202MA35H8QK2R",
    "Person": "苏青窑",
    "Type": "有限责任公司",
    "Address": "景德镇市珠山区窑前路一百零八号",
}


def account(fake: Fake, key: str = SECRET_KEY) -> TencentAccount:
    return TencentAccount(SECRET_ID, key, endpoint=f"127.0.0.1:{fake.port}", scheme="http")


def provider(fake: Fake) -> TencentProvider:
    return TencentProvider(account(fake), pause=lambda seconds: None)


def reader(fake: Fake, key: str = SECRET_KEY) -> TencentLicences:
    return TencentLicences(account(fake, key), pause=lambda seconds: None)


def test_name_code_and_representative_are_compared_in_one_call() -> None:
    with serving(AGREES) as fake:
        outcome = provider(fake).enterprise(KILN, "k1")
    assert (outcome.verdict, outcome.reference) == ("match", "made-up-request")
    sent = {
        "CreditCode": KILN.code,
        "EntName": KILN.name,
        "LrName": KILN.representative,
        "VerifyType": "ENT_3META",
    }
    assert fake.seen == [("VerifyBizLicenseEnterprise3", sent)] and fake.forged == 0


def test_where_name_and_code_alone_agree_the_representative_is_another() -> None:
    with serving(DIFFERS, AGREES) as fake:
        outcome = provider(fake).enterprise(KILN, "k1")
    assert (outcome.verdict, outcome.differs) == ("mismatch", ("representative",))
    assert [sent["VerifyType"] for _, sent in fake.seen] == ["ENT_3META", "ENT_2META"]
    assert "LrName" not in fake.seen[1][1]


def test_where_they_do_not_agree_either_it_is_the_name() -> None:
    with serving(DIFFERS) as fake:
        assert provider(fake).enterprise(KILN, "k1").differs == ("name",)


def test_a_code_that_nobody_has_is_unknown() -> None:
    with serving({"StatusCode": 2}) as fake:
        assert provider(fake).enterprise(KILN, "k1").verdict == "unknown"
    assert len(fake.seen) == 1


@pytest.mark.parametrize("status", ["2", "3", "4", "5", "6", "7"])
def test_a_company_that_is_closed_does_not_pass_even_where_all_agrees(status: str) -> None:
    with serving({**AGREES, "OperatingStatus": status}) as fake:
        outcome = provider(fake).enterprise(KILN, "k1")
    assert (outcome.verdict, outcome.differs) == ("mismatch", ("status",))


def test_a_fault_of_the_register_is_tried_again() -> None:
    with serving(FAULT, 503, AGREES) as fake:
        assert provider(fake).enterprise(KILN, "k1").verdict == "match"
    assert len(fake.seen) == 3


@pytest.mark.parametrize("fault", [FAULT, 503])
def test_a_fault_that_stays_is_no_outcome_at_all(fault: Any) -> None:
    with serving(fault) as fake, pytest.raises(ProviderDown):
        provider(fake).enterprise(KILN, "k1")
    assert len(fake.seen) == TRIES


@pytest.mark.parametrize("odd", [{}, {"StatusCode": 0}])
def test_an_answer_without_a_result_is_no_outcome_at_all(odd: dict[str, Any]) -> None:
    with serving(odd) as fake, pytest.raises(ProviderDown):
        provider(fake).enterprise(KILN, "k1")


def test_a_fault_in_the_second_question_is_no_outcome_either() -> None:
    with serving(DIFFERS, 503) as fake, pytest.raises(ProviderDown):
        provider(fake).enterprise(KILN, "k1")


def test_a_licence_is_read_from_its_photo() -> None:
    with serving(READ) as fake:
        licence = reader(fake)(b"a photo")
    assert licence == Licence(KILN.name, KILN.code, KILN.representative, READ["Type"], READ["Address"])
    assert fake.seen == [("BizLicenseOCR", {"ImageBase64": base64.b64encode(b"a photo").decode()})]


def test_what_the_licence_lacks_or_has_wrong_is_left_to_be_asked() -> None:
    with serving({**READ, "RegNum": "91360202MA35H8QK2X", "Address": "无", "Type": None}) as fake:
        assert reader(fake)(b"a photo") == Licence(KILN.name, "", KILN.representative, "", "")


@pytest.mark.parametrize("fault", [503, ""])
def test_a_reader_that_fails_leaves_the_licence_to_be_typed(fault: Any) -> None:
    with serving(fault) as fake:
        assert reader(fake)(b"a photo") == Licence()


def test_a_reader_with_a_wrong_key_reads_nothing() -> None:
    with serving(READ) as fake:
        assert reader(fake, key="another")(b"a photo") == Licence()
    assert fake.forged == 1

"""The Tencent provider against a local server that checks signatures: every outcome, every fault."""

from __future__ import annotations

import pytest

from signing.identity.providers.base import PersonElements, ProviderDown
from tests.signing.identity.fake_tencent import SECRET_ID, SECRET_KEY, Fake, serving

pytest.importorskip("tencentcloud.faceid", reason="extra tencent is not installed")

from signing.identity.providers.tencent import TencentProvider
from signing.identity.providers.tencent_cloud import TRIES, TencentAccount

THREE = PersonElements("林海清", "110101198503120025", "+8613800134417")
FOUR = PersonElements("林海清", "110101198503120025", "+8613800134417", "6222021234567894")


def provider(fake: Fake, key: str = SECRET_KEY) -> TencentProvider:
    account = TencentAccount(SECRET_ID, key, endpoint=f"127.0.0.1:{fake.port}", scheme="http")
    return TencentProvider(account, pause=lambda seconds: None)


@pytest.mark.parametrize(
    ("result", "verdict", "differs"),
    [
        ("0", "match", ()),
        ("-4", "mismatch", ("name", "phone")),
        ("-6", "mismatch", ("phone",)),
        ("-7", "mismatch", ("resident_id",)),
        ("-8", "mismatch", ("name",)),
        ("-9", "unknown", ()),
        ("-13", "unknown", ()),
        ("-99", "mismatch", ("name", "phone")),
    ],
)
def test_three_elements_have_every_outcome_and_no_is_not_asked_twice(
    result: str, verdict: str, differs: tuple[str, ...]
) -> None:
    with serving(result) as fake:
        outcome = provider(fake).person(THREE, "k1")
    assert (outcome.verdict, outcome.differs, outcome.reference) == (verdict, differs, "made-up-request")
    sent = {"IdCard": "110101198503120025", "Name": "林海清", "Phone": "13800134417"}
    assert fake.seen == [("PhoneVerification", sent)] and fake.forged == 0


@pytest.mark.parametrize(
    ("result", "verdict", "differs"),
    [
        ("0", "match", ()),
        ("-1", "mismatch", ("name", "phone", "card")),
        ("-4", "mismatch", ("card",)),
        ("-20", "unknown", ()),
    ],
)
def test_with_a_bank_card_four_elements_are_asked(
    result: str, verdict: str, differs: tuple[str, ...]
) -> None:
    with serving(result) as fake:
        outcome = provider(fake).person(FOUR, "k1")
    assert (outcome.verdict, outcome.differs) == (verdict, differs)
    action, sent = fake.seen[0]
    assert action == "BankCard4EVerification" and sent["BankCard"] == "6222021234567894"


@pytest.mark.parametrize("faults", [["-11"], [503], [500, "-11"]])
def test_a_fault_is_tried_again_and_then_it_works(faults: list[str | int]) -> None:
    with serving(*faults, "0") as fake:
        assert provider(fake).person(THREE, "k1").verdict == "match"
    assert len(fake.seen) == len(faults) + 1


@pytest.mark.parametrize("fault", ["-11", 503])
def test_a_fault_that_stays_is_no_outcome_at_all(fault: str | int) -> None:
    with serving(fault) as fake, pytest.raises(ProviderDown):
        provider(fake).person(THREE, "k1")
    assert len(fake.seen) == TRIES


def test_a_quota_that_is_used_up_is_not_asked_again() -> None:
    with serving("-12") as fake, pytest.raises(ProviderDown):
        provider(fake).person(THREE, "k1")
    assert len(fake.seen) == 1


def test_an_answer_without_a_result_is_no_outcome_at_all() -> None:
    with serving("") as fake, pytest.raises(ProviderDown):
        provider(fake).person(THREE, "k1")


def test_nobody_listening_is_no_outcome_at_all() -> None:
    with serving("0") as fake:
        pass
    with pytest.raises(ProviderDown):
        provider(fake).person(THREE, "k1")


def test_a_wrong_key_is_refused_by_the_server_and_never_a_pass() -> None:
    with serving("0") as fake, pytest.raises(ProviderDown):
        provider(fake, key="another").person(THREE, "k1")
    assert fake.forged == 1


def test_what_the_provider_can_not_answer_is_not_sent_to_it() -> None:
    with serving("0") as fake:
        abroad = provider(fake).person(PersonElements("Wei Chen", "110101198503120025", "+85261234567"), "k1")
    assert abroad.verdict == "unknown" and fake.seen == []

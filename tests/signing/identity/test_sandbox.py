"""The sandbox provider: each outcome that a real one can have."""

from __future__ import annotations

import pytest

from signing.identity.elements import credit_code, mobile_number, resident_id
from signing.identity.providers.base import EnterpriseElements, Outcome, PersonElements, ProviderDown
from signing.identity.providers.sandbox import SLOW, SandboxProvider, SandboxRegister

SHIPPED = SandboxRegister.shipped()


def elements(name: str) -> PersonElements:
    known = next(each for each in SHIPPED.people if each["name"] == name)
    return PersonElements(known["name"], known["resident_id"], known["phone"])


@pytest.fixture
def paused() -> list[float]:
    return []


@pytest.fixture
def provider(paused: list[float]) -> SandboxProvider:
    return SandboxProvider(SandboxRegister.shipped, paused.append)


def test_its_people_and_companies_have_valid_numbers() -> None:
    for person in SHIPPED.people:
        assert resident_id(person["resident_id"]) and mobile_number(person["phone"]) == person["phone"]
    for company in SHIPPED.companies:
        assert credit_code(company["code"]) == company["code"]


@pytest.mark.parametrize(
    ("name", "verdict", "differs"),
    [("林海清", "match", ()), ("周异文", "mismatch", ("phone",)), ("钱未名", "unknown", ())],
)
def test_people_have_every_verdict(
    provider: SandboxProvider, name: str, verdict: str, differs: tuple[str, ...]
) -> None:
    outcome = provider.person(elements(name), "k1")
    assert (outcome.verdict, outcome.differs) == (verdict, differs)


def test_one_person_finds_it_down(provider: SandboxProvider) -> None:
    with pytest.raises(ProviderDown):
        provider.person(elements("赵可心"), "k1")


def test_one_person_finds_it_slow(provider: SandboxProvider, paused: list[float]) -> None:
    assert provider.person(elements("孙缓之"), "k1").verdict == "match"
    assert paused == [SLOW]


def test_who_is_not_in_the_register_is_unknown(provider: SandboxProvider) -> None:
    nobody = PersonElements("无名氏", "110101199003072391", "+8613800138000")
    assert provider.person(nobody, "k1") == Outcome("unknown", reference="k1")
    assert provider.enterprise(EnterpriseElements("没有的公司", "x", "无名氏"), "k1").verdict == "unknown"


def test_what_differs_is_named_and_never_shown(provider: SandboxProvider) -> None:
    asked = PersonElements("林海青", elements("林海清").resident_id, "+8613900138820")
    assert provider.person(asked, "k1").differs == ("name", "phone")


def test_a_company_can_be_down_too(provider: SandboxProvider) -> None:
    company = next(each for each in SHIPPED.companies if each.get("outcome") == "down")
    with pytest.raises(ProviderDown):
        provider.enterprise(
            EnterpriseElements(company["name"], company["code"], company["representative"]), "k1"
        )

"""Gateways of texts against local servers that check what the real ones check."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from signing.gateways.patience import TRIES
from signing.gateways.templates import TextTemplates
from signing.texting import GatewayDown, Text, TextGateway, TextRefused
from tests.signing.gateways.fake_http import Fake, serving
from tests.signing.gateways.signatures import ID, SECRET, acs3, basic, tc3

pytest.importorskip("tencentcloud.sms", reason="extra tencent is not installed")
pytest.importorskip("alibabacloud_dysmsapi20170525", reason="extra aliyun is not installed")
pytest.importorskip("twilio", reason="extra twilio is not installed")

from signing.gateways.aliyun import AliyunAccount, AliyunSms
from signing.gateways.tencent import TencentSms, TencentSmsAccount
from signing.gateways.twilio import Twilio, TwilioAccount

PHONE = "+8613900138820"
CODE = Text(
    "seal", "zh", "【sealbot】验证码48219037，用于签署《供货合同》", {"code": "48219037", "title": "供货合同"}
)
LINK = "https://sign.example/i/token"
INVITED = Text("invitation", "zh", "请签", {"sender": "海港茶业有限公司", "title": "长" * 40, "link": LINK})
TEMPLATES = TextTemplates.read("code=T1, invitation=T2, invitation.en=T3")

TENCENT_OK = '{"Response": {"SendStatusSet": [{"Code": "Ok", "SerialNo": "s"}], "RequestId": "r"}}'
TENCENT_NO = TENCENT_OK.replace('"Ok"', '"FailedOperation.TemplateIncorrectOrUnapproved"')
ALIYUN_OK, ALIYUN_NO = '{"Code": "OK", "BizId": "b"}', '{"Code": "isv.MOBILE_NUMBER_ILLEGAL"}'
TWILIO_OK = '{"sid": "SM1", "status": "queued"}'
TWILIO_NO = '{"code": 21211, "message": "not a valid phone number", "status": 400}'


def tencent(fake: Fake, secret: str = SECRET) -> TextGateway:
    wire = {"endpoint": f"127.0.0.1:{fake.port}", "scheme": "http"}
    return TencentSms(TencentSmsAccount(ID, secret, "1400", "sealbot", **wire), TEMPLATES, still)


def aliyun(fake: Fake, secret: str = SECRET) -> TextGateway:
    wire = {"endpoint": f"127.0.0.1:{fake.port}", "scheme": "http"}
    return AliyunSms(AliyunAccount(ID, secret, "sealbot", **wire), TEMPLATES, still)


def twilio(fake: Fake, secret: str = SECRET) -> TextGateway:
    return Twilio(TwilioAccount(ID, secret, "+15005550006", f"http://127.0.0.1:{fake.port}"), still)


def still(seconds: float) -> None:
    """Wait for nothing."""


Make = Callable[..., TextGateway]
EACH = pytest.mark.parametrize(
    ("make", "signed", "yes", "no"),
    [
        pytest.param(tencent, tc3, (200, TENCENT_OK), (200, TENCENT_NO), id="tencent"),
        pytest.param(aliyun, acs3, (200, ALIYUN_OK), (200, ALIYUN_NO), id="aliyun"),
        pytest.param(twilio, basic, (201, TWILIO_OK), (400, TWILIO_NO), id="twilio"),
    ],
)


@EACH
def test_a_text_goes_out_signed_and_once(make: Make, signed, yes, no) -> None:  # type: ignore[no-untyped-def]
    with serving(signed, yes) as fake:
        make(fake).send(PHONE, CODE, "o1")
    assert len(fake.seen) == 1 and fake.forged == 0


@EACH
def test_a_fault_is_tried_again(make: Make, signed, yes, no) -> None:  # type: ignore[no-untyped-def]
    with serving(signed, (503, "{}"), yes) as fake:
        make(fake).send(PHONE, CODE, "o1")
    assert len(fake.seen) == 2


@EACH
def test_a_gateway_that_stays_down_is_said_to_be_down(make: Make, signed, yes, no) -> None:  # type: ignore[no-untyped-def]
    with serving(signed, (503, "{}")) as fake, pytest.raises(GatewayDown):
        make(fake).send(PHONE, CODE, "o1")
    assert len(fake.seen) == TRIES


@EACH
def test_a_no_is_an_answer_and_names_nobody(make: Make, signed, yes, no) -> None:  # type: ignore[no-untyped-def]
    with serving(signed, no) as fake, pytest.raises(TextRefused) as refused:
        make(fake).send(PHONE, CODE, "o1")
    assert len(fake.seen) == 1 and refused.value.details == {"tail": "8820"}


@EACH
def test_a_wrong_key_is_refused_and_not_tried_again(make: Make, signed, yes, no) -> None:  # type: ignore[no-untyped-def]
    with serving(signed, yes) as fake, pytest.raises(TextRefused):
        make(fake, "another secret").send(PHONE, CODE, "o1")
    assert fake.forged == len(fake.seen) == 1


@EACH
def test_neither_number_nor_code_comes_into_a_log(  # type: ignore[no-untyped-def]
    make: Make, signed, yes, no, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(signed, (503, "{}"), yes) as fake:
        make(fake).send(PHONE, CODE, "o1")
    written = caplog.text + "".join(capfd.readouterr())
    assert "13900138820" not in written and "48219037" not in written


@EACH
def test_a_gateway_that_is_not_there_is_down(make: Make, signed, yes, no) -> None:  # type: ignore[no-untyped-def]
    with serving(signed, yes) as fake:
        gateway = make(fake)
    with pytest.raises(GatewayDown):
        gateway.send(PHONE, CODE, "o1")


def test_tencent_gets_template_signature_and_variables_in_their_order() -> None:
    with serving(tc3, (200, TENCENT_OK)) as fake:
        tencent(fake).send(PHONE, INVITED, "l1")
    sent = json.loads(fake.seen[0].body)
    assert fake.seen[0].headers["X-TC-Action"] == "SendSms"
    assert sent["PhoneNumberSet"] == [PHONE] and sent["SmsSdkAppId"] == "1400"
    assert (sent["TemplateId"], sent["SignName"], sent["SessionContext"]) == ("T2", "sealbot", "l1")
    assert sent["TemplateParamSet"] == ["海港茶业有限公司", "长" * 29 + "…", LINK]


def test_aliyun_gets_template_signature_and_variables_by_name() -> None:
    with serving(acs3, (200, ALIYUN_OK)) as fake:
        aliyun(fake).send(PHONE, CODE, "o1")
    sent = {name: value for name, (value,) in parse_qs(urlsplit(fake.seen[0].path).query).items()}
    assert fake.seen[0].headers["x-acs-action"] == "SendSms"
    assert (sent["PhoneNumbers"], sent["TemplateCode"], sent["OutId"]) == ("13900138820", "T1", "o1")
    assert json.loads(sent["TemplateParam"]) == {"code": "48219037", "title": "供货合同"}


def test_aliyun_gets_a_number_outside_of_china_with_its_country() -> None:
    with serving(acs3, (200, ALIYUN_OK)) as fake:
        aliyun(fake).send("+447700900123", CODE, "o1")
    assert parse_qs(urlsplit(fake.seen[0].path).query)["PhoneNumbers"] == ["447700900123"]


def test_twilio_gets_the_words_from_a_number_or_a_service() -> None:
    with serving(basic, (201, TWILIO_OK)) as fake:
        twilio(fake).send(PHONE, CODE, "o1")
        address = f"http://127.0.0.1:{fake.port}"
        Twilio(TwilioAccount(ID, SECRET, "MG123", address), still).send(PHONE, CODE, "o1")
    first, second = (parse_qs(each.body.decode()) for each in fake.seen)
    assert fake.seen[0].path == f"/2010-04-01/Accounts/{ID}/Messages.json"
    assert first == {"To": [PHONE], "Body": [CODE.body], "From": ["+15005550006"]}
    assert second["MessagingServiceSid"] == ["MG123"] and "From" not in second


def test_the_template_of_the_language_comes_first_and_a_missing_one_is_refused() -> None:
    english = Text("invitation", "en", "", {"link": "x"})
    assert TEMPLATES.number(english) == "T3" and TEMPLATES.number(INVITED) == "T2"
    assert TEMPLATES.number(CODE) == "T1"
    with pytest.raises(TextRefused):
        TEMPLATES.number(Text("expired", "zh", "", {"title": "x"}))

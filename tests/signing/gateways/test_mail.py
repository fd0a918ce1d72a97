"""E-mail through a server on loopback: nothing is said without TLS, and nothing to the wrong server."""

from __future__ import annotations

import ssl
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from signing.gateways.mail import Mail, MailAccount
from signing.texting import GatewayDown, Text, TextRefused
from tests.signing.gateways.fake_smtp import PASSWORD, USER, Post, certificate, serving

TO = "su@kiln.example"
TEXT = Text("invitation", "zh", "海港茶业邀请您签署：https://sign.example/i/token", {}, "请签署《供货合同》")


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("mail"))


def mail(post: Post, pem: Path | None, password: str = PASSWORD) -> Mail:
    trust = ssl.create_default_context(cafile=str(pem) if pem else None)
    account = MailAccount("127.0.0.1", post.port, "sealbot@tea.example", USER, password)
    return Mail(account, trust, lambda seconds: None)


def test_a_mail_arrives_in_words_with_a_number_of_its_own(pem: Path) -> None:
    with serving(pem) as post:
        mail(post, pem).send(TO, TEXT, "l1")
    ((to, raw),) = post.letters
    message = message_from_bytes(raw.encode(), policy=policy.default)
    assert to == [TO] and message["To"] == TO and message["From"] == "sealbot@tea.example"
    assert message["Subject"] == TEXT.subject and message["Message-ID"] == "<l1@tea.example>"
    assert message.get_content().strip() == TEXT.body


def test_nothing_but_the_wish_for_tls_is_said_in_plain(pem: Path) -> None:
    with serving(pem) as post:
        mail(post, pem).send(TO, TEXT, "l1")
    assert [line.split()[0].upper() for line in post.plain] == ["EHLO", "STARTTLS"]


def test_a_server_without_tls_gets_nothing(pem: Path) -> None:
    with serving(pem, tls=False) as post, pytest.raises(TextRefused):
        mail(post, pem).send(TO, TEXT, "l1")
    assert post.letters == [] and not any(USER in line for line in post.plain)


def test_a_server_with_a_certificate_that_nobody_vouches_for_gets_nothing(pem: Path) -> None:
    with serving(pem) as post, pytest.raises(TextRefused):
        mail(post, None).send(TO, TEXT, "l1")
    assert post.letters == []


def test_a_mailbox_that_is_busy_is_asked_again(pem: Path) -> None:
    with serving(pem, "451 later") as post:
        mail(post, pem).send(TO, TEXT, "l1")
    assert len(post.letters) == 1


def test_a_mailbox_that_is_not_there_is_refused_at_once(pem: Path) -> None:
    with serving(pem, "550 no such mailbox") as post, pytest.raises(TextRefused) as refused:
        mail(post, pem).send(TO, TEXT, "l1")
    assert post.letters == [] and refused.value.details == {"tail": "@kiln.example"}


def test_a_wrong_password_is_refused(pem: Path) -> None:
    with serving(pem) as post, pytest.raises(TextRefused):
        mail(post, pem, "another").send(TO, TEXT, "l1")
    assert post.letters == []


def test_a_server_that_is_gone_is_down(pem: Path) -> None:
    with serving(pem) as post:
        gateway = mail(post, pem)
    with pytest.raises(GatewayDown):
        gateway.send(TO, TEXT, "l1")

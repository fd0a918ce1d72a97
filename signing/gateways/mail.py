"""E-mail by SMTP (RFC 5321) with TLS that is verified: STARTTLS (RFC 3207), or from the first byte on port 465."""

from __future__ import annotations

import smtplib
import ssl
import time
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate

from signing.gateways.patience import SECONDS, Busy, Pause, patiently
from signing.texting import Text, TextRefused

IMPLICIT_TLS = 465
FOR_NOW = range(400, 500)
"""Answers that a server takes back later (RFC 5321, 4.2.1)."""


@dataclass(frozen=True, slots=True)
class MailAccount:
    """`sender` is the address that mails come from; without `user` nobody is logged in."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""


class Mail:
    """Sends plain mails. A server that offers no TLS, or the wrong certificate, is not spoken to."""

    name = "mail"

    def __init__(
        self, account: MailAccount, trust: ssl.SSLContext | None = None, pause: Pause = time.sleep
    ) -> None:
        self._account = account
        self._trust = trust or ssl.create_default_context()
        self._pause = pause

    def send(self, to: str, text: Text, key: str) -> None:
        message = self._written(to, text, key)
        patiently(lambda: self._ask(message, to), self._pause)

    def _written(self, to: str, text: Text, key: str) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._account.sender, to, text.subject
        message["Date"] = formatdate(localtime=False)
        message["Message-ID"] = f"<{key}@{self._account.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text.body)
        return message

    def _ask(self, message: EmailMessage, to: str) -> None:
        try:
            with self._connected() as server:
                if self._account.user:
                    server.login(self._account.user, self._account.password)
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            self._judge([code for code, _ in refused.recipients.values()], to)
        except smtplib.SMTPResponseException as refused:
            self._judge([refused.smtp_code], to)
        except (ssl.SSLCertVerificationError, smtplib.SMTPNotSupportedError):
            raise TextRefused(tail=_domain(to)) from None
        except (OSError, smtplib.SMTPException):
            raise Busy from None

    def _judge(self, codes: list[int], to: str) -> None:
        if all(code in FOR_NOW for code in codes):
            raise Busy from None
        raise TextRefused(tail=_domain(to)) from None

    def _connected(self) -> smtplib.SMTP:
        host, port = self._account.host, self._account.port
        if port == IMPLICIT_TLS:
            return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=self._trust)
        server = smtplib.SMTP(host, port, timeout=SECONDS)
        try:
            server.starttls(context=self._trust)
        except BaseException:
            server.close()
            raise
        return server


def _domain(address: str) -> str:
    return "@" + address.rpartition("@")[2]

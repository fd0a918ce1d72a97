"""Which gateways carry texts and e-mails, as the settings name them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.settings import Settings
from signing.contracts.letters import Channel
from signing.gateways.aliyun import AliyunAccount, AliyunSms
from signing.gateways.mail import Mail, MailAccount
from signing.gateways.templates import TextTemplates
from signing.gateways.tencent import TencentSms, TencentSmsAccount
from signing.gateways.twilio import Twilio, TwilioAccount
from signing.store.port import Store
from signing.texting import SandboxPhone, TextGateway


class GatewayNotSet(ValueError):
    """SEALBOT_TEXTS names a gateway whose account is not set."""


@dataclass(frozen=True, slots=True)
class Gateways:
    """`mail` is None where no mail server is set."""

    sms: TextGateway
    mail: TextGateway | None

    def of(self, channel: Channel) -> TextGateway:
        return self.mail if channel == "email" and self.mail is not None else self.sms


def open_gateways(settings: Settings, store: Store) -> Gateways:
    """Raises GatewayNotSet, ModuleNotFoundError without the gateway's extra."""
    sandbox = SandboxPhone(store)
    if settings.texts == "sandbox":
        return Gateways(sandbox, open_mail(settings) or sandbox)
    return Gateways(open_texts(settings), open_mail(settings))


def open_texts(settings: Settings) -> TextGateway:
    """The gateway of texts. Raises GatewayNotSet, ModuleNotFoundError."""
    templates = TextTemplates.read(settings.sms_templates)
    if settings.texts == "tencent" and settings.tencent_secret_key and settings.tencent_sms_app:
        key = settings.tencent_secret_key.get_secret_value()
        account = (settings.tencent_secret_id, key, settings.tencent_sms_app, settings.sms_signature)
        return TencentSms(TencentSmsAccount(*account), templates)
    if settings.texts == "aliyun" and settings.aliyun_key_secret:
        secret = settings.aliyun_key_secret.get_secret_value()
        return AliyunSms(AliyunAccount(settings.aliyun_key_id, secret, settings.sms_signature), templates)
    if settings.texts == "twilio" and settings.twilio_token and settings.twilio_sender:
        token = settings.twilio_token.get_secret_value()
        return Twilio(TwilioAccount(settings.twilio_account, token, settings.twilio_sender))
    raise GatewayNotSet(settings.texts)


def open_mail(settings: Settings) -> TextGateway | None:
    if not settings.mail_host:
        return None
    password = settings.mail_password.get_secret_value()
    who = (settings.mail_from, settings.mail_user, password)
    return Mail(MailAccount(settings.mail_host, settings.mail_port, *who))

"""Every setting, from the environment (`SEALBOT_...`), with its default and its meaning."""

from __future__ import annotations

from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The installation's settings. Each field is read from `SEALBOT_` and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="SEALBOT_")

    data: Path = Field(Path("data"), description="Folder of the database, the files and, by default, the key")
    key_file: Path | None = Field(
        None,
        description="File of the key-encryption key, 64 hex digits; data/key if not set. Keep a copy elsewhere",
    )
    key: SecretStr | None = Field(
        None,
        description="The key-encryption key itself, instead of a file; in a change two, the newest first",
    )
    key_command: str = Field(
        "",
        description="Command that prints the key-encryption key (out of a safe of yours), instead of a file",
    )
    key_kind: Literal["p256", "rsa3072", "ed25519"] = Field(
        "p256",
        description="Kind of new keys: p256, rsa3072 (for validators that know no elliptic curves) or ed25519",
    )
    hsm_module: Path | None = Field(
        None,
        description="PKCS #11 library of a token (HSM) that new keys are made in; in software if not set",
    )
    hsm_token: str = Field("sealbot", description="Label of that token")
    hsm_pin: SecretStr | None = Field(None, description="PIN that opens it")
    hsm_pin_file: Path | None = Field(None, description="File of the PIN, its first line, instead")
    hsm_pin_command: str = Field("", description="Command that prints the PIN, instead")
    hsm_keys: Literal["all", "authority"] = Field(
        "all", description="Whose keys are made in the token: all, or the authority's own alone"
    )
    issuer: Path | None = Field(
        None,
        description="An issuing authority elsewhere: its certificate and those above it (PEM), or PKCS #12; else our own",
    )
    issuer_key: str = Field(
        "", description="File of its key (PEM), or pkcs11:LABEL of a key in the token; not for PKCS #12"
    )
    issuer_passphrase: SecretStr | None = Field(
        None, description="Passphrase of that key; not needed after the first start"
    )
    timestamp_urls: str = Field(
        "",
        description="Timestamp authorities elsewhere (RFC 3161), asked in order, separated by commas; else our own",
    )
    timestamp_user: str = Field("", description="User that the timestamp authorities want")
    timestamp_password: SecretStr = Field(SecretStr(""), description="Password that goes with it")
    trust: str = Field(
        "",
        description="Files of root certificates (PEM) that are trusted besides our own, separated by commas",
    )
    trust_lists: str = Field(
        "",
        description="Files of trusted lists (ETSI TS 119 612, XML) as EU states publish them, separated by commas",
    )
    trust_list_signers: str = Field(
        "",
        description="Files that say who may sign those: the EU's list of lists (XML) or certificates (PEM), separated by commas",
    )
    name: str = Field("sealbot", description="What the installation calls itself, also in certificates")
    host: str = Field(
        "127.0.0.1", description="Address that the web part listens on; the web chat needs loopback"
    )
    port: int = Field(8080, description="Port of the web part", ge=0, le=65535)
    base_url: str = Field(
        "", description="Address of the web part as others reach it; http://HOST:PORT if not set"
    )
    timezone: str = Field(
        "Asia/Shanghai", description="Time zone of deadlines that people write, and of times shown"
    )
    seal_font: str = Field("", description="Font file for seals made online instead of Noto Serif SC")
    seal_review: bool = Field(
        False, description="A company's seal that was cut out of a photo waits for an operator"
    )
    provider: str = Field(
        "sandbox", description="Real-name provider: sandbox (made-up people, for trying out) or tencent"
    )
    sandbox_file: Path | None = Field(
        None, description="Made-up people of your own for the sandbox, a JSON file shaped like sandbox.json"
    )
    tencent_secret_id: str = Field("", description="Tencent Cloud account that may call FaceID and OCR")
    tencent_secret_key: SecretStr | None = Field(None, description="That account's secret key")
    texts: Literal["sandbox", "tencent", "aliyun", "twilio"] = Field(
        "sandbox", description="Gateway of text messages: sandbox (they stay on this machine), or whose"
    )
    sms_signature: str = Field("", description="Approved name before each text (Tencent, Aliyun)")
    sms_templates: str = Field(
        "", description="Approved templates by kind (Tencent, Aliyun): code=1, invitation=2, ..."
    )
    tencent_sms_app: str = Field("", description="SdkAppId of Tencent Cloud SMS")
    aliyun_key_id: str = Field("", description="Aliyun access key that may send texts")
    aliyun_key_secret: SecretStr | None = Field(None, description="That key's secret")
    twilio_account: str = Field("", description="Twilio account (AC...)")
    twilio_token: SecretStr | None = Field(None, description="That account's token")
    twilio_sender: str = Field("", description="Number or messaging service (MG...) that Twilio sends from")
    mail_host: str = Field(
        "", description="Mail server (SMTP with TLS) for invitations and codes by e-mail; none if not set"
    )
    mail_port: int = Field(587, description="Its port: 587 for STARTTLS, 465 for TLS at once", ge=1, le=65535)
    mail_from: str = Field("", description="Address that e-mails come from")
    mail_user: str = Field("", description="User of the mail server; nobody is logged in if not set")
    mail_password: SecretStr = Field(SecretStr(""), description="That user's password")
    mail_codes: bool = Field(
        True, description="Send codes by e-mail, too, to mailboxes that people have proven"
    )
    bank_card: bool = Field(False, description="Check persons by four elements: ask for the bank card too")
    operators: str = Field(
        "", description="Who reviews manual checks: messenger:address, separated by commas"
    )
    disk_free: int = Field(500, description="Megabytes that must be free, else operators are alerted", ge=0)
    review_reminder: int = Field(120, description="Minutes after which operators hear again of a case", ge=5)
    four_eyes: bool = Field(False, description="An approval of a manual check takes two operators")
    telegram_token: SecretStr | None = Field(
        None, description="Bot token: talk on Telegram instead of the web chat"
    )
    telegram_framework: Literal["aiogram", "ptb"] = Field(
        "aiogram", description="Library that talks to Telegram: aiogram, or ptb (python-telegram-bot)"
    )
    telegram_api: str = Field(
        "", description="Address of a Bot API server of your own (files up to 200 MB); Telegram's if not set"
    )
    webhook_url: str = Field(
        "",
        description="https address that Telegram sends updates to, served by the web part; polling if not set",
    )
    webhook_secret: SecretStr | None = Field(
        None,
        description="Secret that Telegram shows at the webhook, A-Za-z0-9_-; a new one at each start if not set",
    )

    log: Literal["text", "json"] = Field("text", description="Log lines for people, or as JSON for machines")
    metrics_port: int = Field(
        0, description="Port on 127.0.0.1 that Prometheus reads metrics from; none if 0", ge=0, le=65535
    )

    @field_validator("timezone")
    @classmethod
    def known_zone(cls, name: str) -> str:
        ZoneInfo(name)
        return name

    @property
    def issuer_key_path(self) -> Path | None:
        return Path(self.issuer_key) if self.issuer_key else None

    @property
    def operator_list(self) -> tuple[str, ...]:
        return tuple(each.strip() for each in self.operators.split(",") if each.strip())

    @property
    def timestamp_list(self) -> tuple[str, ...]:
        return tuple(each.strip() for each in self.timestamp_urls.split(",") if each.strip())

    @property
    def roots(self) -> tuple[str, ...]:
        """The PEM texts of the files that `trust` names."""
        return tuple(Path(each.strip()).read_text("ascii") for each in self.trust.split(",") if each.strip())

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def url(self) -> str:
        """Where the web part is reached, without a slash at the end."""
        return (self.base_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def has_key_file(self) -> bool:
        return self.key is None and not self.key_command

    @property
    def key_path(self) -> Path:
        return self.key_file or self.data / "key"


def described() -> list[tuple[str, str, str]]:
    """Every setting: variable, default, meaning."""
    rows = []
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else str(field.default)
        rows.append((f"SEALBOT_{name.upper()}", default, field.description or ""))
    return rows

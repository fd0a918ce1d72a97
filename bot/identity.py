"""The room of real-name checks, put together: provider, claims, proofs, cases, operators, people's data."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.clock import Alarm
from bot.post import Post
from bot.settings import Settings
from bot.watchfulness import Watchfulness
from handlers.case_cards import CaseCards
from handlers.register_notices import RegisterNotices
from signing.certificates import Certificates
from signing.contracts.invitations import Invitations
from signing.documents.child import Run
from signing.erasure import RETENTION, Erasure, begin_retention
from signing.identity.case_alarms import CaseAlarms
from signing.identity.cases import Cases
from signing.identity.checks import Checks
from signing.identity.claims import Claims
from signing.identity.comparing import Comparing
from signing.identity.later_tries import TRY_AGAIN, LaterTries
from signing.identity.letters import Letters
from signing.identity.licences import Licences, Reader
from signing.identity.ocr import read_licence
from signing.identity.proofs import Proofs
from signing.identity.providers.base import RealNameProvider
from signing.identity.providers.sandbox import SandboxProvider, SandboxRegister
from signing.identity.providers.tencent import TencentProvider
from signing.identity.providers.tencent_cloud import TencentAccount
from signing.identity.providers.tencent_licences import TencentLicences
from signing.identity.records import Records
from signing.identity.revoking import Revoking
from signing.operators import Operators
from signing.privacy import Privacy
from signing.store.blobs import Blobs
from signing.store.port import Store
from signing.store.vault import Vault


class UnknownProvider(ValueError):
    """SEALBOT_PROVIDER names no provider, or one whose account is not set."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What dialogues use of it, and what the clock and the workers run."""

    checks: Checks
    claims: Claims
    later_tries: LaterTries
    proofs: Proofs
    licences: Licences
    letters: Letters
    comparing: Comparing
    cases: Cases
    case_alarms: CaseAlarms
    operators: Operators
    privacy: Privacy
    erasure: Erasure
    revoking: Revoking

    def alarms(self) -> dict[str, Alarm]:
        return {
            TRY_AGAIN: self.later_tries.ring,
            **self.case_alarms.all(),
            RETENTION: self.erasure.retain,
        }

    def works(self) -> tuple[Callable[..., Any], ...]:
        return (
            self.checks.ask_provider,
            self.later_tries.try_again,
            self.proofs.scan,
            self.proofs.shred,
            self.licences.read,
            self.letters.make,
            self.comparing.look_over,
            self.privacy.export,
            self.erasure.flush,
        )


def open_identity(
    settings: Settings,
    store: Store,
    vault: Vault,
    blobs: Blobs,
    certificates: Certificates,
    post: Post,
    run: Run,
    watching: Watchfulness,
) -> Identity:
    """Put the room together."""
    store.write(begin_retention)
    provider = watching.provider(open_provider(settings))
    records = Records(vault, provider.name)
    checks = Checks(store, vault, provider, certificates, settings.bank_card)
    claims = Claims(checks, records)
    operators = Operators(settings.operator_list)
    proofs = Proofs(store, blobs, run)
    reader = open_reader(settings)
    cards = CaseCards(operators, Invitations(), post)
    minutes = settings.review_reminder
    heard = RegisterNotices(Invitations(), post.tell)
    return Identity(
        checks=checks,
        claims=claims,
        later_tries=LaterTries(store, records, checks, claims, heard),
        proofs=proofs,
        licences=Licences(proofs, reader),
        letters=Letters(store, blobs, claims, plain_words(post)),
        comparing=Comparing(store, records, proofs, reader),
        cases=Cases(claims, operators, cards, settings.four_eyes, minutes),
        case_alarms=CaseAlarms(claims, operators, cards, minutes),
        operators=operators,
        privacy=Privacy(store, blobs),
        erasure=Erasure(store, vault, certificates, proofs),
        revoking=Revoking(operators, certificates),
    )


def open_provider(settings: Settings) -> RealNameProvider:
    """The provider that the settings name. Raises UnknownProvider, ModuleNotFoundError without its extra."""
    if settings.provider == SandboxProvider.name:
        return SandboxProvider(lambda: sandbox_register(settings))
    account = tencent_account(settings)
    if settings.provider == TencentProvider.name and account is not None:
        return TencentProvider(account)
    raise UnknownProvider(settings.provider)


def open_reader(settings: Settings) -> Reader:
    """Who reads licences: the provider's own OCR where it has one, else the one in this house."""
    account = tencent_account(settings)
    if settings.provider == TencentProvider.name and account is not None:
        return TencentLicences(account)
    return read_licence


def sandbox_register(settings: Settings) -> SandboxRegister:
    """The made-up people: those that are shipped, or those of a file of one's own."""
    return SandboxRegister.read(settings.sandbox_file) if settings.sandbox_file else SandboxRegister.shipped()


def tencent_account(settings: Settings) -> TencentAccount | None:
    if settings.tencent_secret_key is None:
        return None
    return TencentAccount(settings.tencent_secret_id, settings.tencent_secret_key.get_secret_value())


def plain_words(post: Post) -> Callable[[str, str, Mapping[str, Any]], str]:
    """A template's block as plain text, for what is printed."""

    def words(language: str, name: str, context: Mapping[str, Any]) -> str:
        return html.unescape(post.renderer.text(language, name, context))

    return words


def words_of(post: Post, template: str) -> Callable[[str, str, Mapping[str, Any]], str]:
    """The blocks of one template as plain text."""
    words = plain_words(post)
    return lambda language, block, context: words(language, f"{template}.{block}", context)

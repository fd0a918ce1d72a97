"""The room of real-name checks, put together: provider, claims, proofs, cases, operators, people's data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.clock import Alarm
from bot.ground import Ground
from bot.settings import Settings
from handlers.case_cards import CaseCards
from handlers.register_notices import RegisterNotices
from handlers.review_board import ReviewBoard
from signing.contracts.invitations import Invitations
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


def open_identity(ground: Ground) -> Identity:
    """Put the room together."""
    settings, store, blobs, post = ground.settings, ground.store, ground.blobs, ground.post
    store.write(begin_retention)
    provider = ground.watching.provider(open_provider(settings))
    records = Records(ground.vault, provider.name)
    checks = Checks(store, ground.vault, provider, ground.certificates, settings.bank_card)
    claims = Claims(checks, records)
    operators = Operators(settings.operator_list)
    proofs = Proofs(store, blobs, ground.run)
    reader = open_reader(settings)
    cards = CaseCards(operators, Invitations(), post, ReviewBoard(operators, post))
    minutes = settings.review_reminder
    heard = RegisterNotices(Invitations(), post.tell)
    return Identity(
        checks=checks,
        claims=claims,
        later_tries=LaterTries(store, records, checks, claims, heard),
        proofs=proofs,
        licences=Licences(proofs, reader),
        letters=Letters(store, blobs, claims, post.plain),
        comparing=Comparing(store, records, proofs, reader),
        cases=Cases(claims, operators, cards, settings.four_eyes, minutes),
        case_alarms=CaseAlarms(claims, operators, cards, minutes),
        operators=operators,
        privacy=Privacy(store, blobs, ground.vault),
        erasure=Erasure(store, ground.vault, ground.certificates, proofs),
        revoking=Revoking(operators, ground.certificates),
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

"""The room of real-name checks, put together: provider, claims, proofs, cases, operators, people's data."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.clock import Alarm
from bot.post import Post
from bot.settings import Settings
from handlers.case_cards import CaseCards
from signing.certificates import Certificates
from signing.contracts.invitations import Invitations
from signing.documents.child import Run
from signing.erasure import RETENTION, Erasure, begin_retention
from signing.identity.cases import RELEASE, REMINDER, TELL, Cases
from signing.identity.checks import Checks
from signing.identity.claims import Claims
from signing.identity.letters import Letters
from signing.identity.licences import Licences
from signing.identity.ocr import read_boxes
from signing.identity.proofs import Proofs
from signing.identity.providers.base import RealNameProvider
from signing.identity.providers.sandbox import SandboxProvider, SandboxRegister
from signing.identity.providers.tencent import TencentAccount, TencentProvider
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
    proofs: Proofs
    licences: Licences
    letters: Letters
    cases: Cases
    operators: Operators
    privacy: Privacy
    erasure: Erasure
    revoking: Revoking

    def alarms(self) -> dict[str, Alarm]:
        return {
            TELL: self.cases.tell,
            RELEASE: self.cases.release,
            REMINDER: self.cases.remind,
            RETENTION: self.erasure.retain,
        }

    def works(self) -> tuple[Callable[..., Any], ...]:
        return (
            self.checks.ask_provider,
            self.proofs.scan,
            self.proofs.shred,
            self.licences.read,
            self.letters.make,
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
) -> Identity:
    """Put the room together."""
    store.write(begin_retention)
    provider = open_provider(settings)
    records = Records(vault, provider.name)
    checks = Checks(store, vault, provider, certificates, settings.bank_card)
    claims = Claims(checks, records)
    operators = Operators(settings.operator_list)
    proofs = Proofs(store, blobs, run)
    cards = CaseCards(operators, Invitations(), post.show, post.tell)
    return Identity(
        checks=checks,
        claims=claims,
        proofs=proofs,
        licences=Licences(proofs, read_boxes),
        letters=Letters(store, blobs, claims, plain_words(post)),
        cases=Cases(claims, operators, cards, settings.four_eyes),
        operators=operators,
        privacy=Privacy(store, blobs),
        erasure=Erasure(store, vault, certificates, proofs),
        revoking=Revoking(operators, certificates),
    )


def open_provider(settings: Settings) -> RealNameProvider:
    """The provider that the settings name. Raises UnknownProvider, ModuleNotFoundError without its extra."""
    if settings.provider == SandboxProvider.name:
        return SandboxProvider(SandboxRegister.shipped())
    if settings.provider == TencentProvider.name and settings.tencent_secret_key is not None:
        key = settings.tencent_secret_key.get_secret_value()
        return TencentProvider(TencentAccount(settings.tencent_secret_id, key))
    raise UnknownProvider(settings.provider)


def plain_words(post: Post) -> Callable[[str, str, Mapping[str, Any]], str]:
    """A template's block as plain text, for what is printed."""

    def words(language: str, name: str, context: Mapping[str, Any]) -> str:
        return html.unescape(post.renderer.text(language, name, context))

    return words

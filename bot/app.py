"""The one place where the parts are put together: reads top to bottom as the list of what the program is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any

from bot.afterwards import open_afterwards
from bot.assistant import Assistant
from bot.authority import authority_of
from bot.clock import Alarm
from bot.correspondence import open_correspondence
from bot.drafting import open_drafting
from bot.engine import Around, open_assistant
from bot.forms import open_forms
from bot.housekeeping import HOUSEKEEPING, Housekeeping, begin_housekeeping
from bot.identity import open_identity
from bot.installation import TEMPLATES, lists_of, open_vault, timestamps_of, utc_now
from bot.life import open_life
from bot.members import open_members
from bot.messengers.base import Messenger
from bot.metrics import Metrics
from bot.post import Post
from bot.render import Renderer
from bot.sealing import open_sealing
from bot.settings import Settings
from bot.watchfulness import open_watchfulness
from handlers.board import BoardCards
from handlers.progress import Progress
from handlers.services import Services
from signing.certificates import Certificates
from signing.checking import Checking
from signing.contracts.batch import Batches
from signing.contracts.boards import BOARD, Boards
from signing.contracts.corrections import Corrections
from signing.contracts.invitations import Invitations
from signing.contracts.order import Orders
from signing.contracts.shelves import Shelves
from signing.contracts.signers import Signers
from signing.documents.child import Children
from signing.documents.warm import WarmOffice
from signing.enterprises import Enterprises
from signing.pdf.limited import WARM
from signing.persons import Persons
from signing.store.blobs import Blobs
from signing.store.port import Store
from signing.store.sqlite import SqliteStore
from signing.store.vault import Vault
from signing.upkeep import UPKEEP, Upkeep, begin_upkeep
from signing.willingness import Willingness

RELEASE = version("sealbot")


@dataclass(frozen=True, slots=True)
class App:
    """Everything that runs, and what looks at it from outside. Close it to finish what was submitted."""

    settings: Settings
    store: Store
    vault: Vault
    blobs: Blobs
    certificates: Certificates
    services: Services
    assistant: Assistant
    checking: Checking
    messengers: Mapping[str, Messenger]
    metrics: Metrics
    resources: ExitStack

    def __enter__(self) -> App:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.resources.close()


def open_app(
    settings: Settings,
    connect: Callable[[Store], Messenger],
    clock: Callable[[], datetime] = utc_now,
    open_store: Callable[[Path, Callable[[], datetime]], SqliteStore] = SqliteStore,
) -> App:
    """Put the program together around one messenger, which `connect` makes."""
    resources = ExitStack()
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    store = open_store(settings.data / "sealbot.db", clock)
    resources.callback(store.close)
    vault = open_vault(settings)
    blobs = Blobs(settings.data / "blobs", vault)
    children = resources.enter_context(Children())
    office = resources.enter_context(WarmOffice(children))
    verifiers = resources.enter_context(Children(warm=WARM))

    renderer = Renderer(TEMPLATES, settings.zone)
    post = Post(renderer)
    messenger = connect(store)

    authority = authority_of(settings, store, vault, clock())
    watching = open_watchfulness(settings, store, post)
    certificates = Certificates(authority, watching.timestamps(timestamps_of(settings)))
    willingness = Willingness(vault)
    drafting = open_drafting(store, vault, blobs, office, settings.zone)
    papers, drafts = drafting.papers, drafting.drafts
    mail = open_correspondence(
        settings, store, vault, blobs, willingness, papers, post, messenger.invitation_link, watching
    )
    notices = mail.notices
    run, zone = children.run, settings.zone
    after = open_afterwards(store, vault, blobs, papers, drafts, notices, post, run, zone, settings.url)
    lists = lists_of(settings)
    checking = Checking(store, blobs, certificates, verifiers.run, settings.roots, lists)
    identity = open_identity(settings, store, vault, blobs, certificates, post, children.run, watching)
    members = open_members(store, vault, willingness, post, mail, messenger.invitation_link)
    boards = Boards(BoardCards(post, messenger.invitation_link).show)
    sealing = open_sealing(settings, store, blobs, certificates, identity.operators, post, children.run)
    invitations = Invitations()
    forms = open_forms(store, vault, blobs, papers, drafts, office)
    life = open_life(
        settings,
        store,
        vault,
        blobs,
        certificates,
        willingness,
        sealing.seals,
        after,
        notices,
        post,
        children.run,
    )
    signers = Signers(notices.signer_changed)
    services = Services(
        persons=Persons(),
        enterprises=Enterprises(),
        membership=members.membership,
        checks=identity.checks,
        claims=identity.claims,
        later_tries=identity.later_tries,
        proofs=identity.proofs,
        licences=identity.licences,
        letters=identity.letters,
        comparing=identity.comparing,
        cases=identity.cases,
        operators=identity.operators,
        privacy=identity.privacy,
        erasure=identity.erasure,
        revoking=identity.revoking,
        seals=sealing.seals,
        seal_photos=sealing.photos,
        seal_reviews=sealing.reviews,
        grants=sealing.grants,
        drafts=drafts,
        areas=drafting.areas,
        dragging=drafting.dragging,
        book=drafting.book,
        copying=drafting.copying,
        replacing=drafting.replacing,
        succession=drafting.succession,
        papers=papers,
        forms=forms.forms,
        fillings=forms.fillings,
        starters=forms.starters,
        rosters=forms.rosters,
        progress=Progress(post.show),
        initiating=life.initiating,
        entries=life.entries,
        invitations=invitations,
        signatures=life.signatures,
        shelves=Shelves(settings.zone),
        signers=signers,
        corrections=Corrections(signers),
        boards=boards,
        group_link=messenger.group_link,
        pages=messenger.abilities.pages,
        batches=Batches(invitations, sealing.seals, life.signatures),
        willingness=willingness,
        endings=life.endings,
        proving=life.proving,
        checking=checking,
        deadlines=life.deadlines,
        reminders=life.reminders,
        orders=Orders(),
        questions=after.questions,
        voidings=after.voidings,
        exports=after.exports,
        feet=after.feet,
        inviting=mail.inviting,
        texting=mail.texting,
        zone=settings.zone,
    )
    housekeeping = Housekeeping(store, blobs)
    store.write(begin_housekeeping)
    store.write(begin_upkeep)
    upkeep = Upkeep(store, certificates, sealing.records)
    works = by_name(
        *identity.works(),
        *members.works(),
        *sealing.works(),
        *drafting.works(),
        *forms.works(),
        *mail.works(),
        *life.works(),
        *after.works(),
        checking.check_upload,
        housekeeping.sweep,
        upkeep.fetch_lists,
    )
    keeping: dict[str, Alarm] = {HOUSEKEEPING: housekeeping.tidy, UPKEEP: upkeep.ring, BOARD: boards.ring}
    metrics = Metrics()
    metrics.look_into(store)
    rings = {**life.alarms(), **identity.alarms(), **mail.alarms(), **watching.alarms(), **keeping}
    around = Around(store, vault, blobs, messenger, post)
    assistant = open_assistant(around, services, notices, works, rings, metrics)
    return App(
        settings,
        store,
        vault,
        blobs,
        certificates,
        services,
        assistant,
        checking,
        {messenger.name: messenger},
        metrics,
        resources,
    )


def by_name(*works: Callable[..., Any]) -> dict[str, Callable[..., Any]]:
    """Everything that `Chat.call` and `later` may run, by the name that its rows carry."""
    return {work.__qualname__: work for work in works}

"""The one place where the parts are put together: reads top to bottom as the list of what the program is made of."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any

from bot.absence import Absence
from bot.afterwards import Afterwards, open_afterwards
from bot.asking import CARD
from bot.assistant import Assistant
from bot.authority import authority_of
from bot.bell import Bell
from bot.clock import Alarm, Clock
from bot.conversation import Conversations
from bot.correspondence import Correspondence, open_correspondence
from bot.drafting import Drafting, open_drafting
from bot.forms import FormsRoom, open_forms
from bot.groups import Groups
from bot.hearing import Hearing
from bot.housekeeping import HOUSEKEEPING, Housekeeping, begin_housekeeping
from bot.identity import Identity, open_identity
from bot.inbox import Inbox
from bot.installation import TEMPLATES, lists_of, open_vault, timestamps_of, utc_now
from bot.members import MemberRoom, open_members
from bot.messengers.base import Messenger
from bot.metrics import Metrics
from bot.outbox import Outbox
from bot.post import Post
from bot.render import Renderer
from bot.scene import Parts
from bot.sealing import Sealing, open_sealing
from bot.settings import Settings
from bot.watchfulness import open_watchfulness
from bot.working import Working
from bot.works import Works
from handlers.board import BoardCards
from handlers.chat import dialogue
from handlers.progress import Progress
from handlers.services import Services
from signing.certificates import Certificates
from signing.checking import Checking
from signing.contracts.batch import Batches
from signing.contracts.boards import BOARD, Boards
from signing.contracts.calendar import EXPIRE, REMIND, Calendar
from signing.contracts.completion import STAMP_AGAIN, Completion
from signing.contracts.corrections import Corrections
from signing.contracts.deadlines import Deadlines
from signing.contracts.endings import Endings
from signing.contracts.entries import Entries
from signing.contracts.initiate import Initiating
from signing.contracts.invitations import Invitations
from signing.contracts.order import Orders
from signing.contracts.reminders import Reminders
from signing.contracts.shelves import Shelves
from signing.contracts.signatures import Signatures
from signing.contracts.signers import Signers
from signing.documents.child import Children
from signing.documents.warm import WarmOffice
from signing.enterprises import Enterprises
from signing.evidence.proving import ANNOUNCE, Proving
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
    messengers = {messenger.name: messenger}

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
    calendar = Calendar(settings.zone)
    reminders = Reminders(calendar, notices.remind)
    endings = Endings(notices.ended)
    proving = Proving(
        store,
        blobs,
        certificates,
        lambda language, block, context: html.unescape(renderer.text(language, f"evidence.{block}", context)),
        notices.completed,
        settings.name,
        settings.url,
    )
    run, zone = children.run, settings.zone
    after = open_afterwards(store, vault, blobs, papers, drafts, notices, post, run, zone, settings.url)
    completion = Completion(
        store, blobs, certificates, after.voidings.settle, proving.begin, prolonged=proving.prolonged
    )
    lists = lists_of(settings)
    checking = Checking(store, blobs, certificates, verifiers.run, settings.roots, lists)
    identity = open_identity(settings, store, vault, blobs, certificates, post, children.run, watching)
    members = open_members(store, vault, willingness, post, mail, messenger.invitation_link)
    boards = Boards(BoardCards(post, messenger.invitation_link).show)
    sealing = open_sealing(settings, store, blobs, certificates, identity.operators, post, children.run)
    invitations = Invitations()
    entries = Entries(store, blobs, vault, children.run)
    forms = open_forms(store, vault, blobs, papers, drafts, office)
    signatures = Signatures(
        store,
        blobs,
        certificates,
        sealing.seals,
        willingness,
        completion,
        entries,
        notices.invited,
        settings.zone,
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
        initiating=Initiating(
            store, blobs, willingness, calendar, entries, after.feet, notices.invited, after.searching.began
        ),
        entries=entries,
        invitations=invitations,
        signatures=signatures,
        shelves=Shelves(settings.zone),
        signers=signers,
        corrections=Corrections(signers),
        boards=boards,
        group_link=messenger.group_link,
        pages=messenger.abilities.pages,
        batches=Batches(invitations, sealing.seals, signatures),
        willingness=willingness,
        endings=endings,
        proving=proving,
        checking=checking,
        deadlines=Deadlines(calendar, notices.extended),
        reminders=reminders,
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
    works = named_works(
        services, identity, members, sealing, drafting, forms, completion, mail, after, housekeeping, upkeep
    )
    conversations = Conversations(dialogue, services, Parts(post, vault, works), RELEASE)
    absence = Absence(notices.unreachable)
    bell, metrics = Bell(), Metrics()
    metrics.look_into(store)
    groups = Groups(conversations, messenger.invitation_link("home"))
    hearing = Hearing(conversations, absence.left, groups, messenger.abilities.pages)
    undeleted = partial(post.show, name="common.delete_yourself", context={})
    rings = alarms(endings, reminders, proving, housekeeping, completion, upkeep)
    shown: dict[str, Alarm] = {CARD: conversations.show_card, BOARD: boards.ring}
    assistant = Assistant(
        store=store,
        inbox=Inbox(store, messengers, hearing, blobs, bell, metrics),
        works=Works(store, works, conversations, bell, watch=metrics, working=Working(store, messengers)),
        outbox=Outbox(store, messengers, bell, absence.left, metrics, undeleted),
        clock=Clock(
            store,
            {**rings, **identity.alarms(), **mail.alarms(), **watching.alarms(), **shown},
            bell,
            metrics,
        ),
        bell=bell,
    )
    return App(
        settings,
        store,
        vault,
        blobs,
        certificates,
        services,
        assistant,
        checking,
        messengers,
        metrics,
        resources,
    )


def alarms(
    endings: Endings,
    reminders: Reminders,
    proving: Proving,
    housekeeping: Housekeeping,
    completion: Completion,
    upkeep: Upkeep,
) -> dict[str, Alarm]:
    """What each kind of timer does."""
    return {
        EXPIRE: lambda tx, timer: endings.expire(tx, timer["subject"]),
        REMIND: reminders.ring,
        ANNOUNCE: proving.ring,
        HOUSEKEEPING: housekeeping.tidy,
        STAMP_AGAIN: completion.ring,
        UPKEEP: upkeep.ring,
    }


def named_works(
    services: Services,
    identity: Identity,
    members: MemberRoom,
    sealing: Sealing,
    drafting: Drafting,
    forms: FormsRoom,
    completion: Completion,
    mail: Correspondence,
    after: Afterwards,
    housekeeping: Housekeeping,
    upkeep: Upkeep,
) -> dict[str, Callable[..., Any]]:
    """Everything that `Chat.call` and `later` may run, by the name that its rows carry."""
    works: tuple[Callable[..., Any], ...] = (
        *identity.works(),
        *members.works(),
        *sealing.works(),
        *drafting.works(),
        *forms.works(),
        *mail.works(),
        *after.works(),
        services.initiating.prepare,
        services.entries.look,
        services.signatures.compute,
        completion.finish,
        completion.stamp_again,
        services.proving.prove,
        services.proving.renew,
        services.checking.check_upload,
        housekeeping.sweep,
        upkeep.fetch_lists,
    )
    return {work.__qualname__: work for work in works}

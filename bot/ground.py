"""What every room stands on: the store and what lies beside it, one messenger, and how words get to it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.authority import authority_of
from bot.installation import TEMPLATES, open_vault, timestamps_of
from bot.messengers.base import Messenger
from bot.post import Post
from bot.render import Renderer
from bot.settings import Settings
from bot.watchfulness import Watchfulness, open_watchfulness
from signing.certificates import Certificates
from signing.documents.child import Children, Run
from signing.documents.warm import WarmOffice
from signing.pdf.limited import WARM
from signing.store.blobs import Blobs
from signing.store.port import Store
from signing.store.sqlite import SqliteStore
from signing.store.vault import Vault
from signing.willingness import Willingness

OpenStore = Callable[[Path, Callable[[], datetime]], SqliteStore]
OpenChildren = Callable[..., Children]


@dataclass(frozen=True, slots=True)
class Ground:
    """`run` runs work in children with limits, `office` the same with a LibreOffice that is up already, `verify` in
    children that have loaded the verifier."""

    settings: Settings
    store: Store
    vault: Vault
    blobs: Blobs
    certificates: Certificates
    willingness: Willingness
    watching: Watchfulness
    messenger: Messenger
    post: Post
    run: Run
    office: Run
    verify: Run


def open_ground(
    settings: Settings,
    connect: Callable[[Store], Messenger],
    clock: Callable[[], datetime],
    open_store: OpenStore,
    open_children: OpenChildren,
    resources: ExitStack,
) -> Ground:
    """Open the store and its neighbours; `resources` closes what must be closed."""
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    store = open_store(settings.data / "sealbot.db", clock)
    resources.callback(store.close)
    vault = open_vault(settings)
    children = resources.enter_context(open_children())
    post = Post(Renderer(TEMPLATES, settings.zone))
    messenger = connect(store)
    authority = authority_of(settings, store, vault, clock())
    watching = open_watchfulness(settings, store, post)
    return Ground(
        settings=settings,
        store=store,
        vault=vault,
        blobs=Blobs(settings.data / "blobs", vault),
        certificates=Certificates(authority, watching.timestamps(timestamps_of(settings))),
        willingness=Willingness(vault),
        watching=watching,
        messenger=messenger,
        post=post,
        run=children.run,
        office=resources.enter_context(WarmOffice(children)),
        verify=resources.enter_context(open_children(warm=WARM)).run,
    )

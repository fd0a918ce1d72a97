"""The engine: conversations over their queues, and the workers that keep them going."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib.metadata import version
from typing import Any

from bot.absence import Absence
from bot.asking import CARD
from bot.assistant import Assistant
from bot.bell import Bell
from bot.clock import Alarm, Clock
from bot.conversation import Conversations
from bot.ground import Ground
from bot.groups import Groups
from bot.hearing import Hearing
from bot.inbox import Inbox
from bot.metrics import Metrics
from bot.outbox import Outbox
from bot.scene import Parts
from bot.working import Working
from bot.works import Works
from handlers.chat import dialogue
from handlers.notices import Notices
from handlers.services import Services

RELEASE = version("sealbot")


def open_assistant(
    ground: Ground,
    services: Services,
    notices: Notices,
    works: Mapping[str, Callable[..., Any]],
    alarms: Mapping[str, Alarm],
    metrics: Metrics,
) -> Assistant:
    """`works` by the names that their rows carry, `alarms` by the kinds of their timers."""
    store, post, messenger = ground.store, ground.post, ground.messenger
    messengers = {messenger.name: messenger}
    conversations = Conversations(dialogue, services, Parts(post, ground.vault, works), RELEASE)
    absence, bell = Absence(notices.unreachable), Bell()
    groups = Groups(conversations, messenger.invitation_link("home"))
    hearing = Hearing(conversations, absence.left, groups, messenger.abilities.pages)
    undeleted = partial(post.show, name="common.delete_yourself", context={})
    return Assistant(
        store=store,
        inbox=Inbox(store, messengers, hearing, ground.blobs, bell, metrics),
        works=Works(store, works, conversations, bell, watch=metrics, working=Working(store, messengers)),
        outbox=Outbox(store, messengers, bell, absence.left, metrics, undeleted),
        clock=Clock(store, {**alarms, CARD: conversations.show_card}, bell, metrics),
        bell=bell,
    )

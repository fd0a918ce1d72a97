"""The pages of this installation that chats open."""

from __future__ import annotations

from bot.app import App
from bot.installation import TEMPLATES
from bot.render import Renderer
from bot.settings import Settings
from bot.web.areas_page import AREAS
from bot.web.session import Sessions
from bot.web.session_page import PRIVATE, Page, ShownPages
from bot.web.session_pages import Arrived, SessionPages
from signing.seals.strokes import MOST_BYTES

PAD = Page("pad", ("title", "lead", "paper", "undo", "clear", "send"), largest=MOST_BYTES)
PAGES = (PRIVATE, PAD, AREAS)


def session_pages(settings: Settings, app: App, sessions: Sessions, arrived: Arrived) -> SessionPages:
    """All pages. `arrived` puts what they send into the inbox, as an update of the chat that opened them."""
    shown, renderer = ShownPages(app.store, app.blobs), Renderer(TEMPLATES, settings.zone)
    return SessionPages(PAGES, sessions, shown, app.blobs, renderer, arrived)

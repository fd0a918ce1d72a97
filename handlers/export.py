"""The contracts of a period as files."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.chat import Answer, Chat, dialogue
from handlers.message import Attachment
from handlers.register import checked_person
from handlers.services import Services
from handlers.typed import one_line
from signing.errors import SigningError

MONTH = r"(\d{4})[-/.年](\d{1,2})月?"
ONE, TWO = re.compile(MONTH), re.compile(rf"{MONTH}\s*(?:-|to|~|到|至)\s*{MONTH}")
YEAR = re.compile(r"(\d{4})年?")


class NotAPeriod(SigningError):
    """No month or year was understood."""

    code = "not-a-period"


@dialogue("export", command="export", passing=True)
async def export(chat: Chat, services: Services) -> None:
    """Everything that was started in a month, a year or between two months."""
    person = await checked_person(chat, services)
    if person is None:
        return
    answer: Answer[str] = await chat.answer("export.period", text=one_line)
    if answer.choice == "back":
        return
    since, until = period(answer.value or answer.choice or "", await chat.now(), services.zone)
    spoken = await chat.spoken()
    parts = await chat.call(services.exports.pack, person.id, since.isoformat(), until.isoformat(), spoken)
    files = [Attachment(each.digest, each.name, "application/zip") for each in parts]
    shown = {"since": f"{since:%Y-%m-%d}", "last": f"{until - timedelta(days=1):%Y-%m-%d}"}
    count = sum(each.contracts for each in parts)
    await chat.say("export.done", attachments=files, count=count, parts=len(parts), **shown)


def period(text: str, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first moment of a period and the first after it. Raises NotAPeriod."""
    local = now.astimezone(zone)
    this = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    ready = {"month": (this, 1), "last": (_later(this, -1), 1), "year": (this.replace(month=1), 12)}
    if text in ready:
        start, months = ready[text]
        return start, _later(start, months)
    return _typed(unicodedata.normalize("NFKC", text).strip(), this)


def _typed(text: str, first: datetime) -> tuple[datetime, datetime]:
    one, two, year = ONE.fullmatch(text), TWO.fullmatch(text), YEAR.fullmatch(text)
    try:
        if two:
            start, last = (first.replace(year=int(two[n]), month=int(two[n + 1])) for n in (1, 3))
            if last < start:
                raise NotAPeriod
            return start, _later(last, 1)
        if one:
            start = first.replace(year=int(one[1]), month=int(one[2]))
            return start, _later(start, 1)
        if year:
            start = first.replace(year=int(year[1]), month=1)
            return start, _later(start, 12)
    except ValueError:
        pass
    raise NotAPeriod


def _later(month: datetime, months: int) -> datetime:
    beyond = month.month - 1 + months
    return month.replace(year=month.year + beyond // 12, month=beyond % 12 + 1)

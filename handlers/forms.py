"""Templates in chat: a Word file with fields is kept, filled in with one message, and becomes a draft."""

from __future__ import annotations

from handlers.acting import principal
from handlers.chat import Answer, Chat, Continue, Secret, dialogue
from handlers.message import Attachment, Upload
from handlers.register import checked_person
from handlers.services import Services
from handlers.typed import one_line
from signing.contracts.seating import NewParty
from signing.errors import SigningError, rebuild
from signing.forms.correcting import Correction, read_correction
from signing.forms.errors import FieldTwice, NotAField, TooManyFields
from signing.forms.fillings import Filling
from signing.forms.forms import DOCX, Form, form_name
from signing.ids import Digest, FormId

PLAIN = "plain"


@dialogue("templates", command="templates", idle=True)
async def templates(chat: Chat, services: Services) -> None:
    """The templates that the person may use, and the ones that come with the assistant."""
    if await checked_person(chat, services) is None:
        return
    mine = await chat.do(services.forms.mine)
    starters = await chat.do(services.starters.offered, await chat.spoken())
    chosen = await chat.choose("forms.list", forms=mine, starters=starters)
    sheet = await chat.call(services.starters.bring, chosen)
    form = await chat.do(
        services.forms.keep, await keeper(chat, services), sheet.name, sheet.digest, sheet.sheet
    )
    raise Continue("fill", form=form.id)


async def offer_form(chat: Chat, services: Services, file: Upload) -> None:
    """A Word file with fields is kept and filled in, if the person likes; any other goes on as a document."""
    if file.mime != DOCX and not file.name.lower().endswith(".docx"):
        return
    try:
        sheet = await chat.call(services.forms.read, Digest(file.digest))
    except (NotAField, FieldTwice, TooManyFields) as refusal:
        await chat.refuse(refusal)
        if await chat.choose("forms.broken", name=form_name(file.name)) == PLAIN:
            return
        raise Continue("home") from None
    if not sheet.fields:
        return
    name = form_name(file.name)
    if await chat.choose("forms.found", name=name, sheet=sheet) == PLAIN:
        return
    owner = await keeper(chat, services)
    form = await chat.do(services.forms.keep, owner, name, Digest(file.digest), sheet)
    raise Continue("form", form=form.id)


async def keeper(chat: Chat, services: Services) -> str:
    """Who keeps a template: the company for which the person acts, or the person."""
    acting_for = await principal(chat, services)
    return str(acting_for.enterprise or (await chat.actor()).registered)


@dialogue("form", argument="form", idle=True)
async def form(chat: Chat, services: Services, form: FormId) -> None:
    """A template's card: what it asks for, and what can be done with it."""
    view = await chat.do(services.forms.view, form)
    answer = await chat.answer("forms.card", text=one_line, form=view)
    if answer.choice == "fill":
        raise Continue("fill", form=form)
    if answer.choice == "rows":
        raise Continue("rows", form=form)
    if answer.choice == "file":
        await chat.say("forms.file", form=view, attachments=[word_file(view)])
    elif answer.choice == "rename":
        await rename(chat, services, view)
    elif answer.choice == "retire":
        if await chat.choose("forms.retire", form=view) == "retire":
            await chat.do(services.forms.retire, form)
            await chat.say("forms.retired", form=view)
            return
    else:
        await correct(chat, services, view, answer.value or "")
    raise Continue("form", form=form)


def word_file(form: Form) -> Attachment:
    return Attachment(form.digest, f"{form.name}.docx", DOCX)


async def rename(chat: Chat, services: Services, form: Form) -> None:
    answer = await chat.answer("forms.rename", text=one_line, form=form)
    if answer.value:
        await chat.do(services.forms.rename, form.id, answer.value)


async def correct(chat: Chat, services: Services, form: Form, text: str) -> None:
    """ "3 money", "3 乙方", "3 optional": one of the fields is described anew."""
    try:
        correction: Correction = read_correction(form, text)
        await chat.do(services.forms.correct, form.id, correction.field)
    except SigningError as refusal:
        await chat.refuse(refusal)


@dialogue("fill", argument="form")
async def fill(chat: Chat, services: Services, form: FormId) -> None:
    """Fill a template in: everything that is missing is asked for at once, then it is an ordinary draft."""
    if await checked_person(chat, services) is None:
        return
    filling = await chat.do(services.fillings.begin, form)
    again = await chat.do(services.fillings.had_last_time, form)
    recent = await chat.do(services.drafts.recent_parties)
    while filling.is_open:
        answer = await ask_missing(chat, filling, recent, again)
        if answer.choice == "stop":
            raise Continue("form", form=form)
        if answer.choice == "go":
            break
        try:
            filling = await taken(chat, services, filling, recent, answer)
        except SigningError as refusal:
            await chat.refuse(refusal)
            continue
        for problem in filling.problems[:3]:
            await chat.refuse(rebuild(problem.code, problem.details))
    document = await chat.call(services.fillings.print, filling.id)
    contract = await chat.do(services.fillings.draft, filling.id, document)
    raise Continue("draft", contract=contract)


Said = Answer[str] | Answer[Secret[str]]


async def ask_missing(chat: Chat, filling: Filling, recent: list[NewParty], again: bool) -> Said:
    """Everything that is missing, in one question; sealed where an ID number may come."""
    if filling.has_secrets:
        return await chat.ask_secret("forms.fill", whole_text, filling=filling, recent=recent, again=again)
    return await chat.answer("forms.fill", text=whole_text, filling=filling, recent=recent, again=again)


async def taken(
    chat: Chat, services: Services, filling: Filling, recent: list[NewParty], answer: Said
) -> Filling:
    """The filling with what came back."""
    word, _, number = (answer.choice or "").partition("-")
    if word == "again":
        return await chat.do(services.fillings.again, filling.id)
    if word == "recent":
        role, party = filling.missing[0], recent[int(number)]
        return await chat.do(services.fillings.name_party, filling.id, role, party)
    if word == "role":
        role = filling.form.sheet.roles[int(number)]
        return await chat.do(services.fillings.play, filling.id, role)
    return await chat.do(services.fillings.take, filling.id, answer.value)


def whole_text(text: str) -> str:
    """What was typed, its lines kept."""
    return text.strip()

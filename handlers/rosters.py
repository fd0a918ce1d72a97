"""Many contracts from one template and a table: read as a whole, made one by one, started with one code."""

from __future__ import annotations

from handlers.chat import Answer, Chat, Continue, dialogue
from handlers.confirm import Agreement, Cancelled, confirm
from handlers.message import Attachment
from handlers.my_signature import another_seal
from handlers.services import Services
from handlers.signature import put_signature
from signing.contracts.bindings import Entry, start_list_binding
from signing.contracts.contract import Contract
from signing.errors import SigningError
from signing.forms.forms import Form
from signing.forms.rosters import XLSX, Roster
from signing.ids import ChallengeId, ContractId, Digest, FormId, RosterId, SealId
from signing.seals.keeping import Seal

AT_A_TIME = 10


@dialogue("rows", argument="form")
async def rows(chat: Chat, services: Services, form: FormId) -> None:
    """Take a table, say what is wrong in it by row, and make its contracts."""
    view = await chat.do(services.forms.view, form)
    who = (await chat.actor()).registered
    while True:
        answer: Answer[None] = await chat.answer("rosters.ask", upload=True, form=view)
        if answer.choice == "empty":
            digest = await chat.call(services.rosters.empty, form, who)
            await chat.say("rosters.empty", attachments=[Attachment(digest, f"{view.name}.xlsx", XLSX)])
            continue
        if answer.upload is None:
            raise Continue("form", form=form)
        roster = await read_table(chat, services, view, Digest(answer.upload.digest))
        chosen = await chat.choose("rosters.read", form=view, roster=roster) if roster else "again"
        if chosen == "stop":
            raise Continue("form", form=form)
        if chosen == "make" and roster:
            raise Continue("make-rows", roster=roster.id)


async def read_table(chat: Chat, services: Services, form: Form, upload: Digest) -> Roster | None:
    """What the table says; the file itself is forgotten, people's data may stand in it."""
    who = (await chat.actor()).registered
    roster: Roster | None = None
    try:
        roster = await chat.call(services.rosters.read, upload, form.id, who)
    except SigningError as refusal:
        await chat.refuse(refusal)
    await chat.do(services.proofs.forget_upload, upload)
    return roster


@dialogue("make-rows")
async def make_rows(
    chat: Chat, services: Services, roster: RosterId, line: str = "", failed: list[int] | None = None
) -> None:
    """Make a contract of each row, some at a time, then offer to start them all."""
    left_out = list(failed or [])
    lines = await chat.do(services.rosters.lines, roster)
    waiting = [each for each in lines if each.contract is None and each.number not in left_out]
    for at, each in enumerate(waiting[:AT_A_TIME]):
        done = len(lines) - len(waiting) + at
        line = await chat.do(services.progress.put, "rosters.making", done, len(lines), line)
        try:
            document = await chat.call(services.fillings.print, each.filling)
            await chat.do(services.fillings.draft, each.filling, document)
        except SigningError as refusal:
            await chat.refuse(refusal)
            left_out.append(each.number)
    if len(waiting) > AT_A_TIME:
        raise Continue("make-rows", roster=roster, line=line, failed=left_out)
    if waiting:
        await chat.do(services.progress.put, "rosters.making", len(lines), len(lines), line)
    await start_all(chat, services, roster, left_out)


async def start_all(chat: Chat, services: Services, roster: RosterId, left_out: list[int]) -> None:
    """One code for all of them, or leave them as drafts."""
    drafts = await chat.do(services.rosters.drafts, roster)
    if not drafts:
        raise Continue("home")
    chosen, seal = await how_to_start(chat, services, drafts, left_out)
    if chosen == "later":
        await chat.say("rosters.kept", drafts=drafts)
        return
    listed, refused = await prepared(chat, services, drafts, seal.id if seal else "")
    try:
        challenge = await agreed(chat, services, drafts, listed, seal)
    except (Cancelled, SigningError) as refusal:
        if not isinstance(refusal, Cancelled):
            await chat.refuse(refusal)
        await chat.say("rosters.kept", drafts=drafts)
        return
    started, line = list[Contract](), ""
    for number, draft in enumerate(drafts):
        if draft.id in refused:
            continue
        line = await chat.do(services.progress.put, "rosters.starting", number, len(drafts), line)
        if await start_one(chat, services, draft, listed, challenge):
            started.append(draft)
    dropped = [each for each in drafts if each not in started]
    await chat.say("rosters.started", started=started, dropped=dropped)


async def how_to_start(
    chat: Chat, services: Services, drafts: list[Contract], failed: list[int]
) -> tuple[str, Seal | None]:
    """What the sender wants, and which of their seals goes on each of them, if any."""
    sender = drafts[0].parties[0]
    seals = await chat.do(services.seals.usable, sender.principal)
    seal = seals[0] if seals else None
    while True:
        several = len(seals) > 1
        chosen = await chat.choose("rosters.made", drafts=drafts, failed=failed, seal=seal, several=several)
        if chosen != "other":
            return chosen, seal if chosen == "seal" else None
        seal = await another_seal(chat, services, sender, seals) or seal


async def prepared(
    chat: Chat, services: Services, drafts: list[Contract], seal: str
) -> tuple[list[Entry], list[ContractId]]:
    """What the code stands for, a line a contract, and the contracts that can't be started."""
    listed, refused = [], []
    for draft in drafts:
        try:
            await chat.do(services.initiating.require_ready, draft.id, draft.plan)
            digest = await chat.call(services.initiating.prepare, draft.id, draft.plan)
            listed.append([draft.id, draft.parties[0].id, digest, seal])
        except SigningError:
            refused.append(draft.id)
    return listed, refused


async def agreed(
    chat: Chat, services: Services, drafts: list[Contract], listed: list[Entry], seal: Seal | None
) -> ChallengeId:
    sender = drafts[0].parties[0]
    title = f"{drafts[0].title} × {len(listed)}"
    block = "seal_list" if seal else "start_list"
    binding = start_list_binding(listed)
    agreement = Agreement(binding, sender.phone, block, title, sender.name, seal)
    return await confirm(chat, services, agreement)


async def start_one(
    chat: Chat, services: Services, draft: Contract, listed: list[Entry], challenge: ChallengeId
) -> bool:
    """Start one of the list, and seal it where the list says so; False where it was refused."""
    contract, _, digest, seal = next(each for each in listed if each[0] == draft.id)
    try:
        await chat.do(services.initiating.initiate, contract, draft.plan, digest, challenge, seal, listed)
        if seal:
            await put_signature(
                chat, services, draft.id, draft.parties[0].id, SealId(seal), challenge, listed
            )
    except SigningError:
        return False
    return True

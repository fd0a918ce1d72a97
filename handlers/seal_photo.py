"""A seal for a company: made online, or cut out of a photo of it on white paper and nudged until it is right."""

from __future__ import annotations

from handlers.acting import companies_in_mind
from handlers.chat import Answer, Chat, dialogue
from handlers.message import Attachment
from handlers.seal import draw_and_keep, pick_company, picture
from handlers.services import Services
from signing.enterprises import Enterprise
from signing.ids import Digest, EnterpriseId
from signing.seals.errors import SealError
from signing.seals.keeping import Seal
from signing.seals.photo_errors import SeveralSeals
from signing.seals.photographs import CutSeal
from signing.seals.typed import seal_code

KINDS = ("contract", "official", "finance", "invoice", "legal_representative")
NUDGES = {"left": (-3.0, 0.0), "right": (3.0, 0.0), "darker": (0.0, 0.3), "lighter": (0.0, -0.3)}


@dialogue("seal", command="seal", argument="owner")
async def seal(chat: Chat, services: Services, owner: str = "") -> None:
    """Make a seal for one of the person's companies."""
    companies = await companies_in_mind(chat, services)
    if not companies:
        await chat.say("seal.no_company")
        return
    company = await pick_company(chat, companies, owner)
    answer, code = await kind_and_code(chat, company)
    if answer.upload is not None:
        made = await keep_photographed(chat, services, company, Digest(answer.upload.digest))
    elif answer.choice in KINDS:
        made = await draw_and_keep(chat, services, company.id, answer.choice, code=code)
    else:
        return
    if made is not None:
        await tell_made(chat, made, company)


async def kind_and_code(chat: Chat, company: Enterprise) -> tuple[Answer[str], str]:
    """Which seal, and the 13-digit code that it bears where one was typed before."""
    code = ""
    while True:
        answer: Answer[str] = await chat.answer(
            "seal.kind", text=seal_code, upload=True, company=company.name, code=code
        )
        if answer.value is None:
            return answer, code
        code = answer.value


async def offer_first_seal(chat: Chat, services: Services, company: EnterpriseId) -> None:
    """A company that was just registered gets its contract seal: made online, or out of a photo of it."""
    mine = await chat.do(services.enterprises.mine)
    owner = next(each for each in mine if each.id == company)
    answer: Answer[None] = await chat.answer("company.passed", upload=True, name=owner.name)
    made: Seal | None = None
    if answer.upload is not None:
        photo = Digest(answer.upload.digest)
        made = await keep_photographed(chat, services, owner, photo, "contract")
    elif answer.choice == "seal":
        made = await draw_and_keep(chat, services, company, "contract")
    if made is not None:
        await tell_made(chat, made, owner)


@dialogue("seal-photo")
async def seal_photo(chat: Chat, services: Services, photo: Digest) -> None:
    """A photo came unasked, and it is of a seal."""
    companies = await companies_in_mind(chat, services)
    if not companies:
        await chat.say("seal.no_company")
        return
    company = await pick_company(chat, companies)
    made = await keep_photographed(chat, services, company, photo)
    if made is not None:
        await tell_made(chat, made, company)


async def tell_made(chat: Chat, made: Seal, company: Enterprise) -> None:
    """Show the seal that was kept, and whether it can be used already."""
    block = "seal.waits" if made.state == "waiting" else "seal.made"
    await chat.say(block, attachments=[picture(made, company.name)], company=company.name)


async def keep_photographed(
    chat: Chat, services: Services, company: Enterprise, photo: Digest, kind: str = ""
) -> Seal | None:
    """Cut the seal out, show it, nudge it, keep it; None where the person would rather not."""
    kind = kind or await chat.choose("seal.which", company=company.name)
    cut = await cut_out(chat, services, photo, kind, company.name) if kind in KINDS else None
    while cut is not None:
        answer: Answer[None] = await chat.answer(
            "seal.cut",
            upload=True,
            attachments=[shown(cut, company.name, kind)],
            warnings=cut.warnings,
            reads=cut.reads,
            company=company.name,
        )
        if answer.choice == "use":
            kept = await chat.do(services.seals.keep, company.id, kind, cut.drawn, "photo")
            if kept.state == "waiting":
                await chat.do(services.seal_reviews.submit, kept.id, photo)
            return kept
        if answer.upload is not None:
            photo = Digest(answer.upload.digest)
            cut = await cut_out(chat, services, photo, kind, company.name)
        elif answer.choice in NUDGES:
            cut = await chat.call(
                services.seal_photos.adjust, photo, cut.drawn.picture, kind, *NUDGES[answer.choice]
            )
        else:
            cut = None
    return None


async def cut_out(chat: Chat, services: Services, photo: Digest, kind: str, name: str) -> CutSeal | None:
    """The seal out of a photo, or out of a better one; of several the one that is chosen."""
    box: list[int] = []
    while True:
        try:
            return await chat.call(services.seal_photos.cut_out, photo, kind, box, name)
        except SeveralSeals as several:
            box = await choose_seal(chat, services, photo, several.details["boxes"])
            if not box:
                return None
        except SealError as refusal:
            await chat.refuse(refusal)
            answer: Answer[None] = await chat.answer("seal.again", upload=True)
            if answer.upload is None:
                return None
            photo, box = Digest(answer.upload.digest), []


async def choose_seal(chat: Chat, services: Services, photo: Digest, boxes: list[list[int]]) -> list[int]:
    """Which of the seals on the photo; empty where none is meant."""
    crops = await chat.call(services.seal_photos.choices, photo, boxes)
    attachments = [
        Attachment(crop, f"seal-{number}.png", "image/png", "captions.choice", {"number": number})
        for number, crop in enumerate(crops, start=1)
    ]
    answer: Answer[None] = await chat.answer("seal.several", attachments=attachments, count=len(crops))
    chosen = (answer.choice or "").removeprefix("seal-")
    return boxes[int(chosen) - 1] if chosen.isdigit() else []


def shown(cut: CutSeal, owner: str, kind: str) -> Attachment:
    """A cut-out seal on white."""
    width = f"{cut.drawn.width_mm:g}"
    facts: dict[str, str | int] = {"owner": owner, "kind": kind, "name": "", "width": width}
    return Attachment(cut.shown, f"{kind}.png", "image/png", "captions.seal", facts)

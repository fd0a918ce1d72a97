"""A company is registered: what its licence says, then who is asking."""

from __future__ import annotations

from collections.abc import Callable

from handlers.chat import Chat, dialogue
from handlers.joining import ask_to_join
from handlers.message import Attachment
from handlers.papers import agree_to_papers, photo_of, scanned, sharpened
from handlers.register import checked_person
from handlers.registers import ask_register
from handlers.seal_photo import offer_first_seal
from handlers.services import Services
from signing.enterprises import EnterpriseTaken
from signing.errors import SigningError
from signing.identity.elements import person_name
from signing.identity.licences import FIELDS, Licence, company_elements, value_of
from signing.identity.proofs import Scan
from signing.ids import CheckId, Digest, EnterpriseId

LETTER_PDF = "application/pdf"


@dialogue("company", command="company")
async def company(chat: Chat, services: Services) -> None:
    """Register an enterprise: by its legal representative at once, by somebody else with a power of attorney."""
    person = await checked_person(chat, services)
    if person is None:
        return
    licence, scan = await which_company(chat, services)
    enterprise = await register_company(chat, services, licence.name, licence.code, licence, scan)
    if enterprise is not None:
        await offer_first_seal(chat, services, enterprise)


async def which_company(chat: Chat, services: Services) -> tuple[Licence, Scan | None]:
    """Name and code, typed or read from the licence; what was read is offered for correction."""
    found, scan = Licence(), None
    while not found.complete:
        answer = await chat.answer(
            "company.which", text=company_elements, upload=True, found=found, scan=scan
        )
        if answer.upload is None:
            found = (answer.value or Licence()).over(found)
            continue
        try:
            scan = await scanned(chat, services, Digest(answer.upload.digest))
        except SigningError as refusal:
            await chat.refuse(refusal)
            continue
        read = await read_licence(chat, services, scan)
        if scan.ringed and not read.complete:
            scan = await sharpened(chat, services, scan)
            if scan is None:
                continue
            read = await read_licence(chat, services, scan)
        found = await corrected(chat, read.over(found)) if read.complete else read.over(found)
    return found, scan


async def read_licence(chat: Chat, services: Services, scan: Scan) -> Licence:
    actor = await chat.actor()
    return await chat.call(services.licences.read, actor.registered, scan.digest)


async def corrected(chat: Chat, licence: Licence) -> Licence:
    """What was read, each field correctable, until the person says that it is right."""
    while True:
        answer = await chat.answer("company.fields", text=company_elements, licence=licence)
        if answer.value is not None:
            licence = answer.value.over(licence)
        elif answer.choice in FIELDS:
            value = await chat.answer(
                f"company.{answer.choice}", text=READERS[answer.choice], licence=licence
            )
            licence = licence.corrected(answer.choice, value.value or "") if value.value else licence
        else:
            return licence


def _reader(field: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        return value_of(field, text)

    return read


READERS = {field: _reader(field) for field in FIELDS}


async def register_company(
    chat: Chat,
    services: Services,
    name: str,
    code: str,
    licence: Licence | None = None,
    scan: Scan | None = None,
) -> EnterpriseId | None:
    """Check an enterprise for whoever talks; None, and said why, where it is not (yet) registered."""
    try:
        check = await chat.do(services.checks.open_enterprise, name, code)
    except EnterpriseTaken:
        await ask_to_join(chat, services, code)
        return None
    outcome = await ask_register(chat, services, check)
    if outcome is None:
        return None
    enterprise = await chat.do(services.checks.settle_enterprise, check, outcome)
    if enterprise is not None:
        return enterprise
    if outcome.verdict == "mismatch" and outcome.differs == ("representative",):
        await by_attorney(chat, services, licence or Licence(name, code), scan)
    else:
        await chat.say("company.failed", name=name, outcome=outcome)
    return None


async def by_attorney(chat: Chat, services: Services, licence: Licence, scan: Scan | None) -> None:
    """Somebody who is not the legal representative: the licence and a sealed letter, which an operator looks at."""
    check = await chat.do(
        services.claims.open_attorney, licence.name, licence.code, licence.representative, licence.address
    )
    await prepare_letter(chat, services, check, licence, scan)


@dialogue("attorney", argument="check")
async def attorney(chat: Chat, services: Services, check: CheckId) -> None:
    """Go on with a power of attorney that had to wait for the register."""
    claim = await chat.do(services.claims.mine, check)
    licence = Licence(claim.name, claim.code, claim.representative, address=claim.address)
    await prepare_letter(chat, services, check, licence, None, claim.confirmed)


async def prepare_letter(
    chat: Chat, services: Services, check: CheckId, licence: Licence, scan: Scan | None, confirmed: str = ""
) -> None:
    """Consent, the licence's photo and the representative, as far as they are missing; then the letter."""
    kept = scan is not None or await chat.do(services.proofs.has, check, "licence")
    if not await agree_to_papers(chat, services, "company.attorney", name=licence.name, licence=kept):
        await chat.say("company.stopped", name=licence.name)
        return
    if not kept:
        scan = await photo_of(chat, services, "company.licence", name=licence.name)
        if scan is None:
            return
        licence = licence.over(await read_licence(chat, services, scan))
    if scan is not None:
        await chat.do(services.proofs.keep, check, "licence", scan)
    if confirmed or await representative_agrees(chat, services, check, licence):
        await send_letter(chat, services, check, licence.name)


async def representative_agrees(chat: Chat, services: Services, check: CheckId, licence: Licence) -> bool:
    """Whom the licence names as legal representative, confirmed by the register; False where it ends here for now."""
    named = licence.representative
    while True:
        if not named:
            answer = await chat.answer("company.representative", text=person_name, licence=licence)
            if answer.value is None:
                return False
            named = answer.value
        await chat.do(services.claims.name_representative, check, named)
        outcome = await ask_register(chat, services, check)
        if outcome is None:
            return False
        if await chat.do(services.claims.settle_representative, check, outcome):
            return True
        await chat.say("company.other_representative", name=licence.name, named=named)
        named = ""


async def send_letter(chat: Chat, services: Services, check: CheckId, name: str) -> None:
    """The letter to print and seal, its photo, and the case for the operators."""
    letter = await chat.call(services.letters.make, check)
    attachments = [Attachment(letter, "power-of-attorney.pdf", LETTER_PDF)]
    scan = await photo_of(chat, services, "company.letter", attachments, name=name)
    if scan is None:
        await chat.say("company.stopped", name=name)
        return
    await chat.do(services.proofs.keep, check, "letter", scan)
    await chat.call(services.comparing.look_over, check)
    case = await chat.do(services.cases.submit, check)
    await chat.say("company.in_review", name=name, number=case.number)


@dialogue("correct", argument="check")
async def correct(chat: Chat, services: Services, check: CheckId) -> None:
    """Send again just the paper that was not good enough."""
    case = await chat.do(services.cases.returned, check)
    part = case.part or case.main_part
    attachments = []
    if part == "letter":
        letter = await chat.call(services.letters.make, check)
        attachments = [Attachment(letter, "power-of-attorney.pdf", LETTER_PDF)]
    scan = await photo_of(chat, services, "company.again", attachments, case=case, part=part)
    if scan is None:
        return
    await chat.do(services.proofs.keep, check, part, scan)
    await chat.call(services.comparing.look_over, check)
    again = await chat.do(services.cases.submit, check)
    await chat.say("company.in_review", name=again.claim.name, number=again.number)

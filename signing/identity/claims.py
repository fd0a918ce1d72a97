"""What a person claims that no register can answer: acting by a power of attorney, or a document from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from signing.actor import Actor
from signing.errors import SigningError
from signing.identity.askings import begin_asking
from signing.identity.checks import Checks
from signing.identity.elements import NotAName, normalized, person_name
from signing.identity.providers.base import Outcome
from signing.identity.records import NotThisCheck, Records
from signing.ids import CheckId
from signing.persons import read_person
from signing.store.port import Reading, Tx
from signing.store.vault import Sealed

DocumentKind = Literal["passport", "hongkong", "taiwan", "resident-id"]


COMPARED = ("name", "code", "representative", "address")


class NotADocument(SigningError):
    """No number of a passport or permit was found beside the name."""

    code = "identity.document"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: as it is claimed, and as the photo has it."""

    field: str
    claimed: str
    seen: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What a check says, with the check's person: `ground` is `attorney` or `document`; `tail` of the document.

    `confirmed` is the legal representative for whom the register has vouched; `seen` what was read on the licence's
    photo, by field.
    """

    ground: str
    applicant: str
    name: str
    code: str = ""
    representative: str = ""
    address: str = ""
    confirmed: str = ""
    kind: str = ""
    tail: str = ""
    seen: dict[str, str] = field(default_factory=dict)

    @property
    def differs(self) -> tuple[Difference, ...]:
        """What is claimed otherwise than the licence's photo has it."""
        claimed = {each: str(getattr(self, each)) for each in COMPARED}
        return tuple(
            Difference(each, value, self.seen[each])
            for each, value in claimed.items()
            if value and self.seen.get(each) and _folded(value) != _folded(self.seen[each])
        )

    @property
    def agrees(self) -> tuple[str, ...]:
        """The fields that the licence's photo has just as they are claimed."""
        otherwise = {each.field for each in self.differs}
        return tuple(each for each in COMPARED if self.seen.get(each) and each not in otherwise)


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """A name and the number of a passport or permit, as typed."""

    name: str
    number: str


def named_document(text: str) -> NamedDocument:
    """Name and number in one message, in any order. Raises NotADocument, NotAName."""
    words = [word.strip() for word in normalized(text).replace("，", ",").replace("\n", ",").split(",")]
    numbers = [word.replace(" ", "").upper() for word in words if _is_number(word)]
    names = [word for word in words if word and not _is_number(word)]
    if not numbers:
        raise NotADocument
    if not names:
        raise NotAName
    return NamedDocument(person_name(names[0]), numbers[0])


def _folded(text: str) -> str:
    """As it is compared: width, case, spaces and brackets of either kind make no difference."""
    return "".join(normalized(text).casefold().split())


def _is_number(word: str) -> bool:
    bare = word.replace(" ", "")
    return bare.isascii() and bare.isalnum() and 6 <= len(bare) <= 12 and sum(map(str.isdigit, bare)) >= 5


class Claims:
    """Opens checks that an operator decides."""

    def __init__(self, checks: Checks, records: Records) -> None:
        self._checks = checks
        self._records = records

    def open_attorney(
        self, tx: Tx, actor: Actor, name: str, code: str, representative: str = "", address: str = ""
    ) -> CheckId:
        """Somebody who is not the legal representative registers a company. Raises as `open_enterprise`."""
        elements = self._checks.claimed(tx, actor, name, code)
        elements = {**elements, "representative": representative, "address": address}
        return self._records.open(tx, actor, "enterprise", "attorney", elements)

    def open_document(self, tx: Tx, actor: Actor, kind: DocumentKind, found: dict[str, str]) -> CheckId:
        """Somebody without a resident ID registers. Raises NotRegistered, TooManyChecks."""
        elements = {"kind": kind, "name": found["name"], "number": found["number"]}
        return self._records.open(tx, actor, "person", "document", elements)

    def open_resident(self, tx: Tx, actor: Actor, check: CheckId) -> CheckId:
        """Name and ID number agree, the phone does not: an operator looks at the card. Raises NotThisCheck, TooManyChecks."""
        row = self._records.mine(tx, actor, check, "running")
        elements = self._records.elements(tx, row)
        self._records.close(tx, check, "failed", "mismatch", "")
        found = {"name": elements["name"], "number": elements["resident_id"]}
        return self.open_document(tx, actor, "resident-id", found)

    def name_representative(self, tx: Tx, actor: Actor, check: CheckId, name: str) -> None:
        """Who the licence says the legal representative is. Raises NotThisCheck, NotAName, TooManyChecks."""
        row = self._records.mine(tx, actor, check, "collecting")
        elements = {**self._records.elements(tx, row), "representative": person_name(name), "confirmed": ""}
        self._records.ask(tx, check, actor.registered, elements)

    def settle_representative(self, tx: Tx, actor: Actor, check: CheckId, outcome: Outcome) -> bool:
        """What the register says of name, code and representative; a match lets the claim go on."""
        row = self._records.mine(tx, actor, check, "running")
        elements = self._records.elements(tx, row)
        elements["confirmed"] = elements["representative"] if outcome.verdict == "match" else ""
        elements["representative"] = elements["confirmed"]
        self._records.keep(tx, check, actor.registered, elements, "collecting")
        return outcome.verdict == "match"

    def mine(self, tx: Tx, actor: Actor, check: CheckId) -> Claim:
        """The person's own open claim. Raises NotThisCheck."""
        row = self._records.mine(tx, actor, check, "collecting", "reviewing")
        if row["ground"] not in ("attorney", "document"):
            raise NotThisCheck
        return self.read(tx, check)

    def read(self, tx: Reading, check: CheckId) -> Claim:
        """The claim of a check; of one that is decided or erased only that there was one."""
        row = tx.get("checks", check)
        assert row is not None
        try:
            elements = self._records.elements(tx, row) if row["elements"] else None
        except Sealed:
            elements = None
        if elements is None:
            return Claim(row["ground"], read_person(tx, row["person"]).name, "")
        number = elements.pop("number", "")
        applicant = read_person(tx, row["person"]).name or elements["name"]
        return Claim(row["ground"], applicant, **elements, tail=number[-4:])

    def review(self, tx: Tx, check: CheckId) -> None:
        """From here on the check waits for operators, who are asked no more often than a register. Raises TooManyChecks."""
        row = tx.hold("checks", check)
        begin_asking(tx, check, row["person"])
        tx.change("checks", check, {"state": "reviewing"})

    def approve(self, tx: Tx, check: CheckId, reference: str) -> str:
        """The claim holds: register the enterprise, or certify the person; which principal that is.

        Raises EnterpriseTaken, CheckTaken.
        """
        row = tx.hold("checks", check)
        elements = self._records.elements(tx, row)
        self._records.close(tx, check, "passed", "match", reference)
        if row["ground"] == "attorney":
            return self._checks.register(tx, row["person"], elements)
        self._checks.certify(tx, row["person"], elements["name"], elements["kind"], elements["number"])
        return str(row["person"])

    def refuse(self, tx: Tx, check: CheckId, reference: str) -> None:
        """The claim is over without a pass."""
        self._records.close(tx, check, "failed", "mismatch", reference)

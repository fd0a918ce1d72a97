"""A draft handed over: a colleague of the same enterprise goes on with it as its sender."""

from __future__ import annotations

from dataclasses import dataclass

from signing.actor import Actor
from signing.audit import note
from signing.contracts.changing import changed, open_draft
from signing.contracts.contract import Contract, read_contract, require_sender
from signing.contracts.drafts import SenderNotChecked
from signing.enterprises import require_member
from signing.errors import SigningError
from signing.ids import ContractId, EnterpriseId, PersonId
from signing.persons import read_person
from signing.store.port import Reading, Tx


class NotForACompany(SigningError):
    """A draft in one's own name has no colleague to go to."""

    code = "draft.no-company"


@dataclass(frozen=True, slots=True)
class Heir:
    """Somebody who could go on with a draft."""

    id: PersonId
    name: str


class Succession:
    """Each raises NotRegistered, NoSuchContract, NotForACompany, NotAMember."""

    def colleagues(self, tx: Reading, actor: Actor, contract: ContractId) -> list[Heir]:
        """Who could go on with a draft."""
        company = _company(require_sender(read_contract(tx, contract), actor))
        require_member(tx, company, actor.registered)
        rows = tx.find("colleagues", enterprise=company, person=actor.registered)
        return [Heir(row["id"], row["name"]) for row in rows if row["name"]]

    def hand_over(self, tx: Tx, actor: Actor, contract: ContractId, heir: PersonId) -> Contract:
        """From here on the draft is the colleague's alone. Raises WrongState, SenderNotChecked."""
        draft = open_draft(tx, actor, contract)
        company = _company(draft)
        require_member(tx, company, actor.registered)
        require_member(tx, company, heir)
        person = read_person(tx, heir)
        if not person.checked:
            raise SenderNotChecked
        signer = {"contact": person.name, "phone": person.phone, "person": heir, "seal": None}
        tx.change("parties", draft.parties[0].id, signer)
        changed(tx, contract, sender=heir)
        note(tx, contract, "handed_over", actor.registered, to=heir)
        return read_contract(tx, contract)


def _company(draft: Contract) -> EnterpriseId:
    company = draft.parties[0].enterprise
    if company is None:
        raise NotForACompany
    return company

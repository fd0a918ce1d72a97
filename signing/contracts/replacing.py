"""Another document under a draft: the places that still fit stay."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from signing.actor import Actor
from signing.audit import note
from signing.contracts.changing import changed, open_draft
from signing.contracts.contract import Area, read_contract
from signing.contracts.drafts import Document
from signing.contracts.naming import names_of
from signing.contracts.pages import keep_pages
from signing.contracts.seating import propose_for
from signing.ids import ContractId
from signing.store.port import Tx


@dataclass(frozen=True, slots=True)
class Replaced:
    """How many places stayed, and the names of those that fell away."""

    kept: int
    dropped: tuple[str, ...]


class Replacing:
    """Raises NotRegistered, NoSuchContract, WrongState."""

    def replace(self, tx: Tx, actor: Actor, contract: ContractId, document: Document) -> Replaced:
        """Put another document in the place of a draft's. Who loses every place gets the proposed ones."""
        draft = open_draft(tx, actor, contract)
        names, gone = names_of(draft), [each for each in draft.areas if not _fits(each, document)]
        for area in gone:
            tx.remove("areas", area.id)
        keep_pages(tx, document.digest, document.views)
        changed(
            tx,
            contract,
            document=document.digest,
            current=document.digest,
            pages=document.pages,
            proposals=json.dumps(asdict(document.proposals), ensure_ascii=False),
        )
        note(tx, contract, "replaced", actor.registered, digest=document.digest)
        after = read_contract(tx, contract)
        for party in after.placeless:
            propose_for(tx, after, party)
        return Replaced(len(draft.areas) - len(gone), tuple(names[each.id] for each in gone))


def _fits(area: Area, document: Document) -> bool:
    """Whether the page is there and the whole place is on it."""
    if area.page >= document.pages:
        return False
    view = document.views[area.page]
    x0, y0, x1, y1 = view.to_display(area.box)
    return x0 >= -0.5 and y0 >= -0.5 and x1 <= view.width + 0.5 and y1 <= view.height + 0.5

"""What a signer fills in: asked of nobody else, sealed, agreed to by the code, written and locked by the signature."""

from __future__ import annotations

import io

import pikepdf
import pytest

from signing.contracts.bindings import start_binding
from signing.contracts.contract import Contract, NotTheSigner
from signing.contracts.drafts import Document
from signing.contracts.plan import Proposals
from signing.contracts.seating import NewParty
from signing.errors import SigningError
from signing.forms.errors import NotADay, NotFilledIn
from signing.ids import Digest
from signing.store.port import Tx
from signing.willingness import NotWilling
from tests.signing.contracts.world import A4, Someone, World, paper

ID_NUMBER = "11010519491231002X"
FIELDS = (
    {"label": "收货地址", "kind": "text", "role": "乙方", "required": True, "choices": []},
    {"label": "到货日期", "kind": "date", "role": "乙方", "required": True, "choices": []},
    {"label": "身份证号", "kind": "resident_id", "role": "乙方", "required": False, "choices": []},
)


def started(world: World, sender: Someone, signer: Someone) -> Contract:
    """A contract with three places for the signer to fill in."""
    digest = Digest(world.blobs.write(paper()))
    anchors = [
        {
            "party": role,
            "kind": "signature",
            "page": 0,
            "box": [60, 60 + 80 * n, 200, 110 + 80 * n],
            "anchor": role,
        }
        for n, role in enumerate(("甲方", "乙方"))
    ]
    anchors += [
        {
            "party": "乙方",
            "kind": "text",
            "page": 0,
            "box": [60, 700 - 30 * n, 300, 716 - 30 * n],
            "anchor": "",
            "field": each,
        }
        for n, each in enumerate(FIELDS)
    ]

    def make(tx: Tx) -> Contract:
        world.blobs.register(tx, digest, "application/pdf")
        document = Document(digest, (A4,), (), Proposals(anchors, [], ["甲方", "乙方"]))
        key = world.drafts.create(tx, sender.actor, document, "Order", None)
        world.drafts.add_party(tx, sender.actor, key, NewParty(signer.name, signer.phone))
        return world.drafts.view(tx, sender.actor, key)

    draft = world.store.write(make)
    prepared = world.initiating.prepare(draft.id, draft.plan)
    challenge = world.agree(sender, start_binding(draft, prepared, ""))
    begun = world.store.write(
        world.initiating.initiate, sender.actor, draft.id, draft.plan, prepared, challenge, ""
    )
    return world.admit(signer, begun.parties[1].id)


def fill(world: World, who: Someone, contract: Contract, number: int, text: str) -> None:
    party = contract.parties[1]
    area = contract.blanks_of(party.id)[number].id
    world.store.write(world.entries.put, who.actor, contract.id, party.id, area, text)


def test_the_blanks_are_the_signers_own_and_in_reading_order(world: World) -> None:
    sender, signer = world.someone(0), world.someone(1)
    contract = started(world, sender, signer)
    assert [area.field.label for area in contract.blanks_of(contract.parties[1].id) if area.field] == [
        "收货地址",
        "到货日期",
        "身份证号",
    ]
    assert contract.blanks_of(contract.parties[0].id) == ()


def test_nobody_else_fills_them_in_or_sees_them(world: World) -> None:
    sender, signer = world.someone(0), world.someone(1)
    contract = started(world, sender, signer)
    with pytest.raises(NotTheSigner):
        fill(world, sender, contract, 0, "窑前路18号")
    with pytest.raises(NotTheSigner):
        world.store.read(world.entries.blanks, sender.actor, contract.id, contract.parties[1].id)


def test_a_value_of_another_kind_is_refused(world: World) -> None:
    sender, signer = world.someone(0), world.someone(1)
    contract = started(world, sender, signer)
    with pytest.raises(NotADay):
        fill(world, signer, contract, 1, "soon")


def test_nothing_is_signed_until_all_that_is_required_is_filled_in(world: World) -> None:
    sender, signer = world.someone(0), world.someone(1)
    contract = started(world, sender, signer)
    fill(world, signer, contract, 0, "窑前路18号")
    with pytest.raises(NotFilledIn) as refused:
        world.agreed(signer, contract.id, contract.parties[1].id)
    assert refused.value.details == {"labels": ["到货日期", "身份证号"]}
    with pytest.raises(NotFilledIn):
        fill(world, signer, contract, 1, "")


def test_an_entry_that_changes_after_the_code_makes_the_code_void(world: World) -> None:
    sender, signer = world.someone(0), world.someone(1)
    contract = started(world, sender, signer)
    party = contract.parties[1].id
    for number, text in enumerate(("窑前路18号", "2026-12-04", "")):
        fill(world, signer, contract, number, text)
    challenge = world.agreed(signer, contract.id, party)
    fill(world, signer, contract, 0, "窑前路81号")
    with pytest.raises(NotWilling):
        world.put(signer, contract.id, party, challenge)


def test_what_was_filled_in_stands_in_the_file_and_is_locked_by_the_signature(world: World) -> None:
    sender, signer = world.someone(0), world.someone(1)
    contract = started(world, sender, signer)
    party = contract.parties[1].id
    for number, text in enumerate(("窑前路18号", "4 December 2026", ID_NUMBER)):
        fill(world, signer, contract, number, text)
    signed = world.sign(signer, contract.id, party)
    with pikepdf.open(io.BytesIO(world.blobs.read(signed.current))) as pdf:
        fields = {str(each.T): each for each in pdf.Root.AcroForm.Fields}
        assert str(fields["Party-2-text-1"].V) == "窑前路18号"
        assert str(fields["Party-2-text-2"].V) == "2026年12月4日"
        assert str(fields["Party-2-text-3"].V) == ID_NUMBER
        locked = [str(name) for name in fields["Party-2"].Lock.Fields]
        assert {"Party-2-text-1", "Party-2-text-2", "Party-2-text-3"} <= set(locked)
    assert world.valid_signatures(contract.id) == 1


def test_an_id_number_lies_nowhere_in_the_open_before_it_is_signed(world: World) -> None:
    sender, signer = world.someone(0), world.someone(1)
    contract = started(world, sender, signer)
    fill(world, signer, contract, 2, ID_NUMBER)
    for number, text in enumerate(("窑前路18号", "2026-12-04")):
        fill(world, signer, contract, number, text)
    blanks = world.store.read(world.entries.blanks, signer.actor, contract.id, contract.parties[1].id)
    assert blanks[2].shown == "••••••••••••••002X"
    kept = b"".join(path.read_bytes() for path in world.folder.rglob("*") if path.is_file())
    assert ID_NUMBER.encode() not in kept


def test_another_signer_begins_with_empty_places(world: World) -> None:
    sender, signer = world.someone(0), world.someone(1)
    contract = started(world, sender, signer)
    fill(world, signer, contract, 0, "窑前路18号")
    party = contract.parties[1].id
    other = world.someone(2)

    def hand_over(tx: Tx) -> None:
        tx.hold("contracts", contract.id)
        tx.change("parties", party, {"person": other.person})

    world.store.write(hand_over)
    blanks = world.store.read(world.entries.blanks, other.actor, contract.id, party)
    assert [each.shown for each in blanks] == [None, None, None]


def test_the_pages_show_what_was_filled_in(world: World) -> None:
    sender, signer = world.someone(0), world.someone(1)
    contract = started(world, sender, signer)
    party = contract.parties[1].id
    before = world.entries.look(contract.id, party)
    fill(world, signer, contract, 0, "窑前路18号")
    after = world.entries.look(contract.id, party)
    assert [each.pages for each in after] == [(1,)]
    assert before != after


def test_a_contract_with_places_to_fill_in_is_in_no_batch(world: World) -> None:
    from signing.contracts.batch import Batches
    from signing.contracts.seal_choice import SealChoice

    sender, signer = world.someone(0), world.someone(1)
    started(world, sender, signer)
    batches = Batches(world.invitations, SealChoice(world.seals), world.signatures)
    try:
        ready = world.store.write(batches.ready, signer.actor)
    except SigningError:
        ready = []
    assert ready == []

"""Somebody else signs: who may decide it, and what becomes of what the former signer was sent."""

from __future__ import annotations

import pytest

from signing.contracts.contract import Contract, NoSuchContract, NotTheSigner, Party
from signing.contracts.invitations import OtherPhone
from signing.contracts.signatures import SignedAlready
from signing.contracts.signers import NoColleague, SameSigner, Signers
from signing.enterprises import add_enterprise
from signing.ids import EnterpriseId, PersonId
from signing.store.port import Tx
from tests.signing.contracts.world import Someone, World


class Heard:
    def __init__(self) -> None:
        self.changes: list[str] = []

    def __call__(self, tx: Tx, contract: Contract, before: Party, by: PersonId) -> None:
        self.changes.append(contract.party(before.id).contact)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def signers(heard: Heard) -> Signers:
    return Signers(heard)


def test_the_sender_names_another_signer_and_the_former_is_out(
    world: World, signers: Signers, heard: Heard, lin: Someone, su: Someone, chen: Someone
) -> None:
    contract = world.started(lin, su)
    party = contract.parties[1].id
    world.admit(su, party)
    challenge = world.agreed(su, contract.id, party)
    world.store.write(signers.replace, lin.actor, contract.id, party, chen.name, chen.phone)
    with pytest.raises(NotTheSigner):
        world.put(su, contract.id, party, challenge)
    with pytest.raises(OtherPhone):
        world.admit(su, party)
    world.admit(chen, party)
    world.sign(lin, contract.id, contract.parties[0].id)
    assert world.sign(chen, contract.id, party).state == "completed"
    assert heard.changes == [chen.name]


def test_only_the_sender_replaces_and_never_themself(
    world: World, signers: Signers, lin: Someone, su: Someone, chen: Someone
) -> None:
    contract = world.started(lin, su)
    own, other = (each.id for each in contract.parties)
    for who, party in ((su, other), (chen, other), (lin, own)):
        with pytest.raises(NoSuchContract):
            world.store.write(signers.replace, who.actor, contract.id, party, chen.name, chen.phone)


def test_who_has_signed_is_not_replaced(
    world: World, signers: Signers, lin: Someone, su: Someone, chen: Someone
) -> None:
    contract = world.started(lin, su)
    party = contract.parties[1].id
    world.admit(su, party)
    world.sign(su, contract.id, party)
    with pytest.raises(SignedAlready):
        world.store.write(signers.replace, lin.actor, contract.id, party, chen.name, chen.phone)


def test_the_same_signer_is_no_change(world: World, signers: Signers, lin: Someone, su: Someone) -> None:
    contract = world.started(lin, su)
    with pytest.raises(SameSigner):
        world.store.write(signers.replace, lin.actor, contract.id, contract.parties[1].id, su.name, su.phone)


def enterprise_of(world: World, admin: Someone, *members: Someone) -> EnterpriseId:
    def make(tx: Tx) -> EnterpriseId:
        key = add_enterprise(tx, "蓝窑陶瓷有限公司", "91360202MA35H8QK2R", admin.name, admin.person)
        for number, member in enumerate(members):
            row = {"id": f"b-{number}", "enterprise": key, "person": member.person, "role": "member"}
            tx.insert("members", {**row, "created": tx.now})
        return key

    return world.store.write(make)


def for_enterprise(world: World, contract: Contract, enterprise: EnterpriseId) -> None:
    def bind(tx: Tx) -> None:
        tx.hold("contracts", contract.id)
        named = {"kind": "enterprise", "enterprise": enterprise, "code": "91360202MA35H8QK2R"}
        tx.change("parties", contract.parties[1].id, named)

    world.store.write(bind)


def test_a_signer_hands_over_to_a_colleague_and_to_nobody_else(
    world: World, signers: Signers, lin: Someone, su: Someone, chen: Someone
) -> None:
    stranger = world.someone(3)
    enterprise = enterprise_of(world, su, chen)
    contract = world.started(lin, su)
    for_enterprise(world, contract, enterprise)
    party = contract.parties[1].id
    world.admit(su, party)
    found = world.store.read(signers.colleagues, su.actor, contract.id, party)
    assert [each.id for each in found] == [chen.person]
    with pytest.raises(NoColleague):
        world.store.write(signers.hand_over, su.actor, contract.id, party, stranger.person)
    with pytest.raises(NotTheSigner):
        world.store.write(signers.hand_over, chen.actor, contract.id, party, chen.person)
    changed = world.store.write(signers.hand_over, su.actor, contract.id, party, chen.person)
    assert changed.party(party).contact == chen.name
    assert world.admit(chen, party).party(party).person == chen.person

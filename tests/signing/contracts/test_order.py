"""The order of signing: who is next is asked when the ones before have signed, and not before."""

from __future__ import annotations

import pytest

from handlers.order import groups
from signing.contracts.bindings import start_binding
from signing.contracts.contract import Contract, State
from signing.contracts.order import NotAnOrder, NotYourTurn, Orders
from signing.contracts.seating import NewParty
from signing.errors import SigningError
from tests.signing.contracts.world import Someone, World


def started(world: World, people: list[Someone], *turns: tuple[int, ...]) -> Contract:
    """A contract whose parties (from 0, the sender) sign in these groups."""
    draft = world.draft(*people)
    wanted = [[draft.parties[number].id for number in group] for group in turns]
    draft = world.store.write(Orders().set, people[0].actor, draft.id, wanted)
    prepared = world.initiating.prepare(draft.id, draft.plan)
    challenge = world.agree(people[0], start_binding(draft, prepared, ""))
    args = (people[0].actor, draft.id, draft.plan, prepared, challenge, "")
    return world.store.write(world.initiating.initiate, *args)


def test_only_the_first_are_asked_at_the_start(
    world: World, lin: Someone, su: Someone, chen: Someone
) -> None:
    contract = started(world, [lin, su, chen], (1,), (2,), (0,))
    assert world.called == ["苏青窑"]
    assert [each.state for each in contract.parties] == ["planned", "invited", "planned"]
    assert [each.contact for each in contract.due] == ["苏青窑"]


def test_the_next_is_asked_when_the_one_before_has_signed(
    world: World, lin: Someone, su: Someone, chen: Someone
) -> None:
    contract = started(world, [lin, su, chen], (1,), (2,), (0,))
    world.admit(su, contract.parties[1].id)
    contract = world.sign(su, contract.id, contract.parties[1].id)
    assert world.called == ["苏青窑", "陈晓舟"]
    world.admit(chen, contract.parties[2].id)
    world.sign(chen, contract.id, contract.parties[2].id)
    assert world.called == ["苏青窑", "陈晓舟", "林海清"]
    assert world.sign(lin, contract.id, contract.parties[0].id).state == State.COMPLETED
    assert world.valid_signatures(contract.id) == 3


def test_who_is_in_a_group_signs_in_any_order_and_the_next_group_waits_for_all(
    world: World, lin: Someone, su: Someone, chen: Someone
) -> None:
    contract = started(world, [lin, su, chen], (1, 2), (0,))
    assert world.called == ["苏青窑", "陈晓舟"]
    world.admit(chen, contract.parties[2].id)
    world.sign(chen, contract.id, contract.parties[2].id)
    assert "林海清" not in world.called
    with pytest.raises(NotYourTurn) as refused:
        world.store.read(world.signatures.binding, lin.actor, contract.id, contract.parties[0].id, lin.seal)
    assert refused.value.details["before"] == ["苏青窑"]


def test_nobody_signs_or_comes_in_before_their_turn(
    world: World, lin: Someone, su: Someone, chen: Someone
) -> None:
    contract = started(world, [lin, su, chen], (1,), (2,), (0,))
    with pytest.raises(NotYourTurn):
        world.admit(chen, contract.parties[2].id)
    with pytest.raises(NotYourTurn):
        world.sign(lin, contract.id, contract.parties[0].id)


def test_a_sender_whose_turn_comes_later_can_not_seal_at_the_start(
    world: World, lin: Someone, su: Someone
) -> None:
    draft = world.draft(lin, su)
    order = [[draft.parties[1].id], [draft.parties[0].id]]
    draft = world.store.write(Orders().set, lin.actor, draft.id, order)
    prepared = world.initiating.prepare(draft.id, draft.plan)
    challenge = world.agree(lin, start_binding(draft, prepared, lin.seal))
    with pytest.raises(NotYourTurn):
        world.store.write(
            world.initiating.initiate, lin.actor, draft.id, draft.plan, prepared, challenge, lin.seal
        )


def test_who_was_not_asked_yet_does_not_hear_of_the_end(
    world: World, lin: Someone, su: Someone, chen: Someone
) -> None:
    contract = started(world, [lin, su, chen], (1,), (2,), (0,))
    world.admit(su, contract.parties[1].id)
    world.store.write(world.endings.refuse, su.actor, contract.id, contract.parties[1].id, "terms")
    assert world.read(contract.id).parties[2].state == "planned"


def test_an_order_names_each_party_once(world: World, lin: Someone, su: Someone) -> None:
    draft = world.draft(lin, su)
    first, second = (each.id for each in draft.parties)
    for wrong in ([[first]], [[first], [first]], [[first, second], [second]]):
        with pytest.raises(NotAnOrder):
            world.store.write(Orders().set, lin.actor, draft.id, wrong)


def test_a_party_that_is_added_to_a_sequence_comes_last(
    world: World, lin: Someone, su: Someone, chen: Someone
) -> None:
    draft = world.draft(lin, su)
    first, second = (each.id for each in draft.parties)
    world.store.write(Orders().set, lin.actor, draft.id, [[second], [first]])
    world.store.write(world.drafts.add_party, lin.actor, draft.id, NewParty(chen.name, chen.phone))
    assert [each.turn for each in world.read(draft.id).parties] == [2, 1, 3]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2, 3+4, 1", [[2], [3, 4], [1]]),
        ("２、３和１", [[2], [3, 1]]),
        ("1 then 2 and 3", [[1], [2, 3]]),
        ("2 → 1", [[2], [1]]),
    ],
)
def test_an_order_is_read_as_people_type_it(typed: str, meant: list[list[int]]) -> None:
    assert groups(typed) == meant


@pytest.mark.parametrize("typed", ["", "first me", "1,,2", "-1"])
def test_what_is_no_order_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(SigningError):
        groups(typed)

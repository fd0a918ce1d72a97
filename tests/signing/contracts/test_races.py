"""Two things at once: whoever comes second is refused, and the contract is what the first made of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from signing.certificates import NoCertificate
from signing.contracts.bindings import sign_binding
from signing.contracts.contract import NoSuchContract, NotTheSigner, State, WrongState
from signing.contracts.signatures import Overtaken, SignedAlready
from signing.seals.keepers import SealNotYours
from signing.willingness import NotWilling, Verdict
from tests.signing.contracts.world import Someone, World


def test_a_signature_that_was_computed_before_a_withdrawal_does_not_count(
    world: World, lin: Someone, su: Someone
) -> None:
    contract = world.started(lin, su)
    party = contract.parties[1].id
    world.admit(su, party)
    challenge = world.agreed(su, contract.id, party)
    made = world.signatures.compute(contract.id, party, su.seal, challenge, su.actor.chat, su.person)
    world.store.write(world.endings.withdraw, lin.actor, contract.id, "wrong price")
    with pytest.raises(WrongState):
        world.store.write(world.signatures.commit, su.actor, contract.id, party, su.seal, challenge, made)
    assert world.read(contract.id).state == State.WITHDRAWN
    assert world.heard == [(su.person, "withdrawn")]


def test_a_contract_that_all_have_signed_can_not_be_withdrawn_while_it_is_being_finished(
    world: World, lin: Someone, su: Someone
) -> None:
    contract = world.started(lin, su)
    first, second = contract.parties
    world.admit(su, second.id)
    world.sign(lin, contract.id, first.id)
    world.put(su, contract.id, second.id, world.agreed(su, contract.id, second.id))
    with pytest.raises(WrongState):
        world.store.write(world.endings.withdraw, lin.actor, contract.id, "too late")
    world.completion.finish(contract.id)
    assert world.read(contract.id).state == State.COMPLETED
    assert world.valid_signatures(contract.id) == 2


def test_a_signature_after_the_deadline_does_not_count_even_before_the_clock_rang(
    world: World, lin: Someone, su: Someone
) -> None:
    contract = world.started(lin, su)
    party = contract.parties[1].id
    world.admit(su, party)
    challenge = world.agreed(su, contract.id, party)
    made = world.signatures.compute(contract.id, party, su.seal, challenge, su.actor.chat, su.person)
    world.pass_deadline(contract)
    with pytest.raises(WrongState):
        world.store.write(world.signatures.commit, su.actor, contract.id, party, su.seal, challenge, made)
    world.store.write(world.endings.expire, contract.id)
    assert world.read(contract.id).state == State.EXPIRED
    assert [person for person, _ in world.heard] == [lin.person, su.person]


def test_the_deadline_of_a_contract_that_all_have_signed_ends_nothing(
    world: World, lin: Someone, su: Someone
) -> None:
    contract = world.started(lin, su)
    first, second = contract.parties
    world.admit(su, second.id)
    world.sign(lin, contract.id, first.id)
    world.put(su, contract.id, second.id, world.agreed(su, contract.id, second.id))
    world.pass_deadline(contract)
    world.store.write(world.endings.expire, contract.id)
    world.completion.finish(contract.id)
    assert world.read(contract.id).state == State.COMPLETED


def test_who_computed_on_an_older_revision_computes_again(world: World, lin: Someone, su: Someone) -> None:
    contract = world.started(lin, su)
    first, second = contract.parties
    world.admit(su, second.id)
    hers = world.agreed(su, contract.id, second.id)
    made = world.signatures.compute(contract.id, second.id, su.seal, hers, su.actor.chat, su.person)
    world.sign(lin, contract.id, first.id)
    with pytest.raises(Overtaken):
        world.store.write(world.signatures.commit, su.actor, contract.id, second.id, su.seal, hers, made)
    world.put(su, contract.id, second.id, hers)
    assert world.valid_signatures(contract.id) == 2


def test_one_party_signs_once(world: World, lin: Someone, su: Someone) -> None:
    contract = world.started(lin, su)
    first = contract.parties[0].id
    challenge = world.agreed(lin, contract.id, first)
    made = [
        world.signatures.compute(contract.id, first, lin.seal, challenge, lin.actor.chat, lin.person)
        for _ in range(2)
    ]
    commit = world.signatures.commit
    world.store.write(commit, lin.actor, contract.id, first, lin.seal, challenge, made[0])
    with pytest.raises(SignedAlready):
        world.store.write(commit, lin.actor, contract.id, first, lin.seal, challenge, made[1])


def test_who_has_signed_can_not_refuse(world: World, lin: Someone, su: Someone) -> None:
    contract = world.started(lin, su)
    world.sign(lin, contract.id, contract.parties[0].id)
    with pytest.raises(SignedAlready):
        world.store.write(world.endings.refuse, lin.actor, contract.id, contract.parties[0].id, "no")


def test_a_refusal_after_another_has_signed_ends_the_contract_for_both(
    world: World, lin: Someone, su: Someone
) -> None:
    contract = world.started(lin, su)
    world.sign(lin, contract.id, contract.parties[0].id)
    world.admit(su, contract.parties[1].id)
    world.store.write(world.endings.refuse, su.actor, contract.id, contract.parties[1].id, "terms")
    assert world.read(contract.id).state == State.REFUSED
    assert world.heard == [(lin.person, "refused")]


def test_a_code_for_one_contract_does_not_sign_another(world: World, lin: Someone, su: Someone) -> None:
    one, other = world.started(lin, su), world.started(lin, su)
    challenge = world.agreed(lin, one.id, one.parties[0].id)
    with pytest.raises(NotWilling):
        world.put(lin, other.id, other.parties[0].id, challenge)


def test_somebody_elses_code_is_of_no_use(world: World, lin: Someone, su: Someone) -> None:
    contract = world.started(lin, su)
    party = contract.parties[1].id
    world.admit(su, party)
    challenge = world.agree(lin, sign_binding(contract, party, su.seal))
    with pytest.raises(NotWilling):
        world.put(su, contract.id, party, challenge)


def test_a_seal_that_was_taken_back_between_preview_and_code_does_not_sign(
    world: World, lin: Someone, su: Someone
) -> None:
    contract = world.started(lin, su)
    challenge = world.agreed(lin, contract.id, contract.parties[0].id)
    world.store.write(
        lambda tx: (tx.hold("seals", lin.seal), tx.change("seals", lin.seal, {"state": "suspended"}))
    )
    with pytest.raises(SealNotYours):
        world.put(lin, contract.id, contract.parties[0].id, challenge)


def test_a_certificate_that_was_revoked_in_between_does_not_sign(
    world: World, lin: Someone, su: Someone
) -> None:
    contract = world.started(lin, su)
    party = contract.parties[0].id
    challenge = world.agreed(lin, contract.id, party)
    made = world.signatures.compute(contract.id, party, lin.seal, challenge, lin.actor.chat, lin.person)
    revoked = {"state": "revoked", "reason": "key_compromise"}
    world.store.write(lambda tx: tx.change("certificates", made.certificate, {**revoked, "revoked": tx.now}))
    with pytest.raises(NoCertificate):
        world.store.write(world.signatures.commit, lin.actor, contract.id, party, lin.seal, challenge, made)


def test_a_stranger_can_neither_sign_nor_refuse_nor_withdraw(
    world: World, lin: Someone, su: Someone, chen: Someone
) -> None:
    contract = world.started(lin, su)
    party = contract.parties[1].id
    with pytest.raises(NotTheSigner):
        world.store.read(world.signatures.binding, chen.actor, contract.id, party, chen.seal)
    with pytest.raises(NotTheSigner):
        world.store.write(world.endings.refuse, chen.actor, contract.id, party, "terms")
    with pytest.raises(NoSuchContract):
        world.store.write(world.endings.withdraw, chen.actor, contract.id, "mine now")


def test_of_two_hundred_correct_entries_at_once_one_is_accepted(
    world: World, lin: Someone, su: Someone
) -> None:
    contract = world.started(lin, su)
    binding = sign_binding(contract, contract.parties[0].id, lin.seal)
    world.clock.advance(minutes=6)
    asked = world.store.write(world.willingness.ask, lin.actor, binding, lin.phone)
    code = world.store.read(world.willingness.reveal, asked.id).code

    def enter(_: int) -> Verdict:
        return world.store.write(world.willingness.answer, lin.actor, asked.id, code)

    with ThreadPoolExecutor(32) as many:
        verdicts = list(many.map(enter, range(200)))
    assert sum(verdict.accepted for verdict in verdicts) == 1


def test_twenty_parties_who_sign_at_the_same_time_leave_twenty_valid_signatures(world: World) -> None:
    everyone = [world.someone(number) for number in range(20)]
    contract = world.started(*everyone)
    for who, party in zip(everyone[1:], contract.parties[1:], strict=True):
        world.admit(who, party.id)
    world.clock.advance(minutes=6)
    challenges = [
        world.agreed_now(who, contract.id, party.id)
        for who, party in zip(everyone, contract.parties, strict=True)
    ]

    def take_part(number: int) -> int:
        who, party, challenge = everyone[number], contract.parties[number].id, challenges[number]
        for attempt in range(60):
            try:
                world.put(who, contract.id, party, challenge)
                return attempt
            except Overtaken:
                continue
        raise AssertionError("never got through")

    with ThreadPoolExecutor(20) as many:
        overtaken = list(many.map(take_part, range(20)))
    assert any(overtaken)
    world.completion.finish(contract.id)
    assert world.read(contract.id).state == State.COMPLETED
    assert world.valid_signatures(contract.id) == 20

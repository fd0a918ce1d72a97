"""A mailbox for codes: who may have one, what its codes may stand for, and that it goes with its person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from signing.contracts.bindings import start_binding
from signing.ids import ChallengeId, PersonId
from signing.mailboxes import ADDED, PROVEN, Mailboxes, NoMailbox, proof
from signing.persons import masked
from signing.store.port import Tx
from signing.willingness import Asked, Binding, NotWilling, TooSoon
from tests.signing.contracts.world import Someone, World

OWN, OTHER = "lin@harbor-tea.example", "mallory@elsewhere.example"
SEALING = Binding(("seal",), "c1")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.close()


@pytest.fixture
def told() -> list[tuple[PersonId, str]]:
    return []


@pytest.fixture
def mailboxes(world: World, told: list[tuple[PersonId, str]]) -> Mailboxes:
    def announce(tx: Tx, person: PersonId, hint: str) -> None:
        told.append((person, hint))

    return Mailboxes(world.vault, world.willingness, announce, open=True)


@pytest.fixture
def lin(world: World) -> Someone:
    return world.someone(0)


def texted(world: World, lin: Someone, address: str = OWN, phone: str = "") -> ChallengeId:
    binding = proof(ADDED, address)
    asked = world.store.write(world.willingness.ask, lin.actor, binding, phone or lin.phone)
    assert world.type(lin, asked.id).accepted
    return asked.id


def mailed(world: World, mailboxes: Mailboxes, lin: Someone, address: str = OWN) -> ChallengeId:
    asked = world.store.write(mailboxes.ask_proof, lin.actor, address)
    assert world.type(lin, asked.id).accepted
    return asked.id


def with_mailbox(world: World, mailboxes: Mailboxes, lin: Someone) -> None:
    codes = texted(world, lin), mailed(world, mailboxes, lin)
    world.store.write(mailboxes.keep, lin.actor, OWN, *codes)


def ask(world: World, mailboxes: Mailboxes, who: Someone, binding: Binding = SEALING) -> Asked:
    return world.store.write(mailboxes.ask, who.actor, binding)


def test_both_codes_make_it_the_persons_and_it_is_told_masked(
    world: World, mailboxes: Mailboxes, lin: Someone, told: list[tuple[PersonId, str]]
) -> None:
    with_mailbox(world, mailboxes, lin)
    assert told == [(lin.person, "l***@harbor-tea.example")]
    assert world.store.read(mailboxes.hint, lin.actor) == "l***@harbor-tea.example"


def test_it_lies_sealed(world: World, mailboxes: Mailboxes, lin: Someone) -> None:
    with_mailbox(world, mailboxes, lin)
    row = world.store.read(lambda tx: tx.get("persons", lin.person))
    assert row is not None and OWN.encode() not in row["mailbox"]


@pytest.mark.parametrize(
    "way", ["other address", "other phone", "proof by text", "one code twice", "swapped"]
)
def test_nothing_less_than_both_codes_will_do(
    world: World, mailboxes: Mailboxes, lin: Someone, told: list[tuple[PersonId, str]], way: str
) -> None:
    by_text, by_mail = texted(world, lin), mailed(world, mailboxes, lin)
    codes = {
        "other address": lambda: (by_text, mailed(world, mailboxes, lin, OTHER)),
        "other phone": lambda: (texted_again(world, lin), by_mail),
        "proof by text": lambda: (by_text, world.agree_now(lin, proof(PROVEN, OWN))),
        "one code twice": lambda: (by_text, by_text),
        "swapped": lambda: (by_mail, by_text),
    }[way]()
    with pytest.raises(NotWilling):
        world.store.write(mailboxes.keep, lin.actor, OWN, *codes)
    assert told == [] and world.store.read(mailboxes.hint, lin.actor) == ""


def texted_again(world: World, lin: Someone) -> ChallengeId:
    """A code for the same that went to somebody else's phone."""
    world.clock.advance(minutes=2)
    return texted(world, lin, phone="+8613900009999")


def test_the_codes_of_somebody_else_do_not_count(world: World, mailboxes: Mailboxes, lin: Someone) -> None:
    su = world.someone(1)
    codes = texted(world, su), mailed(world, mailboxes, su)
    with pytest.raises(NotWilling):
        world.store.write(mailboxes.keep, lin.actor, OWN, *codes)


def test_a_code_goes_to_the_mailbox_and_is_good_for_what_it_was_asked_for(
    world: World, mailboxes: Mailboxes, lin: Someone
) -> None:
    with_mailbox(world, mailboxes, lin)
    asked = ask(world, mailboxes, lin)
    assert asked.phone == masked(OWN)
    outgoing = world.store.read(world.willingness.reveal, asked.id)
    assert (outgoing.to, outgoing.channel) == (OWN, "email")
    assert world.type(lin, asked.id).accepted
    world.store.write(world.willingness.consume, lin.actor, asked.id, "seal", SEALING)


@pytest.mark.parametrize("purposes", [("phone",), ("make_admin",), (ADDED,), ("seal", "make_admin")])
def test_what_concerns_the_account_takes_the_phone(
    world: World, mailboxes: Mailboxes, lin: Someone, purposes: tuple[str, ...]
) -> None:
    with_mailbox(world, mailboxes, lin)
    assert world.store.read(mailboxes.offered, lin.actor, SEALING)
    assert world.store.read(mailboxes.offered, lin.actor, Binding(purposes)) == ""
    with pytest.raises(NoMailbox):
        ask(world, mailboxes, lin, Binding(purposes))


def test_without_one_or_where_no_mail_goes_out_none_is_offered(
    world: World, mailboxes: Mailboxes, lin: Someone
) -> None:
    with pytest.raises(NoMailbox):
        ask(world, mailboxes, lin)
    with_mailbox(world, mailboxes, lin)
    closed = Mailboxes(world.vault, world.willingness, lambda *_: None, open=False)
    assert world.store.read(closed.offered, lin.actor, SEALING) == ""
    for refused in (lambda: ask(world, closed, lin), lambda: mailed(world, closed, lin)):
        with pytest.raises(NoMailbox):
            refused()


def test_a_code_by_mail_need_not_wait_for_the_one_by_text_but_for_the_last_by_mail(
    world: World, mailboxes: Mailboxes, lin: Someone
) -> None:
    with_mailbox(world, mailboxes, lin)
    first = world.store.write(world.willingness.ask, lin.actor, SEALING, lin.phone)
    ask(world, mailboxes, lin)
    assert not world.type(lin, first.id).accepted
    with pytest.raises(TooSoon):
        ask(world, mailboxes, lin)


def test_a_mailbox_can_be_given_up_and_is_gone_with_the_key_of_its_person(
    world: World, mailboxes: Mailboxes, lin: Someone, told: list[tuple[PersonId, str]]
) -> None:
    with_mailbox(world, mailboxes, lin)
    world.store.write(mailboxes.forget, lin.actor)
    assert told[-1] == (lin.person, "") and world.store.read(mailboxes.hint, lin.actor) == ""


def test_a_contract_is_started_with_a_code_by_mail(world: World, mailboxes: Mailboxes, lin: Someone) -> None:
    with_mailbox(world, mailboxes, lin)
    draft = world.draft(lin, world.someone(1))
    prepared = world.initiating.prepare(draft.id, draft.plan)
    asked = ask(world, mailboxes, lin, start_binding(draft, prepared, ""))
    assert world.type(lin, asked.id).accepted
    started = world.store.write(
        world.initiating.initiate, lin.actor, draft.id, draft.plan, prepared, asked.id, ""
    )
    assert started.state == "signing"

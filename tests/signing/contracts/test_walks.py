"""Random walks over everything that 2 to 5 people can do to a contract; what must hold holds after each step."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from signing.audit import events, is_whole
from signing.contracts.bindings import sign_binding
from signing.contracts.contract import State
from signing.contracts.signatures import Made
from signing.errors import SigningError
from signing.ids import ChallengeId
from tests.signing.contracts.test_order import started
from tests.signing.contracts.world import World

SOMEBODY = st.integers(0, 5)


def groups_of(turns: list[int]) -> list[tuple[int, ...]]:
    """Who signs together, one group after the other."""
    return [tuple(own for own, each in enumerate(turns) if each == turn) for turn in sorted(set(turns))]


class Walk(RuleBasedStateMachine):
    """The model: the contract's state, who was let in, who has signed. Person 5 is always a stranger."""

    @initialize(turns=st.lists(st.integers(1, 3), min_size=2, max_size=5))
    def begin(self, turns: list[int]) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.world = World(self.folder)
        self.people = [self.world.someone(number) for number in range(6)]
        self.turns = turns
        self.contract = started(self.world, self.people[: len(turns)], *groups_of(turns))
        self.parties = [each.id for each in self.contract.parties]
        self.state, self.inside, self.signed = State.SIGNING, {0}, set[int]()
        self.made: dict[tuple[int, int], tuple[ChallengeId, Made]] = {}
        self.checked = 0

    def may(self, person: int, party: int) -> bool:
        """Whether a person may still act for a party."""
        return (
            self.state == State.SIGNING
            and person == party
            and person in self.inside
            and party not in self.signed
            and self.is_due(party)
            and self.world.clock.moment < self.contract.deadline
        )

    def is_due(self, party: int) -> bool:
        """Whether everyone of an earlier turn has signed."""
        return all(own in self.signed for own, turn in enumerate(self.turns) if turn < self.turns[party])

    def succeeds(self, act, *args) -> bool:  # type: ignore[no-untyped-def]
        try:
            act(*args)
        except SigningError:
            return False
        return True

    @rule(person=SOMEBODY, party=SOMEBODY)
    def open_the_invitation(self, person: int, party: int) -> None:
        party %= len(self.parties)
        done = self.succeeds(self.world.admit, self.people[person], self.parties[party])
        may = self.state == State.SIGNING and person == party
        assert done == (may and (self.is_due(party) or party in self.signed))
        if done:
            self.inside.add(person)

    @rule(person=SOMEBODY, party=SOMEBODY)
    def agree_and_compute(self, person: int, party: int) -> None:
        party %= len(self.parties)
        who, key = self.people[person], self.parties[party]
        challenge = self.world.agree(who, sign_binding(self.world.read(self.contract.id), key, who.seal))
        args = (self.contract.id, key, who.seal, challenge, who.actor.chat, who.person)
        may = self.may(person, party)
        try:
            self.made[person, party] = (challenge, self.world.signatures.compute(*args))
        except SigningError:
            assert not may
        else:
            assert may

    @rule(person=SOMEBODY, party=SOMEBODY)
    def commit_what_was_computed(self, person: int, party: int) -> None:
        party %= len(self.parties)
        if (person, party) not in self.made:
            return
        challenge, made = self.made.pop((person, party))
        who = self.people[person]
        args = (who.actor, self.contract.id, self.parties[party], who.seal, challenge, made)
        fresh = made.base == self.world.read(self.contract.id).revision
        may = self.may(person, party)
        done = self.succeeds(self.world.store.write, self.world.signatures.commit, *args)
        assert done <= (may and fresh)
        if done:
            self.signed.add(party)

    @rule(own=SOMEBODY)
    def come_in_and_sign_at_once(self, own: int) -> None:
        own %= len(self.parties)
        self.open_the_invitation(own, own)
        self.agree_and_compute(own, own)
        self.commit_what_was_computed(own, own)

    @rule(then=st.sampled_from(["finish", "withdraw", "ring"]))
    def all_sign(self, then: str) -> None:
        """And what comes between the last signature and the finish."""
        for own in sorted(range(len(self.parties)), key=lambda own: self.turns[own]):
            self.come_in_and_sign_at_once(own)
        if then == "withdraw":
            self.withdraw(0)
        elif then == "ring":
            self.world.pass_deadline(self.contract)
            self.the_clock_rings()
        self.finish()

    @rule(own=SOMEBODY)
    def the_deadline_passes_between_code_and_signature(self, own: int) -> None:
        own %= len(self.parties)
        self.open_the_invitation(own, own)
        self.agree_and_compute(own, own)
        self.world.pass_deadline(self.contract)
        self.commit_what_was_computed(own, own)

    @rule()
    def finish(self) -> None:
        self.world.completion.finish(self.contract.id)
        if self.state == State.SIGNING and len(self.signed) == len(self.parties):
            self.state = State.COMPLETED

    @rule(person=SOMEBODY, party=SOMEBODY)
    def refuse(self, person: int, party: int) -> None:
        party %= len(self.parties)
        may = self.may(person, party)
        args = (self.people[person].actor, self.contract.id, self.parties[party], "terms")
        done = self.succeeds(self.world.store.write, self.world.endings.refuse, *args)
        assert done == may
        if done:
            self.state = State.REFUSED

    @rule(person=SOMEBODY)
    def withdraw(self, person: int) -> None:
        in_time = self.world.clock.moment < self.contract.deadline
        may = person == 0 and self.state == State.SIGNING and len(self.signed) < len(self.parties) and in_time
        args = (self.people[person].actor, self.contract.id, "wrong price")
        done = self.succeeds(self.world.store.write, self.world.endings.withdraw, *args)
        assert done == may
        if done:
            self.state = State.WITHDRAWN

    @rule(days=st.integers(1, 4))
    def time_passes(self, days: int) -> None:
        self.world.clock.advance(days=days)

    @rule()
    def the_clock_rings(self) -> None:
        self.world.store.write(self.world.endings.expire, self.contract.id)
        late = self.world.clock.moment >= self.contract.deadline
        if self.state == State.SIGNING and late and len(self.signed) < len(self.parties):
            self.state = State.EXPIRED

    @invariant()
    def the_store_agrees(self) -> None:
        if not hasattr(self, "world"):
            return
        now = self.world.read(self.contract.id)
        assert now.state == self.state
        assert {n for n, each in enumerate(now.parties) if each.state == "signed"} == self.signed
        if now.revision != self.checked and self.signed:
            self.checked = now.revision
            assert self.world.valid_signatures(now.id) == len(self.signed)

    @invariant()
    def whoever_was_asked_had_their_turn_and_nobody_else(self) -> None:
        if not hasattr(self, "world"):
            return
        waiting = [turn for own, turn in enumerate(self.turns) if own not in self.signed]
        reached, first = min(waiting, default=max(self.turns)), min(self.turns)
        late = {0} if self.turns[0] > first else set[int]()
        asked = {own for own, turn in enumerate(self.turns) if turn <= reached} - ({0} - late)
        assert sorted(self.world.called) == sorted(self.people[own].name for own in asked)

    @invariant()
    def the_trail_is_whole_and_everyone_hears_the_end_once(self) -> None:
        if not hasattr(self, "world"):
            return
        assert self.world.store.read(is_whole, self.contract.id)
        happened = [each.kind for each in self.world.store.read(events, self.contract.id)]
        assert happened.count("signed") == len(self.signed)
        told = {person for person, state in self.world.heard if state == self.state}
        everyone = {each.person for each in self.people[: len(self.parties)]}
        assert len(self.world.heard) == len(set(self.world.heard))
        ended_by = {State.SIGNING: len(everyone), State.REFUSED: 1, State.WITHDRAWN: 1}.get(self.state, 0)
        assert told <= everyone and len(everyone - told) == ended_by

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.close()
            shutil.rmtree(self.folder)


Walk.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
test_walks = Walk.TestCase

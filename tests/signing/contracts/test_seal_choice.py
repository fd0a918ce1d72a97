"""The seal or signature on the sender's own line: chosen on the draft, by the sender, among their own."""

from __future__ import annotations

import pytest

from signing.contracts.bindings import start_binding
from signing.contracts.contract import NoSuchContract
from signing.contracts.seal_choice import SealChoice
from signing.ids import Digest, SealId
from signing.seals.keepers import SealNotYours
from signing.seals.keeping import Drawn
from signing.willingness import NotWilling
from tests.signing.contracts.world import Someone, World, scribble


def another(world: World, who: Someone) -> SealId:
    """A name seal beside the person's signature, which stays the default."""
    drawn = Drawn(Digest(world.blobs.write(scribble())), 18.0, 18.0)
    made = world.store.write(world.seals.keep, who.actor, who.person, "name_seal", drawn, "online")
    world.store.write(world.seals.prefer, who.actor, who.seal)
    return made.id


def test_what_was_chosen_comes_first_and_is_a_change_of_the_plan(
    world: World, lin: Someone, su: Someone
) -> None:
    choice, draft, other = SealChoice(world.seals), world.draft(lin, su), another(world, lin)
    own = draft.parties[0].id
    before = world.store.read(choice.offered, lin.actor, draft.id, own)
    world.store.write(choice.choose, lin.actor, draft.id, other)
    after = world.store.read(choice.offered, lin.actor, draft.id, own)
    assert [each.id for each in before] == [lin.seal, other]
    assert [each.id for each in after] == [other, lin.seal]
    assert world.read(draft.id).plan == draft.plan + 1


def test_a_chosen_one_that_is_suspended_gives_way_to_the_default(
    world: World, lin: Someone, su: Someone
) -> None:
    choice, draft, other = SealChoice(world.seals), world.draft(lin, su), another(world, lin)
    world.store.write(choice.choose, lin.actor, draft.id, other)
    world.store.write(world.seals.set_state, lin.actor, other, "suspended")
    offered = world.store.read(choice.offered, lin.actor, draft.id, draft.parties[0].id)
    assert [each.id for each in offered] == [lin.seal]


def test_nobody_else_chooses_and_nobody_elses_is_chosen(world: World, lin: Someone, su: Someone) -> None:
    choice, draft = SealChoice(world.seals), world.draft(lin, su)
    with pytest.raises(SealNotYours):
        world.store.write(choice.choose, lin.actor, draft.id, su.seal)
    with pytest.raises(NoSuchContract):
        world.store.write(choice.choose, su.actor, draft.id, su.seal)
    assert world.read(draft.id).parties[0].seal is None


def test_a_code_for_one_of_them_starts_nothing_with_the_other(
    world: World, lin: Someone, su: Someone
) -> None:
    draft, other = world.draft(lin, su), another(world, lin)
    prepared = world.initiating.prepare(draft.id, draft.plan)
    challenge = world.agree(lin, start_binding(draft, prepared, lin.seal))
    with pytest.raises(NotWilling):
        world.store.write(
            world.initiating.initiate, lin.actor, draft.id, draft.plan, prepared, challenge, other
        )

"""What the page of the area editor sends: read strictly, done whole or not at all, by the sender alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from signing.contracts.areas import Areas, NoSuchArea, NoSuchKind
from signing.contracts.changing import UndoOver
from signing.contracts.contract import Contract, NoSuchContract, PlanChanged, WrongState
from signing.contracts.dragging import Dragging, NotDragged, Sent, shown_page
from signing.contracts.pages import PagePicture, keep_picture
from signing.documents.geometry import millimetres
from signing.errors import SigningError
from signing.ids import Digest
from tests.signing.contracts.world import Someone, World


@pytest.fixture
def dragging(world: World) -> Dragging:
    return Dragging(world.blobs, Areas())


def sent(world: World, dragging: Dragging, draft: Contract, **what: Any) -> Sent:
    empty = {"plan": draft.plan, "page": 0, "moved": [], "added": [], "removed": [], "straddle": {}}
    return dragging.read(Digest(world.blobs.write(json.dumps({**empty, **what}).encode())))


def date_for(draft: Contract, party: int = 1) -> dict[str, Any]:
    return {"party": draft.parties[party].id, "kind": "date", "box": [20, 30, 60, 37]}


def test_a_place_is_added_where_it_was_put(
    world: World, dragging: Dragging, lin: Someone, su: Someone
) -> None:
    draft = world.draft(lin, su)
    world.store.write(
        dragging.put, lin.actor, draft.id, sent(world, dragging, draft, added=[date_for(draft)])
    )
    (date,) = (each for each in world.read(draft.id).areas if each.kind == "date")
    assert date.party == draft.parties[1].id
    assert [millimetres(edge) for edge in date.box] == pytest.approx([20, 30, 60, 37], abs=0.01)


def test_places_are_taken_off_and_for_a_minute_put_back(
    world: World, dragging: Dragging, lin: Someone, su: Someone
) -> None:
    draft = world.draft(lin, su)
    mine, theirs = (each.id for each in draft.areas)
    world.store.write(dragging.put, lin.actor, draft.id, sent(world, dragging, draft, removed=[mine, theirs]))
    assert world.read(draft.id).areas == ()
    world.store.write(Areas().put_back, lin.actor, draft.id, mine)
    assert [each.id for each in world.read(draft.id).areas] == [mine]
    world.clock.advance(minutes=2)
    with pytest.raises(UndoOver):
        world.store.write(Areas().put_back, lin.actor, draft.id, theirs)


@pytest.mark.parametrize(
    ("what", "refused"),
    [
        ({"removed": ["a-none"]}, NoSuchArea),
        ({"added": [{"party": "p-none", "kind": "date", "box": [0, 0, 10, 10]}]}, NoSuchContract),
        ({"kind": "seal"}, NoSuchKind),
        ({"plan": 1}, PlanChanged),
    ],
)
def test_nothing_is_done_where_a_part_of_it_is_refused(
    world: World,
    dragging: Dragging,
    lin: Someone,
    su: Someone,
    what: dict[str, Any],
    refused: type[SigningError],
) -> None:
    draft = world.draft(lin, su)
    first = {"area": draft.areas[0].id, "box": [1, 1, 50, 20]}
    extra = [{**date_for(draft), "kind": what.pop("kind")}] if "kind" in what else []
    with pytest.raises(refused):
        changes = sent(world, dragging, draft, **{"moved": [first], "added": extra, **what})
        world.store.write(dragging.put, lin.actor, draft.id, changes)
    assert world.read(draft.id) == draft


def test_nobody_but_the_sender_changes_places_and_nobody_after_the_start(
    world: World, dragging: Dragging, lin: Someone, su: Someone, chen: Someone
) -> None:
    draft, started = world.draft(lin, su), world.started(lin, su)
    for who in (su, chen):
        for what in ({"added": [date_for(draft)]}, {"removed": [draft.areas[0].id]}):
            with pytest.raises(NoSuchContract):
                world.store.write(dragging.put, who.actor, draft.id, sent(world, dragging, draft, **what))
    with pytest.raises(WrongState):
        changes = sent(world, dragging, started, removed=[started.areas[0].id])
        world.store.write(dragging.put, lin.actor, started.id, changes)
    with pytest.raises(NoSuchArea):
        changes = sent(world, dragging, draft, removed=[started.areas[0].id])
        world.store.write(dragging.put, lin.actor, draft.id, changes)


@pytest.mark.parametrize(
    "what",
    [
        {"removed": "a1"},
        {"added": [{"party": "p1", "kind": "date"}]},
        {"added": [{"party": "p1", "kind": "date", "box": [0, 0, "NaN", 1]}]},
        {"added": [{"party": "p1", "kind": "date", "box": [0, 0, 1e9, 1]}]},
        {"removed": ["a"] * 1001},
    ],
)
def test_what_the_page_never_sends_is_refused(
    world: World, dragging: Dragging, lin: Someone, su: Someone, what: dict[str, Any]
) -> None:
    with pytest.raises(NotDragged):
        sent(world, dragging, world.draft(lin, su), **what)


def test_the_page_offers_each_signer_its_mark_and_a_date(world: World, lin: Someone, su: Someone) -> None:
    draft = world.draft(lin, su)
    picture = PagePicture(draft.document, "image/png")
    world.store.write(keep_picture, draft.document, 0, picture)
    shown, _, _ = world.store.read(shown_page, lin.actor, f"{draft.id}.0")
    assert [(each["number"], list(each["kinds"])) for each in shown["parties"]] == [
        (1, ["signature", "date"]),
        (2, ["signature", "date"]),
    ]

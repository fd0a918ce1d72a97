"""The state machine of contracts."""

from __future__ import annotations

from pathlib import Path

import pytest

from signing.contracts.states import TRANSITIONS, State, drawing, ends, event_between

DOCS = Path(__file__).parents[3] / "docs"


def test_the_drawing_in_the_docs_is_the_state_machine() -> None:
    assert f"```mermaid\n{drawing()}```" in (DOCS / "contract-states.md").read_text("utf-8")


def test_every_state_can_be_reached_and_every_end_is_an_end() -> None:
    assert {each.target for each in TRANSITIONS} == set(State)
    assert {state for state in State if ends(state)} == set(State) - {
        State.DRAFT,
        State.DISCARDED,
        State.SIGNING,
    }


@pytest.mark.parametrize("source", [state for state in State if ends(state)])
def test_nothing_leads_out_of_an_end(source: State) -> None:
    assert [event_between(source, target) for target in State] == [None] * len(State)

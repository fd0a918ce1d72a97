"""The states of a contract and every way from one to another; docs/contract-states.md is drawn from here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """The values are stored data."""

    DRAFT = "draft"
    SIGNING = "signing"
    COMPLETED = "completed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Transition:
    """`event` is what the audit trail calls it, `who` may do it. One that leads back to its state changes no state."""

    event: str
    source: State
    target: State
    who: str


TRANSITIONS = (
    Transition("drafted", State.DRAFT, State.DRAFT, "the sender changes the draft"),
    Transition("initiated", State.DRAFT, State.SIGNING, "the sender, with a code"),
    Transition("discarded", State.DRAFT, State.DISCARDED, "the sender"),
    Transition("restored", State.DISCARDED, State.DRAFT, "the sender, for a minute"),
    Transition("signed", State.SIGNING, State.SIGNING, "a party's signer, with a code, before the deadline"),
    Transition("extended", State.SIGNING, State.SIGNING, "the sender moves the deadline"),
    Transition("completed", State.SIGNING, State.COMPLETED, "by itself, when all have signed"),
    Transition("refused", State.SIGNING, State.REFUSED, "a party's signer who has not signed"),
    Transition("withdrawn", State.SIGNING, State.WITHDRAWN, "the sender, while somebody has not signed"),
    Transition("expired", State.SIGNING, State.EXPIRED, "the clock, while somebody has not signed"),
)


def event_between(source: State, target: State) -> str | None:
    """The event that leads from one state to another; None where no way does."""
    ways = (each for each in TRANSITIONS if (each.source, each.target) == (source, target))
    return next((each.event for each in ways if source != target), None)


def ends(state: State) -> bool:
    """Whether nothing leads out of a state."""
    return not any(each.source == state for each in TRANSITIONS)


def drawing() -> str:
    """The states as a Mermaid diagram."""
    ways = [f"    {each.source} --> {each.target}: {each.event} ({each.who})" for each in TRANSITIONS]
    last = [f"    {state} --> [*]" for state in State if ends(state)]
    return "\n".join(["stateDiagram-v2", "    [*] --> draft: a file came", *ways, *last, ""])

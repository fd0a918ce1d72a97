"""The room of members, as dialogues use it."""

from __future__ import annotations

from dataclasses import dataclass

from signing.membership.acting import ActingFor
from signing.membership.joining import Joining
from signing.membership.linking import Linking
from signing.membership.members import Members
from signing.membership.requests import JoinRequests


@dataclass(frozen=True, slots=True)
class Membership:
    """Who belongs to which company, for whom they act, and in which chats they are met."""

    members: Members
    joining: Joining
    requests: JoinRequests
    acting: ActingFor
    linking: Linking

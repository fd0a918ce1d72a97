"""Letters: one link however often they are tried, hours of patience, and somebody who hears when they fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.gateways import Gateways
from bot.installation import TEMPLATES
from bot.render import Renderer
from bot.texting import Texting
from signing.contracts.contract import Contract, Party
from signing.contracts.letters import TRIES, Letters
from signing.store.port import Row, Tx
from signing.texting import GatewayDown, Text, TextRefused
from tests.signing.contracts.world import Someone, World


class Gateway:
    """Takes texts, or raises what it is told to."""

    name = "trial"

    def __init__(self) -> None:
        self.taken: list[tuple[str, str, str]] = []
        self.trouble: Exception | None = None

    def send(self, to: str, text: Text, key: str) -> None:
        self.taken.append((to, text.body, key))
        if self.trouble:
            raise self.trouble


class Desk:
    """A contract that waits for Su, and what writes to her."""

    def __init__(self, world: World, lin: Someone, su: Someone) -> None:
        self.world, self.gateway = world, Gateway()
        self.failed: list[str] = []
        self.letters = Letters(world.vault, self.fail)
        renderer = Renderer(TEMPLATES, world.calendar.zone)
        gateways = Gateways(self.gateway, self.gateway)
        self.texting = Texting(
            world.store, world.willingness, self.letters, gateways, renderer, "https://x/i/".__add__
        )
        self.contract = world.started(lin, su)
        self.party = self.contract.parties[1].id

    def fail(self, tx: Tx, contract: Contract, party: Party) -> None:
        self.failed.append(party.contact)

    def write(self, kind: str = "invitation", channel: str = "sms") -> str:
        def written(tx: Tx) -> str:
            tx.hold("contracts", self.contract.id)
            return self.letters.write(tx, self.party, kind, channel)  # type: ignore[arg-type]

        return self.world.store.write(written)

    def row(self, letter: str) -> Row:
        found = self.world.store.read(lambda tx: tx.get("letters", letter))
        assert found is not None
        return found


@pytest.fixture
def desk(world: World, lin: Someone, su: Someone) -> Desk:
    return Desk(world, lin, su)


def test_a_letter_is_sent_once(desk: Desk) -> None:
    letter = desk.write()
    desk.texting.send_letter(letter)
    desk.texting.send_letter(letter)
    assert len(desk.gateway.taken) == 1 and desk.row(letter)["state"] == "sent"


def test_a_letter_whose_sending_was_cut_off_goes_again_with_the_same_link_and_key(desk: Desk) -> None:
    letter = desk.write()
    desk.gateway.trouble = KeyboardInterrupt()  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        desk.texting.send_letter(letter)
    desk.gateway.trouble = None
    desk.texting.send_letter(letter)
    assert len(desk.gateway.taken) == 2 and len(set(desk.gateway.taken)) == 1


def test_the_link_of_a_letter_opens_the_invitation_and_lies_in_plain_nowhere(
    desk: Desk, su: Someone, tmp_path: Path
) -> None:
    desk.texting.send_letter(desk.write())
    ((to, body, _),) = desk.gateway.taken
    token = body.rpartition("/i/")[2]
    assert to == su.phone
    opened = desk.world.store.read(desk.world.invitations.open, su.actor, token)
    assert opened.party == desk.party
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert token.encode() not in written


def test_a_gateway_that_is_down_is_asked_for_an_hour_and_then_the_sender_hears(desk: Desk) -> None:
    letter = desk.write()
    desk.gateway.trouble = GatewayDown()
    begun = desk.world.clock.moment
    for _ in range(TRIES - 1):
        desk.texting.send_letter(letter)
        timers = desk.world.store.read(lambda tx: tx.find("timers_of_subject", subject=letter))
        last = timers[-1]["due"]
    assert desk.failed == [] and last / 1000 - begun.timestamp() > 1900
    desk.texting.send_letter(letter)
    assert desk.failed == ["苏青窑"] and desk.row(letter)["state"] == "failed"


def test_a_number_that_is_refused_is_given_up_at_once(desk: Desk) -> None:
    desk.gateway.trouble = TextRefused(tail="8820")
    letter = desk.write()
    desk.texting.send_letter(letter)
    desk.texting.send_letter(letter)
    assert len(desk.gateway.taken) == 1 and desk.failed == ["苏青窑"]


def test_a_letter_that_a_newer_one_replaced_is_not_sent(desk: Desk) -> None:
    old, new = desk.write(), desk.write()
    desk.texting.send_letter(old)
    desk.texting.send_letter(new)
    assert [key for _, _, key in desk.gateway.taken] == [new] and desk.row(old)["state"] == "void"


def test_an_invitation_to_what_was_withdrawn_is_not_sent(desk: Desk, lin: Someone) -> None:
    letter = desk.write()
    desk.world.store.write(desk.world.endings.withdraw, lin.actor, desk.contract.id, "wrong price")
    desk.texting.send_letter(letter)
    assert desk.gateway.taken == [] and desk.failed == []


def test_the_end_of_a_contract_is_told_by_letter(desk: Desk, lin: Someone) -> None:
    desk.world.store.write(desk.world.endings.withdraw, lin.actor, desk.contract.id, "wrong price")
    desk.texting.send_letter(desk.write("ended"))
    assert "已撤回" in desk.gateway.taken[0][1]

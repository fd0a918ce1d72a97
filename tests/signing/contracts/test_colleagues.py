"""Two people of one enterprise, and what changes between the preview and the signature."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from signing.audit import events
from signing.contracts.contract import Contract, NotTheSigner
from signing.contracts.signers import Signers
from signing.errors import SigningError
from signing.ids import Digest, EnterpriseId
from signing.pki.subjects import Subject
from signing.seals.grants import Grants
from signing.seals.keepers import SealNotYours
from signing.seals.keeping import Drawn
from signing.store.port import Tx
from tests.signing.contracts.test_signers import enterprise_of, for_enterprise
from tests.signing.contracts.world import Someone, World, scribble

NAME, CODE = "蓝窑陶瓷有限公司", "91360202MA35H8QK2R"


@dataclass
class Kiln:
    """A company with Su as its admin and Chen as a member, and a contract that waits for it."""

    world: World
    su: Someone
    chen: Someone
    enterprise: EnterpriseId
    contract: Contract

    @property
    def party(self):  # type: ignore[no-untyped-def]
        return self.contract.parties[1].id

    def with_company_seal(self) -> None:
        """Both sign with the company's seal from here on; Chen by a grant, whose id comes back."""
        picture = Digest(self.world.blobs.write(scribble()))

        def made(tx: Tx):  # type: ignore[no-untyped-def]
            self.world.certificates.issue(tx, self.enterprise, Subject.enterprise(NAME, CODE))
            drawn = Drawn(picture, 30.0, 10.0)
            return self.world.seals.keep(tx, self.su.actor, self.enterprise, "contract", drawn, "online").id

        seal = self.world.store.write(made)
        self.su, self.chen = replace(self.su, seal=seal), replace(self.chen, seal=seal)

    def lend(self) -> str:
        until = self.world.clock.moment + timedelta(days=1)
        give = Grants().give
        return self.world.store.write(give, self.su.actor, self.su.seal, self.chen.person, until).id

    def hand_over(self) -> None:
        signers = Signers(lambda tx, contract, before, by: None)
        args = (self.su.actor, self.contract.id, self.party, self.chen.person)
        self.world.store.write(signers.hand_over, *args)


@pytest.fixture
def kiln(world: World, lin: Someone, su: Someone, chen: Someone) -> Kiln:
    enterprise = enterprise_of(world, su, chen)
    contract = world.started(lin, su)
    for_enterprise(world, contract, enterprise)
    made = Kiln(world, su, chen, enterprise, contract)
    made.with_company_seal()
    world.admit(su, made.party)
    return made


def test_a_grant_that_is_taken_back_between_preview_and_code_does_not_sign(kiln: Kiln) -> None:
    grant = kiln.lend()
    kiln.hand_over()
    kiln.world.admit(kiln.chen, kiln.party)
    challenge = kiln.world.agreed(kiln.chen, kiln.contract.id, kiln.party)
    kiln.world.store.write(Grants().revoke, kiln.su.actor, grant)
    with pytest.raises(SealNotYours):
        kiln.world.put(kiln.chen, kiln.contract.id, kiln.party, challenge)
    assert kiln.world.read(kiln.contract.id).party(kiln.party).state == "opened"


def test_who_was_replaced_while_their_code_was_out_signs_nothing(kiln: Kiln, lin: Someone) -> None:
    challenge = kiln.world.agreed(kiln.su, kiln.contract.id, kiln.party)
    kiln.hand_over()
    with pytest.raises(NotTheSigner):
        kiln.world.put(kiln.su, kiln.contract.id, kiln.party, challenge)


def test_of_two_colleagues_at_once_one_signs(kiln: Kiln) -> None:
    world, contract, party = kiln.world, kiln.contract.id, kiln.party
    kiln.lend()
    first = world.agreed(kiln.su, contract, party)
    args = (kiln.su.seal, first, kiln.su.actor.chat, kiln.su.person)
    made = world.signatures.compute(contract, party, *args)

    def su_signs() -> bool:
        commit = world.signatures.commit
        return _done(world.store.write, commit, kiln.su.actor, contract, party, kiln.su.seal, first, made)

    def chen_signs() -> bool:
        def all_of_it() -> None:
            kiln.hand_over()
            world.admit(kiln.chen, party)
            world.put(kiln.chen, contract, party, world.agreed(kiln.chen, contract, party))

        return _done(all_of_it)

    with ThreadPoolExecutor(2) as both:
        signed = [each.result() for each in (both.submit(su_signs), both.submit(chen_signs))]
    happened = [each.kind for each in world.store.read(events, contract)]
    assert sum(signed) == happened.count("signed") == world.valid_signatures(contract) == 1


def _done(act, *args) -> bool:  # type: ignore[no-untyped-def]
    try:
        act(*args)
    except SigningError:
        return False
    return True

"""What runs out is renewed by the clock; what was taken back signs nothing more, and what it signed before stays signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509 import load_der_x509_crl

from signing.certificates import NoCertificate, change_authority
from signing.contracts.completion import STAMP_AGAIN
from signing.contracts.contract import Contract
from signing.ids import CertificateId
from signing.pdf.report import Level
from signing.pki.authority import PRINCIPAL_DAYS
from signing.pki.revocation import Reason
from signing.seals.records import SealRecords
from signing.store.port import Row, Tx
from signing.upkeep import DAY, UPKEEP, Upkeep, begin_upkeep
from tests.signing.contracts.world import Someone, World
from tests.signing.pdf.world import HARBOR
from tests.signing.pki.outside_world import OutsidePki, key


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "world")
    made.store.write(begin_upkeep)
    yield made
    made.close()


def someone(world: World, number: int = 0, identity: str | None = "digest") -> Someone:
    """A checked person; without an identity one whose data was erased."""
    made = world.someone(number)
    world.store.write(
        lambda tx: tx.change("persons", made.person, {"identity": identity and f"{identity}-{number}"})
    )
    return made


def ring(world: World) -> Row:
    """The day's upkeep; the timer afterwards."""

    def work(tx: Tx) -> Row:
        timer = tx.get("timers", UPKEEP)
        assert timer is not None
        Upkeep(world.store, world.certificates, SealRecords(world.certificates)).ring(tx, timer)
        after = tx.get("timers", UPKEEP)
        assert after is not None
        return after

    return world.store.write(work)


def current(world: World, who: Someone) -> tuple[CertificateId, x509.Certificate]:
    def look(tx: Tx) -> tuple[CertificateId, str]:
        key = world.certificates.current(tx, who.person)
        row = tx.get("certificates", key)
        assert row is not None
        return key, row["pem"]

    key, pem = world.store.write(look)
    return key, x509.load_pem_x509_certificate(pem.encode())


def test_a_certificate_gets_a_successor_in_its_last_month_and_not_before(world: World) -> None:
    lin = someone(world)
    old, old_certificate = current(world, lin)
    world.clock.advance(days=PRINCIPAL_DAYS - 31)
    ring(world)
    assert current(world, lin)[0] == old
    world.clock.advance(days=2)
    ring(world)
    new, certificate = current(world, lin)
    assert new != old
    assert certificate.subject == old_certificate.subject
    assert certificate.public_key() != old_certificate.public_key()
    assert policies(certificate) == policies(old_certificate)


def policies(certificate: x509.Certificate) -> list[str]:
    found = certificate.extensions.get_extension_for_class(x509.CertificatePolicies).value
    return [each.policy_identifier.dotted_string for each in found]


def test_it_gets_one_successor_only_and_signs_on_with_it(world: World) -> None:
    lin, su = someone(world), someone(world, 1)
    world.clock.advance(days=PRINCIPAL_DAYS - 3)
    ring(world)
    first = current(world, lin)[0]
    ring(world)
    assert current(world, lin)[0] == first
    world.clock.advance(days=10)
    assert finished(world, lin, su).state == "completed"


def test_nobody_whose_identity_was_erased_gets_a_successor(world: World) -> None:
    gone = someone(world, identity=None)
    world.clock.advance(days=PRINCIPAL_DAYS - 3)
    ring(world)
    world.clock.advance(days=10)
    with pytest.raises(NoCertificate):
        current(world, gone)


def test_upkeep_comes_again_the_next_day(world: World) -> None:
    before = world.clock()
    due = ring(world)["due"]
    assert (
        timedelta(0)
        <= timedelta(milliseconds=due) - timedelta(days=1) - since_epoch(before)
        < timedelta(seconds=1)
    )
    assert timedelta(days=1) / timedelta(milliseconds=1) == DAY


def since_epoch(moment: datetime) -> timedelta:
    return timedelta(seconds=moment.timestamp())


def test_the_roots_list_and_the_authoritys_certificates_are_renewed_in_time_and_kept(world: World) -> None:
    authority = world.certificates.authority
    world.clock.advance(days=341)
    ring(world)
    fresh = world.certificates.authority
    assert fresh.root_list != authority.root_list and len(fresh.issuers) == 1
    world.clock.advance(days=12 * 365.25 - 341 - PRINCIPAL_DAYS)
    ring(world)
    assert len(world.certificates.authority.issuers) == 2
    world.clock.advance(days=PRINCIPAL_DAYS - 600)
    ring(world)
    last = world.certificates.authority
    assert last.timestamping.certificate != authority.timestamping.certificate
    assert last.root.certificate == authority.root.certificate


def finished(world: World, lin: Someone, su: Someone) -> Contract:
    contract = world.started(lin, su)
    world.sign(lin, contract.id, contract.parties[0].id)
    world.admit(su, contract.parties[1].id)
    return world.sign(su, contract.id, contract.parties[1].id)


def test_a_completed_contract_is_stamped_again_before_its_timestamp_runs_out(world: World) -> None:
    done = finished(world, someone(world), someone(world, 1))
    (timer,) = world.store.read(lambda tx: tx.find("timers_of_kind", kind=STAMP_AGAIN))
    ends = world.certificates.authority.timestamping.certificate.not_valid_after_utc
    assert since_epoch(ends) - timedelta(milliseconds=timer["due"]) == timedelta(days=365)
    world.clock.moment = ends - timedelta(days=300)
    ring(world)
    world.completion.stamp_again(done.id, done.revision)
    world.completion.stamp_again(done.id, done.revision)
    after = world.read(done.id)
    assert after.revision == done.revision + 1
    world.clock.moment = ends + timedelta(days=400)
    report = world.checking.check(world.blobs.read(after.current), world.clock())
    assert report.valid, report.reasons
    assert report.level is Level.B_LTA and len(report.timestamps) == 2
    older = world.checking.check(world.blobs.read(done.current), world.clock())
    assert not older.valid


def test_a_signature_on_its_way_is_refused_when_its_certificate_is_revoked(world: World) -> None:
    lin, su = someone(world), someone(world, 1)
    contract = world.started(lin, su)
    party = contract.parties[0].id
    challenge = world.agreed(lin, contract.id, party)
    made = world.signatures.compute(contract.id, party, lin.seal, challenge, lin.actor.chat, lin.person)
    assert world.store.write(world.certificates.revoke, lin.person, Reason.KEY_COMPROMISE) == 1
    world.store.write(world.certificates.issue, lin.person, HARBOR)
    world.store.write(SealRecords(world.certificates).follow, lin.person)
    with pytest.raises(NoCertificate):
        world.store.write(world.signatures.commit, lin.actor, contract.id, party, lin.seal, challenge, made)
    assert world.read(contract.id).revision == contract.revision


def test_what_was_signed_before_a_revocation_stays_valid_and_nothing_new_is_signed(world: World) -> None:
    lin, su = someone(world), someone(world, 1)
    done = finished(world, lin, su)
    world.clock.advance(days=3)
    world.store.write(world.certificates.revoke, lin.person, Reason.AFFILIATION_CHANGED)
    world.clock.advance(days=3)
    assert world.checking.check(world.blobs.read(done.current), world.clock()).valid
    with pytest.raises(NoCertificate):
        finished(world, lin, su)


def test_lists_of_authorities_above_somebody_elses_issuer_are_fetched_and_kept(world: World) -> None:
    tide = OutsidePki()
    issuer = tide.below(private=key("ec"))
    change_authority(world.store, world.certificates.authority.keys, lambda one: one.adopt(issuer))
    ring(world)
    asked = world.store.write(lambda tx: tx.lease("calls", 5, 60))
    assert [row["work"] for row in asked] == ["Upkeep.fetch_lists"]
    root_list = load_der_x509_crl(tide.root_list(now=world.clock()))
    records = SealRecords(world.certificates)
    Upkeep(world.store, world.certificates, records, lambda *_: [root_list]).fetch_lists()
    ring(world)
    assert world.certificates.authority.lists_above == (root_list,)

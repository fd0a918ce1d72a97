"""Proving: once a contract is complete, its evidence is made, signed by the platform, kept, and everyone is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate
from cryptography.x509.oid import NameOID

from signing.actor import Actor
from signing.certificates import Certificates, NoCertificate
from signing.contracts.contract import Contract, State, hold_contract, read_contract
from signing.contracts.foot import number_of
from signing.contracts.readers import require_reader
from signing.errors import SigningError
from signing.evidence.bundle import Proofs, make_bundle
from signing.evidence.facts import Facts, read_facts
from signing.evidence.report import Words, draw_report
from signing.ids import CertificateId, ContractId, Digest
from signing.later import later, set_timer
from signing.pdf.fields import SignatureField
from signing.pdf.finish import finish
from signing.pdf.prepare import prepare
from signing.pdf.sign import Signature, sign
from signing.pki.cms import Signer
from signing.pki.subjects import Subject
from signing.store.blobs import Blobs
from signing.store.port import Reading, Row, Store, Tx
from signing.store.times import MINUTE

PLATFORM = "platform"
FIELD = "Platform"
ANNOUNCE = "announce"
PATIENCE = 10 * MINUTE


@dataclass(frozen=True, slots=True)
class Proof:
    """A contract's evidence: its public number, the report (PDF) and the bundle (ZIP). Digests are empty where it
    could not be made in time."""

    number: str
    report: Digest
    bundle: Digest


class NoProof(SigningError):
    """The contract is not complete, or its evidence is still being made."""

    code = "evidence.none"


Announce = Callable[[Tx, Contract, Proof | None], None]


class Proving:
    """Makes evidence. `announce` tells everyone that the contract is complete, in the transaction that keeps the proof."""

    def __init__(
        self,
        store: Store,
        blobs: Blobs,
        certificates: Certificates,
        words: Words,
        announce: Announce,
        name: str,
        base_url: str,
    ) -> None:
        self._store = store
        self._blobs = blobs
        self._certificates = certificates
        self._words = words
        self._announce = announce
        self._name = name
        self._base_url = base_url

    def prove(self, contract: ContractId) -> None:
        """Make the evidence of a completed contract, outside any transaction; once."""
        if self._store.read(read_proof, contract) is not None:
            return
        proof = self._made(contract, self._store.read(number_of, contract))
        self._store.write(self._keep, contract, proof)

    def renew(self, contract: ContractId, current: str) -> None:
        """Make it anew for a file whose timestamp was renewed: the same number, and the file before it named.

        Outside any transaction; safe to run again.
        """
        before = self._store.read(read_proof, contract)
        if before is None or not before.report:
            return
        self._store.write(self._replace, contract, current, self._made(contract, before.number))

    def prolonged(self, tx: Tx, contract: Contract) -> None:
        """A completed contract's file was stamped again."""
        later(tx, self.renew, contract.id, contract.current)

    def begin(self, tx: Tx, contract: Contract) -> None:
        """A contract was completed: make its evidence; tell everyone in any case."""
        later(tx, self.prove, contract.id)
        set_timer(tx, ANNOUNCE, contract.id, tx.now + PATIENCE)

    def ring(self, tx: Tx, timer: Row) -> None:
        """The alarm some time after the completion: whatever became of the evidence, everyone hears the end."""
        contract = ContractId(timer["subject"])
        if read_proof(tx, contract) is None:
            self._keep(tx, contract, Proof(number_of(tx, contract), Digest(""), Digest("")))

    def of(self, tx: Reading, actor: Actor, contract: ContractId) -> Proof:
        """A completed contract's evidence, for its sender and its signers.

        Raises NotRegistered, NoSuchContract, NoProof.
        """
        require_reader(tx, actor, contract)
        proof = read_proof(tx, contract)
        if proof is None or not proof.bundle:
            raise NoProof
        return proof

    def found(self, tx: Reading, actor: Actor, contract: ContractId) -> Proof | None:
        """The evidence if there is any. Raises NotRegistered, NoSuchContract."""
        require_reader(tx, actor, contract)
        return read_proof(tx, contract)

    def title(self, tx: Reading, actor: Actor, contract: ContractId) -> str:
        """Raises NotRegistered, NoSuchContract."""
        return require_reader(tx, actor, contract).title

    def _keep(self, tx: Tx, contract: ContractId, proof: Proof) -> None:
        hold_contract(tx, contract)
        row = {"id": contract, "number": proof.number, "report": proof.report, "bundle": proof.bundle}
        if not tx.insert("contract_proofs", {**row, "created": tx.now}, once=True):
            return
        self._register(tx, proof)
        self._announce(tx, read_contract(tx, contract), proof if proof.report else None)

    def _replace(self, tx: Tx, contract: ContractId, current: str, proof: Proof) -> None:
        if hold_contract(tx, contract).current != current:
            return
        self._register(tx, proof)
        tx.change("contract_proofs", contract, {"report": proof.report, "bundle": proof.bundle})

    def _register(self, tx: Tx, proof: Proof) -> None:
        for digest, mime in ((proof.report, "application/pdf"), (proof.bundle, "application/zip")):
            if digest:
                self._blobs.register(tx, digest, mime)

    def _made(self, contract: ContractId, number: str) -> Proof:
        signer = self._store.write(self._platform)
        facts = self._store.read(read_facts, contract, number)
        report = self._report(facts, signer)
        bundle = make_bundle(facts, self._proofs(facts, report, signer))
        return Proof(number, self._kept(report), self._kept(bundle))

    def _kept(self, data: bytes) -> Digest:
        return Digest(self._blobs.write(data))

    def _report(self, facts: Facts, signer: Signer) -> bytes:
        pictures: dict[str, bytes] = {
            each.seal.picture: self._blobs.read(each.seal.picture) for each in facts.signed
        }
        address = f"{self._base_url}/v/{facts.number}"
        drawn = draw_report(facts, self._words, pictures, address)
        prepared = prepare(drawn, [SignatureField(name=FIELD, page=0, box=None)])
        stamper = self._certificates.timestamper(lambda: facts.at)
        signature = Signature(FIELD, signer, facts.at, name=self._name, certify=True, timestamper=stamper)
        material = self._certificates.authority.material([_pem(signer)], [], facts.at)
        return finish(sign(prepared, signature), material, stamper)

    def _proofs(self, facts: Facts, report: bytes, signer: Signer) -> Proofs:
        authority = self._certificates.authority
        stamper = authority.timestamper(lambda: facts.at)
        above = [*(each.certificate for each in authority.issuers), authority.timestamping.certificate]
        return Proofs(
            signed=self._blobs.read(facts.contract.current),
            report=report,
            root=authority.root_pem,
            chain=[each.public_bytes(Encoding.PEM).decode() for each in above],
            sign=signer.sign,
            stamp=lambda digest: stamper.stamp(digest, "sha256"),
        )

    def _platform(self, tx: Tx) -> Signer:
        """The platform's own certificate, made when it is first needed and when the last has run out."""
        try:
            certificate = self._certificates.current(tx, PLATFORM)
        except NoCertificate:
            certificate = self._issue(tx)
        return self._certificates.signer(tx, certificate)

    def _issue(self, tx: Tx) -> CertificateId:
        names = (NameOID.COUNTRY_NAME, "CN"), (NameOID.ORGANIZATION_NAME, self._name)
        common = (NameOID.COMMON_NAME, f"{self._name} evidence")
        return self._certificates.issue(tx, PLATFORM, Subject(self._name, True, (*names, common)))


def read_proof(tx: Reading, contract: ContractId) -> Proof | None:
    row = tx.get("contract_proofs", contract)
    return Proof(row["number"], row["report"], row["bundle"]) if row else None


def contract_of_number(tx: Reading, number: str) -> Contract | None:
    """The contract with this public number, if it was ever started."""
    found = tx.find("contract_of_number", number=number.strip().upper())
    contract = read_contract(tx, found[0]["id"]) if found else None
    return contract if contract and contract.state not in (State.DRAFT, State.DISCARDED) else None


def _pem(signer: Signer) -> str:
    return load_der_x509_certificate(signer.certificate).public_bytes(Encoding.PEM).decode()

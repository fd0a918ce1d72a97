"""Evidence: what is delivered checks out with openssl alone, and nothing in it can be changed unseen."""

from __future__ import annotations

import html
import json
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import cv2
import numpy as np
import pypdfium2
import pytest

from bot.installation import TEMPLATES
from bot.render import Renderer
from signing.contracts.contract import Contract, NoSuchContract, State
from signing.evidence.bundle import embedded
from signing.evidence.proving import NoProof, Proof, Proving, contract_of_number, read_proof
from signing.ids import ContractId
from signing.store.port import Tx
from tests.signing.contracts.world import World

OPENSSL = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not on this machine")


class Proven:
    """A contract that two have signed, with its evidence."""

    def __init__(self, folder: Path) -> None:
        self.world = World(folder / "world")
        self.told: list[tuple[ContractId, bool]] = []
        renderer = Renderer(TEMPLATES, ZoneInfo("Asia/Shanghai"))
        self.proving = Proving(
            self.world.store,
            self.world.blobs,
            self.world.certificates,
            lambda language, block, context: html.unescape(
                renderer.text(language, f"evidence.{block}", context)
            ),
            self.tell,
            "sealbot trial",
            "https://sign.example",
        )
        self.lin, self.su, self.chen = (self.world.someone(number) for number in range(3))

    def tell(self, tx: Tx, contract: Contract, proof: Proof | None) -> None:
        self.told.append((contract.id, proof is not None))

    def signed(self) -> Contract:
        world = self.world
        contract = world.started(self.lin, self.su)
        world.admit(self.su, contract.parties[1].id)
        world.sign(self.lin, contract.id, contract.parties[0].id)
        return world.sign(self.su, contract.id, contract.parties[1].id)

    def proof(self, contract: Contract) -> Proof:
        self.proving.prove(contract.id)
        return self.world.store.read(self.proving.of, self.lin.actor, contract.id)


@pytest.fixture(scope="module")
def proven(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proven]:
    made = Proven(tmp_path_factory.mktemp("evidence"))
    yield made
    made.world.close()


@pytest.fixture(scope="module")
def contract(proven: Proven) -> Contract:
    return proven.signed()


@pytest.fixture(scope="module")
def proof(proven: Proven, contract: Contract) -> Proof:
    return proven.proof(contract)


@pytest.fixture
def bundle(proven: Proven, proof: Proof, tmp_path: Path) -> Path:
    with ZipFile(BytesIO(proven.world.blobs.read(proof.bundle))) as packed:
        packed.extractall(tmp_path)
    return tmp_path


def check(bundle: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", "verify.sh"], cwd=bundle, capture_output=True, text=True, check=False)


def test_the_report_is_signed_by_the_platform_and_lasts(proven: Proven, proof: Proof) -> None:
    report = proven.world.checking.check(proven.world.blobs.read(proof.report), proven.world.clock())
    assert report.valid and report.as_dict()["level"] == "PAdES-B-LTA"
    assert [each.signer for each in report.signatures] == ["sealbot trial evidence"]


def test_the_report_names_parties_certificates_digests_and_number(
    proven: Proven, contract: Contract, proof: Proof
) -> None:
    document = pypdfium2.PdfDocument(proven.world.blobs.read(proof.report))
    text = "".join(page.get_textpage().get_text_bounded() for page in document).replace("\r\n", "")
    for wanted in (
        "林海清",
        "苏青窑",
        contract.current,
        proof.number,
        "Evidence of electronic signing",
        "4401",
    ):
        assert wanted in text
    assert "+8613800134401" not in text


def test_the_json_says_how_each_party_agreed(bundle: Path) -> None:
    facts = json.loads((bundle / "evidence.json").read_text("utf-8"))
    assert [each["name"] for each in facts["parties"]] == ["林海清", "苏青窑"]
    for party in facts["parties"]:
        assert party["willingness"]["channel"] == "sms" and party["willingness"]["strength"] == "possession"
        assert party["certificate"]["serial"] and party["seal"]["sha256"]


@OPENSSL
def test_the_bundle_checks_out_with_openssl_alone(bundle: Path) -> None:
    done = check(bundle)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(": signature ") == 3 and done.stdout.count(": timestamp ") == 2
    assert "EVERYTHING HOLDS" in done.stdout


@OPENSSL
@pytest.mark.parametrize(
    "name",
    [
        "signed.pdf",
        "evidence.pdf",
        "evidence.json",
        "trail.txt",
        "trail.tst",
        "head.txt",
        "signatures.txt",
        "digests.txt",
    ],
)
def test_a_changed_file_is_found(bundle: Path, name: str) -> None:
    data = bytearray((bundle / name).read_bytes())
    data[len(data) // 2] ^= 1
    (bundle / name).write_bytes(data)
    assert check(bundle).returncode != 0


@OPENSSL
def test_an_event_taken_out_is_found_even_by_who_can_renew_the_list_of_digests(bundle: Path) -> None:
    """Step 3 of the script on its own: as if steps 1 and 2 had been satisfied."""
    lines = (bundle / "trail.txt").read_text("utf-8").splitlines(keepends=True)
    (bundle / "trail.txt").write_text("".join([*lines[:2], *lines[3:]]), "utf-8")
    script = (bundle / "verify.sh").read_text()
    head, _, rest = script.partition("# 1.")
    (bundle / "verify.sh").write_text(head + "made=$(cat made.txt)\n# 3." + rest.partition("# 3.")[2])
    done = check(bundle)
    assert done.returncode != 0 and "the trail is broken" in done.stdout


@OPENSSL
def test_the_script_is_one_page(bundle: Path) -> None:
    assert len((bundle / "verify.sh").read_text().splitlines()) <= 60


def test_the_evidence_is_for_the_parties_alone(proven: Proven, contract: Contract, proof: Proof) -> None:
    read = proven.world.store.read
    assert read(proven.proving.of, proven.su.actor, contract.id) == proof
    with pytest.raises(NoSuchContract):
        read(proven.proving.of, proven.chen.actor, contract.id)


def test_proving_twice_tells_once(proven: Proven, contract: Contract, proof: Proof) -> None:
    proven.proving.prove(contract.id)
    assert proven.told.count((contract.id, True)) == 1


def test_everyone_hears_the_end_though_the_evidence_is_late_and_then_only_once(proven: Proven) -> None:
    late = proven.signed()
    proven.world.store.write(proven.proving.ring, {"subject": late.id})
    assert (late.id, False) in proven.told
    proven.proving.prove(late.id)
    assert [told for told in proven.told if told[0] == late.id] == [(late.id, False)]
    with pytest.raises(NoProof):
        proven.world.store.read(proven.proving.of, proven.lin.actor, late.id)


def test_a_number_finds_its_contract_and_no_other(proven: Proven, contract: Contract, proof: Proof) -> None:
    find = proven.world.store.read
    found = find(contract_of_number, proof.number.lower())
    assert found is not None and found.id == contract.id and found.state == State.COMPLETED
    assert find(contract_of_number, "0000-0000-0000") is None
    assert find(read_proof, contract.id) == proof


def test_each_signature_in_the_file_is_in_the_bundle(
    proven: Proven, contract: Contract, proof: Proof
) -> None:
    kinds = [each.kind for each in embedded(proven.world.blobs.read(contract.current))]
    assert kinds == ["signature", "signature", "timestamp"]


def test_a_renewed_timestamp_makes_evidence_anew_that_names_the_earlier_file(proven: Proven) -> None:
    before = proven.signed()
    first = proven.proof(before)
    proven.world.completion.stamp_again(before.id, before.revision)
    after = proven.world.read(before.id)
    proven.proving.renew(after.id, after.current)
    second = proven.world.store.read(proven.proving.of, proven.lin.actor, after.id)
    assert second.number == first.number and second.report != first.report
    with ZipFile(BytesIO(proven.world.blobs.read(second.bundle))) as packed:
        facts = json.loads(packed.read("evidence.json"))
        assert packed.read("signed.pdf") == proven.world.blobs.read(after.current)
    assert facts["digests"]["final"] == after.current and facts["digests"]["earlier"] == [before.current]


def test_the_report_bears_its_number_as_a_code_that_leads_to_the_public_page(
    proven: Proven, proof: Proof
) -> None:
    page = pypdfium2.PdfDocument(proven.world.blobs.read(proof.report))[0]
    picture = np.array(page.render(scale=4).to_pil().convert("L"))
    address, _, _ = cv2.QRCodeDetector().detectAndDecode(picture)
    assert address == f"https://sign.example/v/{proof.number}"

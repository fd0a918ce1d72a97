"""The demo, played once: what it leaves, and in how many actions."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from bot.demo import play
from signing.documents.word import find_soffice

AT_MOST = {
    "register": 4,
    "enterprise": 4,
    "send": 4,
    "new_signer": 6,
    "sign_one": 2,
    "sign_three": 3,
    "join": 4,
    "lend": 2,
    "review": 2,
    "review_rejected": 3,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def report(folder: Path) -> dict[str, Any]:
    return asyncio.run(play(folder, quiet=True))


def test_the_signed_file_is_valid_in_every_opinion(report: dict[str, Any]) -> None:
    assert report["valid"] and report["covers_whole_file"] and report["signatures"] == 2
    assert report["level"] == "PAdES-B-LTA"
    assert (report["pdfsig"] is not None) == (shutil.which("pdfsig") is not None)


def test_it_leaves_file_talk_seals_evidence_and_report(folder: Path, report: dict[str, Any]) -> None:
    left = {path.name for path in folder.iterdir()}
    assert {"signed.pdf", "transcript.html", "report.json", "evidence.pdf", "evidence.zip"} <= left
    assert any(name.startswith("seal-") for name in left)
    assert json.loads((folder / "report.json").read_text("utf-8")) == report


def test_no_journey_takes_more_actions_than_the_design_allows(report: dict[str, Any]) -> None:
    actions = report["actions"]
    assert {name: actions[name] for name in AT_MOST if actions[name] > AT_MOST[name]} == {}


def test_what_comes_after_the_first_contract_comes_in_order(report: dict[str, Any]) -> None:
    steps = report["steps"]
    wanted = ["initiated", "invited", "completed", "evidence_made"]
    wanted += ["refused", "withdrawn", "reminded", "batch_signed"]
    assert sorted(wanted, key=steps.index) == wanted
    from_word = 2 if find_soffice() else 0
    assert steps.count("completed") == steps.count("evidence_made") == 6 + from_word
    assert steps.count("template_filled") == from_word / 2
    assert steps.index("areas_planned") < steps.index("straddle_sealed") < steps.index("completed")


def test_the_other_side_signs_only_after_its_letter_was_rejected_and_then_approved(
    report: dict[str, Any],
) -> None:
    steps = report["steps"]
    wanted = ["initiated", "licence_read", "review_rejected", "review_approved", "completed"]
    assert sorted(wanted, key=steps.index) == wanted
    signed = [at for at, step in enumerate(steps) if step == "signed"]
    assert sum(at < steps.index("review_approved") for at in signed) == 1


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not on this machine")
def test_its_evidence_checks_out_with_openssl_alone(
    folder: Path, report: dict[str, Any], tmp_path: Path
) -> None:
    with ZipFile(folder / "evidence.zip") as packed:
        packed.extractall(tmp_path)
    done = subprocess.run(["sh", "verify.sh"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert (tmp_path / "signed.pdf").read_bytes() == (folder / "signed.pdf").read_bytes()


def test_a_member_without_a_grant_asks_for_the_seal_and_signs_once_it_is_lent(report: dict[str, Any]) -> None:
    lent = ["member_joined", "seal_asked", "seal_lent"]
    assert [step for step in report["steps"] if step in lent] == lent
    after = report["steps"][report["steps"].index("seal_lent") :]
    assert after.count("signed") == after.count("completed") == 1

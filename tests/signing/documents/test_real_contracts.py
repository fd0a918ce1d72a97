"""Scores the proposals on a folder of real contracts with a truth.json, named by SEALBOT_CONTRACTS.

truth.json: file name -> {"items": [{"party", "also", "kind", "page" from 1, "box", "column_box", "optional"}]},
boxes of the words in PDF points. Word files need LibreOffice.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from signing.documents.anchors import Proposal, propose

FOLDER = Path(os.environ.get("SEALBOT_CONTRACTS", ""))
pytestmark = pytest.mark.skipif(
    "SEALBOT_CONTRACTS" not in os.environ or shutil.which("soffice") is None,
    reason="needs SEALBOT_CONTRACTS and LibreOffice",
)


def test_nine_of_ten_places_are_found_and_nine_of_ten_proposals_are_right(children, tmp_path, capsys):
    truth = json.loads((FOLDER / "truth.json").read_text())
    found = wanted = right = proposed = 0
    for name, told in truth.items():
        proposals = propose(as_pdf(FOLDER / name, tmp_path), run=children.run)
        items = told["items"]
        must = [item for item in items if not item.get("optional")]
        hits = [item for item in must if any(answers(p, item) for p in proposals)]
        good = [p for p in proposals if any(answers(p, item) for item in items)]
        found, wanted = found + len(hits), wanted + len(must)
        right, proposed = right + len(good), proposed + len(proposals)
    with capsys.disabled():
        print(f"\nreal contracts: recall {found}/{wanted}, precision {right}/{proposed}")
    assert found >= 0.9 * wanted
    assert right >= 0.9 * proposed


def as_pdf(path: Path, folder: Path) -> bytes:
    if path.suffix == ".pdf":
        return path.read_bytes()
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / path.with_suffix(".pdf").name).read_bytes()


def answers(proposal: Proposal, item: dict[str, Any]) -> bool:
    """The same page, kind and party, on the anchor's row or just above it, and right of it or in the column."""
    kinds = {"seal": "signs", "signature": "signs"}
    if proposal.page != item["page"] - 1 or kinds.get(proposal.kind, "date") != kinds.get(
        item["kind"], "date"
    ):
        return False
    names = {plain(name) for name in (item["party"], *item.get("also", []))}
    if "*" not in names and plain(proposal.party) not in names:
        return False
    x0, y0, x1, y1 = item["box"]
    if proposal.box[1] > y1 + 25 or proposal.box[3] < y0 - 10:
        return False
    left, _, right, _ = item.get("column_box", (x0, y0, x1 + 150, y1))
    return proposal.box[0] < right + 60 and proposal.box[2] > left - 60


def plain(name: str) -> str:
    return "".join(name.casefold().split()).strip(":")

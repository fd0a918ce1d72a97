"""The command line: exit status 0 yes, 1 no, 2 wrong use; the same answer for people and for machines."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from bot.__main__ import main
from bot.commands import COMMANDS
from tests.story.acts import contract_pdf


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    path = tmp_path / "contract.pdf"
    path.write_bytes(contract_pdf())
    return path


@pytest.fixture(autouse=True)
def fresh_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEALBOT_DATA", str(tmp_path / "data"))


def test_an_unsigned_file_is_not_valid(contract: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(contract), "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["valid"] is False and report["signatures"] == []


def test_intake_says_yes_and_writes_what_everyone_would_see(
    contract: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["intake", str(contract), "--out", str(tmp_path / "seen.pdf"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "accepted": True,
        "reason": None,
        "flattened": [],
        "pages": 6,
    }
    assert (tmp_path / "seen.pdf").read_bytes().startswith(b"%PDF")


def test_intake_says_no_with_its_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "empty.pdf"
    empty.touch()
    assert main(["intake", str(empty)]) == 1
    assert "document.empty" in capsys.readouterr().out


def test_areas_are_proposed_for_both_parties(contract: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["areas", str(contract), "--json"]) == 0
    proposed = json.loads(capsys.readouterr().out)
    assert {(each["party"], each["page"]) for each in proposed["areas"]} == {("甲方", 6), ("乙方", 6)}


def test_a_seal_is_drawn_in_its_true_size(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "seal.png"
    assert main(["seal", "draw", "contract", "海港茶业有限公司", str(out)]) == 0
    assert "40 x 40 mm" in capsys.readouterr().out
    with Image.open(out) as picture:
        assert picture.mode == "RGBA"


def test_a_seal_that_cannot_be_drawn_is_a_no(tmp_path: Path) -> None:
    assert main(["seal", "draw", "no-such-kind", "海港茶业有限公司", str(tmp_path / "seal.png")]) == 1


def test_wrong_use_is_two(tmp_path: Path) -> None:
    for arguments in ([], ["verify"], ["verify", str(tmp_path / "missing.pdf")], ["nonsense"]):
        with pytest.raises(SystemExit) as exit_:
            main(arguments)
        assert exit_.value.code == 2


def test_the_root_certificate_is_the_installations_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["authority", "root"]) == 0
    first = capsys.readouterr().out
    assert main(["authority", "root"]) == 0
    assert first.startswith("-----BEGIN CERTIFICATE-----") and capsys.readouterr().out == first


def test_doctor_tells_what_is_missing_and_what_that_costs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--json"]) == 0
    findings = {each["what"]: each for each in json.loads(capsys.readouterr().out)}
    assert "made-up people" in findings["real-name checks"]["meaning"]


def test_a_data_folder_that_others_can_read_is_a_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").mkdir(mode=0o755)
    assert main(["doctor"]) == 1
    assert "chmod 700" in capsys.readouterr().out


def test_help_imports_no_messenger_and_no_signing_library() -> None:
    program = (
        "import sys, bot.__main__ as m\n"
        "try: m.main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'aiogram', 'telegram', 'pyhanko', 'cv2', 'aiohttp'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert all(name in done.stdout for name in COMMANDS)

"""What the demo leaves behind: the signed PDF, the talk, the seals, and a report that says whether it is all true."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from bot.app import App
from bot.demo.people import Person
from bot.demo.story import Told
from bot.installation import utc_now
from signing.evidence.proving import read_proof
from signing.ids import Digest
from signing.pdf.report import Report
from signing.seals.sheet import contact_sheet
from signing.store.blobs import BlobMissing
from signing.store.port import Reading
from signing.store.vault import Sealed

EXTENSIONS = {"image/png": "png", "image/jpeg": "jpeg", "application/pdf": "pdf", "application/zip": "zip"}


class DemoFailed(Exception):
    """The story did not come to a signed PDF that checks out; the text says what is wrong."""


def leave(app: App, told: Told, signed: Digest, folder: Path) -> dict[str, Any]:
    """Write everything into the folder and check the signed PDF. Raises DemoFailed."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "signed.pdf"
    path.write_bytes(app.blobs.read(signed))
    write_transcript(app, [told.sender, told.signer, *told.colleagues, told.operator], folder)
    write_seals(app, folder)
    write_evidence(app, signed, folder)
    report = app.checking.check(path.read_bytes(), utc_now())
    second_opinion = ask_pdfsig(path)
    summary = summarized(app, told, report, second_opinion)
    (folder / "report.json").write_text(json.dumps(summary, indent=2, ensure_ascii=False), "utf-8")
    require_satisfied(report, second_opinion)
    return summary


def signed_file(told: Told) -> Digest:
    """The PDF that both received. Raises DemoFailed if they hold different ones."""
    received = [person.files("application/pdf") for person in (told.sender, told.signer)]
    if not all(received) or received[0][-1] != received[1][-1]:
        raise DemoFailed("the two companies did not receive the same signed PDF")
    return received[0][-1]


def write_transcript(app: App, people: list[Person], folder: Path) -> None:
    files = folder / "files"
    shutil.rmtree(files, ignore_errors=True)
    files.mkdir()
    shown = (line.message for person in people for line in person.lines if line.message)
    kept = set()
    for each in {each.digest: each for message in shown for each in message.attachments}.values():
        data = app.store.read(stored, app, each.digest)
        if data is not None:
            kept.add(each.digest)
            (files / f"{each.digest[:16]}.{EXTENSIONS[each.mime]}").write_bytes(data)
    page = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    html = page.get_template("transcript.html").render(people=people, kept=kept)
    (folder / "transcript.html").write_text(html, "utf-8")


def stored(tx: Reading, app: App, digest: str) -> bytes | None:
    """A file that was shown, also under a person's key; None where it was shredded since, as proofs are."""
    row = tx.get("blobs", digest)
    try:
        if row is None or row["subject"] is None:
            return app.blobs.read(digest)
        return app.blobs.read_sealed(tx, row["subject"], digest)
    except (BlobMissing, Sealed):
        return None


def write_seals(app: App, folder: Path) -> None:
    for row in app.store.read(lambda tx: tx.find("seals_made")):
        (folder / f"seal-{row['name']}-{row['kind']}.png").write_bytes(app.blobs.read(row["picture"]))
    (folder / "seals.png").write_bytes(contact_sheet())


def write_evidence(app: App, signed: Digest, folder: Path) -> None:
    """The evidence of the contract whose signed file this is. Raises DemoFailed."""
    contract = app.store.read(lambda tx: tx.find("contract_of_digest", digest=signed))[0]["contract"]
    proof = app.store.read(read_proof, contract)
    if proof is None or not proof.report:
        raise DemoFailed("the contract has no evidence")
    (folder / "evidence.pdf").write_bytes(app.blobs.read(proof.report))
    (folder / "evidence.zip").write_bytes(app.blobs.read(proof.bundle))


def ask_pdfsig(path: Path) -> dict[str, Any] | None:
    """What poppler says of the signatures; None where it is not on the machine.

    poppler does not look into document timestamps, so only the parties' signatures count.
    """
    program = shutil.which("pdfsig")
    if program is None:
        return None
    found = subprocess.run([program, str(path)], capture_output=True, text=True, check=False)  # noqa: S603
    blocks = [block for block in found.stdout.split("Signature #")[1:] if "ETSI.CAdES.detached" in block]
    valid = [block for block in blocks if "Signature is Valid" in block]
    return {"signatures": len(blocks), "valid": len(valid), "total": "Total document signed" in found.stdout}


def summarized(app: App, told: Told, report: Report, pdfsig: dict[str, Any] | None) -> dict[str, Any]:
    verified = report.as_dict()
    return {
        "signatures": len(verified["signatures"]),
        "valid": verified["valid"],
        "covers_whole_file": verified["covers_whole_file"],
        "level": verified["level"],
        "steps": app.store.read(steps),
        "actions": told.actions,
        "reasons": verified["reasons"],
        "pdfsig": pdfsig,
    }


def steps(tx: Reading) -> list[str]:
    """What happened, in order."""
    return [row["step"] for row in tx.find("happened")]


def require_satisfied(report: Report, pdfsig: dict[str, Any] | None) -> None:
    if not (report.valid and report.covers_whole_file):
        raise DemoFailed(f"our verifier is not satisfied: {report.as_dict()['reasons']}")
    if pdfsig is not None and not (pdfsig["signatures"] == pdfsig["valid"] == 2 and pdfsig["total"]):
        raise DemoFailed(f"poppler's pdfsig is not satisfied: {pdfsig}")

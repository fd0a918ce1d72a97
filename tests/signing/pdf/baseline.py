"""A checker of the PAdES baseline attributes, apart from the verifier (ETSI EN 319 142-1, clause 6.3, table 1).

`python -m tests.signing.pdf.baseline 200` makes so many contracts, checks each, and asks pdfsig, mutool, OpenSSL
and PDFBox too, as far as they are on the machine.
"""

from __future__ import annotations

import hashlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
from asn1crypto import cms

from signing.pdf.fields import SignatureField, Straddle, TextField
from signing.pdf.finish import finish
from signing.pdf.prepare import prepare
from signing.pdf.sign import Signature, sign
from signing.pdf.trust import Trust
from signing.pdf.verify import verify
from signing.pki.subjects import Subject
from tests.signing.pdf import pdfbox, world

LATER = world.NOW + timedelta(days=3)
DATE = re.compile(r"D:\d{14}(Z|[+-]\d\d'\d\d'?)")


def contract(seed: int) -> tuple[bytes, int, bool]:
    """A contract of 1 to 10 signers by chance: its bytes, how many signed, whether it is finished."""
    chance = random.Random(seed)
    signers, done = chance.randint(1, 10), chance.random() < 0.5
    documents = (world.document(3), world.with_object_streams(3), world.turned(0, 90, 270))
    straddles, texts = chance.random() < 0.5, chance.random() < 0.5
    fields = [field(number, straddles, texts) for number in range(signers)]
    file = prepare(chance.choice(documents), fields)
    clock = world.Hands()
    timestamper = world.authority().timestamper(clock)
    subjects = [Subject.person(f"林晓{number}", f"{number:016x}") for number in range(signers)]
    for number, subject in enumerate(subjects):
        clock.move(minutes=5)
        file = sign(
            file,
            Signature(
                f"party-{number}",
                world.signer(subject),
                clock(),
                world.seal(),
                certify=number == 0,
                timestamper=timestamper,
                texts={f"party-{number}-date": "2026年12月1日"} if texts else {},
                caption=("2026-12-01 (UTC+8)",),
            ),
        )
    if done:
        pems = [world.certificate(subject, world.KeyKind.P256)[0] for subject in subjects]
        file = finish(file, world.authority().material(pems, (), clock.move(hours=1)), timestamper)
    return file, signers, done


def field(number: int, straddles: bool, texts: bool) -> SignatureField:
    x, y = 40 + 130 * (number % 4), 60 + 150 * (number // 4)
    return SignatureField(
        f"party-{number}",
        number % 3,
        (x, y, x + 120, y + 120),
        room_mm=43,
        caption_lines=1,
        straddle=Straddle(range(3), height=0.1 + 0.08 * number) if straddles else None,
        texts=(TextField(f"party-{number}-date", 0, (x, y + 130, x + 100, y + 230)),) if texts else (),
    )


def faults(file: bytes, finished: bool) -> list[str]:
    """What the table asks for and the file lacks."""
    found: list[str] = []
    with pikepdf.open(BytesIO(file)) as pdf:
        values = [each.V for each in pdf.Root.AcroForm.Fields if each.get("/FT") == "/Sig" and "/V" in each]
        signatures = [each for each in values if each.Type == "/Sig"]
        stamps = [each for each in values if each.Type == "/DocTimeStamp"]
        for value in signatures:
            found += signature_faults(file, value)
        if finished:
            found += (
                [] if len(stamps) == 1 and stamps[0].SubFilter == "/ETSI.RFC3161" else ["document timestamp"]
            )
            store = pdf.Root.get("/DSS", {})
            found += [f"DSS {key}" for key in ("/Certs", "/CRLs") if not len(store.get(key, []))]
            found += ["VRI"] if "/VRI" in store else []
    return found


def signature_faults(file: bytes, value: pikepdf.Object) -> list[str]:
    ranges = [int(each) for each in value.ByteRange]
    info = cms.ContentInfo.load(bytes(value.Contents).rstrip(b"\0") + b"\0" * 4)
    signed = info["content"]
    (signer,) = signed["signer_infos"]
    kinds = [each["type"].native for each in signer["signed_attrs"]]
    stamped = [each["type"].native for each in signer["unsigned_attrs"]]
    covered = file[: ranges[1]] + file[ranges[2] : ranges[2] + ranges[3]]
    digests = [
        each["values"][0].native for each in signer["signed_attrs"] if each["type"].native == "message_digest"
    ]
    rules = {
        "SubFilter": value.SubFilter == "/ETSI.CAdES.detached",
        "Filter": value.Filter == "/Adobe.PPKLite",
        "/M": bool(DATE.fullmatch(str(value.M))),
        "no /Cert": "/Cert" not in value,
        "no signing-time": "signing_time" not in kinds,
        "content-type": kinds.count("content_type") == 1,
        "message-digest": digests == [hashlib.sha256(covered).digest()],
        "signing-certificate-v2 once": kinds.count("signing_certificate_v2") == 1,
        "no signing-certificate": "signing_certificate" not in kinds,
        "certificates": len(signed["certificates"]) >= 2,
        "no content": signed["encap_content_info"]["content"].native is None,
        "signature timestamp": stamped == ["signature_time_stamp_token"],
    }
    return [name for name, met in rules.items() if not met]


def others(file: bytes, signers: int, room: Path) -> list[str]:
    """What pdfsig, mutool and OpenSSL have against it, as far as they are on the machine."""
    path = room / "contract.pdf"
    path.write_bytes(file)
    found: list[str] = []
    if shutil.which("pdfsig"):
        said = _said("pdfsig", "-nocert", str(path))
        found += [] if said.count("Signature is Valid") == signers else ["pdfsig: not valid"]
        total = said.count("  - Total document signed")
        found += [] if total == 1 else [f"pdfsig: {total} over the total document"]
    if shutil.which("mutool"):
        said = _said("mutool", "sign", "-v", str(path))
        fine = said.count("The signature is valid") + said.count("unchanged since signing")
        found += [] if fine >= signers else ["mutool: not valid"]
    return found + (_openssl(file, room) if shutil.which("openssl") else [])


def _openssl(file: bytes, room: Path) -> list[str]:
    (room / "root.pem").write_text(world.authority().root_pem)
    found = []
    for number, match in enumerate(re.finditer(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]", file)):
        start, stop, length = map(int, match.groups())
        der = bytes.fromhex(file[start + 1 : stop - 1].decode())
        (room / "cms.der").write_bytes(der[: 4 + int.from_bytes(der[2:4], "big")])
        (room / "data").write_bytes(file[:start] + file[stop : stop + length])
        at = str(int(LATER.timestamp()))
        common = ("-attime", at, "-CAfile", str(room / "root.pem"))
        if b"/DocTimeStamp" in file[match.start() - 400 : match.end() + 30_000] and _is_token(der):
            said = _said(
                "openssl",
                "ts",
                "-verify",
                "-token_in",
                "-in",
                str(room / "cms.der"),
                "-data",
                str(room / "data"),
                *common,
            )
            found += [] if "Verification: OK" in said else [f"openssl ts: {number}"]
        else:
            said = _said(
                *(
                    "openssl",
                    "cms",
                    "-verify",
                    "-cades",
                    "-binary",
                    "-inform",
                    "DER",
                    "-in",
                    str(room / "cms.der"),
                ),
                *("-content", str(room / "data"), "-purpose", "any", "-out", "/dev/null", *common),
            )
            found += [] if "erification successful" in said else [f"openssl cms: {number}: {said[-200:]}"]
    return found


def _is_token(der: bytes) -> bool:
    return bool(
        cms.ContentInfo.load(der)["content"]["encap_content_info"]["content_type"].native == "tst_info"
    )


def _said(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    return done.stdout + done.stderr


def complaints(seed: int, *, ask_others: bool = True) -> list[str]:
    """Everything that anyone has against the contract of this seed."""
    return _complaints(*contract(seed), ask_others=ask_others)


def _complaints(file: bytes, signers: int, done: bool, *, ask_others: bool = True) -> list[str]:
    report = verify(file, Trust([world.authority().root_pem]), LATER)
    found = faults(file, done) + [reason.value for reason in report.reasons]
    found += [] if str(report.level) == ("PAdES-B-LTA" if done else "PAdES-B-T") else [str(report.level)]
    found += [] if report.valid and report.covers_whole_file else ["not valid"]
    with tempfile.TemporaryDirectory() as room:
        found += others(file, signers, Path(room)) if ask_others else []
    return found


def pdfbox_complaints(made: Mapping[int, tuple[bytes, int, bool]]) -> dict[int, list[str]]:
    """What PDFBox has against contracts, by their seeds."""
    verdicts = pdfbox.said({f"{seed}.pdf": file for seed, (file, _, _) in made.items()})
    wanted = {seed: f"valid {signers} {int(done)}" for seed, (_, signers, done) in made.items()}
    said = {seed: verdicts.get(f"{seed}.pdf", "silence") for seed in made}
    return {seed: [f"PDFBox: {said[seed]}"] for seed in made if said[seed] != wanted[seed]}


def main(count: int) -> None:
    made = {seed: contract(seed) for seed in range(count)}
    bad = {seed: found for seed, one in made.items() if (found := _complaints(*one))}
    asked = [name for name in ("pdfsig", "mutool", "openssl") if shutil.which(name)]
    if pdfbox.installed():
        asked.append("PDFBox")
        bad |= pdfbox_complaints(made)
    finished, signatures = sum(done for _, _, done in made.values()), sum(one[1] for one in made.values())
    print(f"{count} contracts ({finished} of them B-LTA, {signatures} signatures), asked: {', '.join(asked)}")
    print(f"{len(bad)} with complaints", bad)


if __name__ == "__main__":
    main(int(sys.argv[1]))

"""How long verifying takes beside pyHanko's own call: three signatures, difference analysis on, in the same run."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from io import BytesIO

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from signing.pdf.trust import Trust
from signing.pdf.verify import verify
from tests.bench.sign import Work, alternating, grown, prepared
from tests.signing.pdf import world

LATER = world.NOW + timedelta(hours=1)


def ours(file: bytes) -> Work:
    trust = Trust([world.authority().root_pem])
    assert verify(file, trust, LATER).valid
    return lambda: verify(file, trust, LATER)


def bare(file: bytes) -> Work:
    """pyHanko's own validation of every signature, with a fresh context for each as its own docs have it."""
    root = x509.Certificate.load(pem.unarmor(world.authority().root_pem.encode())[2])

    async def validate() -> None:
        reader = PdfFileReader(BytesIO(file))
        for signature in reader.embedded_signatures:
            context = ValidationContext(trust_roots=[root], moment=LATER, allow_fetching=False)
            status = await async_validate_pdf_signature(signature, context)
            assert status.bottom_line

    return lambda: asyncio.run(validate())


def run() -> dict[str, float]:
    """Ours over pyHanko's, for three signatures on ten pages."""
    file = grown(prepared(), 3)
    mine, pyhanko = alternating(ours(file), bare(file))
    return {"verify3_ms": mine * 1000, "verify3_vs_pyhanko": mine / pyhanko}


if __name__ == "__main__":
    for name, figure in run().items():
        print(f"{name:28} {figure:.3f}")

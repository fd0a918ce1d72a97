"""How long a signature takes beside pyHanko's own call, on the same prepared document, in the same run.

Both sign one prepared field of a 10-page contract with a 600-pixel seal, PAdES B-B, certifying. pyHanko
gets its signer, certificate store and stamp style made beforehand, as ours gets its prepared seal.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO

from asn1crypto import keys, x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.hashes import SHA256
from PIL import Image
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signing.pdf.fields import SignatureField
from signing.pdf.prepare import prepare
from signing.pdf.sign import Signature, sign
from signing.pki.keys import KeyKind
from tests.signing.pdf import world

PARTIES = 10
ROUNDS = 15
BATCH = 60

Work = Callable[[], object]


def alternating(*works: Work, rounds: int = ROUNDS) -> list[float]:
    """The median processor seconds of each work, all of them taking turns; what else the machine does counts for nothing."""
    for work in works:
        work()
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, spent in zip(works, times, strict=True):
            start = time.process_time()
            work()
            spent.append(time.process_time() - start)
    return [statistics.median(spent) for spent in times]


def prepared() -> bytes:
    """Ten pages, ten parties, two to a row."""
    places = [(60.0 + 260 * (n % 2), 60.0 + 130 * (n // 2)) for n in range(PARTIES)]
    fields = [
        SignatureField(f"party-{n}", 9, (x, y, x + 130, y + 130)) for n, (x, y) in enumerate(places, start=1)
    ]
    return prepare(world.document(10), fields)


def ours(pdf: bytes, number: int, kind: KeyKind = KeyKind.P256, *, timestamped: bool = False) -> Work:
    """Our signature in the nth field."""
    timestamper = world.authority().timestamper(world.Hands()) if timestamped else None
    signature = Signature(
        f"party-{number}",
        world.signer(world.HARBOR, kind),
        world.NOW,
        world.seal(),
        certify=number == 1,
        timestamper=timestamper,
    )
    return lambda: sign(pdf, signature)


def bare(pdf: bytes) -> Work:
    """pyHanko's own call in the first field."""
    signer = world.signer()
    private = signer.key.private  # type: ignore[attr-defined]
    plain = private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    chain = SimpleCertificateStore.from_certs([x509.Certificate.load(each) for each in signer.chain])
    pyhanko = PdfSigner(
        PdfSignatureMetadata(
            field_name="party-1",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.FILL_FORMS,
        ),
        SimpleSigner(x509.Certificate.load(signer.certificate), keys.PrivateKeyInfo.load(plain), chain),
        stamp_style=StaticStampStyle(
            background=PdfImage(Image.open(BytesIO(world.seal_png()))), background_opacity=1.0
        ),
    )
    return lambda: pyhanko.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), existing_fields_only=True)


def grown(pdf: bytes, count: int) -> bytes:
    """The document with so many signatures on it."""
    for number in range(1, count + 1):
        pdf = ours(pdf, number)()  # type: ignore[assignment]
    return pdf


def batch(count: int) -> float:
    """Seconds that so many signatures take in this process."""
    work = ours(prepared(), 1)
    work()
    start = time.perf_counter()
    for _ in range(count):
        work()
    return time.perf_counter() - start


def per_second(processes: int) -> float:
    """Signatures a second of so many processes together, at their best of three."""
    with ProcessPoolExecutor(processes) as pool:
        list(pool.map(batch, [2] * processes))
        spent = min(max(pool.map(batch, [BATCH] * processes)) for _ in range(3))
    return processes * BATCH / spent


def two_processes() -> float:
    """Signatures a second of two processes over those of one."""
    return per_second(2) / per_second(1)


def run() -> dict[str, float]:
    """Ratios: ours over pyHanko's, later over first, timestamped over not, RSA over what the rest allows."""
    pdf = prepared()
    visible, pyhanko = alternating(ours(pdf, 1), bare(pdf))
    first, second, tenth = alternating(ours(pdf, 1), ours(grown(pdf, 1), 2), ours(grown(pdf, 9), 10))
    unit = world.authority().timestamper(world.Hands())
    plain, stamped, stamp = alternating(
        ours(pdf, 1), ours(pdf, 1, timestamped=True), lambda: unit.stamp(bytes(32), "sha256")
    )
    key = world.signer(world.HARBOR, KeyKind.RSA3072).key.private  # type: ignore[attr-defined]
    rsa, raw = alternating(ours(pdf, 1, KeyKind.RSA3072), lambda: key.sign(b"", padding.PKCS1v15(), SHA256()))
    return {
        "sign_visible_ms": visible * 1000,
        "sign_visible_vs_pyhanko": visible / pyhanko,
        "sign_rsa3072_vs_allowed": rsa / (0.15 * pyhanko + 2 * raw),
        "sign_2nd_vs_1st": second / first,
        "sign_10th_vs_1st": tenth / first,
        "sign_bt_vs_bb": (stamped - stamp) / plain,
        "sign_two_processes": two_processes(),
    }


if __name__ == "__main__":
    for name, figure in run().items():
        print(f"{name:28} {figure:.3f}")

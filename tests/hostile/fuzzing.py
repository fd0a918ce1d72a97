"""Mutated files against everything that parses what people send: an answer or a refusal, within its limits."""

from __future__ import annotations

import resource
import time
from collections import Counter
from collections.abc import Callable

from signing.documents.child import Children, Run
from signing.documents.errors import Refused
from signing.documents.intake import inspect
from signing.errors import SigningError
from signing.identity.pictures import clean
from signing.pdf.limited import WARM, verify_limited
from signing.seals.photo_child import cut_with
from tests.attacks import forge
from tests.attacks.flips import padding
from tests.hostile.files import FILES, mutant

SLOWEST = 30.0
"""Seconds that any of them may take on any file."""

Target = Callable[[bytes], str]


def targets(readers: Run, verifiers: Run) -> dict[str, Target]:
    """Each gets a file and says what came of it, in a word."""
    return {
        "intake": lambda data: _refusal(lambda: inspect(data, run=readers)),
        "verifier": lambda data: _verdict(verifiers, data),
        "paper": lambda data: _refusal(lambda: clean(data, readers)),
        "seal photo": lambda data: _refusal(lambda: cut_with(readers, data)),
    }


FED = {
    "intake": ("contract.pdf", "signed.pdf", "contract.docx"),
    "verifier": ("signed.pdf",),
    "paper": ("licence.jpg", "contract.pdf", "picture.png"),
    "seal photo": ("seal.jpg", "picture.png", "desk.jpg"),
}


def fuzz(files: int, seed: int = 1) -> int:
    """So many mutants, in turn for each target; how many were not answered as they should."""
    found: Counter[str] = Counter()
    slowest: Counter[str] = Counter()
    wrong = 0
    with Children() as readers, Children(warm=WARM) as verifiers:
        parsers = targets(readers.run, verifiers.run)
        for number in range(files):
            name = list(parsers)[number % len(parsers)]
            fed = FED[name][number // len(parsers) % len(FED[name])]
            begun = time.monotonic()
            try:
                answer = parsers[name](mutant(FILES[fed][0](), seed * 1_000_003 + number))
            except Exception as error:
                wrong, answer = wrong + 1, f"BROKE {type(error).__name__}"
                print(f"{name} on {fed}, mutant {number}: {error!r}", flush=True)
            took = time.monotonic() - begun
            slowest[name] = max(slowest[name], round(took * 1000))  # type: ignore[assignment]
            wrong += took > SLOWEST
            found[f"{name}: {answer}"] += 1
    for answer, times in sorted(found.items()):
        print(f"{times:5} {answer}")
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{files} mutants, {wrong} wrong; the slowest in ms: {dict(slowest)}; largest child {children} MB")
    return wrong


class Fooled(Exception):
    """The verifier passed a file that was changed where something stands."""


def _verdict(run: Run, data: bytes) -> str:
    """Raises Fooled."""
    verdict, whole = verify_limited(run, data, forge.TRUST, forge.LATER).verdict.value, forge.finished()
    if verdict == "passed" and _outside_padding(data, whole):
        raise Fooled
    return verdict


def _outside_padding(data: bytes, whole: bytes) -> bool:
    """Whether more than the unused bytes of a signature's /Contents differ."""
    unused = {at for which in range(whole.count(b"/ByteRange [")) for at in padding(whole, which)}
    return len(data) != len(whole) or any(
        at not in unused for at, (new, old) in enumerate(zip(data, whole, strict=True)) if new != old
    )


def _refusal(work: Callable[[], object]) -> str:
    try:
        work()
    except (Refused, SigningError) as refusal:
        return refusal.code
    return "taken"

"""How long the verifier takes over every forged file, and what memory its child may have: the slowest in a hundred."""

from __future__ import annotations

import statistics
import time
from itertools import chain

from signing.documents.child import Children
from signing.pdf.limited import LIMITS, WARM, verify_limited
from tests.attacks.forge import LATER, TRUST
from tests.attacks.test_attacks import FAMILIES


def run() -> dict[str, float]:
    """Seconds, each file in a child of its own as people's files are. Raises AssertionError if one is accepted."""
    spent = []
    with Children(at_once=1, warm=WARM) as children:
        verify_limited(children.run, b"", TRUST, LATER)
        for attack in chain.from_iterable(family() for family in FAMILIES):
            start = time.perf_counter()
            report = verify_limited(children.run, attack.file, TRUST, LATER)
            spent.append(time.perf_counter() - start)
            assert not report.valid, attack.name
    return {
        "verify_attacks": float(len(spent)),
        "verify_attacks_median_ms": statistics.median(spent) * 1000,
        "verify_attacks_p99_ms": statistics.quantiles(spent, n=100)[98] * 1000,
        "verify_attacks_memory_mb": LIMITS.memory / (1 << 20),
    }


if __name__ == "__main__":
    for name, figure in run().items():
        print(f"{name:28} {figure:.3f}")

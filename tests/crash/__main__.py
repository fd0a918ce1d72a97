"""`make crash`: a thousand deaths, and what stood afterwards."""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.crash.harness import chosen, record, suffer
from tests.crash.life import COMPLETING
from tests.crash.torn import torn_copies


def main(runs: int = 1000, copies: int = 500, seed: int = 1) -> int:
    begun, struck, wrong = time.monotonic(), Counter[str](), 0
    with tempfile.TemporaryDirectory(prefix="sealbot-crash-") as folder:
        kept = record(Path(folder) / "record")
        print(
            f"{len(kept.points)} acts, {len(kept.names)} named points, {len(kept.harms())} places to die",
            flush=True,
        )
        for number, harm in enumerate(chosen(kept, runs, random.Random(seed)), 1):
            outcome = suffer(kept, harm, Path(folder))
            struck[harm.point or "anywhere"] += outcome.struck
            if outcome.wrong:
                wrong += 1
                print(f"{harm}", *outcome.wrong, sep="\n    ", flush=True)
            if number % 50 == 0:
                print(f"{number} runs, {sum(struck.values())} died, {wrong} wrong", flush=True)
        found, torn = torn_copies(kept, COMPLETING, copies, Path(folder), seed)
        print(*torn, sep="\n")
    for point, times in sorted(struck.items()):
        print(f"{times:5} {point}")
    print(f"{runs} runs in {time.monotonic() - begun:.0f} s: {sum(struck.values())} died, {wrong} wrong")
    print(f"{copies} torn copies: {found[1]} completed, {found[0]} not yet, {len(torn)} wrong")
    return 1 if wrong or torn else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))

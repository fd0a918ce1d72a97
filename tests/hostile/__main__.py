"""`make hostile`: a hundred thousand messages that nobody should send, and thousands of files that nobody should make."""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.crash.harness import record
from tests.crash.life import LIFE
from tests.hostile.acts import acts
from tests.hostile.fuzzing import fuzz
from tests.hostile.talk import prepare, talk

A_TALK = 60


def talks(messages: int, number: int, folder: Path) -> int:
    """Talks of sixty messages each, from any moment of a life; how many were sent. Raises AssertionError."""
    kept, sent, broke = record(folder / "record"), 0, Counter[str]()
    prepare()

    @seed(number)
    @settings(
        max_examples=-(-messages // A_TALK),
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, len(LIFE)), st.lists(acts, min_size=A_TALK, max_size=A_TALK))
    def one(begin: int, said: list[object]) -> None:
        nonlocal sent
        wrong = talk(kept.before(begin), begin, said, folder)  # type: ignore[arg-type]
        sent += len(said)
        broke.update(wrong)
        if wrong:
            print(f"from act {begin}:", *wrong, sep="\n    ", flush=True)
        if sent % (50 * A_TALK) == 0:
            print(f"{sent} messages, {sum(broke.values())} broke something", flush=True)

    one()
    for what, times in broke.most_common():
        print(f"{times:5} {what}")
    print(f"{sent} messages sent, {sum(broke.values())} broke something")
    return sum(broke.values())


def main(messages: int = 100_000, files: int = 5_000, number: int = 1) -> int:
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="sealbot-hostile-") as name:
        broke = talks(messages, number, Path(name)) if messages else 0
    broke += fuzz(files, number)
    print(f"{time.monotonic() - begun:.0f} s")
    return 1 if broke else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))

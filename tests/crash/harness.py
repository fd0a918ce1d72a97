"""Lives a life once without harm, keeping how things stood between its acts, and then again and again with harm."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.crash.judging import differences, judged
from tests.crash.life import LIFE
from tests.crash.living import UNHARMED, live
from tests.crash.points import dying
from tests.crash.verifying import not_valid

KILLED = -9


@dataclass(frozen=True, slots=True)
class Harm:
    """Where a process dies: at a point of an act, or (`after` seconds) anywhere."""

    act: int
    point: str = ""
    occurrence: int = 1
    after: float = 0

    def __str__(self) -> str:
        where = f"{self.point} (no. {self.occurrence})" if self.point else f"after {self.after * 1000:.0f} ms"
        return f"act {self.act} {LIFE[self.act]}: {where}"


@dataclass(slots=True)
class Record:
    """A life without harm: how it stood before each act, and which points each act passes, how often."""

    folder: Path
    golden: list[dict[str, Any]] = field(default_factory=list)
    points: list[Counter[str]] = field(default_factory=list)

    def before(self, act: int) -> Path:
        return self.folder / f"before-{act}"

    def harms(self) -> list[Harm]:
        """Every point of every act."""
        return [
            Harm(act, point, occurrence)
            for act, points in enumerate(self.points)
            for point, times in sorted(points.items())
            for occurrence in range(1, times + 1)
        ]

    @property
    def names(self) -> set[str]:
        return {point for points in self.points for point in points}


def record(folder: Path, first: int = 0, last: int = len(LIFE)) -> Record:
    """Live acts up to `last`; what comes before `first` is lived but no point of it is kept."""
    kept = Record(folder)
    kept.before(0).mkdir(parents=True)
    for number in range(last):
        here = kept.before(number)
        kept.golden.append(judged(here / "data") if number else {})
        kept.points.append(_points(here, kept.before(number + 1), number))
        if number < first:
            kept.points[-1].clear()
    kept.golden.append(judged(kept.before(last) / "data"))
    return kept


def _points(here: Path, there: Path, number: int) -> Counter[str]:
    shutil.copytree(here, there)
    log = there / "points"
    with log.open("w") as out:
        status = live(there / "data", number, lambda name: print(name, file=out, flush=True))
    if status != UNHARMED:
        raise RuntimeError(f"act {number} {LIFE[number]} failed without any harm: {status}")
    points = Counter(log.read_text().splitlines())
    log.unlink()
    return points


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a harm: whether it struck at all, and what was wrong afterwards."""

    harm: Harm
    struck: bool
    wrong: list[str]


def suffer(kept: Record, harm: Harm, folder: Path) -> Outcome:
    """Die there, start again, and go on with the next act."""
    world = folder / "world"
    shutil.rmtree(world, ignore_errors=True)
    shutil.copytree(kept.before(harm.act), world)
    reach = dying(harm.point, harm.occurrence) if harm.point else None
    status = live(world / "data", harm.act, reach, kill_after=harm.after)
    if status not in (UNHARMED, KILLED):
        return Outcome(harm, False, [f"it ended by itself: {status}"])
    wrong = _go_on(kept, harm.act, world, again=1)
    if not wrong and harm.act + 1 < len(kept.points):
        wrong = _go_on(kept, harm.act + 1, world)
    wrong += not_valid(world / "data")
    return Outcome(harm, status == KILLED, wrong)


def _go_on(kept: Record, act: int, world: Path, again: int = 0) -> list[str]:
    status = live(world / "data", act, again=again)
    if status != UNHARMED:
        return [f"act {act} {LIFE[act]} did not come to rest within ten seconds: {status}"]
    return differences(kept.golden[act + 1], judged(world / "data"))


def chosen(kept: Record, runs: int, chance: random.Random, quietly: float = 0.25) -> list[Harm]:
    """So many harms: every point once if there is room, then points by chance; a quarter anywhere in time."""
    anywhere = round(runs * quietly)
    acts = [act for act, points in enumerate(kept.points) if points]
    timed = [Harm(chance.choice(acts), after=chance.uniform(0.05, 0.9)) for _ in range(anywhere)]
    known = kept.harms()
    chance.shuffle(known)
    many = (known * (runs // len(known) + 1))[: runs - anywhere]
    return [*many, *timed]

"""A short run of `make hostile`, from an installation that nobody has used yet."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from tests.hostile.acts import Act, acts
from tests.hostile.files import FILES, mutant
from tests.hostile.fuzzing import fuzz
from tests.hostile.talk import talk


@seed(26)
@settings(max_examples=4, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(said=st.lists(acts, min_size=30, max_size=30))
def test_whatever_is_said_leaves_everybody_with_an_answer(tmp_path_factory, said: list[Act]) -> None:  # type: ignore[no-untyped-def]
    folder: Path = tmp_path_factory.mktemp("hostile")
    assert talk(folder / "nothing", 0, said, folder) == []


def test_a_mutated_file_is_answered_or_refused_and_nothing_dies() -> None:
    assert fuzz(24) == 0


def test_the_same_seed_makes_the_same_mutant() -> None:
    data = FILES["contract.pdf"][0]()
    assert mutant(data, 7) == mutant(data, 7) != data

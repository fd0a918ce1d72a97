"""Every forged file is refused, and for the right reason."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import chain

import pytest

from signing.pdf.verify import verify
from tests.attacks import forge, forgery, saving
from tests.attacks.flips import accepted, flips
from tests.attacks.forge import LATER, TRUST, Attack

FAMILIES = (
    saving.changed,
    saving.sneaky,
    saving.junk,
    saving.loose_ends,
    forgery.byte_ranges,
    forgery.empty_contents,
    forgery.wrapping,
    forgery.other_cms,
    forgery.same_key_other_certificate,
    forgery.timestamps,
    forgery.cut,
    forgery.strangers,
)


def attacks() -> Iterator[Attack]:
    return chain.from_iterable(family() for family in FAMILIES)


@pytest.mark.parametrize("honest", [forge.signed, forge.half_signed, forge.finished])
def test_the_honest_files_are_accepted(honest: object) -> None:
    report = verify(honest(), TRUST, LATER)  # type: ignore[operator]
    assert report.valid, report.reasons


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
def test_every_attack_of_a_family_is_refused_for_the_right_reason(family: object) -> None:
    missed = []
    for each in family():  # type: ignore[operator]
        report = verify(each.file, TRUST, LATER)
        if report.valid or not each.reasons & set(report.reasons):
            missed.append((each.name, report.verdict.value, [reason.value for reason in report.reasons]))
    assert not missed, "\n".join(map(str, missed))


def test_there_are_over_two_hundred_attacks_and_no_two_alike() -> None:
    names = [each.name for each in attacks()]
    assert len(names) >= 200
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("base", [forge.half_signed, forge.finished])
def test_no_single_bit_can_be_turned_over_unnoticed(base: object) -> None:
    file = base()  # type: ignore[operator]
    assert accepted(file, flips(len(file), 40, seed=20261201)) == []


def test_no_single_bit_of_the_signature_itself_can_be_turned_over_unnoticed() -> None:
    file = forge.signed()
    start, stop, _ = forge.ranges(file)
    inside = range(start * 8, (start + 2 * len(forge.contents(file))) * 8)
    assert accepted(file, iter(random.Random(7).sample(inside, 50))) == []
    assert stop > start

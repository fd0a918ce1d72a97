"""What areas are called in pictures and in words: the party's number and a letter, 2a."""

from __future__ import annotations

from collections import Counter

from signing.contracts.contract import Contract
from signing.ids import AreaId


def names_of(contract: Contract) -> dict[AreaId, str]:
    """Each area's name: parties count as on the card, a party's areas from the first page on."""
    numbers = {party.id: number for number, party in enumerate(contract.parties, start=1)}
    seen: Counter[str] = Counter()
    names = {}
    for area in contract.areas:
        names[area.id] = f"{numbers[area.party]}{_letters(seen[area.party])}"
        seen[area.party] += 1
    return names


def _letters(number: int) -> str:
    """a to z, then aa, ab …"""
    more, last = divmod(number, 26)
    return (_letters(more - 1) if more else "") + chr(ord("a") + last)

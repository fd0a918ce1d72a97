"""The made-up people that stories are about. The sandbox's register knows all but Wei."""

from __future__ import annotations

from bot.demo.people import Person, Stage


def lin(stage: Stage) -> Person:
    """The legal representative of Harbor Tea, who speaks English here."""
    return in_english(stage.person("lin", "林海清", "+8613800134417"))


def su(stage: Stage) -> Person:
    """The legal representative of Blue Kiln Ceramics, who speaks Chinese."""
    return stage.person("su", "苏青窑", "+8613900138820")


def chen(stage: Stage) -> Person:
    """Works for one of the two, and represents neither."""
    return in_english(stage.person("chen", "陈晓舟", "+8613700132356"))


def wang(stage: Stage) -> Person:
    """The legal representative of Lantern Paper."""
    return in_english(stage.person("wang", "王一帆", "+8613600131007"))


def wei(stage: Stage) -> Person:
    """Has a passport and no resident ID."""
    return in_english(stage.person("wei", "Wei Chen", "+85261234567"))


def stranger(stage: Stage) -> Person:
    """Somebody whose chat has never said a word."""
    return in_english(stage.person("stranger", "", "+8613500135523"))


def in_english(person: Person) -> Person:
    person.language = "en"
    return person

"""What anybody may send at any moment, as hypothesis makes it up."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

import handlers
from bot.demo.story import KILN, KILN_CODE, TEA, TEA_CODE
from handlers.chat import dialogue
from tests.hostile.files import FILES
from tests.story.acts import LIN_ID, SU_ID

assert handlers  # the import fills the registry
PEOPLE = ("lin", "chen", "ops", "su", "nobody")
COMMANDS = tuple(f"/{each.command}" for each in dialogue.by_name.values() if each.command)
WORDS = (
    "hello", "/start nosuchtoken", "/cancel", "取消", "yes", "好", "不", "1", "2", "3", "12345678", "0000 0000",
    "by 4 December", "下周五", "二〇二六年十二月四日", "999999999999", "</b><a href='x'>&[[seal|x]]", "\u202egpj.exe",
    "{{ 7*7 }}", "💥" * 50, "x" * 4000, "", " \n\t ", LIN_ID, f"林海清, {LIN_ID}", SU_ID, f"{TEA} {TEA_CODE}",
    f"{KILN} {KILN_CODE}, 苏青窑 13900138820", "陈晓舟 13700132356", "C4", "2 mm", "100%", "'; DROP TABLE persons; --",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Act:
    """Who sends what. `tap` presses the `number`th button of all that were ever shown to anybody, or made-up data."""

    who: str
    kind: str
    text: str = ""
    number: int = 0


who = st.sampled_from(PEOPLE)
typed = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(COMMANDS),
    st.tuples(st.sampled_from(COMMANDS), st.text(max_size=30)).map(" ".join),
    st.text(max_size=200),
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.from_regex(r"[0-9]{8}|[0-9]{17}[0-9X]", fullmatch=True),
    st.dates().map(str),
)
argument = st.one_of(st.just(""), st.text(max_size=24), st.from_regex(r"[a-z][0-9a-z]{1,18}", fullmatch=True))
made_up = st.one_of(
    st.tuples(st.sampled_from(sorted(dialogue.by_name)), argument).map(lambda both: f">{both[0]}:{both[1]}"),
    st.text(max_size=64),
    st.sampled_from(("c0:draft.card:seal", "::", ">", ">:", ">draft")),
)
ODD = ("contact", "foreign contact", "no phone", "voice", "too large", "left")
acts = st.one_of(
    st.builds(Act, who, st.just("write"), typed),
    st.builds(Act, who, st.just("tap"), number=st.integers(0, 400)),
    st.builds(Act, who, st.just("tap newest"), number=st.integers(0, 8)),
    st.builds(Act, who, st.just("tap"), made_up),
    st.builds(Act, who, st.just("code")),
    st.builds(Act, who, st.sampled_from(ODD)),
    st.builds(Act, who, st.just("send"), st.sampled_from(sorted(FILES)), st.integers(0, 10_000)),
    st.builds(Act, who, st.just("wait"), number=st.sampled_from((1, 2, 11, 300, 3000, 20_000))),
)
"""`wait` lets so many minutes pass."""

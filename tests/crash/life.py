"""The life of a contract as a list of acts, each of which brings one update, or lets time pass."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache

from bot.app import App
from bot.demo.paper import draw_contract
from bot.demo.people import CODE, TOKEN
from bot.demo.photographs import draw_letter, draw_licence
from bot.demo.story import KILN, KILN_CODE, KILN_HEAD, TEA, TEA_CODE
from bot.post import read_message
from handlers.message import Button
from signing.store.port import Reading

PHONES = {"lin": "+8613800134417", "chen": "+8613700132356", "ops": ""}
LANGUAGES = {"lin": "en", "chen": "zh", "ops": "zh"}
PDF, JPEG = "application/pdf", "image/jpeg"


@dataclass(frozen=True, slots=True)
class Act:
    """Who does what: `write` text, `tap` a label, `send` a file, `code`, `link`, or nobody: time passes."""

    who: str
    what: str = ""
    with_: str = ""


def started(file: str) -> tuple[Act, ...]:
    """A further contract with the same party, started and sealed."""
    return (
        Act("lin", "send", file),
        Act("lin", "tap", "蓝窑陶瓷"),
        Act("lin", "tap", "Start and seal"),
        Act("lin", "code"),
    )


FIRST_CONTRACT = (
    Act("ops", "write", "/queue"),
    Act("lin", "write", "/start"),
    Act("lin", "tap", "share my number"),
    Act("lin", "write", "林海清, 110101198503120025"),
    Act("lin", "write", "/company"),
    Act("lin", "write", f"{TEA}, {TEA_CODE}"),
    Act("lin", "tap", "Make the contract seal"),
    Act("lin", "send", "Supply-2027.pdf"),
    Act("lin", "write", f"{KILN} {KILN_CODE}, 陈晓舟 13700132356"),
    Act("lin", "tap", "Start and seal"),
    Act("lin", "code"),
    Act("chen", "link"),
    Act("chen", "tap", "提供手机号"),
    Act("chen", "write", "360202199001012342"),
    Act("chen", "tap", "同意并获取委托书"),
    Act("chen", "send", "licence.jpg"),
    Act("chen", "write", KILN_HEAD),
    Act("chen", "send", "letter.jpg"),
    Act("ops", "tap", "领取案件"),
    Act("ops", "tap", "驳回"),
    Act("ops", "tap", "看不清"),
    Act(""),
    Act("chen", "tap", "重发盖章委托书"),
    Act("chen", "send", "letter.jpg"),
    Act("ops", "tap", "领取案件"),
    Act("ops", "tap", "通过"),
    Act(""),
    Act("chen", "tap", "签署"),
    Act("chen", "tap", "签署"),
    Act("chen", "code"),
)
REFUSED = (
    *started("Promotion.pdf"),
    Act("chen", "tap", "拒签"),
    Act("chen", "write", "返利比例与上次商定的不一致"),
    Act("chen", "tap", "确认拒签"),
)
WITHDRAWN = (
    *started("Consignment.pdf"),
    Act("lin", "tap", "Withdraw"),
    Act("lin", "write", "wrong price"),
    Act("lin", "tap", "Withdraw"),
)
WAITING = started("Autumn.pdf")
COMPLETING = len(FIRST_CONTRACT) - 1
"""The act after which the first contract is complete."""

LIFE = (*FIRST_CONTRACT, *REFUSED, *WITHDRAWN, *WAITING)


def update_of(app: App, act: Act, number: int) -> str:
    """The payload of the update that an act brings, as things stand. Raises LookupError."""
    update = {"id": f"{number:06}", "address": act.who, "language": LANGUAGES[act.who]}
    return json.dumps({**update, **_said(app, act)})


def _said(app: App, act: Act) -> dict[str, str]:
    match act.what:
        case "write":
            return {"text": act.with_}
        case "code":
            return {"text": _newest_text(app, act.who, CODE.pattern)}
        case "link":
            return {"text": f"/start {_newest_text(app, act.who, TOKEN.pattern)}"}
        case "send":
            return _file(app, act.with_)
    key, button = app.store.read(_button, act.who, act.with_)
    if button.contact:
        return {"phone": PHONES[act.who], "own": "yes"}
    return {"tap": button.data, "message": key}


def _newest_text(app: App, who: str, pattern: str) -> str:
    rows = app.store.read(lambda tx: tx.find("texts_of_phone", phone=PHONES[who]))
    for row in reversed(rows):
        if found := re.search(pattern, row["body"]):
            return found[found.re.groups]
    raise LookupError(f"nothing like {pattern} came to {who}")


def _file(app: App, name: str) -> dict[str, str]:
    data, mime = file(name), PDF if name.endswith(".pdf") else JPEG
    size = str(len(data))
    return {"digest": app.blobs.write(data), "name": name, "mime": mime, "size": size, "caption": ""}


@cache
def file(name: str) -> bytes:
    if name == "licence.jpg":
        return draw_licence(KILN, KILN_CODE, KILN_HEAD)
    if name == "letter.jpg":
        return draw_letter(KILN, "陈晓舟")
    return draw_contract(name.removesuffix(".pdf"), TEA, KILN)


def _button(tx: Reading, who: str, label: str) -> tuple[str, Button]:
    (chat,) = tx.find("chat_of_address", messenger="script", address=who)
    for row in reversed(tx.find("messages_of_chat", chat=chat["id"])):
        for button in read_message(row["payload"]).buttons:
            if label in button.label:
                return row["ref"] or row["id"], button
    raise LookupError(f"{who} sees no button {label!r}")

"""What operators see: named facts on one line, for people or machines, without secrets."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable

import pytest

from bot.logs import Form, formatter, logger

SECRETS = (
    "110101198503120025",
    "11010119850312002X",
    "+8613800134417",
    "13800134417",
    "6222020200112230",
    "6222 0202 0011 2230",
    "48219037",
    "4821 9037",
    "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1x",
    "q3xK9mPz0vLr7TnYbW2sDQ",
)
PLAIN = (
    "91310105MA1K3X2T52",
    "m1m83h32v8d3335m93",
    "Signatures.compute",
    "12:30:45",
    "a" * 64,
    "6222020200112231",
    "update 41001 of chat h0000",
)

Heard = Callable[[], str]


@pytest.fixture(params=["text", "json"])
def heard(request: pytest.FixtureRequest) -> Heard:
    """What came out so far, in each form."""
    form: Form = request.param
    out, handler_of = io.StringIO(), logging.getLogger("made-up")
    handler = logging.StreamHandler(out)
    handler.setFormatter(formatter(form))
    handler_of.handlers[:] = [handler]
    handler_of.propagate = False
    handler_of.setLevel(logging.INFO)
    return out.getvalue


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_starred_wherever_it_stands(heard: Heard, secret: str) -> None:
    log = logger("made-up")
    log.warning(f"answer {secret} refused", fact=secret, facts={"deep": [secret]}, error=ValueError(secret))
    try:
        raise ValueError(secret)
    except ValueError:
        log.exception("failed")
    tail = secret.rpartition(":")[2]
    assert tail not in heard() and "***" in heard() and "ValueError" in heard()


@pytest.mark.parametrize("plain", PLAIN)
def test_what_is_no_secret_stays(heard: Heard, plain: str) -> None:
    logger("made-up").info("looked", fact=plain)
    assert plain in heard()


def test_the_lines_of_libraries_go_the_same_way(heard: Heard) -> None:
    logging.getLogger("made-up").info("POST /bot%s/getMe %s", SECRETS[8], 200)
    assert "AAHdq" not in heard() and "110201543:***" in heard()


def test_json_lines_can_be_read_by_machines() -> None:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(formatter("json"))
    one = logging.getLogger("made-up.json")
    one.handlers[:], one.propagate = [handler], False
    logger("made-up.json").error("call failed", work="Signatures.compute", attempt=2)
    line = json.loads(out.getvalue())
    assert (line["event"], line["work"], line["attempt"], line["level"]) == (
        "call failed",
        "Signatures.compute",
        2,
        "error",
    )
    assert line["timestamp"].endswith("Z")

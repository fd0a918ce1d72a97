"""Logs hold no token, no phone, no identity number."""

from __future__ import annotations

import io
import logging

import pytest

from bot.redaction import Redacting
from tests.telegram.fake_api import TOKEN


@pytest.fixture
def lines() -> tuple[logging.Logger, io.StringIO]:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(Redacting())
    logger = logging.Logger("made-up")
    logger.addHandler(handler)
    return logger, out


def test_the_token_in_an_address_is_starred(lines: tuple[logging.Logger, io.StringIO]) -> None:
    logger, out = lines
    logger.info("POST https://api.telegram.org/bot%s/sendMessage %s", TOKEN, 200)
    assert out.getvalue() == "POST https://api.telegram.org/bot110201543:***/sendMessage 200\n"


@pytest.mark.parametrize(
    "secret", ["110101198503120025", "11010119850312002X", "+8613800134417", "13800134417"]
)
def test_numbers_of_persons_are_starred(lines: tuple[logging.Logger, io.StringIO], secret: str) -> None:
    logger, out = lines
    logger.info("answer %s refused", secret)
    assert out.getvalue() == "answer *** refused\n"


def test_a_traceback_is_starred_too(lines: tuple[logging.Logger, io.StringIO]) -> None:
    logger, out = lines
    try:
        raise ValueError(f"bad url /bot{TOKEN}/getMe")
    except ValueError:
        logger.exception("failed")
    assert TOKEN not in out.getvalue()
    assert "ValueError" in out.getvalue()


def test_what_is_no_secret_stays(lines: tuple[logging.Logger, io.StringIO]) -> None:
    logger, out = lines
    logger.info("update 41001 of chat h0000, 91310105MA1K3X2T52, 12:30:45")
    assert out.getvalue() == "update 41001 of chat h0000, 91310105MA1K3X2T52, 12:30:45\n"

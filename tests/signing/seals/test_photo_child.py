"""Cutting in a child: the same answer, the same refusals, and nothing of a picture that kills."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from signing.documents.child import Limits, run_limited
from signing.documents.errors import Malformed
from signing.seals.photo import cut
from signing.seals.photo_child import cut_in_child, cut_with
from signing.seals.photo_errors import DamagedPicture, NoSealFound
from tests.signing.seals.test_photo import encoded, stamped


def run_here(
    function: str, payload: bytes, args: dict[str, Any], limits: Limits
) -> tuple[dict[str, Any], bytes]:
    assert function == "signing.seals.photo_child:cut_in_child"
    return cut_in_child(payload, args)


def test_the_child_gives_what_cutting_here_gives() -> None:
    photo = encoded(stamped())
    assert cut_with(run_limited, photo) == cut(photo)


def test_a_refusal_comes_back_as_itself() -> None:
    with pytest.raises(NoSealFound) as refused:
        cut_with(run_here, encoded(Image.new("RGB", (800, 600), "white")), "blue")
    assert refused.value.details == {"ink": "blue"}


def test_arguments_reach_the_child() -> None:
    photo = encoded(stamped((1000, 800), (150, 100), 500))
    boxed = cut_with(run_here, photo, box=(150, 100, 650, 600))
    assert boxed.box == pytest.approx((150, 100, 650, 600), abs=4)
    assert cut_with(run_here, photo, "red", writing=True).shape == "free"


def test_a_child_that_died_means_a_damaged_picture() -> None:
    def dies(*_: object) -> tuple[dict[str, Any], bytes]:
        raise Malformed(signal=9)

    with pytest.raises(DamagedPicture):
        cut_with(dies, b"anything")


def test_the_answer_is_a_picture() -> None:
    facts, png = cut_in_child(encoded(stamped()), {"ink": "red"})
    assert Image.open(io.BytesIO(png)).size == facts["pixels"]

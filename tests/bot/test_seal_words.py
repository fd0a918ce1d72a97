"""Each thing that can be wrong with the photo of a seal or a signature is said in words of its own, with advice."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from bot.installation import TEMPLATES
from bot.render import LANGUAGES, Renderer
from signing.errors import SigningError
from signing.seals import photo_errors as wrong
from signing.seals.photographs import NoSignatureFound
from signing.seals.strokes import StrokesTooFew, StrokesTooMany, StrokesUnreadable

FLAWS: list[tuple[SigningError, str, str]] = [
    (wrong.NoSealFound(ink="red"), "no seal", "没有"),
    (wrong.SeveralSeals(boxes=[[0, 0, 1, 1], [2, 2, 3, 3]]), "2 seals", "2枚"),
    (wrong.SealTooSmall(pixels=120, at_least=300), "Go closer", "120"),
    (wrong.SealCutOff(sides=["left", "top"]), "left and top", "左"),
    (wrong.SealOverPrint(share=0.3), "empty sheet", "空白"),
    (wrong.SealBlurred(blur=2.0), "Hold the phone still", "清"),
    (wrong.SealGlare(share=0.2), "No flash", "闪光"),
    (wrong.HeicPhoto(), "Most Compatible", "兼容"),
    (wrong.SvgPicture(), "not a photo", "照片"),
    (wrong.AnimatedPicture(frames=3), "single photo", "一张"),
    (wrong.DamagedPicture(), "again", "重新"),
    (wrong.PictureTooLarge(megapixels=300, at_most=100), "300 megapixels", "300"),
    (wrong.NotAPicture(format=""), "JPEG or PNG", "JPEG"),
    (NoSignatureFound(), "dark pen", "深色笔"),
    (StrokesTooFew(), "whole signature", "完整"),
    (StrokesTooMany(at_most=10_000), "shorter", "简短"),
    (StrokesUnreadable(), "once more", "重新"),
]


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer(TEMPLATES, ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(("refusal", "english", "chinese"), FLAWS, ids=lambda each: getattr(each, "code", ""))
def test_it_is_named_and_the_next_step_with_it(
    renderer: Renderer, refusal: SigningError, english: str, chinese: str
) -> None:
    assert english in renderer.refusal("en", refusal)
    assert chinese in renderer.refusal("zh", refusal)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_of_them_are_said_alike(renderer: Renderer, language: str) -> None:
    assert len({renderer.refusal(language, refusal) for refusal, _, _ in FLAWS}) == len(FLAWS)


def test_none_is_left_out() -> None:
    kinds = {kind for kind in vars(wrong).values() if isinstance(kind, type)}
    errors = {kind for kind in kinds if issubclass(kind, wrong.SealPhotoError)} - {wrong.SealPhotoError}
    assert errors <= {type(refusal) for refusal, _, _ in FLAWS}

"""Cutting a seal out where a broken or hostile picture can do no harm: in a child process with limits."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from signing.documents.child import Limits, Run
from signing.errors import SigningError, rebuild
from signing.seals.photo import Cutout, cut
from signing.seals.photo_errors import Box, DamagedPicture, SealPhotoError
from signing.seals.photo_light import InkName

LIMITS = Limits(seconds=20, cpu=15)


def cut_in_child(payload: bytes, args: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """`cut(payload, **args)` as (facts, PNG); a refusal is a fact too: `refused` with its code, and `details`."""
    box = args.get("box")
    try:
        cutout = cut(
            payload,
            args.get("ink", "red"),
            box=tuple(box) if box else None,
            writing=bool(args.get("writing")),
        )
    except SealPhotoError as wrong:
        return {"refused": wrong.code, "details": wrong.details}, b""
    facts = asdict(cutout)
    return facts, facts.pop("png")


def cut_with(
    run: Run,
    photo: bytes,
    ink: InkName = "red",
    *,
    box: Box | None = None,
    writing: bool = False,
    limits: Limits = LIMITS,
) -> Cutout:
    """`cut` in a child that `run` starts. Raises SealPhotoError; DamagedPicture also when the child died of the photo."""
    args = {"ink": ink, "box": list(box) if box else None, "writing": writing}
    try:
        facts, png = run(f"{__name__}:{cut_in_child.__name__}", photo, args, limits)
    except SigningError:
        raise DamagedPicture() from None
    if "refused" in facts:
        raise rebuild(facts["refused"], facts["details"])
    tuples = {key: tuple(facts[key]) for key in ("pixels", "box", "ink", "warnings", "matrix")}
    return Cutout(**{**facts, **tuples, "png": png})

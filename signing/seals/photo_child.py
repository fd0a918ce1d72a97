"""Cutting a seal out where a broken or hostile picture can do no harm: in a child process with limits."""

from __future__ import annotations

import io
from dataclasses import asdict
from itertools import accumulate
from typing import Any

from PIL import Image

from signing.documents.child import Limits, Run
from signing.errors import SigningError, rebuild
from signing.seals.photo import Cutout, cut, darker, rotate
from signing.seals.photo_decode import crop, decode
from signing.seals.photo_errors import Box, DamagedPicture, SealPhotoError
from signing.seals.photo_light import InkName

LIMITS = Limits(seconds=20, cpu=15)
SEEN = 8


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


def adjust_in_child(payload: bytes, args: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """A seal that was cut out before (PNG), turned clockwise by `degrees`, its ink thicker by `darker`."""
    with Image.open(io.BytesIO(payload)) as seal:
        room = _with_room(seal) if args["writing"] else seal
        payload, size, ink = _as_png(room), room.size, _ink(room)
    cutout = Cutout(payload, size, (0, 0, *size), ink, "free", 0.0)
    if args["degrees"]:
        cutout = rotate(cutout, args["degrees"])
    if args["darker"]:
        cutout = darker(cutout, args["darker"])
    return {}, _trimmed(cutout.png) if args["writing"] else cutout.png


def adjust_with(run: Run, png: bytes, degrees: float, thicker: float, *, writing: bool = False) -> bytes:
    """`adjust_in_child` in a child that `run` starts; `writing` is not kept in a frame of its old size."""
    args = {"degrees": degrees, "darker": thicker, "writing": writing}
    return run(f"{__name__}:{adjust_in_child.__name__}", png, args, LIMITS)[1]


def crops_in_child(payload: bytes, args: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The parts of a photo in `boxes` as PNGs one after the other, or the whole photo where there are none."""
    boxes = args["boxes"] or [[0, 0, *_upright_size(payload)]]
    parts = [crop(payload, tuple(box)) for box in boxes]
    return {"lengths": [len(part) for part in parts]}, b"".join(parts)


def crops_with(run: Run, photo: bytes, boxes: list[list[int]]) -> list[bytes]:
    """`crops_in_child` in a child that `run` starts. Raises DamagedPicture."""
    try:
        facts, data = run(f"{__name__}:{crops_in_child.__name__}", photo, {"boxes": boxes}, LIMITS)
    except SigningError:
        raise DamagedPicture() from None
    ends = list(accumulate(facts["lengths"]))
    return [data[end - length : end] for end, length in zip(ends, facts["lengths"], strict=True)]


def _upright_size(photo: bytes) -> tuple[int, int]:
    decoded = decode(photo)
    width, height = decoded.image.size
    return width * decoded.shrunk, height * decoded.shrunk


def _with_room(writing: Image.Image) -> Image.Image:
    """A square with all around it that a turn needs."""
    across = round((writing.width**2 + writing.height**2) ** 0.5)
    room = Image.new("RGBA", (across, across))
    room.paste(writing, ((across - writing.width) // 2, (across - writing.height) // 2))
    return room


def _trimmed(png: bytes) -> bytes:
    with Image.open(io.BytesIO(png)) as writing:
        return _as_png(writing.crop(writing.getchannel("A").point(lambda cover: cover > SEEN).getbbox()))


def _as_png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=1)
    return out.getvalue()


def _ink(seal: Image.Image) -> tuple[int, int, int]:
    """The colour where the seal covers most."""
    pixels = seal.convert("RGBA")
    x, y = _darkest(pixels.getchannel("A"))
    red, green, blue, _ = pixels.getpixel((x, y))  # type: ignore[misc]
    return int(red), int(green), int(blue)


def _darkest(cover: Image.Image) -> tuple[int, int]:
    top = cover.getextrema()[1]
    box = cover.point(lambda value: 255 if value == top else 0).getbbox()
    assert box is not None
    row = cover.crop((box[0], box[1], box[2], box[1] + 1)).tobytes()
    return box[0] + row.index(int(top)), box[1]  # type: ignore[arg-type]

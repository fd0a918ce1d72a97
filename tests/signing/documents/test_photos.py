from __future__ import annotations

import io
import struct
import zlib

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from signing.documents import errors, intake, photos
from signing.documents.child import Children


def picture(size=(600, 800), colour=(200, 30, 30), kind="JPEG", **how) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **how)
    return out.getvalue()


def two_halves(kind="JPEG", **how) -> bytes:
    """Red above, blue below."""
    image = Image.new("RGB", (400, 600), (220, 0, 0))
    image.paste((0, 0, 220), (0, 300, 400, 600))
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def rendered(pdf: bytes, page: int = 0) -> Image.Image:
    return pypdfium2.PdfDocument(pdf)[page].render(scale=0.5).to_pil().convert("RGB")


def is_colour(pixel, colour) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(pixel, colour, strict=True))


def test_pages_come_in_the_order_of_the_pictures(children):
    colours = [(220, 0, 0), (0, 200, 0), (0, 0, 220)]
    pdf = photos.as_pdf([picture(colour=colour) for colour in colours], run=children.run)
    for number, colour in enumerate(colours):
        page = rendered(pdf, number)
        assert is_colour(page.getpixel((page.width // 2, page.height // 2)), colour)


@pytest.mark.parametrize(("size", "expected"), [((600, 800), (210, 297)), ((800, 600), (297, 210))])
def test_pages_are_a4_the_way_the_picture_lies(size, expected, children):
    accepted = intake.inspect(photos.as_pdf([picture(size)], run=children.run), run=children.run)
    assert accepted.sizes[0] == pytest.approx(expected, abs=0.1)
    assert accepted.flattened == ()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_pictures_stand_upright_by_their_exif_orientation(orientation, children):
    upright = Image.open(io.BytesIO(two_halves("PNG")))
    undo = {
        2: [Image.Transpose.FLIP_LEFT_RIGHT],
        3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }
    stored = upright
    for step in undo.get(orientation, []):
        stored = stored.transpose(step)
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    stored.save(out, "JPEG", exif=exif)
    page = rendered(photos.as_pdf([out.getvalue()], run=children.run))
    assert page.height > page.width
    assert is_colour(page.getpixel((page.width // 2, page.height // 4)), (220, 0, 0))
    assert is_colour(page.getpixel((page.width // 2, page.height * 3 // 4)), (0, 0, 220))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF"])
def test_common_kinds_are_taken(kind, children):
    page = rendered(photos.as_pdf([picture(kind=kind)], run=children.run))
    assert is_colour(page.getpixel((page.width // 2, page.height // 2)), (200, 30, 30))


def test_transparent_places_become_white(children):
    out = io.BytesIO()
    Image.new("RGBA", (300, 400), (0, 0, 0, 0)).save(out, "PNG")
    page = rendered(photos.as_pdf([out.getvalue()], run=children.run))
    assert is_colour(page.getpixel((page.width // 2, page.height // 2)), (255, 255, 255))


def test_what_the_camera_wrote_does_not_come_along(children):
    exif = Image.Exif()
    exif[0x010F] = "MAKER-OF-CAMERAS"
    pdf = photos.as_pdf([picture(exif=exif)], run=children.run)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for item in opened.objects:
            if isinstance(item, pikepdf.Stream):
                assert b"MAKER-OF" not in item.read_raw_bytes()


def test_large_pictures_are_made_no_finer_than_a_page_needs(children):
    pdf = photos.as_pdf([picture((3000, 4000), kind="PNG")], run=children.run)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        (image,) = opened.pages[0].images.values()
    assert max(int(image.Width), int(image.Height)) == 2339


def animated(kind: str) -> bytes:
    frames = [Image.new("RGB", (100, 100), (shade, 0, 0)) for shade in (0, 120, 240)]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(100_000)))
        + chunk(b"IEND", b"")
    )


BAD = {
    "nothing": (b"", errors.NotAPicture),
    "a text": (b"hello", errors.NotAPicture),
    "a pdf": (b"%PDF-1.7", errors.NotAPicture),
    "an iPhone's picture": (b"\0\0\0\x18ftypheic\0\0\0\0", errors.Heic),
    "a drawing": (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", errors.Svg),
    "a moving gif": (animated("GIF"), errors.Animated),
    "a moving webp": (animated("WEBP"), errors.Animated),
    "a moving png": (animated("PNG"), errors.Animated),
    "a tiff of several": (animated("TIFF"), errors.Animated),
    "a bomb of 10 gigapixels": (png_claiming(100_000, 100_000), errors.PictureTooLarge),
    "a bomb just over the limit": (png_claiming(10_000, 8_100), errors.PictureTooLarge),
    "a cut jpeg": (picture((1000, 1000))[:2000], errors.PictureDamaged),
    "a cut png": (two_halves("PNG")[:200], errors.PictureDamaged),
    "a jpeg's start only": (b"\xff\xd8\xff\xe0", errors.PictureDamaged),
    "a png of noughts": (b"\x89PNG\r\n\x1a\n" + bytes(500), errors.PictureDamaged),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_pictures_are_refused_with_their_reason_and_number(case, children: Children):
    data, reason = BAD[case]
    with pytest.raises(reason) as refused:
        photos.as_pdf([picture(), data], run=children.run)
    assert refused.value.details["picture"] == 2


def test_no_picture_is_refused(children):
    with pytest.raises(errors.Empty):
        photos.as_pdf([], run=children.run)


def test_too_many_pictures_are_refused(children):
    with pytest.raises(errors.TooManyPictures):
        photos.as_pdf([b"x"] * 51, run=children.run)


def test_a_picture_of_too_many_bytes_is_refused(children):
    with pytest.raises(errors.TooLarge):
        photos.as_pdf([picture()], run=children.run, max_bytes=100)

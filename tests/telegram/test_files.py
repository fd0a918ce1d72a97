"""Pictures and files, through both frameworks: as albums, covered, named again, too large, fetched."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image

from bot.events import File
from bot.messengers.base import CannotFetch, Impossible
from bot.messengers.telegram import TelegramMessenger
from handlers.message import Attachment, Message
from signing.store.blobs import Blobs
from signing.store.sqlite import SqliteStore
from tests.telegram.cards import CARD, editing, pictures, png, sending
from tests.telegram.fake_api import FakeBotApi
from tests.telegram.fake_people import Human


async def test_pages_come_as_an_album_with_the_card_as_a_reply_below(
    messenger: TelegramMessenger, blobs: Blobs, lin: Human
) -> None:
    reference = await messenger.deliver(sending(lin, replace(CARD, attachments=pictures(blobs, 3))))
    *pages, card = lin.sees()
    assert [page.caption for page in pages] == ["Page 0", "Page 1", "Page 2"]
    assert (len({page.album for page in pages}), card.reply_to) == (1, pages[0].number)
    assert reference.split() == [str(each.number) for each in (card, *pages)]


async def test_more_than_ten_pages_are_two_albums(
    messenger: TelegramMessenger, blobs: Blobs, lin: Human
) -> None:
    await messenger.deliver(sending(lin, replace(CARD, attachments=pictures(blobs, 12))))
    albums = [page.album for page in lin.sees()[:-1]]
    assert [albums.count(album) for album in dict.fromkeys(albums)] == [10, 2]


async def test_pictures_and_documents_keep_their_order_in_albums_of_one_kind(
    messenger: TelegramMessenger, blobs: Blobs, lin: Human
) -> None:
    paper = Attachment(blobs.write(b"%PDF-1.7 paper"), 'a"b\r\n.pdf', "application/pdf")
    await messenger.deliver(sending(lin, replace(CARD, attachments=(*pictures(blobs, 2), paper))))
    assert [kind for shown in lin.sees() for kind, _, _ in shown.files] == ["photo", "photo", "document"]
    assert lin.sees()[2].files[0] == ("document", "a_b__.pdf", b"%PDF-1.7 paper")


async def test_a_picture_too_long_for_a_photo_comes_as_a_file(
    messenger: TelegramMessenger, blobs: Blobs, lin: Human
) -> None:
    await messenger.deliver(sending(lin, replace(CARD, attachments=pictures(blobs, 1, height=1200))))
    assert lin.sees()[0].files[0][0] == "document"


async def test_a_photo_about_a_person_is_covered_and_cannot_be_passed_on(
    messenger: TelegramMessenger, store: SqliteStore, blobs: Blobs, lin: Human
) -> None:
    digest = store.write(blobs.write_sealed, "p1", png(), "image/png")
    shown = (*pictures(blobs, 1), Attachment(digest, "id.png", "image/png"))
    await messenger.deliver(sending(lin, replace(CARD, attachments=shown)))
    assert [(each.covered, each.protected) for each in lin.sees()] == [
        (False, True),
        (True, True),
        (False, False),
    ]


async def test_a_picture_that_is_meant_for_others_can_be_passed_on(
    messenger: TelegramMessenger, store: SqliteStore, blobs: Blobs, lin: Human
) -> None:
    digest = store.write(blobs.write_sealed, "p1", png(), "image/png")
    code = Attachment(digest, "invitation.png", "image/png", meant_for_others=True)
    await messenger.deliver(sending(lin, replace(CARD, attachments=(code,))))
    assert not any(each.covered or each.protected for each in lin.sees())


async def test_a_letter_about_a_person_can_be_saved_and_printed(
    messenger: TelegramMessenger, store: SqliteStore, blobs: Blobs, lin: Human
) -> None:
    digest = store.write(blobs.write_sealed, "p1", b"%PDF-1.7 letter", "application/pdf")
    letter = (Attachment(digest, "letter.pdf", "application/pdf"),)
    await messenger.deliver(sending(lin, replace(CARD, attachments=letter)))
    assert (lin.sees()[0].files[0][2], lin.sees()[0].protected) == (b"%PDF-1.7 letter", False)


async def test_a_file_that_telegram_has_already_is_named_and_not_sent_again(
    messenger: TelegramMessenger, api: FakeBotApi, blobs: Blobs, lin: Human
) -> None:
    paper = Attachment(blobs.write(b"%PDF-1.7 paper"), "a.pdf", "application/pdf")
    message = replace(CARD, attachments=(*pictures(blobs, 2), paper))
    for key in ("m1", "m2"):
        await messenger.deliver(sending(lin, message, key))
    assert len(api.reused) == 3
    shown = [each.files[0] for each in lin.sees() if each.files]
    assert shown[:3] == shown[3:]


async def test_a_name_that_telegram_knows_no_more_is_let_go(
    messenger: TelegramMessenger, api: FakeBotApi, blobs: Blobs, lin: Human
) -> None:
    message = replace(CARD, attachments=pictures(blobs, 1))
    await messenger.deliver(sending(lin, message))
    api.kinds.clear()
    for key in ("m2", "m3"):
        await messenger.deliver(sending(lin, message, key))
    assert len([each for each in lin.sees() if each.files]) == 3
    assert len(api.reused) == 1


async def test_a_file_about_a_person_is_never_named(
    messenger: TelegramMessenger, store: SqliteStore, api: FakeBotApi, blobs: Blobs, lin: Human
) -> None:
    digest = store.write(blobs.write_sealed, "p1", png(), "image/png")
    message = replace(CARD, attachments=(Attachment(digest, "id.png", "image/png"),))
    for key in ("m1", "m2"):
        await messenger.deliver(sending(lin, message, key))
    assert (api.reused, store.read(lambda tx: tx.find("all_sent_files"))) == ([], [])


async def test_what_takes_its_time_on_the_way_is_announced(
    messenger: TelegramMessenger, api: FakeBotApi, blobs: Blobs, lin: Human
) -> None:
    await messenger.deliver(sending(lin, replace(CARD, attachments=pictures(blobs, 1))))
    told = [call.method for call in api.calls if call.chat == lin.number]
    assert told[:2] == ["sendChatAction", "sendPhoto"]


async def test_a_file_that_was_erased_meanwhile_does_not_hold_up_the_card(
    messenger: TelegramMessenger, blobs: Blobs, lin: Human
) -> None:
    erased = (Attachment("0" * 64, "id.png", "image/png"),)
    await messenger.deliver(sending(lin, replace(CARD, attachments=erased)))
    assert [shown.text for shown in lin.sees()] == ["Supply"]


async def test_a_file_over_the_limit_is_not_even_tried(
    messenger: TelegramMessenger, blobs: Blobs, lin: Human
) -> None:
    messenger._files.largest = 10
    with pytest.raises(Impossible):
        await messenger.deliver(sending(lin, replace(CARD, attachments=pictures(blobs, 1))))


async def test_a_file_is_fetched(messenger: TelegramMessenger, lin: Human) -> None:
    assert await messenger.fetch(sent(lin, b"%PDF-1.7")) == b"%PDF-1.7"


async def test_a_file_over_20_megabytes_is_too_large_without_asking(
    messenger: TelegramMessenger, api: FakeBotApi
) -> None:
    with pytest.raises(CannotFetch, match="too-large"):
        await messenger.fetch(File("f", "a.pdf", "application/pdf", 20_000_001))
    assert "getFile" not in [call.method for call in api.calls]


async def test_a_file_that_the_server_finds_too_big_is_too_large(
    messenger: TelegramMessenger, api: FakeBotApi, lin: Human
) -> None:
    api.file_limit = 4
    with pytest.raises(CannotFetch, match="too-large"):
        await messenger.fetch(sent(lin, b"%PDF-1.7"))


async def test_a_file_of_another_bot_is_gone(messenger: TelegramMessenger) -> None:
    with pytest.raises(CannotFetch, match="gone"):
        await messenger.fetch(File("BQAC-other", "a.pdf", "application/pdf", 9))


def sent(lin: Human, data: bytes) -> File:
    document: dict[str, Any] = lin.sends("a.pdf", data, "application/pdf")["message"]["document"]
    return File(document["file_id"], "a.pdf", "application/pdf", len(data))


def framed(blobs: Blobs, width: int, text: str = "<b>Page 6</b>") -> Message:
    picture = Attachment(blobs.write(png(width)), "page.png", "image/png", framed=True)
    return replace(CARD, text=text, attachments=(picture,))


async def test_a_framed_picture_is_the_card_itself_and_both_change_in_one_edit(
    messenger: TelegramMessenger, blobs: Blobs, lin: Human
) -> None:
    reference = await messenger.deliver(sending(lin, framed(blobs, 40)))
    assert await messenger.deliver(editing(lin, framed(blobs, 50, "<b>Moved</b>"), reference)) == reference
    (card,) = lin.sees()
    assert (card.caption, len(card.files), len(card.buttons)) == ("Moved", 1, 2)
    assert Image.open(io.BytesIO(card.files[0][2])).width == 50


async def test_words_too_long_for_a_caption_stand_below_the_picture(
    messenger: TelegramMessenger, blobs: Blobs, lin: Human
) -> None:
    await messenger.deliver(sending(lin, framed(blobs, 40, "x" * 1025)))
    picture, card = lin.sees()
    assert (len(picture.files), len(card.text), len(card.buttons)) == (1, 1025, 2)

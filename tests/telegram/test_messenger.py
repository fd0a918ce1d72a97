"""What reaches the person: each delivery over HTTP to the fake Bot API, through both frameworks."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image

from bot.events import File
from bot.messengers.base import CannotFetch, Delivery, Impossible, NotDeleted, TryLater, Unreachable
from bot.messengers.telegram import TelegramMessenger
from handlers.message import Attachment, Button, Message
from signing.store.blobs import Blobs
from signing.store.sqlite import SqliteStore
from tests.telegram.fake_api import FakeBotApi
from tests.telegram.fake_people import Human

CARD = Message(
    "<b>Supply</b>",
    ((Button("Start", "c1:card:start", style="primary"),), (Button("Check", url="https://x.example/v"),)),
)
ASKING = Message("Your number?", ((Button("Share", contact=True),), (Button("中文", "c1:consent:zh"),)))


def png(width: int = 40, height: int = 30) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "PNG")
    return out.getvalue()


def sending(lin: Human, message: Message, key: str = "m1") -> Delivery:
    return Delivery(str(lin.number), "send", key, message=message)


def editing(lin: Human, message: Message, reference: str) -> Delivery:
    return Delivery(str(lin.number), "edit", "m1", reference, message)


def pictures(blobs: Blobs, count: int, **size: int) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(blobs.write(png(30 + at, **size)), f"page-{at}.png", "image/png", f"Page {at}")
        for at in range(count)
    )


async def test_a_card_has_its_words_and_its_buttons(messenger: TelegramMessenger, lin: Human) -> None:
    await messenger.deliver(sending(lin, CARD))
    (shown,) = lin.sees()
    assert shown.text == "Supply"
    assert [button["text"] for button in shown.buttons] == ["Start", "Check"]


async def test_a_persons_markup_stays_words(messenger: TelegramMessenger, lin: Human) -> None:
    await messenger.deliver(sending(lin, Message("&lt;/b&gt;&lt;a href=…&gt;&amp;&#39; &#91;x]")))
    assert lin.sees()[0].text == "</b><a href=…>&' [x]"


async def test_markup_that_telegram_does_not_read_still_arrives_as_words(
    messenger: TelegramMessenger, lin: Human
) -> None:
    await messenger.deliver(sending(lin, Message("<b>Signed <u>at</b> 16:02")))
    assert lin.sees()[0].text == "Signed at 16:02"


async def test_a_long_text_comes_in_pieces_and_the_last_has_the_buttons(
    messenger: TelegramMessenger, lin: Human
) -> None:
    await messenger.deliver(sending(lin, replace(CARD, text="line\n" * 1200)))
    first, last = lin.sees()
    assert (first.buttons, len(last.buttons)) == ([], 2)


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


async def test_asking_for_a_number_takes_a_keyboard_with_the_choices_beside_it(
    messenger: TelegramMessenger, lin: Human
) -> None:
    await messenger.deliver(sending(lin, ASKING))
    assert lin.sees()[0].buttons == [{"text": "Share", "request_contact": True}, {"text": "中文"}]


async def test_the_keyboard_goes_with_the_next_words(messenger: TelegramMessenger, lin: Human) -> None:
    reference = await messenger.deliver(sending(lin, ASKING))
    await messenger.deliver(Delivery(str(lin.number), "strip", "m1", reference, replace(ASKING, rows=())))
    await messenger.deliver(sending(lin, CARD, "m2"))
    await messenger.deliver(sending(lin, Message("Thank you."), "m3"))
    await messenger.deliver(sending(lin, Message("Next."), "m4"))
    assert [shown.markup == {"remove_keyboard": True} for shown in lin.sees()] == [False, False, True, False]


async def test_an_edit_takes_the_place_of_the_card(messenger: TelegramMessenger, lin: Human) -> None:
    reference = await messenger.deliver(sending(lin, CARD))
    assert await messenger.deliver(editing(lin, Message("Started."), reference)) == reference
    assert [(shown.text, shown.buttons) for shown in lin.sees()] == [("Started.", [])]


async def test_an_edit_that_changes_nothing_is_done(messenger: TelegramMessenger, lin: Human) -> None:
    reference = await messenger.deliver(sending(lin, CARD))
    await messenger.deliver(editing(lin, CARD, reference))
    assert await messenger.deliver(editing(lin, CARD, reference)) == reference


async def test_a_card_that_the_person_deleted_is_sent_anew(
    messenger: TelegramMessenger, api: FakeBotApi, lin: Human
) -> None:
    reference = await messenger.deliver(sending(lin, CARD))
    api.deleted.add(int(reference))
    again = await messenger.deliver(editing(lin, Message("Started."), reference))
    assert (again != reference, lin.sees()[0].text) == (True, "Started.")


async def test_stripping_leaves_the_words(messenger: TelegramMessenger, lin: Human) -> None:
    reference = await messenger.deliver(sending(lin, CARD))
    await messenger.deliver(Delivery(str(lin.number), "strip", "m1", reference, replace(CARD, rows=())))
    assert [(shown.text, shown.buttons) for shown in lin.sees()] == [("Supply", [])]


async def test_stripping_twice_or_what_is_gone_is_done(
    messenger: TelegramMessenger, api: FakeBotApi, lin: Human
) -> None:
    reference = await messenger.deliver(sending(lin, CARD))
    strip = Delivery(str(lin.number), "strip", "m1", reference, replace(CARD, rows=()))
    await messenger.deliver(strip)
    await messenger.deliver(strip)
    api.deleted.add(int(reference))
    await messenger.deliver(strip)


async def test_a_secret_message_is_deleted(messenger: TelegramMessenger, api: FakeBotApi, lin: Human) -> None:
    number = lin.writes("110101198503120025")["message"]["message_id"]
    for _ in range(2):
        await messenger.deliver(Delivery(str(lin.number), "delete", reference=str(number)))
    assert number in api.deleted


async def test_a_secret_message_that_is_too_old_to_delete_is_the_persons_to_delete(
    messenger: TelegramMessenger, api: FakeBotApi, lin: Human
) -> None:
    number = lin.writes("110101198503120025")["message"]["message_id"]
    api.too_old.add(number)
    with pytest.raises(NotDeleted):
        await messenger.deliver(Delivery(str(lin.number), "delete", reference=str(number)))


async def test_a_tap_that_is_answered_too_late_is_let_be(
    messenger: TelegramMessenger, api: FakeBotApi, lin: Human
) -> None:
    query = lin.taps(3, ">home")["callback_query"]["id"]
    for _ in range(2):
        await messenger.deliver(Delivery(str(lin.number), "toast", acknowledge=query, text="Yours"))
    assert api.answered == {query: "Yours"}


async def test_work_shows_as_typing(messenger: TelegramMessenger, api: FakeBotApi, lin: Human) -> None:
    await messenger.deliver(Delivery(str(lin.number), "action"))
    assert api.actions == [lin.number]


@pytest.mark.parametrize(
    "reason", ["Forbidden: bot was blocked by the user", "Forbidden: user is deactivated"]
)
async def test_who_blocked_us_or_is_gone_is_unreachable(
    messenger: TelegramMessenger, api: FakeBotApi, lin: Human, reason: str
) -> None:
    api.refuse_chat(lin.number, reason)
    with pytest.raises(Unreachable):
        await messenger.deliver(sending(lin, CARD))


async def test_who_never_started_us_is_unreachable(messenger: TelegramMessenger) -> None:
    with pytest.raises(Unreachable):
        await messenger.deliver(Delivery("99", "send", "m1", message=CARD))


async def test_the_wait_that_the_server_asks_for_is_passed_on(
    messenger: TelegramMessenger, api: FakeBotApi, lin: Human
) -> None:
    api.faults.too_many, api.faults.retry_after = 1.0, 137
    with pytest.raises(TryLater) as later:
        await messenger.deliver(sending(lin, CARD))
    assert later.value.after == 137


async def test_what_was_sent_before_a_wait_is_not_sent_again(
    messenger: TelegramMessenger, api: FakeBotApi, blobs: Blobs, lin: Human
) -> None:
    delivery = sending(lin, replace(CARD, attachments=pictures(blobs, 2)))
    real, api.faults.drawn = api.faults.drawn, iter(["", "too_many"]).__next__  # type: ignore[method-assign]
    with pytest.raises(TryLater):
        await messenger.deliver(delivery)
    api.faults.drawn = real  # type: ignore[method-assign]
    await messenger.deliver(delivery)
    assert [bool(shown.files) for shown in lin.sees()] == [True, True, False]


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


def test_an_invitation_opens_the_bot_with_its_token(messenger: TelegramMessenger) -> None:
    assert messenger.invitation_link("Ab-_9") == "https://t.me/sealbot_bot?start=Ab-_9"


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

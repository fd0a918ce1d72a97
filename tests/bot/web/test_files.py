"""Files: what a browser uploads, and which files it may see."""

from __future__ import annotations

import json

import pytest
from aiohttp import ClientResponse, FormData

from bot.events import Fetched
from bot.web.panes import Pane
from bot.web.uploads import LIMIT_BYTES, clean_name
from handlers.message import Attachment, Message
from signing.store.blobs import Blobs
from signing.store.port import Store
from signing.store.vault import Vault
from tests.bot.web.trial import Trial, trial

PDF = b"%PDF-1.7\n%made up\n"
PNG = b"\x89PNG\r\n\x1a\nmade up"


async def upload(house: Trial, pane: Pane, data: bytes | None, **about: object) -> ClientResponse:
    form = FormData(default_to_multipart=True)
    form.add_field("about", json.dumps({"name": "Supply-2027.pdf", "size": len(data or b""), **about}))
    if data is not None:
        form.add_field("file", data, filename="blob", content_type="application/pdf")
    query = {"address": pane.address, "id": "update-0001"}
    return await house.client.post("/upload", params=query, data=form, headers={"Origin": house.origin})


async def heard(house: Trial) -> Fetched:
    await house.settle()
    (incoming,) = house.talk.heard
    assert isinstance(incoming.what, Fetched)
    return incoming.what


async def test_an_uploaded_file_lies_in_the_blobs_before_it_is_acknowledged(
    store: Store, blobs: Blobs
) -> None:
    async with trial(store, blobs) as house:
        answer = await upload(house, house.pane(), PDF, caption="Blue Kiln, by 4 Dec")
        assert await answer.json() == {"ack": "update-0001"}
        what = await heard(house)
        assert blobs.read(what.upload.digest) == PDF
        assert (what.upload.name, what.upload.mime) == ("Supply-2027.pdf", "application/pdf")
        assert (what.upload.size, what.upload.caption) == (len(PDF), "Blue Kiln, by 4 Dec")


async def test_an_upload_that_is_sent_again_is_heard_once(store: Store, blobs: Blobs) -> None:
    async with trial(store, blobs) as house:
        pane = house.pane()
        for _ in range(2):
            assert (await upload(house, pane, PDF)).status == 200
        await heard(house)


async def test_an_empty_file_is_an_upload_too(store: Store, blobs: Blobs) -> None:
    async with trial(store, blobs) as house:
        await upload(house, house.pane(), b"")
        what = await heard(house)
        assert (what.upload.size, what.refused) == (0, "")


@pytest.mark.parametrize("data", [None, PDF])
async def test_a_file_that_the_browser_says_is_too_large_is_refused_in_the_chat(
    store: Store, blobs: Blobs, data: bytes | None
) -> None:
    async with trial(store, blobs) as house:
        await upload(house, house.pane(), data, size=LIMIT_BYTES + 1)
        assert (await heard(house)).refused == "too-large"


async def test_a_browser_that_lies_about_the_size_is_refused_too(store: Store, blobs: Blobs) -> None:
    async with trial(store, blobs) as house:
        await upload(house, house.pane(), b"x" * (LIMIT_BYTES + 1), size=10)
        what = await heard(house)
        assert (what.refused, what.upload.digest) == ("too-large", "")


@pytest.mark.parametrize("about", ["{", "[]", '{"size": -1}', '{"size": "many"}', "x" * 20_000])
async def test_an_unreadable_upload_is_refused(store: Store, blobs: Blobs, about: str) -> None:
    async with trial(store, blobs) as house:
        pane = house.pane()
        form = FormData()
        form.add_field("about", about, filename="about")
        query = {"address": pane.address, "id": "update-0001"}
        answer = await house.client.post("/upload", params=query, data=form, headers={"Origin": house.origin})
        assert answer.status == 400
        assert house.updates(pane) == []


async def test_an_upload_needs_an_id_and_a_known_address(store: Store, blobs: Blobs) -> None:
    async with trial(store, blobs) as house:
        pane, headers = house.pane(), {"Origin": house.origin}
        for query, status in (
            ({"address": pane.address}, 400),
            ({"address": pane.address, "id": "a:b"}, 400),
            ({"address": "made-up", "id": "update-0001"}, 404),
        ):
            form = FormData({"about": "{}"}, default_to_multipart=True)
            answer = await house.client.post("/upload", params=query, data=form, headers=headers)
            assert answer.status == status


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("..\\..\\Supply-2027.pdf", "Supply-2027.pdf"),
        ("/etc/passwd", "passwd"),
        ("report\u202efdp.exe", "reportfdp.exe"),
        ("供货合同\r\n.pdf", "供货合同.pdf"),
        ("", ""),
    ],
)
def test_a_file_name_is_only_a_name(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_long_file_name_keeps_its_ending() -> None:
    name = clean_name("a" * 900 + ".pdf")
    assert len(name) == 150
    assert name.endswith(".pdf")


async def shown(house: Trial, pane: Pane, data: bytes, mime: str) -> str:
    digest = house.blobs.write(data)
    house.store.write(lambda tx: house.blobs.register(tx, digest, mime))
    await house.say(pane, Message("Here", attachments=(Attachment(digest, "供货 合同.pdf", mime),)))
    return digest


async def test_a_file_is_served_to_the_pane_that_it_was_shown_in(store: Store, blobs: Blobs) -> None:
    async with trial(store, blobs) as house:
        pane = house.pane()
        digest = await shown(house, pane, PDF, "application/pdf")
        answer = await house.client.get(f"/files/{pane.address}/{digest}")
        assert (answer.status, answer.content_type) == (200, "application/pdf")
        assert await answer.read() == PDF
        assert answer.headers["Content-Disposition"].startswith("inline; filename*=UTF-8''%E4%BE%9B")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_file_of_another_address_is_refused(store: Store, blobs: Blobs) -> None:
    async with trial(store, blobs) as house:
        pane, other = house.pane(), house.pane("苏青窑", "+8613900138820")
        digest = await shown(house, pane, PDF, "application/pdf")
        for address in (other.address, "made-up"):
            assert (await house.client.get(f"/files/{address}/{digest}")).status == 404


async def test_a_digest_that_is_only_written_about_is_not_served(store: Store, blobs: Blobs) -> None:
    async with trial(store, blobs) as house:
        pane, other = house.pane(), house.pane("苏青窑", "+8613900138820")
        digest = await shown(house, pane, PDF, "application/pdf")
        await house.say(other, Message(f"SHA-256 <code>{digest}</code>"))
        assert (await house.client.get(f"/files/{other.address}/{digest}")).status == 404


@pytest.mark.parametrize(
    ("data", "said", "served"),
    [
        (PNG, "image/png", "image/png"),
        (b"\xff\xd8\xff\xe0made up", "image/jpeg", "image/jpeg"),
        (b"<script>alert(1)</script>", "image/png", "application/octet-stream"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "application/pdf", "application/octet-stream"),
        (b"PK\x03\x04", "text/html", "application/octet-stream"),
    ],
)
async def test_the_type_comes_from_the_bytes_and_what_is_unknown_is_only_saved(
    store: Store, blobs: Blobs, data: bytes, said: str, served: str
) -> None:
    async with trial(store, blobs) as house:
        pane = house.pane()
        digest = await shown(house, pane, data, said)
        answer = await house.client.get(f"/files/{pane.address}/{digest}")
        assert answer.content_type == served
        saved = answer.headers["Content-Disposition"].startswith("attachment")
        assert saved == (served == "application/octet-stream")


async def test_any_file_can_be_saved(store: Store, blobs: Blobs) -> None:
    async with trial(store, blobs) as house:
        pane = house.pane()
        digest = await shown(house, pane, PDF, "application/pdf")
        answer = await house.client.get(f"/files/{pane.address}/{digest}?download")
        assert answer.headers["Content-Disposition"].startswith("attachment")


async def test_a_file_sealed_with_a_persons_key_is_opened_for_the_pane(
    store: Store, blobs: Blobs, vault: Vault
) -> None:
    async with trial(store, blobs) as house:
        pane = house.pane()
        digest = store.write(lambda tx: blobs.write_sealed(tx, "p1", PNG, "image/png"))
        await house.say(pane, Message("", attachments=(Attachment(digest, "seal.png", "image/png"),)))
        url = f"/files/{pane.address}/{digest}"
        assert await (await house.client.get(url)).read() == PNG
        store.write(vault.erase, "p1")
        assert (await house.client.get(url)).status == 410


async def test_a_person_sees_the_picture_that_they_sent(store: Store, blobs: Blobs) -> None:
    async with trial(store, blobs) as house:
        pane = house.pane()
        await upload(house, pane, PNG)
        digest = (await heard(house)).upload.digest
        assert (await house.client.get(f"/files/{pane.address}/{digest}")).status == 200

"""Codes by e-mail: proven in chat, taken at a tap, by itself where no text goes out, and named in the evidence."""

from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZipFile

import pytest

from bot.app import App
from bot.demo.people import NotOnCard, Person
from signing.texting import SandboxPhone, Text, TextRefused
from tests.clock import ManualClock
from tests.story.acts import LIN_ID, draft_for_kiln, register, sign

MASKED = "l***@harbor-tea.example"


async def prove_mailbox(lin: Person) -> None:
    await lin.write("/email")
    await lin.write("lin@harbor-tea.example")
    await lin.type_code()
    await lin.type_code()


async def test_a_mailbox_is_proven_by_two_codes_and_shown_masked(lin: Person) -> None:
    await register(lin, "林海清", LIN_ID)
    await prove_mailbox(lin)
    assert f"can also go to <b>{MASKED}</b>" in lin.last.text
    await lin.write("/privacy")
    assert f"Mailbox {MASKED}" in lin.last.text
    await lin.tap("Leave it as it is")
    await lin.write("/email")
    await lin.tap("Use the phone alone")
    assert "phone alone from now on" in lin.last.text


async def test_who_has_none_is_not_offered_it(lin: Person) -> None:
    await draft_for_kiln(lin)
    await lin.tap("Start and seal")
    with pytest.raises(NotOnCard):
        lin.button("Send it by e-mail")


async def test_a_contract_is_sealed_with_a_code_by_mail_and_the_evidence_says_so(
    app: App, lin: Person, su: Person
) -> None:
    await draft_for_kiln(lin)
    await prove_mailbox(lin)
    await lin.write("/drafts")
    await lin.tap("Supply-2027")
    await lin.tap("Start and seal")
    await lin.tap("Send it by e-mail")
    assert f"code I sent to {MASKED}" in lin.last.text
    await lin.type_code()
    assert "has started" in lin.last.text
    await sign(su)
    bundle = app.store.read(lambda tx: tx.find("last_contract"))[0]["id"]
    proof = app.store.read(lambda tx: tx.get("contract_proofs", bundle))
    assert proof is not None
    with ZipFile(BytesIO(app.blobs.read(proof["bundle"]))) as files:
        text = next(files.read(name).decode() for name in files.namelist() if name.endswith(".json"))
    lins, sus = (each["willingness"] for each in json.loads(text)["parties"])
    assert (lins["channel"], lins["strength"], lins["sent_to"]) == ("email", "possession", MASKED)
    assert (sus["channel"], sus["sent_to"]) == ("sms", "8820")
    assert "lin@harbor-tea.example" not in text


async def test_where_no_text_goes_out_the_code_comes_by_mail_unasked(
    app: App, lin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await draft_for_kiln(lin)
    await prove_mailbox(lin)
    by_mail = SandboxPhone.send

    def send(self: SandboxPhone, to: str, text: Text, key: str) -> None:
        if to.startswith("+"):
            raise TextRefused(tail=to[-4:])
        by_mail(self, to, text, key)

    monkeypatch.setattr(SandboxPhone, "send", send)
    await lin.write("/drafts")
    await lin.tap("Supply-2027")
    await lin.tap("Start and seal")
    assert f"code I sent to {MASKED}" in lin.last.text
    await lin.type_code()
    assert "has started" in lin.last.text


async def test_an_erased_persons_mails_and_mailbox_are_gone(
    app: App, lin: Person, clock: ManualClock
) -> None:
    await draft_for_kiln(lin)
    await prove_mailbox(lin)
    await lin.write("/privacy")
    await lin.tap("Erase my data")
    await lin.tap("Erase everything")
    left = app.store.read(lambda tx: tx.find("texts_of_phone", phone="lin@harbor-tea.example"))
    assert left == []

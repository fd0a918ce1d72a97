"""Templates in chat: kept once, filled in with one message, the other side's part filled in before it signs."""

from __future__ import annotations

import io

import pikepdf
import pytest

from bot.app import App
from bot.demo.people import Person
from signing.documents.word import find_soffice
from signing.forms.forms import DOCX
from tests.signing.forms.word_forms import SUPPLY, form_file, word_file
from tests.story.acts import KILN_BY_SU, open_invitation, register_with_company

needs_libreoffice = pytest.mark.skipif(find_soffice() is None, reason="needs LibreOffice")


async def keep_form(lin: Person) -> None:
    await register_with_company(lin)
    await lin.send(form_file(), "供货合同.docx", DOCX)
    await lin.tap("Keep as a template")


async def test_a_word_file_with_fields_is_offered_as_a_template(lin: Person) -> None:
    await register_with_company(lin)
    await lin.send(form_file(), "供货合同.docx", DOCX)
    assert "has 9 fields" in lin.last.text
    assert "付款方式 (one of 银行转账 / 现金)" in lin.last.text
    await lin.tap("Keep as a template")
    assert "version 1, kept by 海港茶业有限公司" in lin.last.text
    await lin.write("/templates")
    assert "供货合同 (海港茶业有限公司), 9 fields, version 1" in lin.last.text


async def test_a_field_is_corrected_in_a_few_words(lin: Person) -> None:
    await keep_form(lin)
    await lin.write("9 required")
    assert "9. 备注\n" in lin.last.text
    await lin.write("9 nonsense")
    assert "I did not understand that" in lin.lines[-2].said or "I did not understand" in lin.last.text


async def test_the_same_file_sent_again_stays_the_version_and_a_changed_one_is_the_next(lin: Person) -> None:
    await keep_form(lin)
    await lin.send(form_file(), "供货合同.docx", DOCX)
    await lin.tap("Keep as a template")
    assert "version 1" in lin.last.text
    await lin.send(word_file(*SUPPLY, "合同编号：{{ 合同编号 }}"), "供货合同.docx", DOCX)
    await lin.tap("Keep as a template")
    assert "version 2" in lin.last.text and "10. 合同编号" in lin.last.text


async def test_a_retired_template_is_offered_no_more(lin: Person) -> None:
    await keep_form(lin)
    await lin.tap("Retire")
    await lin.tap("Retire 供货合同")
    await lin.write("/templates")
    assert "You keep no template yet" in lin.last.text


@needs_libreoffice
async def test_one_message_makes_a_draft_with_both_parties(lin: Person) -> None:
    await keep_form(lin)
    await lin.tap("Fill in")
    before = lin.actions
    await lin.write(f"{KILN_BY_SU}\n12.8万\n现金")
    assert "价款: 128,000.00" in lin.last.text and "蓝窑陶瓷有限公司" in lin.last.text
    await lin.tap("Make the contract")
    assert lin.actions - before == 2
    assert "Draft, nobody has seen it yet" in lin.last.text
    assert "蓝窑陶瓷有限公司 fills in: 收货地址, 到货日期" in lin.last.text


async def test_what_can_not_be_read_is_named_and_the_rest_is_kept(lin: Person) -> None:
    await keep_form(lin)
    await lin.tap("Fill in")
    await lin.write("价款: plenty\n付款方式: 现金")
    said = [line.said for line in lin.lines[-3:]]
    assert any("“价款” needs an amount" in each for each in said)
    assert "付款方式: 现金" in lin.last.text and "2. 价款" in lin.last.text


@needs_libreoffice
async def test_the_other_side_fills_in_its_fields_and_the_signature_locks_them(
    app: App, lin: Person, su: Person
) -> None:
    await keep_form(lin)
    await lin.tap("Fill in")
    await lin.write(f"{KILN_BY_SU}\n12.8万\n现金")
    await lin.tap("Make the contract")
    await lin.tap("Start and seal")
    await lin.type_code()
    await open_invitation(su)
    assert "蓝窑陶瓷有限公司需填写：收货地址、到货日期" in su.last.text
    await su.tap("签署")
    await su.write("景德镇市窑前路18号")
    await su.write("下周")
    assert "应为完整日期" in su.lines[-2].said
    await su.write("2026年12月4日")
    assert "收货地址：景德镇市窑前路18号" in su.last.text
    assert [each.mime.partition("/")[0] for each in su.last.attachments] == ["image"]
    await su.tap("继续签署")
    await su.type_code()
    assert "各方均已签署" in su.last.text or "签署完成" in su.last.text
    with pikepdf.open(io.BytesIO(app.blobs.read(lin.files("application/pdf")[-1]))) as pdf:
        values = {
            str(each.T): str(each.get("/V", "")) for each in pdf.Root.AcroForm.Fields if each.FT == "/Tx"
        }
    assert list(values.values()) == ["景德镇市窑前路18号", "2026年12月4日"]


@needs_libreoffice
async def test_the_same_as_last_time_fills_everything_in(lin: Person) -> None:
    await keep_form(lin)
    await lin.tap("Fill in")
    await lin.write(f"{KILN_BY_SU}\n12.8万\n现金\n备注: 无")
    await lin.write("/templates")
    await lin.tap("供货合同")
    await lin.tap("Same as last time")
    assert "Draft, nobody has seen it yet" in lin.last.text


async def test_a_file_with_braces_that_are_no_fields_says_so_and_may_be_meant_as_it_is(lin: Person) -> None:
    await register_with_company(lin)
    await lin.send(word_file("{% for x in y %}"), "odd.docx", DOCX)
    assert any("is not a field that I know" in line.said for line in lin.lines[-2:])
    await lin.tap("I'll correct it")
    assert "here is what is open" in lin.last.text


async def test_an_id_number_in_the_answer_is_sealed_and_shown_by_its_last_four(app: App, lin: Person) -> None:
    await register_with_company(lin)
    await lin.send(word_file("乙方：{{ 乙方 }}，{{ 乙方身份证号 }}，租金{{ 租金 }}"), "租约.docx", DOCX)
    await lin.tap("Keep as a template")
    await lin.tap("Fill in")
    await lin.write("乙方身份证号: 360202199001012342\n租金: a lot")
    assert "乙方身份证号: ••••••••••••••2342" in lin.last.text
    rows = app.store.read(lambda tx: tx.find("all_journal"))
    assert not any("360202199001012342" in row["value"] for row in rows)

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from signing.forms import reading
from signing.forms.errors import FieldTwice, NotAField, TooManyFields
from tests.signing.documents.word_files import document, docx, paragraph
from tests.signing.forms.word_forms import form_file, saved, word_file


def labels(data: bytes) -> list[str]:
    return [field["label"] for field in reading.read(data, {})[0]["fields"]]


def filled(data: bytes, **values: str) -> str:
    """The text of the body of a file, filled in."""
    args = {
        "values": {label: {"shown": value, "capitals": ""} for label, value in values.items()},
        "links": {},
    }
    _, made = reading.fill(data, args)
    document = Document(io.BytesIO(made))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def test_fields_and_roles_are_found_in_order() -> None:
    told, _ = reading.read(form_file(), {})
    assert [field["label"] for field in told["fields"]][:4] == [
        "甲方",
        "甲方统一社会信用代码",
        "乙方",
        "乙方电话",
    ]
    assert told["roles"] == ["甲方", "乙方"]


@given(st.lists(st.integers(1, 9), min_size=1, max_size=8))
@settings(max_examples=8, deadline=None)
def test_a_tag_is_found_however_word_cut_it_into_runs(cuts: list[int]) -> None:
    document = Document()
    paragraph, rest = document.add_paragraph(), "前{{ 交货地址 | 选填 }}后{{价款}}。"
    for cut in cuts:
        paragraph.add_run(rest[:cut]).bold = cut % 2 == 0
        rest = rest[cut:]
    paragraph.add_run(rest)
    data = saved(document)
    assert labels(data) == ["交货地址", "价款"]
    assert filled(data, 交货地址="窑前路", 价款="5.00") == "前窑前路后5.00。"


def test_tables_headers_and_footers_are_filled_in_too() -> None:
    document = Document()
    table = document.add_table(1, 1)
    table.cell(0, 0).add_table(1, 1).cell(0, 0).text = "{{ 数量 }}"
    document.sections[0].header.paragraphs[0].text = "{{ 编号 }}"
    data = saved(document)
    assert sorted(labels(data)) == ["数量", "编号"]
    args = {"values": {"数量": {"shown": "12"}, "编号": {"shown": "A-7"}}, "links": {}}
    _, made = reading.fill(data, args)
    after = Document(io.BytesIO(made))
    assert after.tables[0].cell(0, 0).tables[0].cell(0, 0).text == "12"
    assert after.sections[0].header.paragraphs[0].text == "A-7"


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=40))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_value_stands_in_the_file_as_it_is_whatever_it_says(value: str) -> None:
    assert filled(word_file("a{{ x }}b"), x=value) == f"a{value}b"


@pytest.mark.parametrize(
    "value", ["{{ y }}", "{% if 1 %}", "{{ 7*7 }}", "</w:t></w:r>", "<w:p/>", "&lt;", "]]>"]
)
def test_a_value_is_never_read_as_a_template_or_as_markup(value: str) -> None:
    assert filled(word_file("a{{ x }}b"), x=value) == f"a{value}b"


def test_what_is_not_filled_in_is_a_line_to_write_on() -> None:
    assert filled(word_file("备注：{{ 备注 | 选填 }}")) == "备注：________"


def test_an_amount_stands_in_figures_and_in_capitals() -> None:
    values = {"价款": {"shown": "5.00", "capitals": "伍元整"}}
    _, made = reading.fill(word_file("{{ 价款 }}（{{ 价款 | 大写 }}）"), {"values": values, "links": {}})
    assert Document(io.BytesIO(made)).paragraphs[0].text == "5.00（伍元整）"


def test_a_field_described_in_two_ways_is_refused() -> None:
    with pytest.raises(FieldTwice):
        reading.read(word_file("{{ x | 金额 }} {{ x | 日期 }}"), {})


def test_a_field_described_once_may_be_named_elsewhere() -> None:
    told, _ = reading.read(word_file("{{ x }} {{ x | 日期 }} {{ x }}"), {})
    assert [field["kind"] for field in told["fields"]] == ["date"]


def test_too_many_fields_are_refused() -> None:
    with pytest.raises(TooManyFields):
        reading.read(word_file(*(f"{{{{ x{number} }}}}" for number in range(101))), {})


ATTACKS = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ x.__class__ }}",
    "{{ x['__class__'] }}",
    "{{ x|attr('__class__') }}",
    "{{ self._TemplateReference__context.cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ lipsum.__globals__['os'] }}",
    "{{ namespace(a=1) }}",
    "{{ range(10**9) }}",
    "{{ 'a' * 10**9 }}",
    "{{ 2 ** 10 ** 10 }}",
    "{% for i in range(10**9) %}x{% endfor %}",
    "{% import 'os' as os %}",
    "{% include '/etc/passwd' %}",
    "{% extends 'x' %}",
    "{% set x = 1 %}",
    "{% macro m() %}{{ m() }}{% endmacro %}",
    "{% raw %}{{ x }}{% endraw %}",
    "{%p if x %}",
    "{%tr for x in y %}",
    "{# comment #}",
    "{{p x }}{{ y.z }}",
    "{{r x.y }}",
    "{{ x }}}}",
    "{{{{ x }}",
    "{{ x",
    "{{ x }} %}",
    "{{ x\n.y }}",
    "｛｛ x.y ｝｝",
    "{{ x\u200b }}",
    "{{ loop.index }}",
    "{{ config.items() }}",
    "{{ request.application }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ joiner.__init__ }}",
    "{{ dict(a=1) }}",
    "{{ -x }}",
    "{{ [x] }}",
    "{{ (x,) }}",
    "{{ {'a': x} }}",
    "{{ x ~ y }}",
    '{{ "a" }}',
    "{{ 'a'.format() }}",
    "{{ x|map('upper') }}",
    "{{ x|tojson }}",
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_template_reaches_an_attribute_a_file_an_import_or_a_loop(attack: str) -> None:
    with pytest.raises(NotAField):
        reading.read(small_file(attack), {})
    with pytest.raises(NotAField):
        reading.fill(small_file(attack), {"values": {}, "links": {}})


@pytest.mark.parametrize("attack", ATTACKS[:3])
def test_a_footer_is_looked_at_as_closely(attack: str) -> None:
    with pytest.raises(NotAField):
        reading.read(word_file("x", footer=attack), {})


def small_file(text: str) -> bytes:
    return docx({"word/document.xml": document(paragraph(escape(text)))})


@pytest.mark.parametrize("name", ["caller()", "x is callable", "x and y", "not x", "x if x", "range", "self"])
def test_what_would_be_an_expression_elsewhere_is_just_the_name_of_a_field(name: str) -> None:
    assert labels(word_file(f"{{{{ {name} }}}}")) == [name]
    assert filled(word_file(f"{{{{ {name} }}}}"), **{name: "5"}) == "5"


def with_part(name: str, old: str, new: str) -> bytes:
    """The supply form with one of its parts changed by hand."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form_file())) as old_file, zipfile.ZipFile(out, "w") as made:
        for each in old_file.namelist():
            data = old_file.read(each)
            made.writestr(each, data.replace(old.encode(), new.encode(), 1) if each == name else data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<w:body>", '<w:body><w:p><w:pPr><w:pStyle w:val="{{ x.__class__ }}"/></w:pPr></w:p>'),
        ("<w:body>", "<w:body><w:p><w:r><w:instrText>{{ x.__class__ }}</w:instrText></w:r></w:p>"),
        ("<w:body>", "<w:body>{{ x.__class__ }}"),
        ("<w:body>", "<w:body><w:p><w:r><w:delText>{% import 'os' %}</w:delText></w:r></w:p>"),
    ],
    ids=["attribute", "instruction", "between elements", "deleted text"],
)
def test_braces_where_nobody_sees_them_are_refused(old: str, new: str) -> None:
    with pytest.raises(NotAField):
        reading.read(with_part("word/document.xml", old, new), {})


def test_the_title_of_the_file_is_nobodys_template() -> None:
    document = Document()
    document.add_paragraph("{{ x }}")
    document.core_properties.title = "{{ x.__class__.__mro__ }}"
    assert "a" in filled(saved(document), x="a")


NAMES = st.sampled_from(["field_0", "field_1", "x", "self", "range", "loop"])
PIECES = st.sampled_from(
    [
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "#}",
        ".",
        "|",
        "(",
        ")",
        "'",
        "[",
        "]",
        " ",
        "for",
        "in",
        "import",
        "text",
        "\n",
    ]
)


@given(st.lists(st.one_of(NAMES, PIECES), max_size=12))
@settings(max_examples=300, deadline=None)
def test_the_sandbox_understands_names_and_nothing_else(pieces: list[str]) -> None:
    """Whatever reaches Jinja2: it comes out as plain text with the values in it, or not at all."""
    from jinja2 import TemplateError

    from signing.forms.sandbox import names_only

    source = "".join(pieces)
    try:
        said = names_only().from_string(source).render(field_0="A", field_1="B")
    except (NotAField, TemplateError):
        return
    assert len(said) <= len(source) + 10


def test_the_sandbox_offers_nothing_to_call() -> None:
    from signing.forms.sandbox import names_only

    environment = names_only()
    assert not (environment.filters or environment.tests or environment.globals)

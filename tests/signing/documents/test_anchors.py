from __future__ import annotations

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing.documents.anchors import Proposal, fallback, propose
from signing.documents.child import Children
from signing.documents.geometry import overlap, points
from signing.documents.preview import page_views
from signing.documents.wording import label_of, role_of

from . import makers
from .contracts import FORMS, Asked, Draft

PAGE_HEIGHT = 297


def is_answered(asked: Asked, proposal: Proposal) -> bool:
    """Whether the proposal is for that party, of that kind, and over the point or just beside it."""
    x, y = points(asked.x), points(PAGE_HEIGHT - asked.y)
    x0, y0, x1, y1 = proposal.box
    there = x0 - 8 <= x <= x1 + 8 and y0 - 8 <= y <= y1 + 8
    return there and (asked.party, asked.kind, asked.page) == (proposal.party, proposal.kind, proposal.page)


@pytest.mark.parametrize("form", FORMS)
def test_each_form_gets_just_what_it_asks_for(form, children):
    draft = FORMS[form]()
    proposals = propose(draft.bytes(), run=children.run)
    missed = [asked for asked in draft.asked if not any(is_answered(asked, p) for p in proposals)]
    too_many = [p for p in proposals if not any(is_answered(asked, p) for asked in draft.asked)]
    assert (missed, too_many) == ([], [])


@pytest.mark.parametrize(
    "text",
    [
        "本合同自双方签字盖章之日起生效。",
        "甲方应当在盖章前核对签字人的身份",
        "签字盖章页",
        "签订日期：2027年3月1日",
        "法定代表人：张三",
        "Signature page follows",
        "Signatures",
        "Effective Date",
        "Date: 1 March 2027",
        "Date of birth:",
        "By signing this Order Form, each party agrees",
        "Signed by the parties on the date below",
        "Sealed bids shall be opened",
        "Signature Name",
    ],
)
def test_running_text_and_what_is_filled_in_ask_for_nothing(text):
    import unicodedata

    assert label_of(unicodedata.normalize("NFKC", text)) is None


@pytest.mark.parametrize(
    ("text", "kind", "role"),
    [
        ("甲方(盖章):", "seal", "甲方"),
        ("乙 方 ( 签 字 ) :", "signature", "乙方"),
        ("甲方:海港茶业有限公司(盖章)", "seal", "甲方"),
        ("承租方(签章):", "seal", "承租方"),
        ("法定代表人或授权代表(签字):", "signature", ""),
        ("单位名称(章):", "seal", ""),
        ("盖章处", "seal", ""),
        ("____年__月__日", "date", ""),
        ("签署日期:", "date", ""),
        ("Party B (Signature and Seal):", "seal", "Party B"),
        ("Authorised Signature:", "signature", ""),
        ("Signature of Authorized Representative:", "signature", ""),
        ("Company chop:", "seal", ""),
        ("By:", "signature", ""),
        ("Date, Place:", "date", ""),
        ("Landlord's signature:", "signature", "Landlord"),
    ],
)
def test_words_that_ask(text, kind, role):
    label = label_of(text)
    assert label is not None
    assert (label.kind, label.role) == (kind, role)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("甲方:海港茶业有限公司", "甲方"),
        ("乙 方", "乙方"),
        ("PROVIDER: Harbor Tea Co.", "PROVIDER"),
        ("PARTY 1", "PARTY 1"),
        ("Party Name: Blue Kiln", "Blue Kiln"),
        ("For and on behalf of Harbor Tea Co.", "Harbor Tea Co."),
        ("甲方应当按时付款", ""),
        ("The party shall pay", ""),
        ("Customer may terminate this Agreement", ""),
    ],
)
def test_words_that_name_a_party(text, role):
    assert role_of(text) == role


@given(st.text(max_size=60))
def test_no_text_breaks_the_wording(text):
    assert label_of(text) is None or label_of(text).kind in ("seal", "signature", "date")
    assert isinstance(role_of(text), str)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_places_lie_on_the_words_of_a_turned_and_cropped_page(rotate, children):
    """The page is turned in the file and its text set so that it is upright again for the reader."""
    data = makers.changed(lambda pdf: turn(pdf, rotate), FORMS["two_columns"]().bytes())
    proposals = propose(data, run=children.run)
    view = page_views(data, run=children.run)[0]
    straight = propose(FORMS["two_columns"]().bytes(), run=children.run)
    assert [p.party for p in proposals] == [p.party for p in straight]
    for turned, plain in zip(proposals, straight, strict=True):
        assert view.to_display(turned.box) == pytest.approx(plain.box, abs=1)


def turn(pdf: pikepdf.Pdf, rotate: int) -> None:
    page = pdf.pages[0]
    _, _, width, height = (float(v) for v in page.mediabox)
    matrix = {
        0: (1, 0, 0, 1, 50, 70),
        90: (0, 1, -1, 0, height + 50, 70),
        180: (-1, 0, 0, -1, width + 50, height + 70),
        270: (0, -1, 1, 0, 50, width + 70),
    }[rotate]
    page.contents_add(("q " + " ".join(str(v) for v in matrix) + " cm").encode(), prepend=True)
    page.contents_add(b"Q")
    across, up = (width, height) if rotate % 180 == 0 else (height, width)
    page.obj.MediaBox = pikepdf.Array([0, 0, across + 120, up + 150])
    page.obj.CropBox = pikepdf.Array([50, 70, across + 50, up + 70])
    page.obj.Rotate = rotate


def test_a_seal_is_42_mm_wide_whatever_the_pages_unit(children):
    def unit(pdf):
        pdf.pages[0].obj.UserUnit = 2

    for proposal in propose(makers.changed(unit, FORMS["three_columns"]().bytes()), run=children.run):
        if proposal.kind == "seal":
            assert (proposal.box[2] - proposal.box[0]) * 2 == pytest.approx(points(42), abs=0.01)


def test_places_stay_on_the_page(children):
    draft = Draft()
    for x, y, role in ((2, 5, "甲方"), (180, 5, "乙方"), (2, 294, "丙方"), (180, 294, "丁方")):
        draft.text(x, y, f"{role}（盖章）")
    for proposal in propose(draft.bytes(), run=children.run):
        assert min(proposal.box) >= 0
        assert proposal.box[2] <= points(210.1) and proposal.box[3] <= points(297.1)


def test_the_occurrence_counts_the_same_words_from_the_start(children):
    proposals = propose(FORMS["three_stacked"]().bytes(), run=children.run)
    assert [p.occurrence for p in proposals if p.anchor == "日期："] == [1, 2, 3]


def test_the_occurrence_counts_pages_before_too(children):
    draft = Draft()
    draft.text(22, 40, "见附件，甲方（盖章）：一页。")
    draft.page()
    draft.text(22, 40, "甲方（盖章）：")
    assert [(p.page, p.occurrence) for p in propose(draft.bytes(), run=children.run)] == [(1, 2)]


def test_seals_of_parties_on_neighbouring_lines_do_not_cover_each_other(children):
    draft = Draft()
    draft.text(22, 100, "甲方（盖章）：")
    draft.text(22, 112, "乙方（盖章）：")
    first, second = propose(draft.bytes(), run=children.run)
    assert overlap(first.box, second.box) == 0


@pytest.mark.parametrize("parties", [1, 2, 3, 4, 7])
def test_without_anchors_the_parties_seal_at_the_foot_of_the_last_page(parties, children):
    draft = Draft()
    draft.body(30, 20)
    draft.page()
    draft.body(30, 3)
    places = fallback(draft.bytes(), parties, run=children.run)
    assert len(places) == parties
    assert {place.page for place in places} == {1}
    for number, place in enumerate(places):
        assert min(place.box) >= 0
        assert place.box[3] < points(297 - 55)
        assert all(overlap(place.box, other.box) == 0 for other in places[:number])


def test_the_foot_gives_way_to_text_that_stands_there(children):
    draft = Draft()
    draft.text(30, 262, "这里有一段文字，盖章的位置应当让开。")
    for place in fallback(draft.bytes(), 2, run=children.run):
        words = (points(30), points(297 - 262), points(110), points(297 - 257))
        assert overlap(place.box, words) == 0


def test_proposals_cost_little_on_a_long_contract(children: Children):
    draft = Draft()
    for _ in range(39):
        draft.body(30, 28)
        draft.page()
    draft.ask(22, 50, "甲方（盖章）：", "甲方", "seal")
    (proposal,) = propose(draft.bytes(), run=children.run)
    assert (proposal.party, proposal.page) == ("甲方", 39)

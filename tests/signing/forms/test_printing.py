from __future__ import annotations

from typing import Any

import pytest

from signing.contracts.plan import Proposals
from signing.documents.child import Children, Limits
from signing.documents.errors import Refused
from signing.forms.printing import planned
from tests.signing.documents.word_files import document, docx


def anchor(party: str, kind: str, *box: float) -> dict[str, Any]:
    return {"party": party, "kind": kind, "page": 0, "box": list(box or (0, 0, 1, 1)), "anchor": party}


def place(role: str, *box: float) -> dict[str, Any]:
    field = {"label": "到货日期", "kind": "date", "role": role, "required": True, "choices": []}
    return {**anchor(role, "text", *box), "field": field}


def test_the_sender_comes_first_whatever_role_they_play() -> None:
    found = Proposals([anchor("甲方", "seal"), anchor("乙方", "seal")], [])
    plan = planned(found, [], ["乙方", "甲方"], ["甲方", "乙方"])
    assert plan.roles == ["乙方", "甲方"]
    assert [each.anchor for each in plan.for_party(1, "海港茶业有限公司", "enterprise")] == ["乙方"]


def test_the_roles_at_the_foot_are_those_of_the_fields_where_they_are_called_otherwise() -> None:
    found = Proposals([anchor("LANDLORD", "seal"), anchor("TENANT", "signature")], [])
    plan = planned(found, [place("Party B")], ["Party A", "Party B"], ["Party A", "Party B"])
    assert [(each["party"], each["kind"]) for each in plan.anchors] == [
        ("Party A", "seal"),
        ("Party B", "signature"),
        ("Party B", "text"),
    ]


def test_a_party_without_words_to_sign_at_gets_a_place_at_the_foot_beside_its_fields() -> None:
    plan = planned(
        Proposals([], [anchor("", "seal"), anchor("", "seal")]),
        [place("乙方")],
        ["甲方", "乙方"],
        ["甲方", "乙方"],
    )
    assert [each.kind for each in plan.for_party(2, "苏青窑", "person")] == ["text", "signature"]


def test_a_date_that_the_signer_fills_in_is_not_also_written_by_the_signature() -> None:
    found = Proposals(
        [anchor("乙方", "date", 100, 500, 200, 515), anchor("乙方", "date", 100, 80, 200, 95)], []
    )
    plan = planned(found, [place("乙方", 110, 500, 210, 513)], ["甲方", "乙方"], ["甲方", "乙方"])
    assert [each["box"][1] for each in plan.anchors if each["kind"] == "date"] == [80]


def test_a_file_made_to_eat_time_is_stopped_by_its_limits(children: Children) -> None:
    run = "<w:r><w:t>{</w:t></w:r><w:r><w:t>{x}}</w:t></w:r>"
    data = docx({"word/document.xml": document(f"<w:p>{run * 30_000}</w:p>")})
    with pytest.raises(Refused):
        children.run("signing.forms.reading:read", data, {}, Limits(seconds=4, cpu=2))

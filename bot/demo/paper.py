"""The demo's contract: several pages, Chinese and English, drawn with a library."""

from __future__ import annotations

import pylopdf_fonts_zh_cn
from fpdf import FPDF
from fpdf.enums import WrapMode

TERMS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "供货 Supply",
        (
            (
                "乙方按照附件所列的规格和数量，向甲方供应手工陶瓷茶具，共四个系列、三千二百套。",
                "Party B supplies Party A with hand-made ceramic tea ware, four series and 3,200 sets, as the annex lists.",
            ),
            (
                "每批货物附质量检验记录和釉料检测报告，样品由双方封存。",
                "Each delivery comes with its record of inspection and the glaze test; both parties keep sealed samples.",
            ),
            (
                "甲方可在每季度首月调整下季度的系列比例，调整幅度不超过百分之二十。",
                "In the first month of a quarter Party A may shift the mix of the next quarter by up to 20 per cent.",
            ),
        ),
    ),
    (
        "价格与付款 Price and payment",
        (
            (
                "合同总价为人民币壹拾贰万捌仟元整（¥128,000.00），含税、含包装、含运费。",
                "The price is CNY 128,000.00 in all, with tax, packing and carriage.",
            ),
            (
                "甲方在每批验收后三十日内付款；乙方应在付款前开具增值税专用发票。",
                "Party A pays within thirty days of accepting each delivery, against a special VAT invoice.",
            ),
            (
                "逾期付款的，每逾期一日按应付款的万分之三支付违约金。",
                "Late payment bears a penalty of 0.03 per cent of the sum due for each day.",
            ),
        ),
    ),
    (
        "交付与验收 Delivery and acceptance",
        (
            (
                "交货地点为甲方仓库，分四批，每季度末前十日内交付。",
                "Goods are delivered to Party A's warehouse in four lots, ten days before each quarter ends.",
            ),
            (
                "甲方在到货后五个工作日内验收，逾期未提出异议的，视为验收合格。",
                "Party A inspects within five working days; what is not objected to by then counts as accepted.",
            ),
            (
                "破损率超过千分之五的部分，乙方应在十五日内补足。",
                "Breakage beyond 0.5 per cent is made good by Party B within fifteen days.",
            ),
        ),
    ),
    (
        "质量保证 Warranty",
        (
            (
                "乙方保证货物符合国家标准，质量保证期为验收之日起十二个月。",
                "Party B warrants that the goods meet the national standards for twelve months from acceptance.",
            ),
            (
                "铅、镉溶出量以法定检测机构的报告为准。",
                "For lead and cadmium release the report of a statutory laboratory decides.",
            ),
            (
                "质量保证期内出现釉面开裂的，乙方负责更换并承担运费。",
                "Should the glaze craze within that time, Party B replaces the piece and bears the carriage.",
            ),
        ),
    ),
    (
        "保密 Confidentiality",
        (
            (
                "双方对在履行本合同中知悉的对方商业秘密负有保密义务。",
                "Each party keeps the other's trade secrets that it learns of under this contract.",
            ),
            (
                "器型图纸和釉料配方归乙方所有，甲方的客户名单归甲方所有。",
                "Shapes and glaze recipes belong to Party B, the list of customers to Party A.",
            ),
            (
                "本条在合同终止后两年内仍然有效。",
                "This clause lives for two years beyond the end of this contract.",
            ),
        ),
    ),
    (
        "争议解决 Disputes",
        (
            (
                "因本合同产生的争议，双方协商解决；协商不成的，由甲方所在地人民法院管辖。",
                "Disputes are settled by talks first, then by the people's court at Party A's seat.",
            ),
            (
                "本合同以可靠的电子签名签署，与手写签名或者盖章具有同等的法律效力。",
                "This contract is signed with reliable electronic signatures, which are as good as ink.",
            ),
        ),
    ),
)


def draw_contract(title: str, first: str, second: str) -> bytes:
    """A supply contract between two companies, six pages with a place to seal on the last."""
    pdf = FPDF(format="A4")
    pdf.add_font("Serif", fname=str(pylopdf_fonts_zh_cn.serif_path()))
    pdf.set_auto_page_break(True, 25)
    pdf.set_margins(25, 25)
    for number, (heading, clauses) in enumerate(TERMS, start=1):
        pdf.add_page()
        if number == 1:
            _head(pdf, title, first, second)
        _section(pdf, number, heading, clauses)
    _foot(pdf, first, second)
    return bytes(pdf.output())


def _head(pdf: FPDF, title: str, first: str, second: str) -> None:
    pdf.set_font("Serif", size=20)
    pdf.multi_cell(0, 14, title, align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Serif", size=11)
    pdf.ln(6)
    for role, name in (("甲方 Party A", first), ("乙方 Party B", second)):
        pdf.multi_cell(0, 9, f"{role}：{name}", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(6)


def _section(pdf: FPDF, number: int, heading: str, clauses: tuple[tuple[str, str], ...]) -> None:
    pdf.set_font("Serif", size=13)
    pdf.multi_cell(0, 11, f"{number}. {heading}", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Serif", size=11)
    for part, (chinese, english) in enumerate(clauses, start=1):
        line = f"{number}.{part} {chinese}"
        pdf.multi_cell(0, 7.5, line, align="L", wrapmode=WrapMode.CHAR, new_x="LMARGIN", new_y="NEXT")
        pdf.multi_cell(0, 7.5, english, align="L", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(4)


def _foot(pdf: FPDF, first: str, second: str) -> None:
    """The place to sign: two columns, as on paper."""
    pdf.set_y(pdf.h - 95)
    pdf.set_font("Serif", size=11)
    lines = ("{role}（盖章）：", "{name}", "授权代表（签字）：", "日期：")
    roles = (("甲方", first), ("乙方", second))
    for line in lines:
        for column, (role, name) in enumerate(roles):
            pdf.set_x(25 + column * 85)
            pdf.cell(80, 12, line.format(role=role, name=name), new_y="TOP")
        pdf.ln(14 if line.startswith("{name}") else 12)

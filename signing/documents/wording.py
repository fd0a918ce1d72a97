"""Which words ask for a seal, a signature or a date, and which name a party. Chinese and English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["seal", "signature", "date"]

ZH_ROLE = (
    r"(?:[甲乙丙丁戊己庚]\s?方(?:[一二三四1-9])?"
    r"|(?:[\u4e00-\u9fff]{0,4}(?:出租|承租|转租|出卖|买受|委托|受托|发包|承包|分包|出借|借款|贷款|担保|保证|抵押|质押|债权|债务|披露|接收"
    r"|转让|受让|许可|被许可|采购|销售|供应|供货|需求|购买|出售|定作|承揽|托运|承运|寄存|保管|服务|合作|赠与|受赠|投资|融资|居间|中介|监理|设计|施工|建设|见证|共同)"
    r"(?:方|人|单位|公司))"
    r"|[买卖供需购销]方|用人单位|用工单位|劳动者|员工本人|员工|雇主|雇员|出让人|见证人|承诺人|保证人|声明人|授权人|申请人|房东|租客|业主|物业公司|目标公司)"
)
ZH_SEAL_WORD = r"(?:加盖)?(?:单位|企业|公司)?(?:盖公章|盖章|公章|印章|签章|盖印|合同专用章|用印|章(?=\)))"
ZH_SIGN_WORD = r"(?:亲笔|本人)?(?:签字|签名|签署|手签|画押|捺印|按手印|签(?=或|、|/|\)|:))"
ZH_BOTH = rf"(?:{ZH_SEAL_WORD}|{ZH_SIGN_WORD})(?:(?:或|及|并|和|与|、|/)?(?:{ZH_SEAL_WORD}|{ZH_SIGN_WORD}|指印|手印))*"
ZH_PERSON = (
    r"(?:(?:法定代表人|法人代表|法人|负责人|授权代表人?|授权委托人|委托代理人|代理人|代表人?"
    r"|经办人|签约代表|签署代表|签署人|签字人|本人)(?:或|及|和|/|、|\(|\)|其)*)+"
)
ZH_DATE = r"(?:(?:签署|签订|签字|签约|签章|盖章|合同签订)?(?:日期|时间)|日期)"
DATE_SHAPE = re.compile(r"^[_\d]*年(?!\d+月\d+日)[_\d]*月[_\d]*日$")

EN_ROLE = (
    r"(?:(?:the\s+)?(?:first|second|third|fourth|contracting|disclosing|receiving|other)?\s?party(?:\s?(?:[a-h]|[1-9]|i{1,3}|iv|one|two|three))?"
    r"|provider|customer|client|company|employee|employer|recipient|discloser|buyer|seller|purchaser|vendor|supplier|lessor|lessee"
    r"|landlord|tenant|licensor|licensee|contractor|subcontractor|consultant|owner|agent|principal|borrower|lender|guarantor|debtor"
    r"|creditor|investor|founder|franchisor|franchisee|distributor|manufacturer|assignor|assignee|transferor|transferee|witness"
    r"|service provider|independent contractor|shareholder|partner|participant|contributor|you|us)"
)
EN_SEAL_WORD = r"(?:company |corporate |common |official |affix )?(?:seal|stamp|chop)"
EN_SIGN_WORD = (
    r"(?:please |authori[sz]ed )?(?:signature|signed|signatory(?=\s*:)|sign(?: here)?)(?: and date| block)?"
    r"(?: by| of(?: an?\b| the\b)?(?: duly)?(?: authori[sz]ed)?(?: representative| signatory| officer| person)?)?"
)
EN_DATE = (
    r"(?:date\s?[,/&]\s?place|date and place|place\s?[,/&]\s?date|place and date|date signed|date of signature|date of signing"
    r"|signing date|signature date|dated|date)"
)

ORGANISATION = re.compile(
    r"(?:公司|集团|厂|店|中心|合作社|事务所|研究院|学校|大学|医院|协会|委员会|商行|经营部|工作室)$"
)
TRANSLATION = re.compile(
    rf"(?:authori[sz]ed|legal|company)?\s*(?:representative|signatory)?\s*"
    rf"[\(\[/]?\s*(?:{EN_DATE}|{EN_SIGN_WORD}|{EN_SEAL_WORD}|party\s?[a-h1-9]|representative)\s*[\)\]]?",
    re.IGNORECASE,
)
"""The English that stands beside a Chinese label."""

_ZH_SEAL = re.compile(
    rf"^(?P<name>.{{0,30}}?)[\(\[【<]?(?P<word>{ZH_BOTH}(?:\({ZH_BOTH}\))?)[\)\]】>]?(?:处|栏)?(?P<end>[:：]?)(?P<rest>.*)$"
)
_ZH_PERSON = re.compile(rf"^(?P<name>.{{0,12}}?){ZH_PERSON}(?P<end>[:：])(?P<rest>.*)$")
_ZH_DATE = re.compile(rf"^(?P<name>.{{0,8}}?){ZH_DATE}(?P<end>[:：]?)(?P<rest>.*)$")
_ZH_ROLE = re.compile(rf"^(?P<role>{ZH_ROLE})(?:[\(（][^)]*[\)）])*(?P<end>[:：]?)")
_ZH_ROLE_WITHIN = re.compile(ZH_ROLE)

_EN_SIGN = re.compile(
    rf"^(?P<role>{EN_ROLE})?(?:'s)?\s*[\(\[]?(?P<word>{EN_SIGN_WORD}|{EN_SEAL_WORD})"
    rf"(?:\s*(?:and|or|/|&|,)\s*(?P<more>{EN_SIGN_WORD}|{EN_SEAL_WORD}))?[\)\]]?\s*(?P<end>:?)\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_EN_BY = re.compile(r"^by\s*(?P<end>:)\s*(?P<rest>.*)$", re.IGNORECASE)
_EN_DATE = re.compile(
    rf"^(?:(?P<role>{EN_ROLE})(?:'s)?\s+)?{EN_DATE}\s*(?P<end>:?)\s*(?P<rest>.*)$", re.IGNORECASE
)
_EN_ROLE = re.compile(
    rf"^(?P<role>{EN_ROLE})\s*(?:[\(\[][^)\]]*[\)\]])?\s*(?P<end>:?)(?P<rest>.*)$", re.IGNORECASE
)
_EN_NAMED = re.compile(
    r"^(?:party name|for and on behalf of|signed for and on behalf of|on behalf of|executed by|signed by)\s*:?\s*(?P<name>\S.*)$",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"^(?:print(?:ed)? name|full name|name|title|position|company|address|notice address"
    r"|e-?mail|phone|tel|fax|id|use |by\b|its\b|signature|signed|date|place"
    r"|地址|住所|住址|电话|联系|手机|传真|邮编|邮箱|电子邮|开户|账号|帐号|税号|身份证|统一社会|社会信用|职务|姓名|单位名称|名称|签|盖|日期|法定|授权|委托代理|代表|银行)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """What a piece of text asks for. `role` is the party if the piece itself names it, else "".

    `firm`: the words ask for nothing else; without it ("By:", "法定代表人：") they need a block around them.
    """

    kind: Kind
    role: str
    firm: bool


def label_of(text: str) -> Label | None:
    """What the piece asks for, None where it doesn't: running text, filled in already, something else."""
    if any("\u4e00" <= char <= "\u9fff" for char in text):
        return _chinese(TRANSLATION.sub("", text).replace(" ", ""))
    return _english(text)


def role_left_empty(text: str) -> Label | None:
    """The label that a party's bare name is ("借款人：", "甲方：") where a form ends with names alone."""
    match = _ZH_ROLE.match(text.replace(" ", ""))
    if match is None or not match["end"] or match.end() != len(text.replace(" ", "")):
        return None
    return Label(
        "seal" if match["role"].endswith(("方", "单位", "公司")) else "signature", match["role"], False
    )


def role_of(text: str) -> str:
    """The party that the piece names at its start ("甲方：海港茶业有限公司", "PROVIDER: ..."), or ""."""
    bare = text.replace(" ", "")
    if match := _ZH_ROLE.match(bare):
        return match["role"] if match["end"] or match.end() == len(bare) else ""
    if match := _EN_NAMED.match(text):
        return match["name"].strip(" :_")
    match = _EN_ROLE.match(text)
    if match and not is_field(text) and (match["end"] or not match["rest"].strip()):
        return match["role"].strip()
    return ""


def is_field(text: str) -> bool:
    """Whether the piece is the label of something else in a signing block: name, title, address..."""
    return bool(_FIELD.match(text)) and not re.match(rf"^{EN_ROLE}\s*:?$", text, re.IGNORECASE)


def _chinese(bare: str) -> Label | None:
    if DATE_SHAPE.match(bare):
        return Label("date", "", False)
    if (match := _ZH_DATE.match(bare)) and _is_empty(match["rest"]) and _is_name(match["name"]):
        return Label("date", _role_in(match["name"]), bool(match["end"]))
    if (
        (match := _ZH_SEAL.match(bare))
        and (match["end"] or len(match["rest"]) <= 1)
        and not _is_sentence(bare)
    ):
        kind: Kind = "signature" if _is_by_hand(match["name"], match["word"]) else "seal"
        firm = bool(match["end"]) or bare.endswith((")", "]", "】")) or match["name"] == ""
        return Label(kind, _role_in(match["name"]) or _company_in(match["name"]), firm)
    if (match := _ZH_PERSON.match(bare)) and _is_empty(match["rest"]) and _is_name(match["name"]):
        return Label("signature", _role_in(match["name"]), False)
    return None


def _english(text: str) -> Label | None:
    if (match := _EN_DATE.match(text)) and _is_empty(match["rest"]):
        return Label("date", (match["role"] or "").strip(), bool(match["end"]))
    if (
        (match := _EN_SIGN.match(text))
        and _is_empty(match["rest"])
        and not re.match(r"(?i)signatures$", text)
    ):
        words = f"{match['word']} {match['more'] or ''}"
        kind: Kind = "seal" if re.search(EN_SEAL_WORD, words, re.IGNORECASE) else "signature"
        role = "" if kind == "seal" and match["role"] == "Company" else (match["role"] or "").strip()
        return Label(kind, role, bool(match["end"]) or "(" in text)
    if (match := _EN_BY.match(text)) and _is_empty(match["rest"]):
        return Label("signature", "", False)
    return None


def _is_empty(rest: str) -> bool:
    """Whether what follows a label leaves room to fill in."""
    return bool(re.fullmatch(r"[\s_.…/、，,\-—()（）]*(?:\d{0,4}[_\s]*年[_\s]*月[_\s]*日)?", rest))


def _is_name(before: str) -> bool:
    return before == "" or bool(_ZH_ROLE_WITHIN.match(before)) or len(before) <= 3


def _role_in(before: str) -> str:
    match = _ZH_ROLE_WITHIN.search(before)
    return match.group() if match else ""


def _is_by_hand(name: str, word: str) -> bool:
    """Whether a person signs, also where (签字或盖章) leaves them the choice of a name seal."""
    may_seal = bool(re.search("章|盖|印", word.replace("捺印", "").replace("指印", "").replace("手印", "")))
    return not may_seal or ("签" in word.replace("签章", "") and bool(re.search(ZH_PERSON, name)))


def _company_in(before: str) -> str:
    return before.rpartition(":")[2] if ORGANISATION.search(before) else ""


def _is_sentence(bare: str) -> bool:
    return bool(re.search(r"[。；;，,]|(?:后生效|之日|本合同|本协议|应当|须|经双方|如下|页$)", bare))

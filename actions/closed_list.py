"""Free words mapped to closed lists: why something goes back, its condition, the way back.

First match wins, so the order of the patterns matters. Nothing here guesses: no match is None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from console.desk.after_sale import Condition, ReturnReason, ReturnWay

_R = ReturnReason


def _patterns(*pairs: tuple[str, str]) -> list[tuple[str, re.Pattern[str]]]:
    return [(value, re.compile(pattern, re.IGNORECASE)) for value, pattern in pairs]


_REASONS = _patterns(
    (_R.SUSPECTED_FAKE, r"假货|是假的|高仿|盗版|不是正品|fake|counterfeit"),
    (_R.EXPIRED, r"过期|过了保质期|\bexpired"),
    (_R.ALLERGIC, r"过敏|起疹|红疹|allerg|\brash"),
    (
        _R.PET_REFUSES,
        r"(?:猫|狗|宠物|毛孩子|主子).{0,6}不(?:爱?吃|肯|碰)|\b(?:cat|dog|pet)\b.{0,12}(?:won'?t|refuse|doesn'?t)",
    ),
    (
        _R.WRONG_ITEM,
        r"发错|寄错|送错|不是我(?:买|要|拍|订)的"
        r"|(?:sent|got|received).{0,12}wrong|wrong item|different item",
    ),
    (_R.OUTGROWN, r"长(?:大|高)了|长得(?:太)?快|outgrew|outgrown"),
    (_R.MISSING_PARTS, r"少[了发件]|漏发|缺(?:少|了|件|配件)|没有?配件|missing"),
    (
        _R.WRONG_SIZE,
        r"尺[码寸]|码(?:数|子)|(?:偏|太|买)[大小](?:了|$|[\s,，])|[大小]了[一点些]|(?<![长闹变高])[大小]了(?=[想要退换,，。！!\s]|$)|不合(?:身|适|脚)|穿不(?:上|了|进)"
        r"|too (?:big|small|large|tight|loose|long|short)|wrong size|\bsize\b"
        r"|(?:doesn'?t|does not|didn'?t) fit",
    ),
    (
        _R.WRONG_CHOICE,
        r"(?:买|拍|选|下|点|整|搞)(?:错|重|多)"
        r"|(?:bought|ordered|chose|picked).{0,12}(?:wrong|twice)|by mistake|wrong choice",
    ),
    (_R.PRICE_DROPPED, r"降价|便宜了|买贵|更便宜|cheaper|price.{0,8}(?:drop|fell|went down)"),
    (
        _R.NOT_AS_DESCRIBED,
        r"色差|货不对|虚假|描述不|(?:跟|和|与|同).{0,8}(?:不一样|不符|不同|两样)"
        r"|not as described|different from|looks different",
    ),
    (
        _R.DAMAGED,
        r"破损|碎|摔坏|压[坏扁]|裂|变形|漏液|烂了|包装.{0,3}[破烂]|damaged|crack|shatter|smashed|dented",
    ),
    (
        _R.QUALITY_FAULT,
        r"质量|坏[了的掉]|故障|毛病|瑕疵|亮点|死机|开不了|开线|掉色|褪色|没声|异响"
        r"|不(?:转|亮|通电|制冷|加热|灵|能用|好使|工作)"
        r"|用不了|有问题|fault|defect|broken|quality"
        r"|stopped working|(?:doesn'?t|does not|not) work",
    ),
    (
        _R.LATE_DELIVERY,
        r"(?:送|发货|到货|快递|物流|等).{0,4}(?:太|好|特别)?(?:慢|晚|久)|来不及|用不上了"
        r"|too (?:late|slow)|took too long",
    ),
    (
        _R.NO_LONGER_WANTED,
        r"不想要|不要了|不喜欢|后悔|用不[上着到]|不需要|没用上|闲置|"
        r"no longer|(?:don'?t|do not) (?:want|need|like)|changed my mind|no reason|无理由",
    ),
    (
        _R.OTHER,  # "the other one" is another thing and no other reason
        r"其[他它](?!的?[那这几]?[个笔张件]?的?(?:订?单|商品|东西|货))|别的原因|不想说"
        r"|\bother\b(?! (?:orders?|ones?|items?|things?|products?)\b)|another reason",
    ),
)
_CONDITIONS = _patterns(
    (
        Condition.UNOPENED,
        r"[没未](?:有)?(?:拆|打开|开封|动过)|全新|原封|unopened|not opened|sealed",
    ),
    (
        Condition.OPENED,
        r"[没未](?:有)?(?:使用|用|穿|戴)|拆.{0,4}(?:完好|没事)|拆(?:开|了|封)(?:过|了|看)?(?!.{0,6}[用穿戴])|试(?:了|过|穿)"
        r"|as new|not used|never used|unused|\bopened",
    ),
    (Condition.USED, r"用(?:了|过|坏)|[穿戴吃](?:了|过)|在用|使用过|洗过|\bused\b|\bworn\b|washed"),
)
_WAYS = _patterns(
    (
        ReturnWay.SELF_SHIP,
        r"自己(?:去)?[寄发送]|自寄|我(?:来|去)?寄|寄回|不用上门"
        r"|self|myself|drop (?:it )?off|send it",
    ),
    (ReturnWay.PICKUP, r"上门|来(?:取|拿|收)|取件|揽收|pick|collect|courier"),
)
# "Not a fault, I chose wrongly": the part that is taken back must not be read.
_TAKEN_BACK = re.compile(
    r"(?:不是|并非|不算)[^,，。;；是]{1,12}"
    r"(?:[,，。;；\s]+(?=(?:而|其实|应该|就)?是|其实|改|买|拍)|(?=而?是|其实))"
    r"|\b(?:it'?s not|not|isn'?t)\b[^,.;]{1,40}[,.;]\s*",
    re.IGNORECASE,
)


def read_reason(text: str) -> str | None:
    return _first(_REASONS, _TAKEN_BACK.sub("", text))


def read_condition(text: str) -> str | None:
    return _first(_CONDITIONS, _TAKEN_BACK.sub("", text))


def read_way(text: str) -> str | None:
    return _first(_WAYS, _TAKEN_BACK.sub("", text))


# Both the yes "nothing is missing" and the no "not all of it" hold words of the other one.
_NOTHING_LACKS = re.compile(
    r"[没不](?:有)?(?:少|缺|丢|落下)|nothing(?:'s| is| was)? (?:missing|lost)|not missing"
    r"|haven'?t lost",
    re.IGNORECASE,
)
_LACKS = re.compile(
    r"(?<![多至])少|[缺丢]|不(?:太)?[全齐]|不在|不见|找不到|扔了|没带"
    r"|missing|lost|incomplete|threw|can'?t find|without|not (?:all|everything|complete)"
    r"|do(?:n'?t| not) have",
    re.IGNORECASE,
)
_COMPLETE = re.compile(
    r"齐|[都全]在|都(?:还)?有|完整|everything|all (?:of it|there|here|included)|complete",
    re.IGNORECASE,
)
_ASKS = re.compile(r"[吗呢？?]\s*$")


def read_completeness(text: str) -> bool | None:
    """Whether accessories and gifts are all there; a question is no answer."""
    if _ASKS.search(text):
        return None
    rest = _NOTHING_LACKS.sub("", text)
    if _LACKS.search(rest):
        return False
    return True if rest != text or _COMPLETE.search(text) else None


def _first(patterns: Sequence[tuple[str, re.Pattern[str]]], text: str) -> str | None:
    return next((str(value) for value, pattern in patterns if pattern.search(text)), None)


_ORDINALS = (
    r"第?[一1]个|最上面|第[一1]|\bfirst\b|上面那个",
    r"第?[二2]个|第[二2]|\bsecond\b",
    r"第?[三3]个|第[三3]|\bthird\b",
    r"第?[四4]个|第[四4]|\bfourth\b",
    r"第?[五5]个|第[五5]|\bfifth\b",
)


def read_ordinal(text: str) -> int | None:
    """0 for "the first one"; a bare digit counts as well."""
    if re.fullmatch(r"[1-5]", text.strip()):
        return int(text) - 1
    hits = (at for at, pattern in enumerate(_ORDINALS) if re.search(pattern, text, re.IGNORECASE))
    return next(hits, None)

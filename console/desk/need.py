"""What somebody needs, and which goods fit: within the budget, without what they do not want.

Tags and drawbacks are the words of the product sheets; nothing is recommended for what its sheet
does not say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from console.desk.price_limit import nearest_above
from console.desk.product import Product
from console.desk.product_naming import names_of
from console.desk.product_sheet import ProductSheet
from console.desk.words import Words

ANY = "any"  # "no matter": an answer, but no condition
MOST = 3  # recommendations
LEAST_ANSWERS = 3

_Row = tuple[str, Words, str]
_WHOM: tuple[_Row, ...] = (
    ("elder", Words("长辈", "older people"),
     r"老人|长辈|爸|妈|父母|爷爷|奶奶|外公|外婆|elder|parents?|grand|\bmum\b|\bmom\b|\bdad\b"),
    ("newborn", Words("新生儿", "a newborn"), r"新生儿|刚出生|月子|newborn"),
    ("baby", Words("宝宝", "a baby"), r"宝宝|婴儿|娃|baby|infant|toddler"),
    ("child", Words("孩子", "a child"), r"孩子|小孩|儿童|儿子|女儿|\bkids?\b|child"),
    ("student", Words("学生", "a student"), r"学生|上学|宿舍|大学|student|college|school"),
    ("office", Words("上班族", "office work"), r"上班|办公|公司|通勤|同事|office|work|commut"),
    ("runner", Words("运动的人", "sports"), r"跑步|健身|运动|\brun|gym|sport|jog"),
    ("cat", Words("猫", "a cat"), r"猫|\bcats?\b|kitten"),
    ("dog", Words("狗", "a dog"), r"狗|犬|\bdogs?\b|puppy"),
    ("gamer", Words("玩游戏的人", "gaming"), r"游戏|电竞|gam(?:e|ing|er)"),
    ("family", Words("一家人", "a family"), r"全家|一家|家里|家庭|family|household"),
    ("gift", Words("送人", "a present"), r"送礼|礼物|送人|生日|女朋友|男朋友|gift|present|birthday"),
)  # fmt: skip
_FEATURES: tuple[_Row, ...] = (
    ("quiet", Words("安静", "quiet"), r"静音|安静|声音小|不吵|降噪|quiet|silent|noise"),
    ("portable", Words("轻便", "portable"), r"轻便|便携|好带|轻薄|小巧|portable|light(?:weight)?|small"),
    ("long_battery", Words("续航长", "long battery life"), r"续航|电池|待机|耐用电|battery"),
    ("camera", Words("拍照好", "a good camera"), r"拍照|相机|摄影|camera|photos?"),
    ("big_font", Words("大字", "large text"), r"大字|字大|看得清|large text|big font"),
    ("waterproof", Words("防水", "waterproof"), r"防水|防汗|water"),
    ("fast_charge", Words("快充", "fast charging"), r"快充|充电快|fast charg"),
    ("easy_clean", Words("好清洗", "easy to clean"), r"好洗|好清洗|易清洁|easy to clean"),
    ("breathable", Words("透气", "airy"), r"透气|不闷|airy|breathab"),
    ("warm", Words("保暖", "warm"), r"保暖|暖和|厚|warm"),
    ("no_iron", Words("免烫", "no ironing"), r"免烫|不用熨|iron"),
    ("no_scent", Words("无香", "unscented"), r"无香|没味|无酒精|unscented|no scent"),
    ("hypoallergenic", Words("低敏", "gentle"), r"低敏|敏感|过敏|hypoallerg|sensitive|gentle"),
    ("safe", Words("安全", "safety"), r"安全|safe"),
)  # fmt: skip
_DRAWBACKS: tuple[_Row, ...] = (
    ("heavy", Words("重", "heavy"), r"重|沉|heavy|bulky"),
    ("loud", Words("吵", "loud"), r"吵|声音大|噪|loud|nois"),
    ("needs_filter", Words("要换耗材", "filters to replace"), r"换滤芯|耗材|滤芯|filter|consumable"),
    ("in_ear", Words("入耳", "in-ear"), r"入耳|耳塞|塞耳|in-?ear"),
    ("weak_camera", Words("拍照差", "a weak camera"), r"拍照差|像素低|bad camera|weak camera"),
    ("weak_graphics", Words("显卡弱", "weak graphics"), r"显卡|graphics"),
    ("dry_clean", Words("要干洗", "dry clean only"), r"干洗|dry.?clean"),
    ("needs_iron", Words("要熨", "needs ironing"), r"熨|皱|iron|crease"),
    ("nuts", Words("含坚果", "nuts"), r"坚果|花生|nuts?"),
)  # fmt: skip
_LABELS = {key: label for key, label, _ in (*_WHOM, *_FEATURES, *_DRAWBACKS)}
_NO_MATTER = re.compile(
    r"^(?:都行|都可以|随便|不限|没有|没了|无所谓|没要求|没什么|不知道|any(?:thing)?|no(?:ne|thing)?|"
    r"no preference|no matter|(?:it )?doesn'?t matter|don'?t care|whatever)\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """`kind`: a word for what something is; empty or `None`: no condition."""

    kind: str | None = None
    for_whom: str | None = None
    budget_fen: int | None = None
    must_have: tuple[str, ...] = ()
    deal_breakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """`reasons`: what of the need it meets. `lacks`: what it does not."""

    product: Product
    reasons: tuple[Words, ...]
    lacks: tuple[Words, ...] = ()


def recommend(goods: Sequence[tuple[Product, ProductSheet]], need: Need) -> list[Recommendation]:
    """At most three, best first. Budget, stock and deal breakers are never bent; what must be
    there is bent only when nothing has all of it, and then it is said."""
    fitting = [pair for pair in goods if _may_be(*pair, need)]
    whole = [pair for pair in fitting if set(need.must_have) <= set(pair[1].tags)]
    chosen = sorted(whole or fitting, key=lambda pair: _rank(pair[0], pair[1], need))
    return [_recommendation(*pair, need) for pair in chosen[:MOST]]


def nearest_in_price(goods: Sequence[tuple[Product, ProductSheet]], need: Need) -> list[Product]:
    """What fits but for the budget, just above it."""
    if need.budget_fen is None:
        return []
    unlimited = replace(need, budget_fen=None)
    return nearest_above(
        (product for product, sheet in goods if _may_be(product, sheet, unlimited)),
        need.budget_fen,
    )


def _may_be(product: Product, sheet: ProductSheet, need: Need) -> bool:
    if product.stock <= 0 or (need.budget_fen is not None and product.price_fen > need.budget_fen):
        return False
    if set(need.deal_breakers) & set(sheet.drawbacks):
        return False
    if need.kind is not None:
        return need.kind in names_of(product)
    return need.for_whom is None or need.for_whom in sheet.tags


def _rank(product: Product, sheet: ProductSheet, need: Need) -> tuple[int, int, str]:
    """Most wishes met, then the cheaper one."""
    return -len(_met(sheet, need)), product.price_fen, product.product_id


def _met(sheet: ProductSheet, need: Need) -> list[str]:
    wished = [*([need.for_whom] if need.for_whom else []), *need.must_have]
    return [one for one in wished if one in sheet.tags]


def _recommendation(product: Product, sheet: ProductSheet, need: Need) -> Recommendation:
    reasons = [_LABELS[one] for one in _met(sheet, need)]
    lacks = [_LABELS[one] for one in need.must_have if one not in sheet.tags]
    return Recommendation(product, tuple(reasons), tuple(lacks))


def whom_in(text: str) -> str | None:
    return next(iter(_keys(_WHOM, text)), None)


def features_in(text: str) -> list[str]:
    return _keys(_FEATURES, text)


def drawbacks_in(text: str) -> list[str]:
    return _keys(_DRAWBACKS, text)


def _keys(rows: tuple[_Row, ...], text: str) -> list[str]:
    return [key for key, _, words in rows if re.search(words, text, re.IGNORECASE)]


def is_no_matter(text: str) -> bool:
    return _NO_MATTER.match(text.strip()) is not None


def need_label(key: str, lang: str) -> str:
    return _LABELS[key].of(lang) if key in _LABELS else key

"""Rules in words: what sent a conversation to a person, and how long a span of the policy is."""

from __future__ import annotations

from console.desk.reason_text import RETURN_REASONS, return_reason
from console.desk.words import Words

_RULES = {
    "account_blocked": Words("账号受限，需要人工核实", "The account is limited; a person checks it"),
    "after_sale.late": Words("售后单已过处理时限", "The request is past its time"),
    "cancelled_without_reason": Words(
        "商城取消，系统里没有原因", "Cancelled by the shop; no reason on record"
    ),
    "double_order_not_found": Words("没有找到重复的订单", "No second order like it was found"),
    "guide.danger": Words("有安全风险，请停用并人工处理", "A safety risk: stop using it, a person decides"),
    "invoice.person": Words("这种发票由人工开具", "A person issues this kind of invoice"),
    "lost.report_days": Words("已过未收到货的反馈期限", "Reported after the days to report a loss"),
    "refund.disputed": Words("顾客不认可退款金额", "The customer disputes the amount"),
}  # fmt: skip
_CHANGE = Words("这项更改要由人工处理", "A person makes this change")


def policy_words(policy: str, lang: str) -> str:
    """`policy`: a rule, perhaps with its reason after a colon; an unknown one names itself."""
    rule, _, reason = policy.partition(": ")
    if reason in RETURN_REASONS:
        return return_reason(reason, lang)
    if rule.startswith("after_sale.change"):
        return _CHANGE.of(lang)
    return _RULES[rule].of(lang) if rule in _RULES else policy


_UNITS = {
    "minutes": (Words("分钟", "minute"), 1),
    "hours": (Words("小时", "hour"), 60),
    "days": (Words("天", "day"), 24 * 60),
}
_IN_HOURS = 72 * 60  # minutes; longer spans of whole days are told in days


def span_words(key: str, number: int, lang: str) -> str:
    """ "48 小时", "7 days": the unit is the ending of the row's `key`."""
    unit, minutes = next((name, size) for name, (_, size) in _UNITS.items() if key.endswith(name))
    if number * minutes > _IN_HOURS and number * minutes % _UNITS["days"][1] == 0:
        number, unit = number * minutes // _UNITS["days"][1], "days"
    word = _UNITS[unit][0].of(lang)
    return f"{number} {word}{'s' if lang == 'en' and number != 1 else ''}"

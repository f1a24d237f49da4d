"""What a rule came to that sent a conversation to a person, for whoever reads the brief."""

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

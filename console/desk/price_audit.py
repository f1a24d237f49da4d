"""What a person decides about a price claim that the bot may not pay, and what the customer hears."""

from __future__ import annotations

from enum import StrEnum

from console.desk.money import yuan


class AuditStep(StrEnum):
    """Said by a person who may approve."""

    APPROVE = "approve"
    REJECT = "reject"


_TEXTS = {
    AuditStep.APPROVE: (
        "“{title}”的价保审核通过了，补您 {amount} 元，原路退回。",
        "Your price claim for {title} was approved: ¥{amount} goes back the way it was paid.",
    ),
    AuditStep.REJECT: (
        "“{title}”的价保审核没有通过：{note}。有不同意见直接回复，我请同事复核。",
        "Your price claim for {title} was not approved: {note}. If you disagree just write back "
        "and a colleague looks again.",
    ),
}


def audit_text(step: AuditStep, title: str, claim_fen: int, note: str, lang: str) -> str:
    return _TEXTS[step][lang == "en"].format(title=title, amount=yuan(claim_fen), note=note)


def audit_void_text(lang: str) -> str:
    """The goods are cancelled or go back before anybody has decided."""
    if lang == "en":
        return "The goods are cancelled or go back; the refund is what you paid for them"
    return "商品取消或退回了，按您实付的价格退款，不用再审核价保"

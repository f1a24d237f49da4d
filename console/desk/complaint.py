"""How grave a complaint is, what would put it right, and until when it is answered.

Rule: docs/sources.md#complaints. Deadlines are policy rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.desk.money import yuan
from console.desk.policy import PolicyBook
from console.desk.words import Words

GRAVEST = 4
GRAVE = 3  # from here on a person answers sooner

_HARM = re.compile(
    r"受伤|过敏|住院|流血|烫伤|触电|起火|injur|hurt|allerg|hospital|burn(?:t|ed)|fire", re.I
)
_PUBLIC = re.compile(
    r"12315|12345|曝光|媒体|律师|起诉|法院|消协|工商|假货|欺诈|报警"
    r"|lawyer|attorney|\bsue\b|court|police|counterfeit|fake|fraud|expose|\bpress\b"
    r"|consumer (?:hot ?line|protection)",
    re.I,
)
_LOSS = re.compile(
    r"退款|退钱|赔|少[了发]|丢|坏|骗|多收|不退|损失|refund|compensat|lost|broken|damage|cheat|overcharg|money",
    re.I,
)


def complaint_severity(text: str, *, has_broken_promise: bool = False) -> int:
    """1 annoyance, 2 money or goods, 3 public or legal words or harm, 4 both of these.

    A broken promise makes every complaint one graver.
    """
    grave = bool(_HARM.search(text)) + bool(_PUBLIC.search(text))
    severity = GRAVE - 1 + grave if grave else 1 + bool(_LOSS.search(text))
    return min(GRAVEST, severity + has_broken_promise)


@dataclass(frozen=True, slots=True)
class ComplaintDeadlines:
    """Spans from filing."""

    first_answer: timedelta
    plan: timedelta
    close: timedelta


def complaint_deadlines(severity: int, policies: PolicyBook, now: datetime) -> ComplaintDeadlines:
    first = (
        "complaint.first_answer_grave_minutes"
        if severity >= GRAVE
        else "complaint.first_answer_minutes"
    )
    return ComplaintDeadlines(
        first_answer=timedelta(minutes=policies.number(first, now)),
        plan=timedelta(hours=policies.number("complaint.plan_hours", now)),
        close=timedelta(hours=policies.number("complaint.close_hours", now)),
    )


EXPECTATIONS = {
    "refund": Words("退款", "A refund"),
    "compensation": Words("补偿", "Compensation"),
    "fix": Words("尽快处理", "A quick fix"),
    "apology": Words("道歉和说明", "An apology and an explanation"),
    "coupon": Words("补偿优惠券", "A coupon as compensation"),
    "points": Words("补偿积分", "Points as compensation"),
    "freight": Words("退还运费", "The freight back"),
    "nothing": Words("没有具体要求", "Nothing in particular"),
}
FIRST_ANSWER = Words("投诉专员给您第一次答复", "a first answer from the complaints team")
PLAN = Words("给出投诉的处理方案", "a plan that settles your complaint")
_AMOUNT = re.compile(r"补偿 ([\d.,]+) 元|¥([\d.,]+) of compensation")


def expected_amount(fen: int) -> Words:
    return Words(f"补偿 {yuan(fen)} 元", f"¥{yuan(fen)} of compensation")


def expectation(text: str) -> Words | str:
    """What was chosen, in both languages; what was typed stays as it is."""
    if found := _AMOUNT.fullmatch(text):
        amount = found[1] or found[2]
        return Words(f"补偿 {amount} 元", f"¥{amount} of compensation")
    return next((one for one in EXPECTATIONS.values() if text in (one.zh, one.en)), text)

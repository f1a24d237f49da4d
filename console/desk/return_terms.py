"""The lengths that texts about returns name: the policy's, as it stands for these goods.

A text writes `{fault_time}` and no number of its own.
"""

from __future__ import annotations

from datetime import datetime

from console.desk.policy import EVERYTHING, PolicyBook, Subject
from console.desk.policy_text import span_words

_SPANS = {
    "no_reason_time": "return.no_reason_hours",
    "fault_time": "return.fault_days",
    "fault_exchange_time": "return.exchange_days",
    "door_exchange_time": "door_exchange.days",
}
_DAYS = {"first_swap_day": "size_swap.first_day", "last_swap_day": "size_swap.last_day"}


def return_terms(
    policies: PolicyBook, at: datetime, lang: str, subject: Subject = EVERYTHING
) -> dict[str, str]:
    """In words by their names in texts. `at`: when the goods were ordered, else now."""
    spans = {
        name: span_words(key, policies.number(key, at, subject), lang)
        for name, key in _SPANS.items()
    }
    days = {name: str(policies.number(key, at, subject)) for name, key in _DAYS.items()}
    return {**spans, **days}

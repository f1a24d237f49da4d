"""What the desk promises by itself, in both languages, for readers of either.

The promise is made in the customer's language; what an agent typed stays as it is.
"""

from __future__ import annotations

from console.desk.complaint import FIRST_ANSWER, PLAN
from console.desk.words import Words
from console.desk.work_order import WorkOrderKind, promise_words

_OWN = (
    FIRST_ANSWER,
    PLAN,
    *(Words(promise_words(kind, "zh"), promise_words(kind, "en")) for kind in WorkOrderKind),
)


def own_promise(text: str) -> Words | str:
    return next((one for one in _OWN if text in (one.zh, one.en)), text)

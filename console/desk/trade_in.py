"""Trading old things in: what an item is worth by the questionnaire, and the states it goes through.

The estimate is a range from policy rows; brand and model are written down for the check, which
alone decides. Source: docs/sources.md#trade-in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from console.desk.money import yuan
from console.desk.policy import PolicyBook, Subject
from console.desk.product import Category
from console.desk.wording import local_time


class Age(StrEnum):
    UNDER_1 = "under_1"  # years in use
    UNDER_3 = "under_3"
    OVER_3 = "over_3"


class Looks(StrEnum):
    GOOD = "good"
    WORN = "worn"
    BROKEN = "broken"  # screen or case


class Mode(StrEnum):
    """When the money comes."""

    AFTER = "after"  # pay the new one in full; money after the check
    AT_ONCE = "at_once"  # taken off the new one's price; settled after the check


class CheckStep(StrEnum):
    """Said by a person who may approve."""

    CHECK = "check"  # what the old things are worth after all
    PAID = "paid"  # the money is with the customer


class TradeInState(StrEnum):
    REQUESTED = "requested"  # a courier will fetch it
    CHECKED = "checked"  # within the range or better: the money follows
    REVALUED = "revalued"  # below the range: the customer answers
    RECHECKING = "rechecking"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    PAID = "paid"


_S = TradeInState
_NEXT = {
    _S.REQUESTED: frozenset({_S.CHECKED, _S.REVALUED, _S.WITHDRAWN}),
    _S.REVALUED: frozenset({_S.ACCEPTED, _S.WITHDRAWN, _S.RECHECKING}),
    _S.RECHECKING: frozenset({_S.CHECKED, _S.REVALUED, _S.WITHDRAWN}),
    _S.CHECKED: frozenset({_S.PAID}),
    _S.ACCEPTED: frozenset({_S.PAID}),
    _S.WITHDRAWN: frozenset(),
    _S.PAID: frozenset(),
}


_OPEN_STEPS = {
    _S.REQUESTED: (CheckStep.CHECK,),
    _S.RECHECKING: (CheckStep.CHECK,),
    _S.CHECKED: (CheckStep.PAID,),
    _S.ACCEPTED: (CheckStep.PAID,),
}


def open_check_steps(state: TradeInState) -> tuple[CheckStep, ...]:
    """What a person can do next; nothing while the customer is waited for."""
    return _OPEN_STEPS.get(state, ())


def is_to_be_checked(state: TradeInState) -> bool:
    """A person owes a look at it."""
    return CheckStep.CHECK in open_check_steps(state)


def may_become(old: TradeInState, new: TradeInState) -> bool:
    return new in _NEXT[old]


@dataclass(frozen=True, slots=True, kw_only=True)
class OldItem:
    """`model`: brand and model in the customer's words."""

    category: Category
    model: str
    age: Age
    works: bool
    looks: Looks


@dataclass(frozen=True, slots=True)
class Estimate:
    low_fen: int
    high_fen: int


def is_taken(category: Category, policies: PolicyBook, now: datetime) -> bool:
    return policies.number("trade_in.base_fen", now, Subject(category=category)) > 0


def estimate(items: Iterable[OldItem], policies: PolicyBook, now: datetime) -> Estimate:
    """Whole yuan, the sum over all items; what does not work is worth little, never less than 0."""
    middle = sum(_worth_fen(item, policies, now) for item in items)
    spread = policies.number("trade_in.spread_percent", now)
    return Estimate(
        low_fen=_whole_yuan(middle * (100 - spread) // 100),
        high_fen=_whole_yuan(middle * (100 + spread) // 100),
    )


def _worth_fen(item: OldItem, policies: PolicyBook, now: datetime) -> int:
    worth = policies.number("trade_in.base_fen", now, Subject(category=item.category))
    keys = [f"trade_in.age_{item.age}_percent", f"trade_in.looks_{item.looks}_percent"]
    if not item.works:
        keys.append("trade_in.defective_percent")
    for key in keys:
        worth = worth * policies.number(key, now) // 100
    return worth


def _whole_yuan(fen: int) -> int:
    return fen // 100 * 100


def valid_until(made_at: datetime, policies: PolicyBook) -> datetime:
    return made_at + timedelta(hours=policies.number("trade_in.valid_hours", made_at))


def answer_until(revalued_at: datetime, policies: PolicyBook) -> datetime:
    """Until then the customer takes the new value, withdraws or wants a second check."""
    return revalued_at + timedelta(hours=policies.number("trade_in.answer_hours", revalued_at))


def state_after_check(low_fen: int, final_fen: int) -> TradeInState:
    """Only a value below the range is put to the customer."""
    return _S.REVALUED if final_fen < low_fen else _S.CHECKED


_STATES = {
    _S.REQUESTED: ("等快递员上门取旧机", "waiting for the courier"),
    _S.CHECKED: ("检测通过，正在打款", "checked, the money follows"),
    _S.REVALUED: ("检测后估价有变，等您确认", "revalued, waiting for your answer"),
    _S.RECHECKING: ("正在复检", "being checked again"),
    _S.ACCEPTED: ("您已确认，正在打款", "accepted, the money follows"),
    _S.WITHDRAWN: ("已撤回，旧机会寄还给您", "withdrawn, the old things come back to you"),
    _S.PAID: ("已打款", "paid"),
}


def trade_in_state_label(state: TradeInState, lang: str) -> str:
    return _STATES[state][lang == "en"]


def trade_in_checked_text(
    trade_in_no: str, final_fen: int, note: str, answer_by: datetime | None, lang: str
) -> str:
    """`answer_by`: until when a value below the range waits for the customer's word."""
    why = f"（{note}）" if note and lang != "en" else f" ({note})" if note else ""
    if lang == "en":
        said = (
            f"Your old things of {trade_in_no} were checked{why} and are worth ¥{yuan(final_fen)}."
        )
        if answer_by is None:
            return f"{said} The money follows."
        by = local_time(lang, answer_by)
        return (
            f"{said} That is below the estimate: please tell us by {by} whether you accept it, want "
            "a second check, or want your things back free of charge."
        )
    said = f"{trade_in_no} 的旧机检测好了{why}，值 {yuan(final_fen)} 元"
    if answer_by is None:
        return f"{said}，马上打款。"
    return (
        f"{said}，比预估低。请在 {local_time(lang, answer_by)} 前告诉我：接受、申请复检，"
        "或者退回旧机（免费寄还）。"
    )


def trade_in_paid_text(trade_in_no: str, final_fen: int, lang: str) -> str:
    if lang == "en":
        return f"The ¥{yuan(final_fen)} for your old things of {trade_in_no} has been paid."
    return f"{trade_in_no} 的旧机款 {yuan(final_fen)} 元已经打给您。"


def trade_in_lapsed_text(trade_in_no: str, answer_by: datetime, lang: str) -> str:
    by = local_time(lang, answer_by)
    if lang == "en":
        return (
            f"The new value of {trade_in_no} was not answered by {by}, so it is withdrawn "
            "and your things come back to you free of charge."
        )
    return f"{trade_in_no} 的新估价到 {by} 还没有确认，已经撤回，旧机免费寄还给您。"

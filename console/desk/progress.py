"""Where a refund stands, as steps that a customer can read from left to right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from console.desk.after_sale import AfterSaleKind, AfterSaleState
from console.desk.order import PaymentSource


@dataclass(frozen=True, slots=True)
class Step:
    """`key` names the label; exactly one step is current unless all are done."""

    key: str
    at: datetime | None
    is_done: bool
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundProgress:
    """`rma_no` only with a return; `source` decides what is said about arrival."""

    order_no: str
    title: str
    title_en: str
    amount_fen: int
    steps: tuple[Step, ...]
    started_at: datetime
    rma_no: str | None = None
    source: PaymentSource | None = None
    ended: str = ""  # rejected, cancelled, expired: why there will be no more steps
    kind: AfterSaleKind | None = None  # of a request on file

    @property
    def is_running(self) -> bool:
        return not self.ended and any(not step.is_done for step in self.steps)


def steps(keys: Sequence[str], times: Sequence[datetime | None], done: int) -> tuple[Step, ...]:
    """The first `done` of `keys` are done, the next one is current."""
    return tuple(
        Step(key, at if index < done else None, index < done, index == done)
        for index, (key, at) in enumerate(zip(keys, times, strict=True))
    )


_S = AfterSaleState
RETURN_STEPS = ("submitted", "approved", "in_return", "received", "inspected", "refunded")
# How many of RETURN_STEPS are done in each state.
_DONE_IN = {
    _S.SUBMITTED: 1, _S.NEED_INFO: 1, _S.REJECTED: 1, _S.APPROVED: 2, _S.AWAITING_RETURN: 2,
    _S.IN_RETURN: 3, _S.RECEIVED: 4, _S.INSPECTION_FAILED: 4, _S.DISPUTED: 4, _S.INSPECTED: 5,
    _S.EXCHANGING: 5, _S.REPAIRING: 5, _S.REFUNDING: 5, _S.DONE: 6, _S.CANCELLED: 1, _S.EXPIRED: 1,
}  # fmt: skip
_REACHED_BY = {
    _S.SUBMITTED: 0, _S.APPROVED: 1, _S.IN_RETURN: 2, _S.RECEIVED: 3, _S.INSPECTED: 4, _S.DONE: 5,
}  # fmt: skip


# The last step of each kind, and the kinds whose goods nobody has to send back first.
_LAST = {
    AfterSaleKind.RETURN: "refunded",
    AfterSaleKind.REFUND_ONLY: "refunded",
    AfterSaleKind.EXCHANGE: "exchanged",
    AfterSaleKind.SIZE_SWAP: "exchanged",
    AfterSaleKind.DOOR_EXCHANGE: "exchanged",
    AfterSaleKind.REPAIR: "repaired",
}
_AT_ONCE = frozenset(
    {AfterSaleKind.REFUND_ONLY, AfterSaleKind.SIZE_SWAP, AfterSaleKind.DOOR_EXCHANGE}
)
MONEY_KINDS = frozenset({AfterSaleKind.RETURN, AfterSaleKind.REFUND_ONLY})


def request_steps(
    kind: AfterSaleKind,
    state: AfterSaleState,
    history: Iterable[tuple[AfterSaleState, datetime]],
) -> tuple[Step, ...]:
    """`history`: oldest first; a state that was entered twice shows its last time."""
    times: list[datetime | None] = [None] * len(RETURN_STEPS)
    been = list(history)
    for reached, at in been:
        if reached in _REACHED_BY:
            times[_REACHED_BY[reached]] = at
    keys, done = (*RETURN_STEPS[:-1], _LAST[kind]), _DONE_IN[state]
    if kind not in _AT_ONCE and not _is_sent_first({reached for reached, _ in been}):
        return steps(keys, times, done)
    short = done if done < 3 else 2 + (state is AfterSaleState.DONE)
    return steps((*keys[:2], keys[-1]), (*times[:2], times[-1]), short)


def _is_sent_first(been: Set[AfterSaleState]) -> bool:
    """New goods went off without waiting for the old ones, if those come back at all."""
    return _S.EXCHANGING in been and _S.IN_RETURN not in been

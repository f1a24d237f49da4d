"""What warehouse and colleagues do to a request on file, and the states that leads through.

Money follows only the policy's yes and a passed inspection, or a person who may approve by hand.
"""

from __future__ import annotations

from enum import StrEnum

from console.desk.after_sale import AfterSaleKind, AfterSaleRequest, AfterSaleState, ReturnWay


class Step(StrEnum):
    """Said by a person or the warehouse."""

    APPROVE = "approve"
    REJECT = "reject"
    ASK_INFO = "ask_info"
    PICKED_UP = "picked_up"
    ARRIVED = "arrived"
    PASSED = "passed"
    FAILED = "failed"
    PAY_PART = "pay_part"  # after a failed inspection, agreed with the customer
    SEND_BACK = "send_back"  # after a failed inspection: the goods go back, no money
    FINISH = "finish"  # the new or repaired thing is with the customer


_S, _K = AfterSaleState, AfterSaleKind
_FROM = {
    Step.APPROVE: frozenset({_S.SUBMITTED, _S.DISPUTED}),
    Step.REJECT: frozenset({_S.SUBMITTED, _S.NEED_INFO, _S.DISPUTED}),
    Step.ASK_INFO: frozenset({_S.SUBMITTED}),
    Step.PICKED_UP: frozenset({_S.AWAITING_RETURN}),
    Step.ARRIVED: frozenset({_S.AWAITING_RETURN, _S.IN_RETURN}),
    Step.PASSED: frozenset({_S.RECEIVED}),
    Step.FAILED: frozenset({_S.RECEIVED}),
    Step.PAY_PART: frozenset({_S.INSPECTION_FAILED}),
    Step.SEND_BACK: frozenset({_S.INSPECTION_FAILED}),
    Step.FINISH: frozenset({_S.EXCHANGING, _S.REPAIRING}),
}
_FULFILS = {
    _K.RETURN: _S.REFUNDING,
    _K.REFUND_ONLY: _S.REFUNDING,
    _K.EXCHANGE: _S.EXCHANGING,
    _K.SIZE_SWAP: _S.EXCHANGING,
    _K.DOOR_EXCHANGE: _S.EXCHANGING,
    _K.REPAIR: _S.REPAIRING,
}
_ENDS = {
    Step.REJECT: (_S.REJECTED,),
    Step.ASK_INFO: (_S.NEED_INFO,),
    Step.PICKED_UP: (_S.IN_RETURN,),
    Step.FAILED: (_S.INSPECTION_FAILED,),
    Step.PAY_PART: (_S.REFUNDING,),
    Step.SEND_BACK: (_S.DONE,),
    Step.FINISH: (_S.DONE,),
}


def states_after(request: AfterSaleRequest, step: Step) -> tuple[AfterSaleState, ...]:
    """Every state it passes through, in order; empty when the step does not fit the state."""
    if request.state not in _FROM[step]:
        return ()
    if step is Step.PAY_PART and not request.pays_money_back:
        return ()
    if step is Step.APPROVE:
        is_kept = request.request.way is ReturnWay.KEEP
        return (_S.APPROVED, _FULFILS[request.kind] if is_kept else _S.AWAITING_RETURN)
    if step is Step.ARRIVED:
        is_on_its_way = request.state is _S.IN_RETURN
        return (_S.RECEIVED,) if is_on_its_way else (_S.IN_RETURN, _S.RECEIVED)
    if step is Step.PASSED:
        return (_S.INSPECTED, _FULFILS[request.kind])
    return _ENDS[step]


def pays(request: AfterSaleRequest, step: Step) -> bool:
    """Money goes back with this step."""
    return AfterSaleState.REFUNDING in states_after(request, step)


def open_steps(request: AfterSaleRequest) -> tuple[Step, ...]:
    """Every step that fits the state, in the order of their names above."""
    return tuple(step for step in Step if states_after(request, step))

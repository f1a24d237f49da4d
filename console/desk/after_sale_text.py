"""What customers are told about a request on file: whose turn it is, and what just happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from console.desk.after_sale import AfterSaleKind, AfterSaleRequest, AfterSaleState
from console.desk.after_sale_step import Step
from console.desk.money import yuan
from console.desk.wording import local_time

_S = AfterSaleState
# What is going on in each state and what comes next; {due} is when it should be over, other names
# are spans of the policy.
_NOW = {
    _S.SUBMITTED: (
        "同事正在审核，{due}前有结果。",
        "A colleague is checking it; you will know by {due}.",
    ),
    _S.NEED_INFO: (
        "还差一些资料，请在 {due} 前补充，直接发在这里就行。",
        "Something is still needed from you by {due}; just send it here.",
    ),
    _S.APPROVED: (
        "审核通过了，正在安排下一步。",
        "It is approved; the next step is being arranged.",
    ),
    _S.REJECTED: (
        "审核没有通过。有不同意见可以找同事复核。",
        "It was not approved. If you disagree, a colleague can look again.",
    ),
    _S.AWAITING_RETURN: (
        "审核通过，等您把商品寄回，请在 {due} 前寄出。",
        "It is approved and waits for the goods; please send them by {due}.",
    ),
    _S.IN_RETURN: (
        "商品在退回的路上，仓库收到后 {inspection}内验货。",
        "The goods are on their way back; they are inspected within {inspection} of arrival.",
    ),
    _S.RECEIVED: (
        "仓库已收到，{due}前完成验货。",
        "The warehouse has the goods and inspects them by {due}.",
    ),
    _S.INSPECTED: (
        "验货通过了，{due}前完成下一步。",
        "The inspection was passed; the next step is done by {due}.",
    ),
    _S.INSPECTION_FAILED: (
        "验货没有通过，同事会跟您商量怎么处理。",
        "The inspection was not passed; a colleague talks to you about what to do.",
    ),
    _S.REFUNDING: ("正在退款，{due}前退出。", "The refund is being made, by {due}."),
    _S.EXCHANGING: ("正在给您换新的发出。", "The new item is being sent to you."),
    _S.REPAIRING: ("正在维修。", "It is being repaired."),
    _S.DISPUTED: (
        "有争议，同事在处理，{due}前给您答复。",
        "It is disputed; a colleague answers by {due}.",
    ),
    _S.DONE: ("已经全部办完。", "All done."),
    _S.CANCELLED: ("这个申请已经撤销。", "This request was withdrawn."),
    _S.EXPIRED: (
        "超过寄回期限，申请已经关闭。",
        "The time for sending it back is over; the request is closed.",
    ),
}
_KINDS = {
    AfterSaleKind.RETURN: ("退货", "Return"),
    AfterSaleKind.REFUND_ONLY: ("仅退款", "Refund only"),
    AfterSaleKind.EXCHANGE: ("换货", "Exchange"),
    AfterSaleKind.SIZE_SWAP: ("换尺码", "Size swap"),
    AfterSaleKind.DOOR_EXCHANGE: ("上门换新", "Exchange at the door"),
    AfterSaleKind.REPAIR: ("维修", "Repair"),
}


def over_text(state: AfterSaleState, lang: str) -> str:
    """Of a request that was withdrawn or has lapsed; for whoever still had to look at it."""
    return _NOW[state][lang == "en"]


def request_kind_label(kind: AfterSaleKind, lang: str) -> str:
    return _KINDS[kind][lang == "en"]


def request_heading(kind: AfterSaleKind, lang: str) -> str:
    label = request_kind_label(kind, lang)
    return f"{label}: progress" if lang == "en" else f"{label}进度"


Spans = Callable[[str, str], str]
"""Key of a policy row and language, to words: "48 小时"."""


def happening_text(state: AfterSaleState, due_at: datetime | None, spans: Spans, lang: str) -> str:
    """`due_at`: of the clock that runs in this state, if one does."""
    text = _NOW[state][lang == "en"]
    return text.format(due=local_time(lang, due_at) if due_at else "", **_told(spans, lang))


def _told(spans: Spans, lang: str) -> dict[str, str]:
    return {name: spans(f"after_sale.{name}_hours", lang) for name in ("inspection", "send_back")}


_STEPS = {
    Step.APPROVE: ("审核通过了。{happening}", "was approved. {happening}"),
    Step.REJECT: (
        "审核没有通过：{note}。有不同意见直接回复，我请同事复核。",
        "was not approved: {note}. If you disagree just write back and a colleague looks again.",
    ),
    Step.ASK_INFO: (
        "还差一点资料：{note}。直接发在这里就行。",
        "needs something more: {note}. Just send it here.",
    ),
    Step.PICKED_UP: ("快递员已经取走，正在退回。", "was collected and is on its way back."),
    Step.ARRIVED: (
        "仓库已经收到，{inspection}内验货。",
        "has arrived and is inspected within {inspection}.",
    ),
    Step.PASSED: ("验货通过了。{happening}", "passed the inspection. {happening}"),
    Step.FAILED: (
        "验货没有通过：{note}。同事会跟您商量：部分退款，或者寄还给您。",
        "did not pass the inspection: {note}. A colleague offers you a part refund or the goods back.",
    ),
    Step.PAY_PART: (
        "按商量好的退款 {amount} 元，马上打款。",
        "is refunded with ¥{amount} as agreed; the money is on its way.",
    ),
    Step.SEND_BACK: ("商品已经寄还给您，这单不退款。", "goes back to you; nothing is refunded."),
    Step.FINISH: ("已经办完，祝您使用愉快。", "is done. Enjoy it."),
}


def step_text(step: Step, request: AfterSaleRequest, note: str, spans: Spans, lang: str) -> str:
    """What the customer hears when somebody moved the request on."""
    text = _STEPS[step][lang == "en"].format(
        note=note or ("see the request" if lang == "en" else "详见售后单"),
        amount=yuan(request.refund.total_fen),
        happening=happening_after(request.state, spans, lang),
        **_told(spans, lang),
    )
    return f"{_named(request, lang)}{' ' if lang == 'en' else ''}{text}"


def happening_after(state: AfterSaleState, spans: Spans, lang: str) -> str:
    """What comes next, without a day."""
    plain = {
        _S.AWAITING_RETURN: ("请在 {send_back}内寄回。", "Please send it within {send_back}."),
        _S.REFUNDING: (
            "正在给您退款，原路退回。",
            "The refund is on its way to where you paid from.",
        ),
        _S.DONE: ("退款已经发出，原路退回。", "The refund was sent to where you paid from."),
    }
    return plain.get(state, _NOW[state])[lang == "en"].format(due="", **_told(spans, lang))


def reminder_text(request: AfterSaleRequest, due_at: datetime, lang: str) -> str:
    when = local_time(lang, due_at)
    if lang == "en":
        return f"{_named(request, lang)} waits for you: please send it by {when}, or it is closed."
    return f"{_named(request, lang)}还在等您寄回，请在 {when} 前寄出，超时会自动关闭。"


def expired_text(request: AfterSaleRequest, lang: str) -> str:
    if lang == "en":
        return (
            f"{_named(request, lang)} is closed, as nothing was sent in time. You may file again."
        )
    return f"{_named(request, lang)}超过期限没有寄回，已经关闭。还在期限内的话可以重新申请。"


def _named(request: AfterSaleRequest, lang: str) -> str:
    if lang == "en":
        return f'Request {request.rma_no} for "{request.title_en or request.title}"'
    return f"“{request.title}”的售后单 {request.rma_no}"

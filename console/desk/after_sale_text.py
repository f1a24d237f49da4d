"""What customers are told about a request on file: whose turn it is, and what just happened."""

from __future__ import annotations

from datetime import datetime

from console.desk.after_sale import AfterSaleKind, AfterSaleState
from console.desk.wording import local_time

_S = AfterSaleState
# What is going on in each state and what comes next; {due} is when it should be over.
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
        "商品在退回的路上，仓库收到后 48 小时内验货。",
        "The goods are on their way back; they are inspected within 48 hours of arrival.",
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


def request_heading(kind: AfterSaleKind, lang: str) -> str:
    label = _KINDS[kind][lang == "en"]
    return f"{label}: progress" if lang == "en" else f"{label}进度"


def happening_text(state: AfterSaleState, due_at: datetime | None, lang: str) -> str:
    """`due_at`: of the clock that runs in this state, if one does."""
    text = _NOW[state][lang == "en"]
    return text.format(due=local_time(lang, due_at) if due_at else "")

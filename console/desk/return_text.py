"""Words for returns in both languages: reasons, conditions, ways, states, and who pays freight.

Why the policy says no is in `reason_text.py`.
"""

from __future__ import annotations

from console.desk.after_sale import AfterSaleState, Condition, Fault, ReturnReason, ReturnWay
from console.desk.money import yuan
from console.desk.refund import Refund

_R, _S = ReturnReason, AfterSaleState
_REASONS = {
    _R.NO_LONGER_WANTED: ("不想要了", "No longer wanted"),
    _R.WRONG_SIZE: ("尺码不合适", "Wrong size"),
    _R.WRONG_CHOICE: ("买错了", "Bought by mistake"),
    _R.PRICE_DROPPED: ("降价了", "The price dropped"),
    _R.LATE_DELIVERY: ("送得太慢", "Too slow"),
    _R.DAMAGED: ("收到时破损", "Arrived damaged"),
    _R.MISSING_PARTS: ("少件或缺配件", "Parts missing"),
    _R.WRONG_ITEM: ("发错货", "Wrong item sent"),
    _R.QUALITY_FAULT: ("质量问题", "Faulty"),
    _R.NOT_AS_DESCRIBED: ("与描述不符", "Not as described"),
    _R.SUSPECTED_FAKE: ("怀疑不是正品", "Suspected fake"),
    _R.EXPIRED: ("过期", "Expired"),
    _R.ALLERGIC: ("使用后过敏", "Allergic reaction"),
    _R.PET_REFUSES: ("宠物不接受", "The pet refuses it"),
    _R.OUTGROWN: ("孩子长大了", "Outgrown"),
    _R.OTHER: ("其他原因", "Another reason"),
}
_CONDITIONS = {
    Condition.UNOPENED: ("没拆封", "Unopened"),
    Condition.OPENED: ("已拆封，完好", "Opened, as new"),
    Condition.USED: ("用过", "Used"),
}
_WAYS = {
    ReturnWay.PICKUP: ("上门取件", "Courier pickup"),
    ReturnWay.SELF_SHIP: ("自己寄回", "Sent by yourself"),
}
_STATES = {
    _S.SUBMITTED: ("待审核", "Waiting for review"),
    _S.NEED_INFO: ("待补充资料", "More information needed"),
    _S.APPROVED: ("已通过", "Approved"),
    _S.REJECTED: ("未通过", "Rejected"),
    _S.AWAITING_RETURN: ("已通过，待寄回", "Approved, waiting for the goods"),
    _S.IN_RETURN: ("退回途中", "On its way back"),
    _S.RECEIVED: ("仓库已收到", "Received"),
    _S.INSPECTED: ("验货通过", "Inspected"),
    _S.INSPECTION_FAILED: ("验货未通过", "Inspection failed"),
    _S.REFUNDING: ("退款中", "Refunding"),
    _S.EXCHANGING: ("换货中", "Exchanging"),
    _S.REPAIRING: ("维修中", "Being repaired"),
    _S.DONE: ("已完成", "Done"),
    _S.CANCELLED: ("已撤销", "Withdrawn"),
    _S.EXPIRED: ("超时关闭", "Expired"),
    _S.DISPUTED: ("有争议，处理中", "Disputed"),
}


def reason_label(reason: ReturnReason, lang: str) -> str:
    return _REASONS[reason][lang == "en"]


def condition_label(condition: Condition, lang: str) -> str:
    return _CONDITIONS[condition][lang == "en"]


def way_label(way: ReturnWay, lang: str) -> str:
    return _WAYS[way][lang == "en"]


def state_label(state: AfterSaleState, lang: str) -> str:
    return _STATES[state][lang == "en"]


def freight_note(way: ReturnWay, fault: Fault, refund: Refund, lang: str) -> str:
    """Who pays for the way back, and when."""
    if refund.return_freight_fen or way is ReturnWay.PICKUP:
        return fee_text(refund.return_freight_fen, lang)
    if fault is Fault.CUSTOMER:
        zh = "寄回运费由您承担"
        return "The freight for sending it back is yours" if lang == "en" else zh
    zh = "寄回运费由我们承担，寄到付就行"
    return "We pay the freight; send it carriage forward" if lang == "en" else zh


def fee_text(fee_fen: int, lang: str) -> str:
    """What the courier collects."""
    if not fee_fen:
        return "The pickup is free" if lang == "en" else "上门取件免费"
    if lang == "en":
        return f"The courier collects ¥{yuan(fee_fen)} at the door"
    return f"上门取件运费 {yuan(fee_fen)} 元，由快递员当面收取"

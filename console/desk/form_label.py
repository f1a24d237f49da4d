"""How a form that is being filled is called, for the person who takes it over; and its stage."""

from __future__ import annotations

from console.desk.words import Words

_FORMS = {  # form: (Chinese, English, stage)
    "alert_form": ("订到货或降价提醒", "an alert for stock or price", "presale"),
    "need_form": ("挑选商品", "finding the right product", "presale"),
    "size_form": ("选尺码", "choosing a size", "presale"),
    "custom_form": ("定制", "a customised order", "presale"),
    "bulk_form": ("批量采购", "a bulk purchase", "presale"),
    "trade_in_form": ("以旧换新", "a trade-in", "presale"),
    "address_form": ("改收货信息", "a change of the delivery details", "order"),
    "cancel_form": ("取消订单", "cancelling an order", "order"),
    "invoice_form": ("开发票", "an invoice", "order"),
    "invoice_change_form": ("改发票", "correcting an invoice", "order"),
    "item_change_form": ("改订单商品", "a change of the order", "order"),
    "lost_form": ("签收未收到", "a parcel that did not arrive", "order"),
    "watch_form": ("订物流提醒", "news about an order", "order"),
    "return_form": ("退货", "a return", "aftersale"),
    "refund_only_form": ("仅退款", "a refund without a return", "aftersale"),
    "exchange_form": ("换货", "an exchange", "aftersale"),
    "size_swap_form": ("换尺码", "a size swap", "aftersale"),
    "repair_form": ("报修", "a repair", "aftersale"),
    "door_swap_form": ("上门换新", "a new one at the door", "aftersale"),
    "damage_form": ("收到破损", "goods that came damaged", "aftersale"),
    "missing_form": ("少件", "missing parts", "aftersale"),
    "wrong_form": ("发错货", "wrong goods", "aftersale"),
    "quality_form": ("质量问题", "a fault", "aftersale"),
    "rma_change_form": ("改售后单", "a change of a request", "aftersale"),
    "tracking_form": ("填寄回单号", "the parcel that was sent back", "aftersale"),
    "slot_form": ("约上门时间", "a time for the courier", "aftersale"),
    "callback_form": ("预约回电", "a call back", None),
    "complaint_form": ("投诉", "a complaint", None),
}


def form_label(form: str) -> Words | None:
    """None for a form that customers do not know of."""
    words = _FORMS.get(form)
    return Words(words[0], words[1]) if words else None


def form_stage(form: str | None) -> str | None:
    """None where the stage stays as it was."""
    return _FORMS[form][2] if form in _FORMS else None

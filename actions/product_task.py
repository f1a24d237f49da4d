"""The question before a sale that a bare answer ("the white one", "to Xinjiang") goes on with."""

from __future__ import annotations

from actions.authenticity import AnswerAuthenticity
from actions.comparison import CompareProducts
from actions.coupon import DiagnoseCoupon
from actions.delivery import AnswerDeliveryMethod, AnswerDeliveryTime, AnswerShippingFee
from actions.installation import AnswerInstallation
from actions.payment_method import AnswerPaymentMethod
from actions.price import AnswerBargain, AnswerPrice
from actions.product_choice import KEPT, named_goods, read_position
from actions.product_detail import AnswerAttribute, AnswerUsage
from actions.promotion import AnswerPromotion
from actions.stock import AnswerStock
from actions.troubleshooting import Troubleshoot
from actions.turn import DeskAction, Turn
from actions.warranty import AnswerWarrantyPolicy, FindServiceCenter
from console.services.product import catalogue

_NAMING = ("product", "product_id", "category", "brand", *KEPT)
PRODUCT_TASKS: dict[str, type[DeskAction]] = {
    "ask_authenticity": AnswerAuthenticity,
    "ask_delivery_method": AnswerDeliveryMethod,
    "ask_delivery_time": AnswerDeliveryTime,
    "ask_install_service": AnswerInstallation,
    "ask_payment_method": AnswerPaymentMethod,
    "ask_price": AnswerPrice,
    "ask_product_attribute": AnswerAttribute,
    "ask_product_usage": AnswerUsage,
    "ask_promotion": AnswerPromotion,
    "ask_shipping_fee": AnswerShippingFee,
    "ask_stock": AnswerStock,
    "ask_troubleshooting": Troubleshoot,
    "ask_warranty_policy": AnswerWarrantyPolicy,
    "find_service_center": FindServiceCenter,
    "bargain_price": AnswerBargain,
    "compare_products": CompareProducts,
    "coupon_unusable": DiagnoseCoupon,
}


def says_more(turn: Turn) -> bool:
    """A product, a variant, a place; after "which one" any words; "the second" of what was shown."""
    if any(turn.entity(name) is not None for name in _NAMING):
        return True
    if is_pending(turn):
        return True
    return bool(turn.slot("shown_products")) and read_position(turn.text) is not None


async def continued(turn: Turn) -> type[DeskAction] | None:
    """The question before, when a message that says no wish of its own completes it.

    "Which one do you mean" is completed by any goods that the shop has; otherwise a place, a
    colour or a whole name is needed.
    """
    task = str(turn.slot("last_task") or "")
    if turn.is_in_form or task not in PRODUCT_TASKS:
        return None
    if any(turn.entity(name) is not None for name in ("product", "region", "variant", "size")):
        return PRODUCT_TASKS[task]
    if is_pending(turn) and named_goods(turn, await catalogue(turn.desk)):
        return PRODUCT_TASKS[task]
    return None


def is_pending(turn: Turn) -> bool:
    """ "Which one do you mean" was asked last, and nothing else since."""
    question = turn.slot("product_question")
    return isinstance(question, dict) and question["intent"] == turn.slot("last_task")

"""The actions before a sale; `registry.py` has the others."""

from __future__ import annotations

from actions.authenticity import AnswerAuthenticity
from actions.comparison import CompareProducts
from actions.coupon import AnswerCoupons, DiagnoseCoupon
from actions.delivery import AnswerDeliveryMethod, AnswerShippingFee
from actions.installation import AnswerInstallation
from actions.membership import AnswerMembership
from actions.payment_method import AnswerPaymentMethod
from actions.price import AnswerPrice
from actions.product import SearchProducts
from actions.product_detail import AnswerAttribute, AnswerUsage
from actions.promotion import AnswerPromotion
from actions.same_question import CheaperBeforeOrAfter, WhenIfOrdered
from actions.stock import AnswerStock

BEFORE_SALE = (
    AnswerAttribute,
    AnswerAuthenticity,
    CheaperBeforeOrAfter,
    AnswerCoupons,
    AnswerDeliveryMethod,
    WhenIfOrdered,
    AnswerInstallation,
    AnswerMembership,
    AnswerPaymentMethod,
    AnswerPrice,
    AnswerPromotion,
    AnswerShippingFee,
    AnswerStock,
    AnswerUsage,
    CompareProducts,
    DiagnoseCoupon,
    SearchProducts,
)

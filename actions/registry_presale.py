"""The actions before a sale; `registry.py` has the others."""

from __future__ import annotations

from actions.account import HelpWithAccount
from actions.authenticity import AnswerAuthenticity
from actions.bulk_purchase import BulkForm, SubmitBulk
from actions.comparison import CompareProducts
from actions.coupon import AnswerCoupons, DiagnoseCoupon
from actions.custom_form import CustomForm, SubmitCustom
from actions.delivery import AnswerDeliveryMethod, AnswerShippingFee
from actions.expert import ConsultExpert
from actions.installation import AnswerInstallation
from actions.item_alert import AlertForm, SubmitAlert
from actions.marketing import RefuseMarketing
from actions.membership import AnswerMembership
from actions.need_form import NeedForm, SubmitNeed
from actions.payment_method import AnswerPaymentMethod
from actions.price import AnswerPrice
from actions.product import SearchProducts
from actions.product_detail import AnswerAttribute, AnswerUsage
from actions.promotion import AnswerPromotion
from actions.same_question import CheaperBeforeOrAfter, WhenIfOrdered
from actions.size_form import SizeForm, SubmitSize
from actions.stock import AnswerStock

BEFORE_SALE = (
    HelpWithAccount,
    BulkForm,
    SubmitBulk,
    CustomForm,
    SubmitCustom,
    ConsultExpert,
    AlertForm,
    SubmitAlert,
    RefuseMarketing,
    NeedForm,
    SubmitNeed,
    SizeForm,
    SubmitSize,
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

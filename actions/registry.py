"""Every action there is, in one list; the domain names the same (a test compares)."""

from __future__ import annotations

from rasa_sdk import Action

from actions.address import AddressForm, SubmitAddress
from actions.cancel import CancelForm, SubmitCancel
from actions.cancel_result import AnswerCancelResult, ExplainCancelled
from actions.complaint import ComplaintForm, SubmitComplaint
from actions.confirm_order import ConfirmOrderInfo
from actions.door_swap import DoorSwapForm, SubmitDoorSwap
from actions.exchange import ExchangeForm, SubmitExchange
from actions.handoff import Soothe
from actions.invoice import InvoiceForm, SubmitInvoice
from actions.invoice_change import InvoiceChangeForm, SubmitInvoiceChange
from actions.invoice_query import ShowInvoices
from actions.item_change import ItemChangeForm, SubmitItemChange
from actions.loose_end import Confirm, CorrectInformation, Decline, LeaveTask, UseInformation
from actions.lost import LostForm, SubmitLost
from actions.order import AnswerUrge, ShowOrder, TrackParcels
from actions.order_watch import SubmitWatch, WatchForm
from actions.payment import ExplainDouble, ExplainPayment
from actions.place_order import HelpToOrder
from actions.price_protection import AnswerPriceProtectPolicy, ClaimPriceProtection
from actions.promise_ledger import RequestHandoffOrTell
from actions.refund_only import RefundOnlyForm, SubmitRefundOnly
from actions.refuse import AnswerRefusal
from actions.registry_on_file import ON_FILE
from actions.registry_presale import BEFORE_SALE
from actions.remedy import CarryOutRemedy
from actions.repair import RepairForm, SubmitRepair
from actions.report_form import DamageForm, MissingForm, QualityForm, WrongForm
from actions.return_form import ReturnForm
from actions.return_request import AnswerReturnPolicy, ShowRefunds, SubmitReturn
from actions.same_question import WhenItComes
from actions.same_wish import ReadTogether
from actions.size_swap import SizeSwapForm, SubmitSizeSwap
from actions.stalled import CheckStalled
from actions.troubleshooting import Troubleshoot
from actions.warranty import AnswerWarranty, AnswerWarrantyPolicy, FindServiceCenter
from console.services.parts import Desk

_EVERY = (
    SubmitWatch,
    WatchForm,
    *ON_FILE,
    ItemChangeForm,
    SubmitItemChange,
    AddressForm,
    SubmitAddress,
    ExplainDouble,
    ExplainPayment,
    InvoiceChangeForm,
    InvoiceForm,
    ShowInvoices,
    SubmitInvoice,
    SubmitInvoiceChange,
    AnswerCancelResult,
    AnswerRefusal,
    ConfirmOrderInfo,
    ExplainCancelled,
    HelpToOrder,
    *BEFORE_SALE,
    WhenItComes,
    AnswerReturnPolicy,
    AnswerUrge,
    CancelForm,
    CarryOutRemedy,
    AnswerWarranty,
    AnswerWarrantyPolicy,
    FindServiceCenter,
    Troubleshoot,
    DamageForm,
    DoorSwapForm,
    ExchangeForm,
    RefundOnlyForm,
    RepairForm,
    SizeSwapForm,
    SubmitDoorSwap,
    SubmitExchange,
    SubmitRefundOnly,
    SubmitRepair,
    SubmitSizeSwap,
    MissingForm,
    QualityForm,
    WrongForm,
    CheckStalled,
    AnswerPriceProtectPolicy,
    ClaimPriceProtection,
    ComplaintForm,
    Confirm,
    CorrectInformation,
    Decline,
    LeaveTask,
    LostForm,
    ReadTogether,
    RequestHandoffOrTell,
    ReturnForm,
    ShowOrder,
    ShowRefunds,
    Soothe,
    SubmitCancel,
    SubmitComplaint,
    SubmitLost,
    SubmitReturn,
    TrackParcels,
    UseInformation,
)


def actions(desk: Desk) -> list[Action]:
    return [kind(desk) for kind in _EVERY]

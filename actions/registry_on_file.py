"""Actions about what is on file already: requests, work orders, calls, claims, marks."""

from __future__ import annotations

from actions.after_sale_progress import ShowAfterSale
from actions.after_sale_urge import UrgeAfterSale
from actions.callback import CallbackForm, SubmitCallback
from actions.price_record import ExplainPriceRefusal, ShowPriceRecord
from actions.promise_ledger import ShowProgressOrApologise
from actions.rating import RateService
from actions.refund_dispute import ExplainRefund
from actions.return_address import AnswerReturnAddress
from actions.return_tracking import SubmitTracking, TrackingForm
from actions.rma_change import RmaChangeForm
from actions.rma_change_submit import SubmitChange
from actions.slot_form import SlotForm, SubmitSlot
from actions.trade_in import SubmitTradeIn, TradeInForm
from actions.trade_in_progress import ShowTradeIns

ON_FILE = (
    ShowTradeIns,
    SubmitTradeIn,
    TradeInForm,
    AnswerReturnAddress,
    CallbackForm,
    ExplainPriceRefusal,
    ExplainRefund,
    RateService,
    RmaChangeForm,
    ShowAfterSale,
    ShowPriceRecord,
    ShowProgressOrApologise,
    SlotForm,
    SubmitCallback,
    SubmitChange,
    SubmitSlot,
    SubmitTracking,
    TrackingForm,
    UrgeAfterSale,
)

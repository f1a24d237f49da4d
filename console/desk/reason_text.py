"""The sentences behind the reason keys of decisions, and when money arrives, in both languages.

Cards show them to customers and agents alike.
"""

from __future__ import annotations

from console.desk.order import PaymentSource

_PRICE = {
    "paid": ("补差价", "Difference paid"),
    "no_drop": ("现在的价格没有低于您的实付价", "Today's price is not below what you paid"),
    "already_claimed": ("之前已补过，价格没有再降", "Paid before; no further fall since"),
    "in_audit": ("差价正在核对，有结果就告诉您", "Being checked already; you'll hear from us"),
    "window_over": ("已过价保期", "The protection window is over"),
    "seller_not_joined": ("这家店铺没有加入价保", "This seller has not joined price protection"),
    "no_stock": (
        "现在无货，无货时的标价不参与价保", "Out of stock: a price at which nobody can buy does not count",
    ),
    "over_purchase_limit": ("购买数量超过现价的限购数", "More than one may buy at that price"),
    "returning": ("正在退货或已退", "Returned or on its way back"),
    "cancelled": ("订单已取消", "The order was cancelled"),
    "unpaid": ("还没付款，按现价下单就好", "Not paid yet; it will be charged at today's price"),
    "signing_unknown": ("签收时间待核实，同事确认后打款", "The delivery date is checked first"),
    "above_claim_limit": ("金额较高，同事审核后打款", "A colleague checks larger amounts first"),
    "above_day_limit": ("今天自动补款已到上限，同事审核", "Today's limit is reached"),
}  # fmt: skip
_PROMOTION = (
    "当时是活动价或专享价，不参与价保",
    "Bought at a promotional price, which is not protected",
)
RETURN_REASONS = {
    "return_running": (
        "这件商品已有进行中的售后申请", "A request for this item is already running",
    ),
    "already_refunded": ("这件商品已经退过款", "This item has been refunded already"),
    "order_cancelled": ("订单已取消，不用退货", "The order was cancelled; nothing goes back"),
    "on_its_way": ("还在路上：可以拦截，或到时拒收", "On its way: it can be stopped or refused"),
    "not_shipped": ("还没发货：直接取消订单", "Not shipped yet: cancel the order instead"),
    "signing_unknown": ("签收时间待核实，需要人工判断", "No delivery date; a person decides"),
    "grave": ("涉及健康、假货或过期，需要人工判断", "Health, a fake, stale food: a person decides"),
    "arrival_window_over": ("已过收货问题的期限，需要人工判断", "Reported late; a person decides"),
    "window_over": ("已过无理由退货期", "The days for a return without a reason are over"),
    "fault_exchange_only": ("已过退货期，质量问题可换货", "Too late for a refund; exchange it"),
    "fault_repair_only": ("已过换货期，质量问题可保修", "Too late to exchange; repair it"),
    "warranty_over": ("已过保修期，需要人工判断", "The warranty is over; a person decides"),
    "made_to_order": ("定制商品不支持无理由退货", "Made to order: back only with a fault"),
    "unsealed_as_confirmed": (
        "下单时确认过：拆封后不支持无理由退货",
        "As confirmed when buying: once opened, only a fault",
    ),
    "used": ("已使用，不支持无理由退货", "Used goods do not come back without a reason"),
    "photos_missing": ("这个原因需要照片", "This reason needs pictures"),
    "quantity_too_high": ("数量超过还能退的件数", "More than can still go back"),
    "amount_above_limit": ("金额较高，需要人工审核", "A large amount; a person checks it"),
    "accessories_missing": (
        "配件不全，扣多少由人工判断", "Accessories are missing; a person decides what that costs",
    ),
}  # fmt: skip
_KIND = ("这类商品不支持无理由退货", "Goods of this kind come back only with a fault")
_ARRIVAL = {
    PaymentSource.POINTS: ("积分马上到账", "points at once"),
    PaymentSource.BALANCE: ("余额马上到账", "on your balance at once"),
    PaymentSource.GIFT_CARD: ("礼品卡马上到账", "on your gift card at once"),
    PaymentSource.E_WALLET: ("1 天内到账", "within a day"),
    PaymentSource.CARD: ("银行卡 1-7 个工作日到账", "on your card within 1-7 working days"),
}
_NO_SOURCE = ("原路退回", "the way it was paid")


def price_reason(key: str, lang: str) -> str:
    if key.startswith("promo_"):
        return _PROMOTION[lang == "en"]
    return _PRICE[key][lang == "en"]


def return_reason(key: str, lang: str) -> str:
    """Why a return is refused or needs a person; empty for a plain yes."""
    if key == "allowed":
        return ""
    return (_KIND if key.startswith("excluded_") else RETURN_REASONS[key])[lang == "en"]


def arrival_text(source: PaymentSource | None, lang: str) -> str:
    """When the slowest part of the money is there (docs/sources.md#arrival)."""
    return (_ARRIVAL[source] if source else _NO_SOURCE)[lang == "en"]


_REFUND_LINES = {
    "goods": ("商品金额", "Goods"),
    "discount": ("优惠分摊", "Discount share"),
    "freight": ("原运费", "Original freight"),
    "price_claim": ("已补差价", "Price difference already paid"),
    "missing_accessories": ("缺少配件", "Missing accessories"),
    "used_benefits": ("已用权益", "Benefits used"),
    "missing_part": ("缺少的配件", "The missing part"),
    "parts_refunded": ("之前已退的缺件款", "Refunded before for missing parts"),
    "inspection": ("验货扣减", "Inspection"),
}


def refund_line_label(key: str, lang: str) -> str:
    return _REFUND_LINES[key][lang == "en"]


_REFUND_REASONS = {
    "discount": ("下单时这件商品用掉的优惠", "the discount this item had when bought"),
    "price_claim": ("之前补过的差价，已经付给您", "paid to you before, when the price fell"),
    "freight": ("下单时付的运费一起退", "what you paid for the delivery"),
    "missing_accessories": ("退回时没有的配件", "accessories that did not come back"),
    "used_benefits": ("已经用掉的权益", "benefits that were used already"),
    "inspection": ("按验货结果", "as found in the inspection"),
}


def refund_line_reason(key: str, lang: str) -> str:
    """Why an amount is added or taken off; empty for the goods themselves."""
    return _REFUND_REASONS[key][lang == "en"] if key in _REFUND_REASONS else ""


_STEPS = {  # once they are done
    "submitted": ("已提交", "Filed"),
    "approved": ("审核通过", "Approved"),
    "in_return": ("已寄回", "On its way back"),
    "received": ("仓库收到", "Received"),
    "inspected": ("验货通过", "Inspected"),
    "refunded": ("已退款", "Refunded"),
    "exchanged": ("已换新", "Exchanged"),
    "repaired": ("已修好", "Repaired"),
    "accepted": ("已受理", "Accepted"),
    "sent": ("已打款", "Paid out"),
    "arrived": ("已到账", "Arrived"),
    "asked": ("已申请拦停", "Asked to stop"),
    "stopped": ("已拦停", "Stopped"),
}
_ENDED = {
    "rejected": ("审核未通过", "Rejected"),
    "cancelled": ("已撤销", "Withdrawn"),
    "expired": ("超时关闭", "Expired"),
}


_STEPS_TO_COME = {
    "submitted": ("待提交", "To be filed"),
    "approved": ("待审核", "To be approved"),
    "in_return": ("待寄回", "To be sent back"),
    "received": ("待仓库收货", "To be received"),
    "inspected": ("待验货", "To be inspected"),
    "refunded": ("待退款", "To be refunded"),
    "exchanged": ("待换新", "To be exchanged"),
    "repaired": ("待修好", "To be repaired"),
    "accepted": ("待受理", "To be accepted"),
    "sent": ("待打款", "To be paid out"),
    "arrived": ("待到账", "To arrive"),
    "asked": ("待申请拦停", "To be asked to stop"),
    "stopped": ("待拦停", "To be stopped"),
}


def step_label(key: str, lang: str, *, is_done: bool) -> str:
    """A step that is still to come never reads as if it had happened."""
    return (_STEPS if is_done else _STEPS_TO_COME)[key][lang == "en"]


def ended_label(key: str, lang: str) -> str:
    """Why a refund goes no further; empty while it runs."""
    return _ENDED[key][lang == "en"] if key else ""


_CLAIM_STATES = {
    "pending": ("已通过，正在打款", "approved, being paid"),
    "paid": ("已补", "paid"),
    "audit": ("同事审核中", "being reviewed"),
    "rejected": ("审核未通过", "not approved"),
    "void": ("已作废（商品退了）", "void, as the goods went back"),
}


def claim_state_label(state: str, lang: str) -> str:
    return _CLAIM_STATES[state][lang == "en"]

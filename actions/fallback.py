"""What happens when a message was not understood: readings as buttons first, then a menu.

The second miss in a row offers a person; nobody is left in a loop (contracts, section 5).
"""

from __future__ import annotations

import json
from typing import override

from actions.handoff import OFFER
from actions.turn import Button, DeskAction, Event, Turn, remember

MOST_READINGS = 3
# How a reading is worded on a button. Intents without words here are never offered.
READINGS = {
    "search_product": ("找商品", "Find a product"),
    "query_order_status": ("查订单状态", "My order's status"),
    "track_logistics": ("看物流到哪了", "Where my parcel is"),
    "ask_arrival_time": ("什么时候送到", "When it arrives"),
    "ask_ship_date": ("什么时候发货", "When it ships"),
    "urge_shipment": ("催发货", "Ship it faster"),
    "urge_delivery": ("催配送", "Deliver it faster"),
    "cancel_order": ("取消订单", "Cancel an order"),
    "request_return": ("申请退货", "Return something"),
    "query_refund_progress": ("查退款进度", "My refund's progress"),
    "apply_price_protect": ("申请补差价", "Get the price difference"),
    "request_exchange": ("换货", "Exchange something"),
    "request_repair": ("报修", "Request a repair"),
    "request_invoice": ("开发票", "Get an invoice"),
    "change_address": ("改收货地址", "Change the address"),
    "ask_return_policy": ("了解退货规则", "Return rules"),
    "ask_price_protect_policy": ("了解价保规则", "Price protection rules"),
    "file_complaint": ("投诉", "File a complaint"),
    "report_broken_promise": ("承诺的事没做到", "A promise that was not kept"),
    "request_human": ("转人工", "Talk to a person"),
    "request_previous_agent": ("找上次的客服", "The agent from before"),
    "ask_service_hours": ("人工服务时间", "Service hours"),
    "recommend_product": ("推荐商品", "A recommendation"),
    "compare_products": ("对比商品", "Compare products"),
    "ask_product_attribute": ("问商品参数和清单", "Product details"),
    "ask_product_usage": ("问商品怎么用、能不能配", "How a product is used"),
    "ask_size_advice": ("选尺码", "Which size to take"),
    "ask_stock": ("问有没有货", "Whether it is in stock"),
    "subscribe_item_alert": ("到货或降价提醒", "An alert for stock or price"),
    "ask_price": ("问价格", "The price"),
    "bargain_price": ("想要优惠价", "A better price"),
    "ask_promotion": ("问活动和赠品", "Promotions and gifts"),
    "ask_coupon": ("领券、查券", "Coupons"),
    "coupon_unusable": ("券用不了", "A coupon that does not work"),
    "ask_payment_method": ("问付款方式", "Ways to pay"),
    "ask_delivery_method": ("问能否送到、能否自提", "Ways of delivery"),
    "ask_delivery_time": ("问下单后几天到", "How long delivery takes"),
    "ask_shipping_fee": ("问运费", "Shipping costs"),
    "ask_install_service": ("问安装", "Installation"),
    "ask_trade_in": ("以旧换新", "Trade something in"),
    "ask_authenticity": ("问是否正品、自营", "Whether it is genuine"),
    "ask_warranty_policy": ("了解保修政策", "Warranty rules"),
    "ask_bulk_purchase": ("批量或企业采购", "A bulk purchase"),
    "ask_customization": ("定制、刻字", "Have it customised"),
    "consult_domain_expert": ("咨询专业人员", "Ask an expert"),
    "place_order_help": ("下单遇到问题", "Trouble placing an order"),
    "payment_problem": ("付款有问题", "A payment problem"),
    "logistics_stalled": ("物流不动或不对", "A parcel that does not move"),
    "change_order_item": ("改订单规格、数量、备注", "Change what was ordered"),
    "query_cancel_result": ("查取消结果", "Whether it was cancelled"),
    "order_cancelled_unexpectedly": ("订单被无故取消", "An order cancelled without me"),
    "schedule_delivery": ("约送货时间", "Choose a delivery time"),
    "refuse_delivery": ("拒收", "Refuse a delivery"),
    "signed_not_received": ("显示签收但没收到", "Signed for but not received"),
    "confirm_order_info": ("核对订单信息", "Check my order's details"),
    "duplicate_order_or_charge": ("重复下单或扣款", "Ordered or charged twice"),
    "query_invoice": ("查看、下载发票", "Find my invoice"),
    "modify_invoice": ("改发票", "Correct an invoice"),
    "subscribe_order_watch": ("发货、到货提醒", "Updates about an order"),
    "request_refund_only": ("只退款不退货", "A refund without a return"),
    "request_size_swap": ("换尺码", "Swap the size"),
    "request_replace_instead_of_repair": ("不修，直接换新", "A new one instead of a repair"),
    "query_after_sale_progress": ("查售后进度", "My request's progress"),
    "dispute_refund_amount": ("退款金额不对", "A wrong refund amount"),
    "cancel_after_sale": ("撤销售后申请", "Withdraw a request"),
    "modify_after_sale": ("修改售后申请", "Change a request"),
    "provide_return_tracking": ("填退货单号", "Give a return's tracking number"),
    "ask_return_address": ("问退货寄到哪", "Where to send a return"),
    "schedule_pickup": ("约上门取件", "Book a pickup"),
    "urge_after_sale": ("催售后处理", "Hurry a request up"),
    "query_price_protect_record": ("查价保记录", "My price protection record"),
    "price_protect_rejected": ("价保没通过", "A rejected price claim"),
    "report_missing_parts": ("少件、缺配件", "Something is missing"),
    "report_wrong_item": ("发错货", "The wrong item came"),
    "report_damaged": ("收到时破损", "It arrived damaged"),
    "report_quality_issue": ("质量问题", "A fault in the product"),
    "ask_troubleshooting": ("使用中出故障怎么办", "Help with a fault"),
    "query_warranty": ("查剩余保修", "How long my warranty lasts"),
    "find_service_center": ("找维修点", "Find a service point"),
    "query_trade_in_progress": ("查旧机回收进度", "My trade-in's progress"),
    "request_compensation": ("要求补偿", "Ask for compensation"),
    "ask_membership": ("会员等级和积分", "Membership and points"),
    "account_help": ("账号问题", "My account"),
    "opt_out_marketing": ("退订营销消息", "No more marketing"),
    "request_callback": ("要求回电", "Have somebody call me"),
    "query_ticket_progress": ("查反映的问题进度", "My case's progress"),
    "rate_service": ("评价服务", "Rate the service"),
}


class OfferReadings(DeskAction):
    action_name = "action_offer_readings"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        if turn.pictures:
            return picture_outside_a_form(turn)
        if turn.misses_before > 0:
            turn.say("utter_offer_person")
            return remember(last_task=OFFER)
        buttons = readings(turn)
        if not buttons:
            turn.say("utter_ask_to_rephrase")
            return []
        turn.say("utter_offer_readings", [*buttons, none_of_these(turn)])
        return []


def readings(turn: Turn) -> list[Button]:
    """The likeliest intents, with an order number that the message named."""
    names = [name for name in turn.ranking if name in READINGS][:MOST_READINGS]
    order_no = turn.entity("order_no")
    entities = json.dumps({"order_no": order_no}) if order_no else ""
    return [
        {"title": turn.words(*READINGS[name]), "payload": f"/{name}{entities}"} for name in names
    ]


def none_of_these(turn: Turn) -> Button:
    title = turn.words("都不是", "None of these")
    return {"title": title, "payload": '/deny{"choice": "none"}'}


def picture_outside_a_form(turn: Turn) -> list[Event]:
    """Kept for a form that asks for photos later."""
    known = turn.slot("photos")
    kept = list(known) if isinstance(known, list) else []
    turn.say("utter_picture_received")
    return remember(photos=[*kept, *(one for one in turn.pictures if one not in kept)])

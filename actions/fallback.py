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

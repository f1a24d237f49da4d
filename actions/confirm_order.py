"""Reading an order back: what was bought, and where it goes, masked."""

from __future__ import annotations

import json
from typing import override

from actions.order import OrderAnswer, other_orders
from actions.turn import Button, Turn
from console.desk.card import line_title, order_card
from console.desk.masking import mask_address, mask_name, mask_phone
from console.desk.order import Order, OrderState

_CHANGEABLE = frozenset({OrderState.UNPAID, OrderState.PAID})


class ConfirmOrderInfo(OrderAnswer):
    action_name = "action_confirm_order_info"
    intent = "confirm_order_info"

    @override
    async def answer(self, turn: Turn, order: Order) -> None:
        turn.say(
            "utter_confirm_order",
            items=_items(turn, order),
            receiver=mask_name(order.receiver_name),
            phone=mask_phone(order.receiver_phone),
            address=mask_address(order.receiver_address),
        )
        buttons = [*_changes(turn, order), *other_orders(turn)]
        turn.show(order_card(order, turn.lang), order.order_no, buttons)


def _items(turn: Turn, order: Order) -> str:
    lines = (
        f"{line_title(one, turn.lang)} {one.variant_label(turn.lang)} ×{one.quantity}".replace(
            "  ", " "
        )
        for one in order.lines
    )
    return turn.words("；", "; ").join(lines)


def _changes(turn: Turn, order: Order) -> list[Button]:
    """What is wrong can be put right at once, as long as nothing was packed."""
    if order.state not in _CHANGEABLE:
        return []
    named = json.dumps({"order_no": order.order_no})
    return [
        {"title": turn.words("改地址", "Change the address"), "payload": f"/change_address{named}"},
        {
            "title": turn.words("改规格或数量", "Change an item"),
            "payload": f"/change_order_item{named}",
        },
    ]

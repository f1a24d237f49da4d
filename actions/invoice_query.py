"""Where invoices are: issued, on the way, or not asked for yet."""

from __future__ import annotations

import json
from typing import override

from actions.invoice import say_invoice
from actions.order_choice import Outcome, choose_order, explain
from actions.turn import Button, DeskAction, Event, Turn
from console.desk.invoice import Invoice
from console.services.invoice import invoices_of

_MOST = 3  # newest ones that are told
_TASK = "query_invoice"


class ShowInvoices(DeskAction):
    action_name = "action_show_invoices"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        if not turn.is_verified:
            turn.say("utter_sign_in_for_money")
            return turn.task_done(_TASK)
        every = await invoices_of(turn.desk, turn.conversation_id)
        named = turn.entity("order_no") or turn.slot("order_no")
        if not named and every:
            _tell(turn, every[:_MOST])
            return turn.task_done(_TASK)
        choice = await choose_order(turn, number=turn.entity("order_no"), known=named)
        if choice.outcome is not Outcome.FOUND or choice.order is None:
            await explain(turn, choice, _TASK, "utter_no_orders")
            return turn.task_done(_TASK)
        order_no = choice.order.order_no
        mine = [one for one in every if one.order_no == order_no]
        if mine:
            _tell(turn, mine)
        else:
            title = turn.words("现在开一张", "Ask for one")
            turn.say("utter_no_invoice", [_button(title, "request_invoice", order_no)])
        return turn.task_done(_TASK, order_no)


def _tell(turn: Turn, invoices: list[Invoice]) -> None:
    for invoice in invoices:
        say_invoice(turn, invoice)
    title = turn.words("重发或改发票", "Resend or correct it")
    turn.add_buttons([_button(title, "modify_invoice", invoices[-1].order_no)])


def _button(title: str, intent: str, order_no: str) -> Button:
    return {"title": title, "payload": f"/{intent}{json.dumps({'order_no': order_no})}"}

"""What the policy says of a return, and how a no is told: with a reason and a way out."""

from __future__ import annotations

from actions.answers import Answers
from actions.handoff import hand_over
from actions.turn import Turn
from console.desk.after_sale import ReturnReason
from console.desk.handoff import HandoffReason
from console.desk.order import Order
from console.desk.return_policy import Alternative, Outcome, ReturnPolicyDecision
from console.services.after_sale import check_return
from console.services.return_terms import terms_of_line


async def terms_of_answers(turn: Turn, answers: Answers) -> dict[str, str]:
    """The lengths that a refusal names, as the rule used them for these goods."""
    item = (str(answers["order_no"]), str(answers["order_item_id"]))
    return await terms_of_line(turn.desk, turn.conversation_id, *item, turn.lang)


async def policy_agrees(turn: Turn, answers: Answers) -> bool:
    """Asked as soon as item and reason are known, and again when something of it changes."""
    signature = _signature(answers)
    if answers["policy_result_id"] == signature:
        return True
    decision = await check_return(
        turn.desk,
        turn.conversation_id,
        answers["order_no"],
        answers["order_item_id"],
        answers["reason"],
        answers["condition"],
        quantity=answers["quantity"],
        accessories_complete=answers["accessories_complete"],
    )
    if decision.outcome is Outcome.ALLOWED:
        answers.put("policy_result_id", signature)
        if decision.alternative is Alternative.PRICE_PROTECTION and answers.changed("reason"):
            turn.say("utter_price_protection_instead")
        return True
    await say_no(turn, answers, decision)
    return False


async def say_why_not_yet(turn: Turn, answers: Answers, order: Order) -> None:
    """Not delivered, cancelled or gone back already: the state decides, whatever the reason is."""
    decision = await check_return(
        turn.desk,
        turn.conversation_id,
        order.order_no,
        order.lines[0].line_id,
        answers["reason"] or ReturnReason.NO_LONGER_WANTED,
    )
    await say_no(turn, answers, decision)


def _signature(answers: Answers) -> str:
    names = (
        "order_no",
        "order_item_id",
        "quantity",
        "reason",
        "condition",
        "accessories_complete",
    )
    return "|".join(str(answers[name]) for name in names)


_REFUSALS = frozenset(
    {
        "return_running",
        "already_refunded",
        "order_cancelled",
        "on_its_way",
        "not_shipped",
        "window_over",
        "fault_exchange_only",
        "fault_repair_only",
        "made_to_order",
        "unsealed_as_confirmed",
        "used",
        "photos_missing",
        "remedy_gone",
        "door_misuse",
        "door_no_own_delivery",
        "door_not_offered",
        "door_out_of_stock",
        "door_window_over",
        "keep_needs_fault",
        "swap_not_offered",
        "swap_opened",
        "swap_too_early",
        "swap_used",
        "swap_window_over",
    }
)


async def say_no(turn: Turn, answers: Answers, decision: ReturnPolicyDecision) -> None:
    """The reason and what can be done instead; or a person decides and gets everything so far.

    The refused reason is let go of, so that another one can be given.
    """
    if decision.outcome is Outcome.NEEDS_HUMAN:
        lacks = decision.reason == "accessories_missing"
        turn.say("utter_accessories_need_person" if lacks else "utter_policy_needs_person")
        await hand_over(turn, HandoffReason.POLICY, policy=f"{decision.rule_id}: {decision.reason}")
        return
    excluded = decision.reason.startswith("excluded_")
    name = "excluded_kind" if excluded else decision.reason
    response = f"utter_refused_{name if excluded or name in _REFUSALS else 'other'}"
    turn.say(response, [], **await terms_of_answers(turn, answers))
    answers.forget(("reason", "policy_result_id"))

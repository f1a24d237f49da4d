"""A return that becomes an exchange needs to know for which variant; the other way nothing more."""

from __future__ import annotations

from actions.answers import Answers
from actions.consent import inform_button
from actions.rma_change_words import Field
from actions.turn import Turn
from actions.variant_words import variant_named
from console.desk.after_sale import AfterSaleKind, AfterSaleRequest
from console.desk.goods import Variant
from console.services.kind_change import variants_instead


async def read_variant(turn: Turn, answers: Answers, asked: str | None) -> bool:
    if asked != "new_variant" or answers["change_field"] != Field.KIND:
        return False
    offered = await variants_instead(turn.desk, turn.conversation_id, str(answers["rma_no"]))
    pressed = turn.entity("new_variant")
    chosen = next((one for one in offered if one.variant == pressed), None)
    chosen = chosen or variant_named(turn.text, offered, None, asked=True)
    if chosen is not None:
        answers.put("new_variant", chosen.variant)
    return chosen is not None


async def missing_of_kind(turn: Turn, answers: Answers, request: AfterSaleRequest) -> str | None:
    """Empty when there is nothing to exchange it for, which was said."""
    if request.kind is AfterSaleKind.EXCHANGE:
        return None
    offered = await variants_instead(turn.desk, turn.conversation_id, request.rma_no)
    if not offered:
        turn.say("utter_no_variant_instead", rma_no=request.rma_no)
        return ""
    return None if chosen_variant(answers["new_variant"], offered) else "new_variant"


async def ask_variant(turn: Turn, rma_no: str) -> None:
    offered = await variants_instead(turn.desk, turn.conversation_id, rma_no)
    buttons = [inform_button(one.label(turn.lang), new_variant=one.variant) for one in offered]
    turn.say("utter_question_variant_instead", buttons)


def chosen_variant(name: object, offered: list[Variant]) -> Variant | None:
    return next((one for one in offered if one.variant == name), None)

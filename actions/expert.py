"""An expert: which domain, the hint that is always said, and a person who knows it."""

from __future__ import annotations

from typing import override

from actions.handoff import hand_over
from actions.product_choice import button
from actions.turn import DeskAction, Event, Turn
from console.desk.expert import ExpertDomain, named_domain
from console.desk.handoff import HandoffReason
from console.desk.words import Words
from console.services.product import product

_NAMES = {
    ExpertDomain.MEDICINE: ("用药和健康", "Medicine and health"),
    ExpertDomain.BABY: ("母婴", "Babies"),
    ExpertDomain.PETS: ("宠物", "Pets"),
    ExpertDomain.OTHER: ("其他商品知识", "Something else"),
}


class ConsultExpert(DeskAction):
    action_name = "action_consult_expert"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        domain = await _domain(turn)
        if domain is None:
            buttons = [
                button(turn.words(*names), "consult_domain_expert", expert_domain=str(key))
                for key, names in _NAMES.items()
            ]
            turn.say("utter_which_expert", buttons)
            return turn.task_done("consult_domain_expert")
        name = Words(*_NAMES[domain])
        turn.say("utter_expert_coming", domain=name.of(turn.lang))
        if domain is not ExpertDomain.OTHER:
            turn.say(f"utter_expert_hint_{domain}")
        wish = Words(f"咨询专家：{name.zh}", f"An expert: {name.en}")
        await hand_over(turn, HandoffReason.EXPERT, wish=wish)
        return turn.task_done("consult_domain_expert")


async def _domain(turn: Turn) -> ExpertDomain | None:
    """Pressed, said, or that of the goods in view."""
    pressed = turn.entity("expert_domain")
    if pressed in set(ExpertDomain):
        return ExpertDomain(pressed)
    if (said := named_domain(turn.text)) is not None:
        return said
    found = await product(turn.desk, str(turn.slot("product_id") or ""))
    return named_domain(" ".join((found.title, *found.keywords))) if found else None

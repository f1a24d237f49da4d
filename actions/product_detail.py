"""Details and use of a product, from its sheet. What the sheet does not say is not said."""

from __future__ import annotations

from typing import override

from actions.handoff import hand_over
from actions.product_answer import OneProductAnswer
from actions.product_choice import ProductChoice, ask_which_product, asked, title_of
from actions.turn import Event, Turn
from console.desk.attribute_words import BOX, attribute_label, attributes_asked, is_attribute
from console.desk.expert import domain_of, find_usage
from console.desk.handoff import HandoffReason
from console.desk.product import Product
from console.desk.product_sheet import Attribute
from console.desk.words import Words
from console.services.product import ProductView, product_view


class AnswerAttribute(OneProductAnswer):
    action_name = "action_answer_attribute"
    intent = "ask_product_attribute"
    prefers_known = True

    @override
    async def unclear(self, turn: Turn, choice: ProductChoice) -> list[Event]:
        keys = attribute_keys(turn)
        events = await ask_which_product(
            turn, choice, self.intent, attribute=",".join(keys) or None
        )
        return [*events, *turn.task_done(self.intent)]

    @override
    async def answer_about(self, turn: Turn, product: Product) -> list[Event]:
        view = await product_view(turn.desk, product)
        keys = attribute_keys(turn)
        if not keys:
            tell_everything(turn, view)
        elif not tell_attributes(turn, view, keys):
            missing = "、" if turn.lang == "zh" else ", "
            names = missing.join(attribute_label(key, turn.lang) for key in keys)
            turn.say("utter_attribute_unknown", title=title_of(turn, product), names=names)
        return []


def attribute_keys(turn: Turn) -> list[str]:
    """Asked for in this message, or in the one before the picker."""
    pressed = str(asked(turn, "attribute") or "").split(",")
    return [key for key in pressed if is_attribute(key)] or attributes_asked(turn.text)


def tell_attributes(turn: Turn, view: ProductView, keys: list[str]) -> bool:
    """False when the sheet has none of them."""
    found = [one for key in keys if (one := view.sheet.attribute(key)) is not None]
    tells_box = BOX in keys and bool(view.sheet.box)
    if found:
        turn.say("utter_attributes", title=title_of(turn, view.product), lines=lines(turn, found))
    if tells_box:
        tell_box(turn, view)
    return bool(found) or tells_box


def tell_everything(turn: Turn, view: ProductView) -> None:
    if not view.sheet.attributes:
        turn.say("utter_details_unknown", title=title_of(turn, view.product))
        return
    text = lines(turn, view.sheet.attributes)
    turn.say("utter_attributes", title=title_of(turn, view.product), lines=text)


def tell_box(turn: Turn, view: ProductView) -> None:
    between = "、" if turn.lang == "zh" else ", "
    items = between.join(one.of(turn.lang) for one in view.sheet.box)
    turn.say("utter_box", title=title_of(turn, view.product), items=items)


def lines(turn: Turn, attributes: list[Attribute] | tuple[Attribute, ...]) -> str:
    between = "：" if turn.lang == "zh" else ": "
    return "\n".join(
        f"· {attribute_label(one.key, turn.lang)}{between}{one.value.of(turn.lang)}"
        for one in attributes
    )


class AnswerUsage(OneProductAnswer):
    """From the notes of the sheet, else from its details, else an expert."""

    action_name = "action_answer_usage"
    intent = "ask_product_usage"
    prefers_known = True

    @override
    async def answer_about(self, turn: Turn, product: Product) -> list[Event]:
        view = await product_view(turn.desk, product)
        domain = domain_of(turn.text, product.category)
        note = find_usage(view.sheet.usage, turn.text)
        if note is not None:
            turn.say("utter_usage", text=note.text.of(turn.lang))
            if domain is not None:
                turn.say(f"utter_expert_hint_{domain}")
        elif not tell_attributes(turn, view, attributes_asked(turn.text)):
            await self._ask_expert(turn, product, domain)
        return []

    async def _ask_expert(self, turn: Turn, product: Product, domain: str | None) -> None:
        turn.say("utter_usage_unknown", title=title_of(turn, product))
        if domain is not None:
            turn.say(f"utter_expert_hint_{domain}")
        wish = Words(
            f"咨询用法：{product.title}", f"How to use: {product.title_en or product.title}"
        )
        await hand_over(turn, HandoffReason.EXPERT, wish=wish)

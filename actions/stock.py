"""Whether something is to be had: by variant and region; sold out brings like goods and an alert."""

from __future__ import annotations

from typing import Any, override

from actions.product_answer import OneProductAnswer
from actions.product_choice import asked, button, show_products, shown, title_of
from actions.region import region_of
from actions.turn import Event, Turn, remember
from console.desk.product import Product
from console.desk.region import region_name
from console.desk.stock import Availability
from console.desk.wording import local_time
from console.services.product import similar_to, stock_view

FEW = 5  # pieces; from there on the number is worth saying


class AnswerStock(OneProductAnswer):
    action_name = "action_answer_stock"
    intent = "ask_stock"

    @override
    async def answer_about(self, turn: Turn, product: Product) -> list[Event]:
        wanted = wanted_variant(turn)
        region = await region_of(turn)
        view = await stock_view(turn.desk, product, wanted, region.name)
        is_regional = view.has_regions or region.is_named
        place = region.name if is_regional else None
        found = view.available
        events = remember(region=region.name) if region.is_named else []
        if not found.is_known_variant:
            await _no_such_variant(turn, product, wanted)
        elif found.is_in_stock:
            _in_stock(turn, product, found, place)
        else:
            events += await _sold_out(turn, product, found, place)
        return events


def wanted_variant(turn: Turn) -> list[str]:
    """Colour, storage and size, each as the customer called it."""
    return [str(value) for name in ("variant", "size") if (value := asked(turn, name)) is not None]


async def _no_such_variant(turn: Turn, product: Product, wanted: list[str]) -> None:
    every = (await stock_view(turn.desk, product, [], None)).available
    between = "、" if turn.lang == "zh" else ", "
    variants = between.join(every.variants) or title_of(turn, product)
    turn.say(
        "utter_no_such_variant",
        title=title_of(turn, product), wanted=" ".join(wanted), variants=variants,
    )  # fmt: skip


def _in_stock(turn: Turn, product: Product, found: Availability, place: str | None) -> None:
    turn.say("utter_in_stock", title=title_of(turn, product), where=_where(turn, place))
    if len(found.variants) > 1:
        between = "、" if turn.lang == "zh" else ", "
        turn.say("utter_in_stock_variants", variants=between.join(found.variants))
    elif found.quantity <= FEW:
        turn.say("utter_stock_few", count=found.quantity)


def _where(turn: Turn, place: str | None) -> str:
    if place is None:
        return ""
    name = region_name(place, turn.lang)
    return turn.words(f"发{name}", f" for {name}")


async def _sold_out(
    turn: Turn, product: Product, found: Availability, place: str | None
) -> list[Event]:
    values: dict[str, Any] = {"title": title_of(turn, product), "where": _where(turn, place)}
    alert = button(
        turn.words("到货提醒我", "Tell me when it is back"),
        "subscribe_item_alert",
        product_id=product.product_id, alert_kind="stock",
        **({"variant": word} if (word := asked(turn, "variant")) else {}),
    )  # fmt: skip
    if found.is_elsewhere and place is not None:
        turn.say("utter_sold_out_here", [alert], **values)
    elif found.arrives_at is not None:
        when = local_time(turn.lang, found.arrives_at).rsplit(" ", 1)[0]
        turn.say("utter_sold_out_until", [alert], when=when, **values)
    else:
        turn.say("utter_sold_out", [alert], **values)
    similar = await similar_to(turn.desk, product)
    if similar:
        turn.say("utter_similar")
        show_products(turn, similar)
    return shown(turn, similar)

"""Having something made to order: only what the product's own list of options offers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, override

from actions.answers import Answers
from actions.consent import consent_buttons, inform_button, read_consent
from actions.form import Form
from actions.free_text import asks_something
from actions.product_choice import button, show_products, title_of
from actions.product_slot import ask_product, product_of, read_product
from actions.summary import Line, show_summary
from actions.turn import DeskAction, Event, Turn, remember
from console.desk.customizing import extra_fen, missing_option, ships_later_days, take
from console.desk.product import Product
from console.desk.product_sheet import CustomOption, ProductSheet
from console.desk.work_order import WorkOrderKind, WorkOrderRequest
from console.services.product import product, product_view, views
from console.services.work_order import open_work_order
from console.storage.policy import policy_book

OWN_SLOTS = ("custom_spec", "custom_confirmed")


class CustomForm(Form):
    form_name = "custom_form"
    started_by = "ask_customization"

    @override
    async def begin(self, turn: Turn, answers: Answers) -> None:
        answers.forget((*OWN_SLOTS, "custom_draft"))

    @override
    async def read(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        heard = [
            await read_product(turn, answers, asked),
            await _read_option(turn, answers, asked),
            read_consent(turn, answers, asked, "custom_confirmed"),
        ]
        return any(heard)

    @override
    async def next_slot(self, turn: Turn, answers: Answers) -> str | None:
        if answers["custom_confirmed"] is False:
            return None
        found = await product_of(turn, answers)
        if found is None:
            return "product_id"
        sheet = (await product_view(turn.desk, found)).sheet
        if not sheet.options:
            await _say_not_offered(turn, found)
            return None
        draft = draft_of(answers)
        if missing_option(sheet.options, draft) is not None:
            answers.forget(["custom_spec"])
            return "custom_spec"
        answers.put("custom_spec", draft)
        return "custom_confirmed" if answers["custom_confirmed"] is None else None

    @override
    async def ask(self, turn: Turn, answers: Answers, slot: str) -> None:
        if slot == "product_id":
            await ask_product(turn, answers, self.started_by)
            return
        found = await product_of(turn, answers)
        if found is None:
            return
        sheet = (await product_view(turn.desk, found)).sheet
        if slot == "custom_spec":
            option = missing_option(sheet.options, draft_of(answers))
            if option is not None:
                _ask_option(turn, option)
        else:
            _ask_to_confirm(turn, found, sheet, draft_of(answers))


def draft_of(answers: Answers) -> dict[str, str]:
    """What was chosen so far, by option; of another product nothing counts."""
    draft = answers["custom_draft"]
    if not isinstance(draft, dict) or draft.get("product_id") != answers["product_id"]:
        return {}
    return dict(draft["chosen"])


async def _read_option(turn: Turn, answers: Answers, asked: str | None) -> bool:
    found = await product_of(turn, answers)
    said = str(turn.entity("custom_choice") or turn.text)
    if asked != "custom_spec" or found is None or not said or asks_something(turn):
        return False
    sheet = (await product_view(turn.desk, found)).sheet
    draft = draft_of(answers)
    option = missing_option(sheet.options, draft)
    value = take(option, said) if option is not None else None
    if option is None or value is None:
        return False
    chosen = {**draft, option.key: value}
    answers.put("custom_draft", {"product_id": found.product_id, "chosen": chosen})
    return True


def _ask_option(turn: Turn, option: CustomOption) -> None:
    label = option.label.of(turn.lang)
    if option.choices:
        buttons = [inform_button(one.of(turn.lang), custom_choice=one.zh) for one in option.choices]
        turn.say("utter_question_custom_choice", buttons, label=label)
    else:
        turn.say("utter_question_custom_text", label=label, longest=option.longest)


def _ask_to_confirm(
    turn: Turn, found: Product, sheet: ProductSheet, chosen: dict[str, str]
) -> None:
    yes, no = turn.words("确认定制", "Yes, go ahead"), turn.words("先不定了", "Not now")
    days = ships_later_days(sheet.options, chosen)
    lines = [
        Line("order_item_id", title_of(turn, found)),
        Line("custom_spec", spec_lines(turn, sheet, chosen)),
        Line("extra", amount_fen=extra_fen(sheet.options, chosen)),
        Line("ships", turn.words(f"晚 {days} 天发货", f"{days} days later")),
    ]
    note = turn.words(
        "定制商品不支持无理由退货，质量问题照常负责。",
        "Goods made to order cannot be returned without a reason; faults are still on us.",
    )
    buttons = consent_buttons("custom_confirmed", yes, no)
    show_summary(turn, turn.words("定制", "Made to order"), lines, buttons, note)


def spec_lines(turn: Turn, sheet: ProductSheet, chosen: dict[str, str]) -> str:
    colon = turn.words("：", ": ")
    rows = []
    for option in sheet.options:
        if option.key in chosen:
            value = chosen[option.key]
            named = next((one for one in option.choices if one.zh == value), None)
            shown = named.of(turn.lang) if named else value
            rows.append(f"· {option.label.of(turn.lang)}{colon}{shown}")
    return "\n".join(rows)


async def _say_not_offered(turn: Turn, found: Product) -> None:
    """What can be had made to order is shown instead."""
    offered = [one.product for one in await views(turn.desk) if one.sheet.options]
    turn.say("utter_custom_not_offered", title=title_of(turn, found))
    if offered:
        turn.say("utter_custom_others")
        buttons = [
            button(title_of(turn, one), "ask_customization", product_id=one.product_id)
            for one in offered
        ]
        show_products(turn, offered, buttons)


class SubmitCustom(DeskAction):
    action_name = "action_submit_custom"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        confirmed, spec = turn.slot("custom_confirmed"), turn.slot("custom_spec")
        done = remember(custom_confirmed=None, custom_spec=None, custom_draft=None)
        if confirmed is False:
            turn.say("utter_custom_kept")
        found = await product(turn.desk, str(turn.slot("product_id") or ""))
        if confirmed is not True or not isinstance(spec, dict) or found is None:
            return done
        sheet = (await product_view(turn.desk, found)).sheet
        request = await _request(turn, found, sheet, spec)
        order = await open_work_order(turn.desk, turn.conversation_id, request, key=turn.key())
        turn.say("utter_custom_filed", number=order.work_order_no)
        return [*done, *remember(last_task="ask_customization")]


async def _request(
    turn: Turn, found: Product, sheet: ProductSheet, spec: dict[str, Any]
) -> WorkOrderRequest:
    book = await turn.desk.database.read(policy_book)
    hours = book.number("custom.answer_hours", turn.desk.clock.now())
    return WorkOrderRequest(
        kind=WorkOrderKind.CUSTOM,
        text=f"{title_of(turn, found)}\n{spec_lines(turn, sheet, spec)}",
        details={
            "product_id": found.product_id,
            "custom_spec": spec,
            "extra_fen": extra_fen(sheet.options, spec),
            "no_return_without_fault": True,
        },
        answer_within=timedelta(hours=hours),
    )

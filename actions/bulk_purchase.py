"""Many pieces: what, how many and for which company, then a colleague of wholesale quotes."""

from __future__ import annotations

import re
from typing import override

from actions.answers import Answers
from actions.consent import inform_button
from actions.form import Form
from actions.free_text import asks_something
from actions.handoff import hand_over
from actions.product_choice import button, title_of
from actions.product_slot import ask_product, product_of, read_product
from actions.turn import DeskAction, Event, Turn, remember
from console.desk.handoff import HandoffReason
from console.desk.words import Words
from console.services.product import least_bulk, product

PERSONAL = "personal"  # instead of a company
LONGEST = 60  # characters of a company's name
_BARE = re.compile(r"(\d{1,6})\s*[个件台箱盒套瓶]?")
_COMPANY = re.compile(
    r"[\u4e00-\u9fffA-Za-z（）()]{2,30}?(?:公司|集团|学校|大学|医院|工厂|单位|商店|超市|酒店)"
)
_ONLY_SAID = re.compile(r"^(?:我们|我|咱|单位|公司|学校|企业|采购|要|的)+")
_NO_COMPANY = re.compile(
    r"个人|没有公司|自己|私人|personal|myself|no company|private", re.IGNORECASE
)


class BulkForm(Form):
    form_name = "bulk_form"
    started_by = "ask_bulk_purchase"

    @override
    async def begin(self, turn: Turn, answers: Answers) -> None:
        answers.forget(["quantity"])

    @override
    async def read(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        heard = [
            await read_product(turn, answers, asked),
            _read_quantity(turn, answers, asked),
            _read_company(turn, answers, asked),
        ]
        return any(heard)

    @override
    async def next_slot(self, turn: Turn, answers: Answers) -> str | None:
        if await product_of(turn, answers) is None:
            return "product_id"
        if answers["quantity"] is None:
            return "quantity"
        least = await least_bulk(turn.desk)
        if int(answers["quantity"]) < least:
            _say_too_few(turn, answers, least)
            return None
        return "company" if answers["company"] is None else None

    @override
    async def ask(self, turn: Turn, answers: Answers, slot: str) -> None:
        if slot == "product_id":
            await ask_product(turn, answers, self.started_by, quantity=answers["quantity"])
        elif slot == "quantity":
            turn.say("utter_question_bulk_quantity")
        else:
            personal = inform_button(turn.words("个人购买", "For myself"), company=PERSONAL)
            turn.say("utter_question_company", [personal])


def _read_quantity(turn: Turn, answers: Answers, asked: str | None) -> bool:
    value = turn.entity("quantity")
    bare = _BARE.fullmatch(turn.text.strip()) if asked == "quantity" else None
    if value is None and bare is not None:
        value = bare[1]
    if value is None or not 1 <= int(value) <= 1_000_000:
        return False
    answers.put("quantity", int(value))
    return True


def _read_company(turn: Turn, answers: Answers, asked: str | None) -> bool:
    pressed = turn.entity("company")
    if pressed is None and asked == "company" and turn.text and not asks_something(turn):
        pressed = PERSONAL if _NO_COMPANY.search(turn.text) else turn.text[:LONGEST]
    if pressed is None and (found := _COMPANY.search(turn.text)):
        named = _ONLY_SAID.sub("", found[0])
        pressed = named if len(named) >= 4 else None
    if pressed is None:
        return False
    answers.put("company", str(pressed))
    return True


def _say_too_few(turn: Turn, answers: Answers, least: int) -> None:
    price = button(
        turn.words("看看到手价", "What would I pay"),
        "ask_price",
        product_id=answers["product_id"],
        quantity=answers["quantity"],
    )
    turn.say("utter_bulk_too_few", [price], least=least)


class SubmitBulk(DeskAction):
    action_name = "action_submit_bulk"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        quantity, company = turn.slot("quantity"), turn.slot("company")
        found = await product(turn.desk, str(turn.slot("product_id") or ""))
        is_many = quantity is not None and int(quantity) >= await least_bulk(turn.desk)
        if found is None or not is_many or company is None:
            return remember(quantity=None)
        title = title_of(turn, found)
        name = str(company)
        by = Words("个人", "private") if name == PERSONAL else Words(name, name)
        turn.say("utter_bulk_filed", title=title, quantity=quantity, company=by.of(turn.lang))
        wish = Words(
            f"批量采购：{found.title} ×{quantity}，{by.zh}",
            f"Bulk order: {found.title_en or found.title} ×{quantity}, {by.en}",
        )
        await hand_over(turn, HandoffReason.WHOLESALE, wish=wish)
        return remember(quantity=None, last_task="ask_bulk_purchase")

"""Texts about returns name the lengths that the rules use: a changed policy changes the text."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from ruamel.yaml import YAML

from console.desk.policy import PolicyRow, Scope
from console.desk.policy_text import span_words
from console.desk.price_window_text import price_windows
from console.desk.return_terms import return_terms
from console.settings import PROJECT
from console.storage.policy import install_policies, policy_book
from tests.actions.conftest import Conversation, SpokenTo
from tests.given import NOW

COOKER = "620026079548"  # of customer 88006, signed eight days ago


async def decide(customer: Conversation, key: str, value: int, category: str = "") -> None:
    """A row of the merchant's own, in force since long before any order."""
    row = PolicyRow(
        id=f"ours/{key}/{category}", key=key, value=value, valid_from=NOW - timedelta(days=999),
        scope=Scope.CATEGORY if category else Scope.GLOBAL, scope_id=category,
    )  # fmt: skip
    await customer.desk.database.write(lambda tx: install_policies(tx, [row]))


@pytest.mark.parametrize(
    ("lang", "hours", "told"),
    [("zh", 168, "7 天"), ("zh", 120, "5 天"), ("en", 168, "7 days"), ("en", 120, "5 days")],
)
async def test_a_refusal_names_the_days_that_were_used(
    speak: SpokenTo, lang: str, hours: int, told: str
) -> None:
    customer = await speak("88006", lang)
    await decide(customer, "return.no_reason_hours", hours)
    customer.slots.update(order_no=COOKER, order_item_id=f"{COOKER}-1", reason="wrong_choice")

    answer = await customer.start("return_form", "退货", intent="request_return")

    assert answer.said == ["utter_refused_window_over"]
    assert answer.responses[0]["no_reason_time"] == told


async def test_the_days_of_the_kind_count_for_its_goods(speak: SpokenTo) -> None:
    customer = await speak("88006")
    await decide(customer, "return.fault_days", 3, "appliances")
    customer.slots.update(order_no=COOKER, order_item_id=f"{COOKER}-1", reason="quality_fault")

    refused = await customer.start("return_form", "退货", intent="request_return")

    assert refused.said == ["utter_refused_fault_exchange_only"]
    assert refused.responses[0]["fault_time"] == "3 天"


@pytest.mark.parametrize(
    ("action", "text", "name", "key", "value", "told"),
    [
        ("action_answer_return_policy", "能退吗", "no_reason_time", "return.no_reason_hours", 240,
         "10 天"),
        ("action_answer_price_protect_policy", "价保规则", "windows",
         "price_protection.window_days", 8,
         "一般商品 8 天，手机、电脑、数码 15 天，家电 30 天，母婴消耗品 90 天"),
        ("action_answer_warranty_policy", "保修多久", "days", "return.warranty_days", 400, 400),
    ],
)  # fmt: skip
async def test_a_general_answer_names_the_days_in_force(
    speak: SpokenTo, action: str, text: str, name: str, key: str, value: int, told: str
) -> None:
    customer = await speak("88001")
    before = await customer.run(action, text)
    await decide(customer, key, value)

    after = await customer.run(action, text)

    assert before.responses[0][name] != told
    assert after.responses[0][name] == told


async def test_the_windows_are_told_in_english(speak: SpokenTo) -> None:
    customer = await speak("88001", "en")

    answer = await customer.run("action_answer_price_protect_policy", "price protection rules")

    assert answer.responses[0]["windows"] == (
        "7 days in general, 15 days for phones, computers and digital, "
        "30 days for appliances, 90 days for baby consumables"
    )


async def test_every_length_of_the_policy_follows_it(speak: SpokenTo) -> None:
    customer = await speak("88001")
    for key in ("return.exchange_days", "door_exchange.days", "size_swap.first_day",
                "size_swap.last_day"):  # fmt: skip
        await decide(customer, key, 33)

    book = await customer.desk.database.read(policy_book)
    terms = return_terms(book, NOW, "en")

    assert terms == {
        "no_reason_time": "7 days", "fault_time": "7 days", "fault_exchange_time": "33 days",
        "door_exchange_time": "33 days", "first_swap_day": "33", "last_swap_day": "33",
    }  # fmt: skip
    assert price_windows(book, NOW, "zh").startswith(f"一般商品 {span_words('x_days', 7, 'zh')}")


# No rule decides these: what carriers, banks, insurers and the order page do by themselves.
NOT_OURS = frozenset(
    {
        "utter_account_card",
        "utter_address_asked",
        "utter_charge_not_found",
        "utter_faq/auto_confirm",
        "utter_faq/freight_insurance",
        "utter_faq/payment_deadline",
        "utter_member_level",
    }
)
_LENGTH = re.compile(
    r"(?<!\{)\b\d[\d-]*\s*(?:个)?(?:天|日内|小时|分钟|工作日|个?月|年|hours?|days?|months?|minutes?"
    r"|working days)|[一二三四五六七八九十]+(?:天|小时)内|within \w+ (?:days|hours)"
)


def test_no_text_has_a_length_of_its_own_that_a_rule_decides() -> None:
    yaml, found = YAML(typ="safe"), set()
    for path in (PROJECT / "domain").glob("*.yml"):
        responses = yaml.load(path.read_text("utf-8")).get("responses") or {}
        for name, variations in responses.items():
            texts = (re.sub(r"\{\w+\}", "", str(one.get("text") or "")) for one in variations)
            found |= {name for text in texts if _LENGTH.search(text)}

    assert found == NOT_OURS

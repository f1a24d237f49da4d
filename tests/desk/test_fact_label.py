"""Facts as people read them on the card and in the brief."""

from __future__ import annotations

import pytest
from ruamel.yaml import YAML

from console.desk.fact_label import fact_label, shown_value
from console.settings import PROJECT


@pytest.mark.parametrize(
    ("name", "value", "zh", "en"),
    [
        ("budget", 1000_00, "¥1,000.00", "¥1,000.00"),
        ("budget", "any", "不限", "any"),
        ("height", 165, "165 cm", "165 cm"),
        ("weight", 59.5, "59.5 kg", "59.5 kg"),
        ("region", "新疆", "新疆", "Xinjiang"),
        ("for_whom", "elder", "长辈", "older people"),
        ("for_whom", "any", "不限", "any"),
        ("quantity", 3.0, "3", "3"),
        (
            "complaint_wish",
            "An apology and an explanation",
            "道歉和说明",
            "An apology and an explanation",
        ),
        ("photos", ["a", "b"], "2", "2"),
        ("condition", "unopened", "未拆封", "unopened"),
    ],
)
def test_values_are_shown_with_their_units_and_in_the_readers_language(
    name: str, value: object, zh: str, en: str
) -> None:
    assert (shown_value(name, value, "zh"), shown_value(name, value, "en")) == (zh, en)


# Bookkeeping of the dialogue: never asked for and never a fact about the customer.
_INTERNAL = {
    "emotion", "rejected_order_no", "policy_result_id", "form_misses", "last_task", "alert_off",
    "invoice_special", "custom_draft", "watch_off", "form_stack", "form_shelf", "form_resumed",
    "form_instance", "form_wish", "next_form", "guide", "lang", "customer_verified", "shown_products",
    "product_question",
}  # fmt: skip


def test_every_slot_that_can_be_asked_for_has_a_name_in_both_languages() -> None:
    files = (PROJECT / "domain").glob("*.yml")
    slots = {name for file in files for name in YAML(typ="safe").load(file).get("slots") or ()}

    nameless = {
        name
        for name in slots - _INTERNAL
        for lang in ("zh", "en")
        if fact_label(name, lang) == name
    }

    assert slots > _INTERNAL
    assert nameless == set()

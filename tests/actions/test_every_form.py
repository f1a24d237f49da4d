"""What holds for all forms: a card before the yes, one filing, and help after answers that are none."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import sqlalchemy as sa
from ruamel.yaml import YAML
from sqlalchemy import Connection

from console.settings import PROJECT
from console.storage.schema import metadata
from tests.actions.conftest import Answer, Conversation, SpokenTo
from tests.actions.form_cases import CASES, at_the_summary, before_it_begins, up_to_the_summary

# These answer a question, or bring a person; nothing is filed, so there is nothing to sum up.
ASK_ONLY = frozenset({"need_form", "size_form", "bulk_form"})
# Its remedies are an exchange, a repair or a return, each with a form and a summary of its own.
GOES_ON = frozenset({"quality_form"})
# A decision is noted whenever the policy is asked; it moves nothing.
NOTES = frozenset({"policy_decision"})


def _forms() -> dict[str, list[str]]:
    yaml = YAML(typ="safe")
    files = [yaml.load(path.read_text("utf-8")) for path in (PROJECT / "domain").glob("*.yml")]
    found = {name: form for file in files for name, form in (file.get("forms") or {}).items()}
    return {name: form["required_slots"] for name, form in found.items()}


FORMS = _forms()


async def written(customer: Conversation) -> dict[str, list[str]]:
    def query(tx: Connection) -> dict[str, list[str]]:
        tables = [table for table in metadata.sorted_tables if table.name not in NOTES]
        return {one.name: sorted(map(repr, tx.execute(sa.select(one)))) for one in tables}

    return await customer.desk.database.read(query)


async def yes(customer: Conversation, form: str) -> dict[str, Any]:
    """The slots that the form leaves behind."""
    asked = customer.slots["requested_slot"]
    name = "confirmed" if form == "cancel_form" else asked
    await customer.tell(intent="affirm", entities={name: "yes"})
    assert customer.form is None
    return dict(customer.slots)


async def submit(customer: Conversation, form: str, slots: dict[str, Any]) -> Answer:
    customer.slots.clear()
    customer.slots.update(slots)
    customer.form, customer.ended = None, form
    return await customer.end(CASES[form].submit, intent="affirm")


def test_every_form_that_writes_ends_in_a_yes_and_is_played_here() -> None:
    without = {name for name, slots in FORMS.items() if not slots[-1].endswith("_confirmed")}

    assert without == ASK_ONLY
    assert set(CASES) == set(FORMS) - ASK_ONLY - GOES_ON


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", sorted(CASES))
async def test_it_shows_a_card_before_the_yes(speak: SpokenTo, form: str, lang: str) -> None:
    customer, shown = await at_the_summary(speak, form, lang)

    assert customer.slots["requested_slot"] == FORMS[form][-1]
    [card] = shown.cards
    assert card["type"] == ("return_summary" if form == "return_form" else "summary")
    assert len(shown.labels) >= 2
    plain = next(one["custom"]["text"] for one in shown.responses if one.get("custom"))
    assert plain
    assert lang == "zh" or "：" not in plain


@pytest.mark.parametrize("form", sorted(CASES))
async def test_nothing_is_written_on_the_way_to_the_card(speak: SpokenTo, form: str) -> None:
    customer = await before_it_begins(speak, form)
    before = await written(customer)

    await up_to_the_summary(customer, form)

    assert await written(customer) == before


@pytest.mark.parametrize("form", sorted(CASES))
async def test_without_a_yes_nothing_is_written(speak: SpokenTo, form: str) -> None:
    customer, _ = await at_the_summary(speak, form)
    before = await written(customer)

    answer = await submit(customer, form, dict(customer.slots))

    assert answer.said == []
    assert await written(customer) == before


@pytest.mark.parametrize("form", sorted(CASES))
async def test_a_second_yes_a_retry_and_two_turns_at_once_write_once(
    speak: SpokenTo, form: str
) -> None:
    customer, _ = await at_the_summary(speak, form)
    slots = await yes(customer, form)
    before = await written(customer)

    first = await submit(customer, form, slots)
    once = await written(customer)
    retried = await submit(customer, form, slots)
    await asyncio.gather(submit(customer, form, slots), submit(customer, form, slots))
    customer.turns += 1
    await submit(customer, form, slots)

    assert once != before
    assert first.said
    assert retried.responses == first.responses
    assert await written(customer) == once


@pytest.mark.parametrize("form", sorted(CASES))
async def test_two_first_turns_at_once_write_what_one_writes(speak: SpokenTo, form: str) -> None:
    customer, _ = await at_the_summary(speak, form)
    slots = await yes(customer, form)
    before = await written(customer)

    both = await asyncio.gather(submit(customer, form, slots), submit(customer, form, slots))

    after = await written(customer)
    assert all(one.said for one in both)
    grown = {name: len(after[name]) - len(before[name]) for name in after}
    assert {name: count for name, count in grown.items() if count > MOST.get(name, 1)} == {}


# Rows that one filing adds at most: steps of a request, what the shop does, the three promises of a
# complaint (an answer, a plan, an end), and what is told of it.
MOST = {"after_sale_step": 4, "shop_write": 2, "promise": 3, "event": 5}


@pytest.mark.parametrize("form", sorted(FORMS))
async def test_after_two_answers_that_are_none_come_buttons_and_after_three_a_person(
    speak: SpokenTo, form: str
) -> None:
    customer = await waiting(speak, form)
    asked = customer.slots["requested_slot"]

    answers = []
    for _ in range(3):
        customer.slots["requested_slot"], customer.form = asked, form
        answers.append(await customer.tell("呃呃", intent="nlu_fallback"))

    first, second, third = answers
    assert (first.said[0], second.said[0]) == ("utter_not_understood_here", "utter_pick_an_answer")
    assert {"转人工", "先不办了"} <= set(second.labels)
    assert not {"转人工"} <= set(first.labels)
    assert third.slots["requested_slot"] is None
    brief = await customer.brief()
    assert "还差" in str(brief["wish"])


ASKED = {"need_form": ("budget", {}), "size_form": ("height", {"product_id": "p301"}),
         "bulk_form": ("quantity", {"product_id": "p106"})}  # fmt: skip


async def waiting(speak: SpokenTo, form: str) -> Conversation:
    """At the summary, or at a question that not any words answer."""
    if form in CASES:
        customer, _ = await at_the_summary(speak, form)
        return customer
    if form in GOES_ON:
        customer = await speak("88011")
        customer.slots.update(order_no="620026083988", fault_text="左边没有声音")
        await customer.start(form, "坏了", intent="report_quality_issue")
        return customer
    slot, given = ASKED[form]
    customer = await speak("88001")
    customer.slots.update(given)
    await customer.start(form, "")
    customer.slots["requested_slot"] = slot
    return customer

"""A parcel that stands still: the carrier is asked when the rules say so, and only then."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.desk.work_order import WorkOrder
from console.services.work_order import work_orders_of
from tests.actions.conftest import Conversation, SpokenTo
from tests.given import NOW

MINE = "88021"
FAR, NEAR, GONE = "620026085103", "620026085548", "620026085926"
MOVING = "620026071317"  # of customer 88001
ASK = "action_check_stalled"


async def _opened(customer: Conversation) -> list[WorkOrder]:
    return await work_orders_of(customer.desk, customer.id)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("order_no", "said", "kind"),
    [
        (FAR, "utter_parcel_stalled", "carrier_check"),
        (NEAR, "utter_parcel_stalled", "carrier_check"),
        (GONE, "utter_parcel_lost", "lost_parcel"),
    ],
)
async def test_what_stands_still_is_asked_about_and_promised_within_a_day(
    speak: SpokenTo, lang: str, order_no: str, said: str, kind: str
) -> None:
    customer = await speak(MINE, lang=lang)
    customer.slots["order_no"] = order_no

    answer = await customer.run(ASK, "物流不动", intent="logistics_stalled")

    opened = await _opened(customer)
    assert answer.said == [said]
    assert [card["type"] for card in answer.cards] == ["parcel_trace"]
    assert [(one.kind, one.order_no, one.due_at) for one in opened] == [
        (kind, order_no, NOW + timedelta(hours=24))
    ]


async def test_asking_again_opens_nothing_twice(speak: SpokenTo) -> None:
    customer = await speak(MINE)
    customer.slots["order_no"] = FAR

    await customer.run(ASK, "不动了", intent="logistics_stalled")
    await customer.again(ASK, "不动了", intent="logistics_stalled")
    await customer.run(ASK, "还是不动", intent="logistics_stalled")

    assert len(await _opened(customer)) == 1


async def test_what_still_moves_is_told_and_nothing_is_opened(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = MOVING

    answer = await customer.run(ASK, "物流一直没更新", intent="logistics_stalled")

    assert answer.said == ["utter_parcel_moves"]
    assert answer.responses[0]["stalls"] == "11月3日 11:00"  # same city, 24 hours after the scan
    assert await _opened(customer) == []


@pytest.mark.parametrize("text", ["怎么发到别的省了", "it went to the wrong city"])
async def test_a_parcel_that_went_astray_is_asked_about_at_once(speak: SpokenTo, text: str) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = MOVING

    answer = await customer.run(ASK, text, intent="logistics_stalled")

    assert answer.said == ["utter_parcel_astray"]
    assert [(one.kind, one.text) for one in await _opened(customer)] == [("carrier_check", text)]


async def test_a_delivered_order_leads_to_the_report_of_its_loss(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = "620026072458"

    answer = await customer.run(ASK, "物流不对", intent="logistics_stalled")

    assert answer.said == ["utter_status_signed"]
    assert answer.labels == ["签收了但没收到"]


async def test_somebody_elses_order_is_no_order(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.run(ASK, "不动", intent="logistics_stalled", entities={"order_no": FAR})

    assert answer.said == ["utter_order_not_found"]
    assert await _opened(customer) == []

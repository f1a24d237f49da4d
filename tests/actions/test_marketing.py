"""A no to marketing: taken once, on the channels that were named, and told to the shop."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions.registry import actions
from console.desk.consent import EVERY_CHANNEL
from console.desk.errors import ShopDown
from console.services.consent import finish_pending_refusals
from console.storage import consent as rows
from tests.actions.conftest import Conversation, SpokenTo
from tests.actions.test_product_detail import told
from tests.shop_books import marketing_of

ASK = ("action_refuse_marketing", "营销短信别发了")


async def _shop_knows(customer: Conversation) -> dict[str, bool]:
    return await customer.desk.database.read(lambda tx: marketing_of(tx, "88001"))


async def test_one_channel_is_switched_off_at_the_shop_too(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.run(*ASK, intent="opt_out_marketing")
    await customer.again(*ASK, intent="opt_out_marketing")

    assert told(answer, "utter_marketing_off_some")["channels"] == "短信"
    assert await _shop_knows(customer) == {"sms": False}
    taken = [e.body for e in await customer.stored() if e.type == "action_taken"]
    assert taken == [{"action": "marketing_refused", "channels": ["sms"]}]


async def test_without_a_channel_all_of_them_are_meant(speak: SpokenTo) -> None:
    customer = await speak("88001", "en")

    answer = await customer.run(
        "action_refuse_marketing", "stop advertising to me", intent="opt_out_marketing"
    )

    assert answer.said == ["utter_marketing_off"]
    assert await _shop_knows(customer) == {str(one): False for one in EVERY_CHANNEL}


async def test_a_visitor_is_told_what_signing_in_adds(speak: SpokenTo) -> None:
    visitor = await speak(None)

    answer = await visitor.run("action_refuse_marketing", "退订", intent="opt_out_marketing")

    assert answer.said == ["utter_marketing_off_visitor"]
    assert await visitor.desk.database.read(rows.not_told) == []


class _DeafShop:
    """Everything but marketing answers."""

    def __init__(self, shop: Any) -> None:
        self._shop = shop

    def __getattr__(self, name: str) -> Any:
        return getattr(self._shop, name)

    async def allow_marketing(self, *_: Any, **__: Any) -> None:
        raise ShopDown


async def test_a_silent_shop_hears_of_it_later(speak: SpokenTo) -> None:
    customer = await speak("88001")
    deaf = replace(customer.desk, shop=_DeafShop(customer.desk.shop))
    for action in actions(deaf):
        customer.executor.register_action(action)

    answer = await customer.run(*ASK, intent="opt_out_marketing")
    before = await _shop_knows(customer)
    await finish_pending_refusals(customer.desk)

    assert answer.said == ["utter_marketing_off_some"]
    assert before == {}
    assert await _shop_knows(customer) == {"sms": False}

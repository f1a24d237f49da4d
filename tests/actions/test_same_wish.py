"""Two readings of one sentence that the state tells apart need no question back."""

from __future__ import annotations

from tests.actions.conftest import SpokenTo


async def test_a_return_or_a_cancellation_starts_the_form_that_looks_at_the_order(
    speak: SpokenTo,
) -> None:
    customer = await speak("88004")
    ranking = {"nlu_fallback": 0.6, "request_return": 0.45, "cancel_order": 0.4}

    answer = await customer.run(
        "action_offer_readings", "推车我不要啦", intent="nlu_fallback", ranking=ranking
    )

    assert answer.said == []
    assert customer.form == "return_form"
    assert customer.slots["next_form"] is None


async def test_when_it_comes_is_answered_from_the_order(speak: SpokenTo) -> None:
    customer = await speak("88003")
    ranking = {"nlu_fallback": 0.6, "ask_delivery_time": 0.36, "ask_arrival_time": 0.34}

    answer = await customer.run(
        "action_offer_readings", "机器人哪天到", intent="nlu_fallback", ranking=ranking
    )

    assert answer.said == ["utter_arrives_by"]


async def test_readings_of_different_wishes_are_offered(speak: SpokenTo) -> None:
    """The negative control: as sure together, but they lead to different ends."""
    customer = await speak("88004")
    ranking = {"nlu_fallback": 0.6, "request_return": 0.45, "search_product": 0.4}

    answer = await customer.run(
        "action_offer_readings", "推车", intent="nlu_fallback", ranking=ranking
    )

    assert answer.said == ["utter_offer_readings"]
    assert customer.form is None


async def test_two_unlikely_readings_are_offered(speak: SpokenTo) -> None:
    customer = await speak("88004")
    ranking = {"nlu_fallback": 0.6, "request_return": 0.25, "cancel_order": 0.24}

    answer = await customer.run(
        "action_offer_readings", "推车", intent="nlu_fallback", ranking=ranking
    )

    assert answer.said == ["utter_offer_readings"]


async def test_rules_or_a_claim_for_goods_that_were_bought_is_a_claim(speak: SpokenTo) -> None:
    customer = await speak("88002")
    ranking = {"nlu_fallback": 0.5, "ask_price_protect_policy": 0.49, "apply_price_protect": 0.41}

    answer = await customer.run(
        "action_offer_readings", "猫粮价保", intent="nlu_fallback", ranking=ranking
    )
    nobodys = await customer.run(
        "action_offer_readings", "价保", intent="nlu_fallback", ranking=ranking
    )

    assert [card["type"] for card in answer.cards] == ["price_claim"]
    assert nobodys.said == ["utter_offer_readings"]

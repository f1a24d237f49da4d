"""Visitors without an account: what they prove, what they see, and what is never asked twice."""

from __future__ import annotations

import json

from tests.actions.conftest import SpokenTo

ORDER, DIGITS = "620026071317", "1001"  # in transit, two parcels
UNPAID = "620026073096"


async def test_number_and_digits_in_one_message_are_enough(speak: SpokenTo) -> None:
    guest = await speak(None)

    answer = await guest.run(
        "action_track_parcels", f"{ORDER} {DIGITS}", entities={"order_no": ORDER}
    )

    assert answer.said == ["utter_status_in_transit"]
    assert [(card["type"], card["order_no"]) for card in answer.cards] == [("parcel_trace", ORDER)]
    assert "_fen" not in json.dumps(answer.responses)


async def test_what_lacks_is_asked_one_by_one(speak: SpokenTo) -> None:
    guest = await speak(None)

    nothing = await guest.run("action_show_order", "我的快递", intent="query_order_status")
    number = await guest.run("action_use_information", ORDER, entities={"order_no": ORDER})
    digits = await guest.run("action_use_information", DIGITS)

    assert nothing.said == ["utter_sign_in_first"]
    assert number.said == ["utter_ask_phone_last4"]
    assert digits.said == ["utter_status_in_transit"]


async def test_digits_that_look_like_an_ending_do_not_replace_the_number(speak: SpokenTo) -> None:
    guest = await speak(None)
    await guest.run("action_track_parcels", ORDER, entities={"order_no": ORDER})
    guest.past = [{"event": "slot", "name": "order_no", "value": ORDER}]
    guest.slots["order_no"] = DIGITS  # as the engine fills it before the action runs

    answer = await guest.run("action_use_information", DIGITS, entities={"order_no": DIGITS})

    assert answer.said == ["utter_status_in_transit"]
    assert answer.slots["order_no"] == ORDER


async def test_a_proof_is_not_asked_for_again(speak: SpokenTo) -> None:
    guest = await speak(None)
    await guest.run("action_show_order", f"{ORDER} {DIGITS}", entities={"order_no": ORDER})

    later = await guest.run("action_track_parcels", "到哪了", intent="track_logistics")

    assert later.said == ["utter_status_in_transit"]


async def test_digits_of_full_width_count(speak: SpokenTo) -> None:
    guest = await speak(None)
    await guest.run("action_show_order", ORDER, entities={"order_no": ORDER})

    answer = await guest.run("action_use_information", "尾号１００１")

    assert answer.said == ["utter_status_in_transit"]


async def test_an_order_without_parcels_shows_its_state_alone(speak: SpokenTo) -> None:
    guest = await speak(None)

    answer = await guest.run(
        "action_show_order", f"{UNPAID} {DIGITS}", entities={"order_no": UNPAID}
    )

    assert answer.said == ["utter_status_unpaid"]
    assert answer.cards == []


async def test_guesses_are_told_apart_by_nothing_and_end_with_a_person(speak: SpokenTo) -> None:
    guest = await speak(None)
    said = []
    for number in (ORDER, "620026999999", ORDER, "620026999999", ORDER, ORDER):
        answer = await guest.run(
            "action_show_order", f"{number} 0000", entities={"order_no": number}
        )
        said.append(answer.said)

    assert said == [["utter_proof_failed"]] * 5 + [["utter_proof_too_often"]]
    assert answer.cards == []


async def test_an_ending_of_the_number_proves_nothing(speak: SpokenTo) -> None:
    guest = await speak(None)

    answer = await guest.run("action_show_order", "尾号1317", entities={"order_no": "1317"})

    assert answer.said == ["utter_sign_in_first"]

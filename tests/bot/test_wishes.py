"""When a message counts as several wishes."""

from __future__ import annotations

from typing import Any

import pytest

from bot.wishes import OWN_WISH, Reading, read_wishes


def reading(
    text: str, *, may_split: bool = True, sure: float = 0.95, **intents: str
) -> tuple[Reading, list[str]]:
    """Reads with a table of intents by text; also returns what was read, in order."""
    asked: list[str] = []

    def read(one: str) -> dict[str, Any]:
        asked.append(one)
        at = one.find("5561")
        entities = [{"entity": "order_no", "start": at, "end": at + 4}] if at >= 0 else []
        name = intents.get(one, "whole")
        return {"text": one, "intent": {"name": name, "confidence": sure}, "entities": entities}

    return read_wishes(read, text, may_split=may_split), asked


def names(found: Reading) -> list[tuple[str, str]]:
    return [(text, parse["intent"]["name"]) for text, parse in found.wishes]


def test_different_wishes_are_kept_apart() -> None:
    found, _ = reading("要退货。查快递", 要退货="request_return", 查快递="track_logistics")

    assert names(found) == [("要退货", "request_return"), ("查快递", "track_logistics")]
    assert found.was_cut
    assert found.summary()["text"] == "要退货。查快递"


def test_giving_back_in_two_ways_is_one_wish() -> None:
    found, _ = reading("不要了。退货", 不要了="cancel_order", 退货="request_return")

    assert names(found) == [("不要了。退货", "whole")]


def test_a_fault_and_its_remedy_are_one_wish() -> None:
    found, _ = reading(
        "坏了。换新", 坏了="request_repair", 换新="request_replace_instead_of_repair"
    )

    assert names(found) == [("坏了。换新", "whole")]


def test_the_same_wish_twice_is_one() -> None:
    found, _ = reading("查快递。到哪了", 查快递="track_logistics", 到哪了="track_logistics")

    assert names(found) == [("查快递。到哪了", "whole")]
    assert not found.was_cut


def test_a_part_that_says_nothing_alone_keeps_the_message_whole() -> None:
    found, _ = reading("查快递。尾号5561", 查快递="track_logistics", 尾号5561="inform")

    assert names(found) == [("查快递。尾号5561", "whole")]


def test_thanks_beside_a_wish_need_no_answer_of_their_own() -> None:
    found, _ = reading("查快递 谢谢", 查快递="track_logistics", 谢谢="thank")

    assert names(found) == [("查快递 谢谢", "track_logistics")]


def test_entities_count_from_the_start_of_the_whole_message() -> None:
    found, _ = reading("在吗 订单5561", 订单5561="query_order_status")

    (entity,) = found.wishes[0][1]["entities"]
    assert "在吗 订单5561"[entity["start"] : entity["end"]] == "5561"
    assert found.was_cut


def test_in_a_form_nothing_is_cut_and_read_once() -> None:
    found, asked = reading("要退货。查快递", may_split=False)

    assert asked == ["要退货。查快递"]
    assert not found.was_cut


def test_closing_punctuation_is_no_cut() -> None:
    found, _ = reading("查快递。", 查快递="track_logistics")

    assert names(found) == [("查快递。", "track_logistics")]
    assert not found.was_cut


def test_what_a_comma_cuts_off_must_be_sure_to_be_a_wish() -> None:
    parts = {"买的锅粘底粘得厉害": "ask_product_usage", "我的快递到哪里了": "track_logistics"}
    text = ",".join(parts)

    unsure, _ = reading(text, sure=OWN_WISH - 0.01, **parts)
    sure, _ = reading(text, sure=OWN_WISH, **parts)

    assert names(unsure) == [(text, "whole")]
    assert names(sure) == list(parts.items())


def test_a_few_characters_after_a_comma_lean_on_what_was_said_before() -> None:
    found, _ = reading(
        "税号写错了一位,帮我换", 税号写错了一位="modify_invoice", 帮我换="request_exchange"
    )

    assert names(found) == [("税号写错了一位,帮我换", "whole")]


def test_after_a_full_stop_a_short_wish_of_middling_confidence_counts() -> None:
    parts = {"查快递": "track_logistics", "开发票": "request_invoice"}

    found, _ = reading("查快递。开发票", sure=OWN_WISH - 0.1, **parts)

    assert names(found) == list(parts.items())


@pytest.mark.parametrize("link", ["顺便", "另外", "还有"])
def test_a_word_that_announces_another_wish_counts_as_a_full_stop(link: str) -> None:
    parts = {"查快递": "track_logistics", f"{link}开发票": "request_invoice"}

    found, _ = reading(",".join(parts), sure=OWN_WISH - 0.1, **parts)

    assert names(found) == list(parts.items())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("report_quality_issue", "request_return"),
        ("request_exchange", "report_wrong_item"),
        ("apply_price_protect", "request_compensation"),
        ("query_refund_progress", "urge_after_sale"),
        ("file_complaint", "request_human"),
    ],
)
def test_halves_of_one_wish_stay_together_however_sure_they_are(one: str, other: str) -> None:
    parts = {"前面半句说得很清楚": one, "后面半句也说得清楚": other}

    found, _ = reading("。".join(parts), **parts)

    assert names(found) == [("。".join(parts), "whole")]


def test_a_fault_of_one_thing_and_the_parcel_of_another_are_two_wishes() -> None:
    parts = {"上次买的杯子开裂了": "report_quality_issue", "这次的快递到哪里了": "track_logistics"}

    found, _ = reading(",".join(parts), **parts)

    assert names(found) == list(parts.items())


def test_a_short_half_after_a_comma_is_not_even_read() -> None:
    text = "我想问下快递走到哪里了，快一点"
    found, asked = reading(text)

    assert asked == [text]
    assert names(found) == [(text, "whole")]


def test_a_short_half_that_may_be_thanks_is_read() -> None:
    wish = "我想问下快递走到哪里了"
    found, asked = reading(f"{wish}，谢谢", 谢谢="thank", **{wish: "track_logistics"})

    assert asked == ["谢谢", wish]
    assert names(found) == [(f"{wish}，谢谢", "track_logistics")]


def test_the_shortest_part_is_read_first_and_may_decide() -> None:
    text = "我昨天晚上买的那个吹风机有点响。大概是三档。这样"
    found, asked = reading(text, 这样="nlu_fallback")

    assert asked == ["这样", text]
    assert names(found) == [(text, "whole")]


def test_a_part_that_is_unsure_after_a_comma_ends_the_reading() -> None:
    text = "发票抬头要写公司，快递走到哪里了呀"
    found, asked = reading(text, sure=OWN_WISH - 0.01, 发票抬头要写公司="request_invoice")

    assert asked == ["发票抬头要写公司", text]
    assert names(found) == [(text, "whole")]


def test_what_one_part_surely_wants_is_kept_when_the_whole_says_nothing() -> None:
    text = "叽里咕噜叽里，顺便给我开张发票"
    found, _ = reading(
        text,
        叽里咕噜叽里="nlu_fallback",
        顺便给我开张发票="request_invoice",
        **{text: "nlu_fallback"},
    )

    assert names(found) == [
        ("叽里咕噜叽里", "nlu_fallback"),
        ("顺便给我开张发票", "request_invoice"),
    ]
    assert found.was_cut


def test_a_few_unclear_characters_beside_a_sure_wish_are_not_asked_about() -> None:
    text = "唉。给我开张发票"
    found, _ = reading(
        text, 唉="nlu_fallback", 给我开张发票="request_invoice", **{text: "nlu_fallback"}
    )

    assert names(found) == [("给我开张发票", "request_invoice")]


def test_an_unsure_part_does_not_stand_for_a_message_that_says_nothing() -> None:
    text = "叽里咕噜叽里。给我开张发票"
    found, _ = reading(
        text,
        sure=OWN_WISH - 0.01,
        叽里咕噜叽里="nlu_fallback",
        给我开张发票="request_invoice",
        **{text: "nlu_fallback"},
    )

    assert names(found) == [(text, "nlu_fallback")]

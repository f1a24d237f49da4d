"""When a message counts as several wishes."""

from __future__ import annotations

from typing import Any

from bot.wishes import Reading, read_wishes


def reading(text: str, *, may_split: bool = True, **intents: str) -> tuple[Reading, list[str]]:
    """Reads with a table of intents by text; also returns what was read, in order."""
    asked: list[str] = []

    def read(one: str) -> dict[str, Any]:
        asked.append(one)
        at = one.find("5561")
        entities = [{"entity": "order_no", "start": at, "end": at + 4}] if at >= 0 else []
        name = intents.get(one, "whole")
        return {"text": one, "intent": {"name": name}, "entities": entities}

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

"""Entities by pattern: one kind per number, spans in the customer's own text."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.entities.lookup import Lookup
from bot.entities.numerals import read_number
from bot.entities.search import find_entities

NOON_WEDNESDAY = datetime(2026, 11, 18, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai


def found(text: str, now: datetime = NOON_WEDNESDAY) -> list[tuple[str, Any]]:
    """Without the names of lists, which have tests of their own."""
    entities = [(one["entity"], one["value"]) for one in find_entities(text, now)]
    return [one for one in entities if one[0] not in {"category", "product", "brand", "variant"}]


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("订单20261118000042怎么还没到", [("order_no", "20261118000042")]),
        ("20261118000042", [("order_no", "20261118000042")]),
        ("手机13900001111收", [("phone", "13900001111")]),
        ("打 139-0000-1111 给我", [("phone", "13900001111")]),
        ("+86 13900001111", [("phone", "13900001111")]),
        ("订单号:13900001111", [("order_no", "13900001111")]),
        ("尾号 5561", [("order_no", "5561")]),
        ("后四位是五五六幺", [("order_no", "5561")]),
        ("5561那单呢", [("order_no", "5561")]),
        ("5561", [("order_no", "5561")]),
        ("the order ending in 5561", [("order_no", "5561")]),
        ("I want to return order 5561", [("order_no", "5561")]),
        ("where is my order #5561?", [("order_no", "5561")]),
        ("order number 5561 please", [("order_no", "5561")]),
        ("订单5561怎么还没到", [("order_no", "5561")]),
        ("i'd like to order 5561 mugs", []),
        ("订单1200元的发票", [("amount", 120000)]),
        ("订单2026年的", []),
        ("手机尾号5561", []),
        ("卡的尾号是5561", []),
        ("型号5561的锅", []),
        ("RMA-20260001 到哪步", [("rma_no", "RMA20260001")]),
        ("rma20260001", [("rma_no", "RMA20260001")]),
        ("运单SF1234567890123", [("waybill_no", "SF1234567890123")]),
        ("快递单号 773012345678901", [("waybill_no", "773012345678901")]),
        ("123456789", []),
        ("123456789012345678901", []),
        ("ab20261118000042", []),
    ],
)
def test_a_number_is_of_one_kind(text: str, entities: list[tuple[str, str]]) -> None:
    assert found(text) == entities


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("退了20块", [("amount", 2000)]),
        ("一共199.9元", [("amount", 19990)]),
        ("¥1,299.00", [("amount", 129900)]),
        ("三块五", [("amount", 350)]),
        ("少了12块5", [("amount", 1250)]),
        ("两千以内的手机", [("budget", 200_000)]),
        ("预算3000左右", [("budget", 300_000)]),
        ("手机 一千块封顶", [("budget", 100_000)]),
        ("那两千二呢", [("amount", 220_000)]),
        ("三百", [("amount", 30_000)]),
        ("三百多天", []),
        ("那二呢", []),
        ("顶多八百块", [("budget", 80_000)]),
        ("三千五以内", [("budget", 350_000)]),
        ("budget is 2k", [("budget", 200_000)]),
        ("一万二的电脑", []),
        ("1.5万", [("amount", 1_500_000)]),
        ("3千块", [("amount", 300_000)]),
        ("4k电视", []),
        ("一块退了", []),
        ("5千克大米", []),
        ("万一坏了", []),
        ("3天以内", []),
    ],
)
def test_money_is_in_fen(text: str, entities: list[tuple[str, int]]) -> None:
    assert found(text) == entities


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("买了三件", [("quantity", 3)]),
        ("12 盒都坏了", [("quantity", 12)]),
        ("2 pairs", [("quantity", 2)]),
        ("换一个", []),
        ("三个月了", []),
        ("第2件半价", []),
    ],
)
def test_pieces_are_counted(text: str, entities: list[tuple[str, int]]) -> None:
    assert found(text) == entities


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("明天送", [("date", "2026-11-19")]),
        ("大后天", [("date", "2026-11-21")]),
        ("上周三买的", [("date", "2026-11-11")]),
        ("周三", [("date", "2026-11-18")]),
        ("下周一上午10点半", [("date", "2026-11-23"), ("time", "10:30")]),
        ("11月20号", [("date", "2026-11-20")]),
        ("1月2日", [("date", "2027-01-02")]),
        ("2月30日", []),
        ("2026-12-01 19:30", [("date", "2026-12-01"), ("time", "19:30")]),
        ("晚上七点", [("time", "19:00")]),
        ("tomorrow at 3pm", [("date", "2026-11-19"), ("time", "15:00")]),
        ("next monday", [("date", "2026-11-23")]),
        ("一点都不好", []),
        ("早点送", []),
        ("停在那 一点动静没有", []),
        ("再便宜一点", []),
        ("快一点送来", []),
        ("一点", [("time", "01:00")]),
        ("明天一点送来", [("date", "2026-11-19"), ("time", "01:00")]),
        ("下午一点", [("time", "13:00")]),
        ("一点半左右在家", [("time", "01:30")]),
    ],
)
def test_days_and_times_count_from_the_given_now(
    text: str, entities: list[tuple[str, str]]
) -> None:
    assert found(text) == entities


def test_a_day_is_a_day_in_shanghai() -> None:
    an_hour_before_midnight_utc = datetime(2026, 11, 18, 23, 0, tzinfo=UTC)

    assert found("今天", an_hour_before_midnight_utc) == [("date", "2026-11-19")]


def test_spans_point_into_the_customers_own_text() -> None:
    text = "  尾号是　８８\u200b３２ 那单"

    (entity,) = find_entities(text, NOON_WEDNESDAY)

    assert text[entity["start"] : entity["end"]] == "８８\u200b３２"
    assert entity["value"] == "8832"


@given(
    st.text(
        alphabet="0123456789零一二三四五六七八九十百千万亿两半元块k个件点日月年周天 尾号订单.:-/",
        max_size=40,
    )
)
def test_spans_are_sound_and_never_overlap(text: str) -> None:
    entities = find_entities(text, NOON_WEDNESDAY)

    assert all(0 <= one["start"] < one["end"] <= len(text) for one in entities)
    assert all(a["end"] <= b["start"] for a, b in pairwise(entities))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("十二", 12), ("二十", 20), ("一百零五", 105), ("三千五", 3500), ("三千零五", 3005),
        ("一万二", 12_000), ("两百五十", 250), ("十万", 100_000), ("1,299", 1299), ("零", 0),
    ],
)  # fmt: skip
def test_reads_numbers_as_people_say_them(written: str, value: int) -> None:
    assert read_number(written) == value


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("身高178体重140斤", [("height", 178), ("weight", "70")]),
        ("一米六五 52公斤", [("height", 165), ("weight", "52")]),
        ("我1.8米,90kg", [("height", 180), ("weight", "90")]),
        ("160cm 45 kilos", [("height", 160), ("weight", "45")]),
        ("桌子长160cm", []),
        ("5斤苹果烂了", []),
        ("宝宝20斤", [("weight", "10")]),
        ("孩子三岁半", [("age", 42)]),
        ("三岁", [("age", 36)]),
        ("宝宝8个月", [("age", 8)]),
        ("6 months old", [("age", 6)]),
        ("保修8个月", []),
        ("换成XL", [("size", "XL")]),
        ("L码有吗", [("size", "L")]),
        ("要42码的", [("size", "42")]),
        ("穿38.5码", [("size", "38.5")]),
        ("it's broken", []),
        ("size M please", [("size", "M")]),
        ("纸尿裤NB换S码", [("size", "NB"), ("size", "S")]),
    ],
)
def test_measures_of_people_and_garments(text: str, entities: list[tuple[str, Any]]) -> None:
    assert found(text) == entities


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("明天下午送", [("date", "2026-11-19"), ("slot", "12:00/18:00")]),
        ("晚上七点以后", [("slot", "19:00/21:00")]),
        ("9点到12点", [("slot", "09:00/12:00")]),
        ("下班后再来", [("slot", "18:00/21:00")]),
        ("saturday morning", [("date", "2026-11-21"), ("slot", "09:00/12:00")]),
        ("after 6pm", [("slot", "18:00/21:00")]),
        ("早上好", []),
    ],
)
def test_windows_of_a_day(text: str, entities: list[tuple[str, str]]) -> None:
    assert found(text) == entities


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("发 li.na88@example.com", [("email", "li.na88@example.com")]),
        ("税号 91330106MA2CFRGT0X", [("tax_no", "91330106MA2CFRGT0X")]),
        ("91330106MA2CFRGT0X", [("tax_no", "91330106MA2CFRGT0X")]),
        ("寄到杭州", [("region", "杭州")]),
        ("顺风寄的", [("carrier", "顺丰")]),
        ("用alipay付", [("payment_method", "支付宝")]),
        ("找小王", [("person", "小王")]),
    ],
)
def test_names_and_addresses(text: str, entities: list[tuple[str, str]]) -> None:
    assert found(text) == entities


def test_goods_are_found_by_the_shops_lists() -> None:
    entities = {
        one["entity"]: one["value"] for one in find_entities("听潮耳机黑的", NOON_WEDNESDAY)
    }

    assert entities == {"brand": "听潮", "category": "耳机", "variant": "黑色"}


def test_a_phone_number_names_no_phone_on_sale() -> None:
    kinds = [one["entity"] for one in find_entities("手机号13900001111", NOON_WEDNESDAY)]

    assert kinds == ["phone"]


def test_a_changed_list_counts_without_training(tmp_path: Path) -> None:
    names = tmp_path / "brand.yml"
    names.write_text("山海: [shanhai]\n", "utf-8")
    lookup = Lookup(tmp_path)
    before = [one.value for one in lookup.find("shanhai 云川")]

    names.write_text("山海: [shanhai]\n云川: []\n", "utf-8")
    os.utime(names, ns=(1, 1))

    assert before == ["山海"]
    assert [one.value for one in lookup.find("shanhai 云川")] == ["山海", "云川"]


def test_a_new_list_counts_and_a_list_that_is_gone_does_not(tmp_path: Path) -> None:
    (tmp_path / "brand.yml").write_text("山海: []\n", "utf-8")
    (tmp_path / "notes.txt").write_text("云川: []\n", "utf-8")
    lookup = Lookup(tmp_path)
    before = [one.value for one in lookup.find("山海 云川")]

    (tmp_path / "category.yml").write_text("云川: []\n", "utf-8")
    with_both = [(one.entity, one.value) for one in lookup.find("山海 云川")]
    (tmp_path / "brand.yml").unlink()

    assert before == ["山海"]
    assert with_both == [("brand", "山海"), ("category", "云川")]
    assert [one.value for one in lookup.find("山海 云川")] == ["云川"]


def test_without_a_folder_of_lists_no_names_are_found(tmp_path: Path) -> None:
    assert list(Lookup(tmp_path / "none").find("山海")) == []


@pytest.mark.parametrize("unit", [" ", "1", "百", "体重", "sf"])
def test_a_text_twice_as_long_as_allowed_is_searched_in_no_time(unit: str) -> None:
    """The engine reads one text at a time: who waits behind this one waits for its patterns."""
    text = (unit * 8_000)[:8_000]
    began = time.thread_time()

    find_entities(text, NOON_WEDNESDAY)

    assert time.thread_time() - began < 2  # the slow one took 4

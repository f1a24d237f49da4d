"""What a log or an agent may see of a person."""

from __future__ import annotations

import pytest

from console.desk.masking import mask_address, mask_name, mask_order_no, mask_phone, mask_text


@pytest.mark.parametrize(
    ("phone", "masked"),
    [("13800001234", "138****1234"), ("+86 138 0000 1234", "138****1234"), ("010-5550", "*****50"),
     ("12", "****"), ("", "****")],
)  # fmt: skip
def test_a_phone_keeps_its_head_and_its_tail(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("name", "masked"),
    [("林晓", "林*"), ("欧阳明月", "欧阳**"), ("Ann Lee", "A*** L***"), ("李", "李*"), ("", "")],
)
def test_a_name_keeps_the_family_name(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("浙江省杭州市西湖区示例路 1 号", "浙江省杭州市西湖区****"),
        ("上海市浦东新区样板街 20 号 301", "上海市浦东新区****"),
        ("somewhere 5", "****"),
        ("", ""),
    ],
)
def test_an_address_keeps_the_district(address: str, masked: str) -> None:
    assert mask_address(address) == masked


def test_order_numbers_keep_four_digits() -> None:
    assert mask_order_no("620014000017") == "****0017"
    assert mask_order_no("17") == "****"


def test_free_text_loses_phones_numbers_and_mail_addresses() -> None:
    text = "订单620014000017,电话13800001234,邮箱lin.xiao@example.com,第2件"

    assert mask_text(text) == "订单****0017,电话138****1234,邮箱l***@example.com,第2件"

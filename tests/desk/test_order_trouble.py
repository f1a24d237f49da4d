"""Why an order cannot be placed: from the words, then from the goods; our own sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.desk.order_trouble import Trouble, diagnose
from console.gateways.demo_catalogue import PRODUCTS_BY_ID

IN_STOCK = PRODUCTS_BY_ID["p101"]
SOLD_OUT = replace(IN_STOCK, stock=0)
SENTENCES = [
    ("它说我超过限购了", Trouble.LIMIT),
    ("there is a limit on this one", Trouble.LIMIT),
    ("说我这个地址不配送", Trouble.ADDRESS),
    ("提示账号存在风险", Trouble.ACCOUNT),
    ("取消的单子帮忙恢复", Trouble.RESTORE),
    ("你直接帮我下单得了", Trouble.FOR_ME),
    ("要的规格点不动", Trouble.OPTION),
    ("购物车塞不进去", Trouble.CART),
    ("点了付款一直转圈", Trouble.PAGE),
    ("the button does nothing", Trouble.PAGE),
    ("头一回用，怎么买", Trouble.HOW),
    ("嗯？", Trouble.PAGE),
]


@pytest.mark.parametrize(("text", "trouble"), SENTENCES)
def test_words_name_the_trouble(text: str, trouble: Trouble) -> None:
    assert diagnose(text, IN_STOCK) is trouble


def test_vague_words_about_sold_out_goods_mean_that_they_are_sold_out() -> None:
    assert diagnose("点了付款一直转圈", SOLD_OUT) is Trouble.SOLD_OUT
    assert diagnose("提示账号存在风险", SOLD_OUT) is Trouble.ACCOUNT

"""The summary before a form submits: its lines in both languages, and as plain text."""

from __future__ import annotations

from console.desk.summary import Line, label, summary_card, summary_text

LINES = (
    Line("order_item_id", "亚麻连衣裙"),
    Line("quantity", "2 件"),
    Line("photos"),
    Line("refund", amount_fen=159_05),
)


def test_a_line_is_called_in_the_readers_language() -> None:
    assert [label(one.name, "zh") for one in LINES] == ["商品", "数量", "照片", "退款金额"]
    assert [label(one.name, "en") for one in LINES] == ["Item", "Quantity", "Pictures", "Refund"]


def test_a_line_without_a_value_is_left_out_and_nothing_to_pay_is_a_value() -> None:
    card = summary_card("退款", [*LINES, Line("to_pay", amount_fen=0)], "zh")

    assert [one["label"] for one in card["lines"]] == ["商品", "数量", "退款金额", "费用"]
    assert card["lines"][-1] == {"label": "费用", "text": "", "amount_fen": 0}


def test_the_plain_text_says_every_line_of_the_card() -> None:
    zh = summary_card("退款", LINES, "zh", "不用寄回。")
    en = summary_card("A refund", LINES, "en")

    assert summary_text(zh, "zh") == (
        "退款\n商品：亚麻连衣裙\n数量：2 件\n退款金额：159.05 元\n不用寄回。"
    )
    assert summary_text(en, "en").splitlines()[-1] == "Refund: ¥159.05"

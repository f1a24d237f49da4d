"""The conversation follows whole sentences, and nothing less."""

from __future__ import annotations

import pytest

from console.desk.language import language_spoken


@pytest.mark.parametrize(
    "said",
    [
        "Could you tell me where my parcel is?",
        "the kettle doesn't heat any more",
        "i’d like the blue one",
        "hi\nwhen is it going to be here",
    ],
)
def test_an_english_sentence_in_a_chinese_conversation(said: str) -> None:
    assert language_spoken("zh", [said]) == "en"
    assert language_spoken("en", [said]) == "en"


@pytest.mark.parametrize("said", ["水壶烧不热了", "我的包裹呢", "那 iPhone 15 Pro 的壳还有吗"])
def test_a_chinese_sentence_in_an_english_conversation(said: str) -> None:
    assert language_spoken("en", [said]) == "zh"
    assert language_spoken("zh", [said]) == "zh"


@pytest.mark.parametrize(
    "said",
    [
        "ok",
        "OK thanks",
        "yes please",
        "620026079548",
        "Chengyu S3 phone 256 GB",
        "澄屿 S3 手机 256G",
        "退货",
        "谢谢啦",
        "see https://shop.example/the/way/to/my/order",
        "write to i.am.here@example.com",
        "my order please 怎么还没有到",
        "SF1234567890123",
        "👍",
        "",
    ],
)
@pytest.mark.parametrize("present", ["zh", "en"])
def test_what_is_no_clear_sentence_changes_nothing(present: str, said: str) -> None:
    assert language_spoken(present, [said]) == present


def test_of_several_messages_the_last_clear_one_counts() -> None:
    assert language_spoken("zh", ["where is my order", "还是说中文吧", "ok"]) == "zh"
    assert language_spoken("zh", ["我的快递呢", "sorry, where is my order", "谢谢"]) == "en"

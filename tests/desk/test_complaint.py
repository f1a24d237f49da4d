"""How grave a complaint is, and what that does to its deadlines; our own sentences."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.desk.complaint import complaint_deadlines, complaint_severity, expectation
from console.desk.policy import PolicyBook
from console.desk.policy_defaults import DEFAULT_POLICIES
from console.desk.words import Words
from tests.given import NOW

SENTENCES = [
    ("客服说话很冲", 1),
    ("the clerk was rude to me", 1),
    ("多收了我的运费", 2),
    ("you still owe me a refund", 2),
    ("再这样我就打12315", 3),
    ("my lawyer will write to you", 3),
    ("孩子用了以后过敏", 3),
    ("过敏住院了，准备起诉你们", 4),
    ("it burnt my hand and I will sue", 4),
]


@pytest.mark.parametrize(("text", "severity"), SENTENCES)
def test_words_decide_the_severity(text: str, severity: int) -> None:
    assert complaint_severity(text) == severity


@pytest.mark.parametrize(("text", "severity"), SENTENCES)
def test_a_broken_promise_makes_it_one_graver_and_never_more_than_four(
    text: str, severity: int
) -> None:
    assert complaint_severity(text, has_broken_promise=True) == min(4, severity + 1)


@pytest.mark.parametrize(("severity", "minutes"), [(1, 15), (2, 15), (3, 5), (4, 5)])
def test_a_grave_complaint_is_answered_sooner(severity: int, minutes: int) -> None:
    deadlines = complaint_deadlines(severity, PolicyBook(DEFAULT_POLICIES), NOW)

    assert deadlines.first_answer == timedelta(minutes=minutes)
    assert deadlines.plan == timedelta(hours=24)
    assert deadlines.close == timedelta(hours=72)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A quick fix", Words("尽快处理", "A quick fix")),
        ("补偿优惠券", Words("补偿优惠券", "A coupon as compensation")),
        ("补偿 50.00 元", Words("补偿 50.00 元", "¥50.00 of compensation")),
        ("¥50.00 of compensation", Words("补偿 50.00 元", "¥50.00 of compensation")),
        ("把快递费还我", "把快递费还我"),
    ],
)
def test_what_was_chosen_is_told_in_both_languages_and_what_was_typed_as_it_is(
    text: str, expected: Words | str
) -> None:
    assert expectation(text) == expected

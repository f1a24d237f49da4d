"""A no to messages counts from its second; a later wish is a new yes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.desk.consent import EVERY_CHANNEL, Channel, channels_in, may_contact
from tests.given import NOW

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("asked_at", "allowed"), [(NOW - SECOND, False), (NOW, False), (NOW + SECOND, True)]
)
def test_only_a_wish_after_the_refusal_is_a_new_yes(asked_at, allowed) -> None:
    assert may_contact(NOW, asked_at) is allowed
    assert may_contact(None, asked_at)


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        ("别发短信了", (Channel.SMS,)),
        ("邮件和推送都关掉", (Channel.EMAIL, Channel.PUSH)),
        ("stop calling me", (Channel.PHONE,)),
        ("退订", EVERY_CHANNEL),
        ("no more ads", EVERY_CHANNEL),
    ],
)
def test_channels_are_those_that_are_named(text: str, channels: tuple[Channel, ...]) -> None:
    assert channels_in(text) == channels

"""Whether somebody may be written to unasked, by channel. A no counts from the second it is said.

What the customer waits for (an answer, a promise, the state of an order) is never marketing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.desk.words import Words


class Channel(StrEnum):
    SMS = "sms"
    PHONE = "phone"
    EMAIL = "email"
    PUSH = "push"  # the app's own notices
    CHAT = "chat"  # messages of this desk


EVERY_CHANNEL = tuple(Channel)
_NAMES = {
    Channel.SMS: (Words("短信", "text messages"), r"短信|短消息|\bsms\b|text message|\btexts?\b"),
    Channel.PHONE: (Words("电话", "phone calls"), r"电话|来电|\bcall(?:s|ing)?\b|phone"),
    Channel.EMAIL: (Words("邮件", "e-mail"), r"邮件|邮箱|e-?mails?|newsletter"),
    Channel.PUSH: (Words("App 推送", "app notices"), r"推送|弹窗|push|notification"),
    Channel.CHAT: (Words("聊天消息", "chat messages"), r"聊天|私信|\bchat\b"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Said by the customer; `told_shop_at` is set when the shop's own mailings know."""

    customer_id: str
    channel: Channel
    refused_at: datetime
    conversation_id: str
    told_shop_at: datetime | None = None


def may_contact(refused_at: datetime | None, asked_at: datetime) -> bool:
    """A wish that came after the refusal is a new yes for that one thing."""
    return refused_at is None or asked_at > refused_at


def channels_in(text: str) -> tuple[Channel, ...]:
    """Those that the sentence names; every channel when it names none."""
    named = tuple(
        channel for channel, (_, words) in _NAMES.items() if re.search(words, text, re.IGNORECASE)
    )
    return named or EVERY_CHANNEL


def channel_name(channel: Channel, lang: str) -> str:
    return _NAMES[channel][0].of(lang)

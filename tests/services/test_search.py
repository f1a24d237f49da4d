"""An agent finds a conversation by anything that was said in it."""

from __future__ import annotations

import pytest

from console.services.conversation import list_conversations
from tests.given import LIN
from tests.services.conftest import Story


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("搪瓷茶缸", True),
        ("62002607", True),
        ("Tea CUP", True),
        ("没有人说过", False),
        ("100%", False),
        ("搪_茶缸", False),
    ],
)
async def test_words_of_any_message_find_it(story: Story, text: str, is_found: bool) -> None:
    await story.says("有没有搪瓷茶缸 (tea cup)")
    await story.says("订单 620026072458")
    await story.says("谢谢")

    found = await list_conversations(story.desk, LIN, view="all", text=text)

    assert [row.head.id for row in found] == ([story.conversation_id] if is_found else [])

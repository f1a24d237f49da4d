"""What agents ask for is remembered; asking for what is known counts, once."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any
from unittest.mock import AsyncMock

import pytest
import sqlalchemy as sa

from console.desk.case import Fact, Question, Source
from console.desk.errors import NotFound
from console.desk.message import text_body
from console.services import agent_words
from console.services.agent_words import AgentWords, known_answers
from console.services.assignment import take_over
from console.services.context import learn_facts, settle
from console.services.message import post_agent_message
from console.services.resolution import resolve_conversation
from console.storage import agent_words as words_rows
from console.storage import case as case_rows
from tests.given import LIN, WANG
from tests.services.conftest import Story
from tests.services.desk_parts import add_conversation

ASKS = "麻烦报一下订单号"


class Listening:
    """The loop over a story: it reads when the test says so, as a desk would at once."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self._said = 0
        self.restart()

    def restart(self) -> None:
        """A new desk: nothing in memory."""
        self.loop = AgentWords(self.story.desk)
        self.story.desk.hub.listeners[:] = [self.loop._heard]

    async def says(self, text: str) -> int:
        self._said += 1
        return await self.repeats(text, self._said)

    async def repeats(self, text: str, number: int) -> int:
        body = {"kind": "text", "text": text}
        receipt = await post_agent_message(
            self.story.desk, LIN, self.story.conversation_id, f"agent-{number:04}", body
        )
        return receipt.seq

    async def asked(self) -> list[Question]:
        return (await self.story.card()).asked

    async def reask_count(self) -> int:
        head = await self.story.head()
        found = await self.story.desk.database.read(
            lambda tx: case_rows.case_by_id(tx, head.case_id)
        )
        return found.reask_count


@pytest.fixture
async def lin(story: Story) -> Listening:
    await take_over(story.desk, LIN, story.conversation_id)
    listening = Listening(story)
    await listening.loop.look()  # it has started, and nothing was left behind
    return listening


async def knows(story: Story, **facts: str) -> None:
    await settle(story.desk, story.conversation_id, facts, Source.CUSTOMER)
    story.clock.turn(seconds=5)


async def test_asking_for_what_the_customer_told_is_counted(lin: Listening):
    await knows(lin.story, order_no="202611010001")

    seq = await lin.says(ASKS)
    await lin.loop.look()

    assert await lin.asked() == [
        Question("order_no", "小林", ASKS, lin.story.clock.now(), True, "co_visitor", seq)
    ]
    assert await lin.reask_count() == 1


async def test_asking_for_what_nobody_knows_is_remembered_and_not_counted(lin: Listening):
    await lin.says(ASKS)
    await lin.loop.look()

    assert [(each.slot, each.is_reask) for each in await lin.asked()] == [("order_no", False)]
    assert await lin.reask_count() == 0


async def test_an_expired_answer_may_be_asked_for_again(lin: Listening):
    story = lin.story
    now, head = story.clock.now(), await story.head()
    reason = Fact("reason", "damaged", Source.CUSTOMER, now, expires_at=now)
    await story.desk.database.write(
        lambda tx: learn_facts(tx, head.id, head.case_id, [reason], now)
    )
    story.clock.turn(seconds=5)

    await lin.says("请问这次退货的原因是什么?")
    await lin.loop.look()

    assert [(each.slot, each.is_reask) for each in await lin.asked()] == [("reason", False)]
    assert await lin.reask_count() == 0


async def test_a_guess_of_the_bot_may_be_asked_about(lin: Listening):
    await settle(lin.story.desk, "co_visitor", {"order_no": "1"}, Source.BOT)

    await lin.says(ASKS)
    await lin.loop.look()

    assert await lin.reask_count() == 0


@pytest.mark.parametrize(
    "text",
    ["尾号 0001 的订单对吗?", "为了核实身份,请报一下手机号后四位", "您的订单号我看到了", "请稍等"],
)
async def test_a_read_back_a_check_or_a_statement_is_no_question(lin: Listening, text: str):
    await knows(lin.story, order_no="202611010001", phone="13900000316")

    await lin.says(text)
    await lin.loop.look()

    assert await lin.asked() == []
    assert await lin.reask_count() == 0


async def test_a_repeat_of_the_same_message_counts_once(lin: Listening):
    await knows(lin.story, order_no="202611010001")
    await lin.says(ASKS)
    await lin.loop.look()

    await lin.repeats(ASKS, 1)
    await lin.loop.look()

    assert await lin.reask_count() == 1


async def test_asking_again_in_a_new_message_counts_again(lin: Listening):
    await knows(lin.story, order_no="202611010001")

    await lin.says(ASKS)
    await lin.says("您的订单号是多少")
    await lin.loop.look()

    assert await lin.reask_count() == 2


async def test_a_restart_neither_loses_nor_doubles(lin: Listening):
    await knows(lin.story, order_no="202611010001", phone="13900000316")
    await lin.says(ASKS)
    await lin.loop.look()
    await lin.says("电话号码麻烦给我一下")  # the desk dies before it is read

    for _ in range(2):
        lin.restart()
        await lin.loop.look()

    assert [each.slot for each in await lin.asked()] == ["order_no", "phone"]
    assert await lin.reask_count() == 2


async def test_without_the_place_of_the_message_a_restart_would_double(
    lin: Listening, monkeypatch: pytest.MonkeyPatch
):
    """Negative control of the test above."""
    monkeypatch.setattr(agent_words.case_rows, "slots_asked_at", lambda *args: set())
    real = agent_words.context.ask

    def without_place(*args: Any, **place: Any) -> bool:
        return real(*args)

    monkeypatch.setattr(agent_words.context, "ask", without_place)
    await knows(lin.story, order_no="202611010001")
    await lin.says(ASKS)
    await lin.loop.look()
    assert await lin.reask_count() == 1

    lin.restart()
    await lin.loop.look()

    assert await lin.reask_count() == 2


async def test_the_database_refuses_the_same_question_twice(
    lin: Listening, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(agent_words.case_rows, "slots_asked_at", lambda *args: set())
    await knows(lin.story, order_no="202611010001")
    await lin.says(ASKS)
    await lin.loop.look()

    lin.restart()
    with pytest.raises(sa.exc.IntegrityError):
        await lin.loop.look()

    assert await lin.reask_count() == 1


async def test_an_answer_that_came_after_the_question_does_not_count(lin: Listening):
    """The desk died between question and answer and reads the question late."""
    await lin.says(ASKS)
    lin.story.clock.turn(minutes=1)
    await knows(lin.story, order_no="202611010001")

    lin.restart()
    await lin.loop.look()

    assert [each.is_reask for each in await lin.asked()] == [False]


async def test_without_the_time_of_the_fact_the_late_answer_would_count(
    lin: Listening, monkeypatch: pytest.MonkeyPatch
):
    """Negative control of the test above."""
    monkeypatch.setattr(
        agent_words.context,
        "is_reask",
        lambda slot, facts, now: slot in facts and facts[slot].is_known(now),
    )
    await lin.says(ASKS)
    lin.story.clock.turn(minutes=1)
    await knows(lin.story, order_no="202611010001")

    lin.restart()
    await lin.loop.look()

    assert [each.is_reask for each in await lin.asked()] == [True]


async def test_a_resolved_conversation_is_not_looked_at_again(lin: Listening):
    story = lin.story
    await lin.says(ASKS)
    await resolve_conversation(
        story.desk, LIN, story.conversation_id, {"category": "order", "result": "solved"}
    )
    await lin.loop.look()

    assert await story.desk.database.read(words_rows.unread_words) == []


@pytest.mark.parametrize(("at_once", "writes"), [(200, 1), (1, 3)])
async def test_a_start_reads_many_conversations_with_one_write(
    lin: Listening, monkeypatch: pytest.MonkeyPatch, at_once: int, writes: int
):
    """One by one would be a commit each, in turns with the messages of customers."""
    desk = lin.story.desk
    await lin.says(ASKS)
    for name in ("100001", "100002"):
        await desk.database.write(
            partial(add_conversation, conversation_id=f"co_{name}", customer_no=name)
        )
        await take_over(desk, LIN, f"co_{name}")
        await post_agent_message(desk, LIN, f"co_{name}", "agent-0001", text_body(ASKS))
    monkeypatch.setattr(agent_words, "AT_ONCE", at_once)
    written = AsyncMock(wraps=desk.database.write)
    monkeypatch.setattr(desk.database, "write", written)

    lin.restart()
    await lin.loop.look()

    assert written.await_count == writes
    assert await desk.database.read(words_rows.unread_words) == []
    changed = [signal for signal in lin.story.signals if signal.name == "context_changed"]
    assert {signal.conversation_id for signal in changed} == {
        "co_visitor",
        "co_100001",
        "co_100002",
    }


async def test_watchers_see_the_card_change(lin: Listening):
    await lin.says("好的,请稍等")
    await lin.loop.look()
    assert "context_changed" not in [signal.name for signal in lin.story.signals]

    await lin.says(ASKS)
    await lin.loop.look()

    changed = [signal for signal in lin.story.signals if signal.name == "context_changed"]
    assert [signal.conversation_id for signal in changed] == ["co_visitor"]


async def test_the_loop_reads_by_itself_and_survives_a_failure(
    lin: Listening, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(agent_words, "AGAIN_AFTER_S", 0)
    real, failures = agent_words.note_questions, [RuntimeError("the disk is full")]

    async def fails_once(*args: object) -> int:
        if failures:
            raise failures.pop()
        return await real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(agent_words, "note_questions", fails_once)
    lin.story.desk.hub.listeners.clear()
    loop = AgentWords(lin.story.desk)
    loop.start()
    await knows(lin.story, order_no="202611010001")

    await lin.says(ASKS)

    for _ in range(200):
        if await lin.reask_count():
            break
        await asyncio.sleep(0.01)
    await loop.stop()
    assert await lin.reask_count() == 1
    assert lin.story.desk.hub.listeners == []


async def test_the_console_is_told_before_a_known_thing_is_asked(lin: Listening):
    story = lin.story
    await knows(story, order_no="202611010001")

    known = await known_answers(story.desk, LIN, story.conversation_id, f"{ASKS},再拍张照片发我")

    assert [(fact.name, fact.value) for fact in known] == [("order_no", "202611010001")]
    assert await known_answers(story.desk, LIN, story.conversation_id, "请稍等") == []
    assert await lin.asked() == []


async def test_what_is_known_is_told_to_the_holder_only(lin: Listening):
    story = lin.story
    await knows(story, order_no="202611010001")

    with pytest.raises(NotFound):
        await known_answers(story.desk, WANG, story.conversation_id, ASKS)

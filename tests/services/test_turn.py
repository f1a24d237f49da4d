"""A bot turn: once, in order, never after a person has taken over, never lost with the engine."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from console.desk.conversation import State
from console.desk.customer import Customer
from console.desk.errors import EngineDown, NotFound, SameIdOtherContent
from console.desk.event import ActorKind, EventType
from console.desk.handoff import HandoffReason
from console.desk.message import ConversationResolved
from console.gateways.scripted_engine import said, slots_in
from console.services import turn as turns
from console.services.assignment import accept_handoff, take_over
from console.services.handoff import request_handoff
from console.services.message import press_button
from console.services.resolution import resolve_conversation
from console.services.return_to_bot import return_to_bot
from console.services.turn import Finish, claim_turn, finish_turn, put_off
from console.services.turn_step import ask_engine
from console.storage.turn import buttons
from tests.given import LIN
from tests.services.conftest import Story
from tests.services.desk_parts import add_conversation


async def test_the_bot_answers_what_the_customer_wrote(story: Story):
    await story.says("在吗")

    assert await story.bot_turn()
    assert await story.texts() == ["在吗", "echo: 在吗"]
    assert not await story.bot_turn(), "nothing more is owed"


async def test_messages_that_came_together_are_read_together(story: Story):
    await story.says("我的手机")
    await story.says("降价了")

    await story.bot_turn()

    assert [request.text for request in story.engine.requests] == ["我的手机\n降价了"]


async def language_changes(story: Story) -> list[str]:
    changed = EventType.LANGUAGE_CHANGED
    return [event.body["lang"] for event in await story.events() if event.type is changed]


async def test_the_conversation_follows_the_language_of_a_sentence(story: Story):
    await story.says("在吗")
    await story.bot_turn()
    await story.says("could you tell me where my parcel is")
    await story.bot_turn()
    await story.says("ok")
    await story.bot_turn()
    in_english = await story.head()
    await story.says("算了还是说中文吧")
    await story.bot_turn()

    assert [request.lang for request in story.engine.requests] == ["zh", "en", "en", "zh"]
    assert (in_english.lang, (await story.head()).lang) == ("en", "zh")
    assert await language_changes(story) == ["en", "zh"]


async def test_a_turn_that_is_tried_again_changes_the_language_once(story: Story):
    await story.says("could you tell me where my parcel is")
    await claim_turn(story.desk, story.conversation_id, "wk_1")
    story.clock.turn(seconds=31)

    claim = await claim_turn(story.desk, story.conversation_id, "wk_2")

    assert claim.head.lang == "en"
    assert await language_changes(story) == ["en"]


async def test_a_button_speaks_the_language_it_was_offered_in(story: Story):
    """Its label is the bot's sentence and not the customer's."""
    buttons_said = [{"title": "I want to return it", "payload": "/request_return"}]
    story.engine.script = lambda request: said("选一个", buttons=buttons_said)
    await story.says("在吗")
    await story.bot_turn()
    [shown] = (await story.events())[-1].body["buttons"]
    await press_button(story.desk, story.customer, story.conversation_id, "press-0001", shown["id"])

    await story.bot_turn()

    assert (await story.head()).lang == "zh"
    assert await language_changes(story) == []


async def test_what_is_said_to_a_person_changes_the_language_as_well(story: Story):
    await take_over(story.desk, LIN, story.conversation_id)
    await story.says("I would rather speak English if you can")

    await story.bot_turn()

    assert (await story.head()).lang == "en"


async def test_a_message_that_arrives_during_a_turn_gets_the_next_turn(story: Story):
    await story.says("第一句")
    claim = await claim_turn(story.desk, story.conversation_id, "wk_1")
    await story.says("第二句")
    await finish_turn(story.desk, claim, await ask_engine(story.desk, claim))

    await story.bot_turn()

    assert [request.text for request in story.engine.requests] == ["第一句", "第二句"]


async def test_only_one_worker_holds_a_turn(story: Story):
    await story.says("在吗")

    assert await claim_turn(story.desk, story.conversation_id, "wk_1") is not None
    assert await claim_turn(story.desk, story.conversation_id, "wk_2") is None


async def test_a_finished_turn_says_whether_the_customer_has_written_since(story: Story):
    await story.says("在吗")
    first = await claim_turn(story.desk, story.conversation_id, "wk_1")
    outcome = await ask_engine(story.desk, first)
    await story.says("还有一句")

    assert await finish_turn(story.desk, first, outcome) is Finish.OWES_MORE
    assert await finish_turn(story.desk, first, outcome) is Finish.LOST
    second = await claim_turn(story.desk, story.conversation_id, "wk_1")
    outcome = await ask_engine(story.desk, second)
    assert await finish_turn(story.desk, second, outcome) is Finish.DONE


async def test_a_worker_that_lost_its_lease_stores_nothing(story: Story):
    await story.says("在吗")
    late = await claim_turn(story.desk, story.conversation_id, "wk_1")
    story.clock.turn(seconds=31)
    heir = await claim_turn(story.desk, story.conversation_id, "wk_2")
    outcome = await ask_engine(story.desk, late)

    assert await finish_turn(story.desk, heir, outcome)
    assert not await finish_turn(story.desk, late, outcome)
    assert await story.texts() == ["在吗", "echo: 在吗"]


async def test_without_the_fence_a_late_worker_would_answer_twice(story: Story, monkeypatch):
    await story.says("在吗")
    late = await claim_turn(story.desk, story.conversation_id, "wk_1")
    outcome = await ask_engine(story.desk, late)
    await finish_turn(story.desk, late, outcome)
    monkeypatch.setattr(turns.turn_rows, "finish_turn", lambda *args, **kwargs: True)
    monkeypatch.setattr("console.storage.event._stored_keys", lambda *args: set())

    with pytest.raises(Exception, match=r"(?i)unique"):
        await finish_turn(story.desk, late, outcome)


async def test_a_retry_asks_the_same_thing_under_the_same_turn_id(story: Story):
    await story.says("帮我价保")
    claim = await claim_turn(story.desk, story.conversation_id, "wk_1")
    await ask_engine(story.desk, claim)
    await story.says("还有一句")
    story.clock.turn(seconds=31)

    again = await claim_turn(story.desk, story.conversation_id, "wk_2")
    await ask_engine(story.desk, again)

    first, second = story.engine.requests
    assert (first.turn_id, first.text) == (second.turn_id, second.text)


async def test_a_reply_is_dropped_when_a_person_took_over_meanwhile(story: Story):
    await story.says("我要退货")
    claim = await claim_turn(story.desk, story.conversation_id, "wk_1")
    outcome = await ask_engine(story.desk, claim)
    await take_over(story.desk, LIN, story.conversation_id)

    assert await finish_turn(story.desk, claim, outcome)
    assert await story.texts() == ["我要退货"]


async def test_the_bot_goes_on_helping_while_the_customer_waits(story: Story):
    await story.says("转人工")
    await request_handoff(story.desk, story.conversation_id, HandoffReason.WISH)

    await story.bot_turn()

    assert (await story.texts())[-1] == "echo: 转人工"


async def test_while_a_person_talks_the_bot_listens_and_says_nothing(story: Story):
    await take_over(story.desk, LIN, story.conversation_id)
    story.engine.script = lambda request: said("不该出现", slots={"order_no": "202611010001"})
    await story.says("单号 202611010001")

    await story.bot_turn()

    assert await story.texts() == ["单号 202611010001"]
    assert {"event": "pause"} in story.engine.requests[-1].history
    assert (await story.card()).facts["order_no"].value == "202611010001"


async def test_a_form_waits_while_a_person_talks_and_goes_on_after(story: Story):
    story.engine.script = lambda request: said(
        "什么原因?", active_loop="return_form", requested_slot="reason", slots={"order_no": "2026"}
    )
    await story.says("我要退货")
    await story.bot_turn()
    await take_over(story.desk, LIN, story.conversation_id)
    await story.says("你们怎么这么慢")
    await story.bot_turn()
    assert not any(event["event"] == "active_loop" for event in story.engine.requests[-1].history)

    await return_to_bot(story.desk, LIN, story.conversation_id, settled={"reason": "wrong_size"})
    await story.bot_turn()

    request = story.engine.requests[-1]
    assert {"event": "active_loop", "name": "return_form"} in request.history
    assert slots_in(request)["reason"] == "wrong_size"
    assert request.speak
    assert request.metadata["heard"] == ["你们怎么这么慢"]
    assert (await story.head()).state is State.WITH_BOT


async def test_a_fact_survives_a_lost_engine(story: Story):
    story.engine.script = lambda request: said("好的", slots={"order_no": "202611010001"})
    await story.says("订单 202611010001")
    await story.bot_turn()

    story.engine.script = lambda request: said("收到")
    await story.says("到哪了")
    await story.bot_turn()

    assert slots_in(story.engine.requests[-1])["order_no"] == "202611010001"


async def test_asking_for_a_known_fact_counts_as_a_re_ask(story: Story):
    story.engine.script = lambda request: said("好的", slots={"order_no": "202611010001"})
    await story.says("订单 202611010001")
    await story.bot_turn()
    assert [question.is_reask for question in (await story.card()).asked] == []

    story.engine.script = lambda request: said(
        "订单号是多少?", active_loop="return_form", requested_slot="order_no"
    )
    await story.says("我要退货")
    await story.bot_turn()

    assert [question.is_reask for question in (await story.card()).asked] == [True]


async def test_what_a_finished_form_lets_go_of_may_be_asked_again(story: Story):
    story.engine.script = lambda request: said("好的", slots={"reason": "wrong_size"})
    await story.says("尺码不合适")
    await story.bot_turn()
    story.engine.script = lambda request: said("已提交", slots={"reason": None})
    await story.says("提交")
    await story.bot_turn()

    story.engine.script = lambda request: said(
        "什么原因?", active_loop="return_form", requested_slot="reason"
    )
    await story.says("还有一件也要退")
    await story.bot_turn()

    assert "reason" not in slots_in(story.engine.requests[-1])
    assert not (await story.card()).asked[-1].is_reask


async def test_when_the_engine_fails_the_same_turn_is_tried_again(story: Story):
    await story.says("在吗")
    claim = await claim_turn(story.desk, story.conversation_id, "wk_1")
    story.engine.state = "down"
    with pytest.raises(EngineDown):
        await ask_engine(story.desk, claim)
    assert await put_off(story.desk, claim, EngineDown("down"))

    story.engine.state = "ready"
    story.clock.turn(seconds=2)
    await story.bot_turn()

    assert await story.texts() == ["在吗", "echo: 在吗"]


async def test_an_engine_that_stays_down_is_said_and_a_person_is_called(story: Story):
    await story.says("在吗")
    claim = await claim_turn(story.desk, story.conversation_id, "wk_1")
    story.clock.time += turns.PATIENCE + timedelta(seconds=1)

    assert not await put_off(story.desk, claim, EngineDown("down"))

    head = await story.head()
    assert head.state is State.QUEUED
    assert "智能助手暂时无法回答" in (await story.texts())[-1]
    assert not await story.bot_turn(), "the failed turn is not owed any more"


async def test_a_button_means_what_the_server_kept_for_it(story: Story):
    story.engine.script = lambda request: said(
        "哪一单?", buttons=[{"title": "手机", "payload": '/inform{"order_no": "2026"}'}]
    )
    await story.says("查订单")
    await story.bot_turn()
    shown = (await story.events())[-1].body["buttons"][0]
    assert set(shown) == {"id", "label"}

    await press_button(story.desk, story.customer, story.conversation_id, "press-0001", shown["id"])
    await story.bot_turn()

    assert story.engine.requests[-1].button == {
        "intent": "inform",
        "entities": {"order_no": "2026"},
    }
    assert (await story.texts())[-2] == "手机"


async def _offered(story: Story) -> list[str]:
    """Ids of two buttons that the bot has just shown."""
    titles = ("手机", "电视")
    story.engine.script = lambda request: said(
        "哪一单?", buttons=[{"title": title, "payload": "/inform"} for title in titles]
    )
    await story.says("查订单")
    await story.bot_turn()
    return [button["id"] for button in (await story.events())[-1].body["buttons"]]


async def _chosen(story: Story) -> dict[str, datetime]:
    def query(tx):
        return {row.id: row.chosen_at for row in tx.execute(sa.select(buttons)) if row.chosen_at}

    return await story.desk.database.read(query)


async def test_the_chosen_button_is_kept_with_its_message_and_a_repeat_changes_nothing(
    story: Story,
):
    first, _ = await _offered(story)
    arguments = (story.desk, story.customer, story.conversation_id)

    pressed = await press_button(*arguments, "press-0001", first)
    story.clock.turn(minutes=1)
    repeated = await press_button(*arguments, "press-0001", first)
    once_more = await press_button(*arguments, "press-0002", first)

    assert repeated == pressed != once_more
    assert await _chosen(story) == {first: pressed.at}


async def test_a_press_that_is_refused_chooses_nothing(story: Story):
    """An id that carried another message, a closed conversation, a button of somebody else."""
    first, second = await _offered(story)
    arguments = (story.desk, story.customer, story.conversation_id)
    await story.desk.database.write(lambda tx: add_conversation(tx, "co_88001", "88001"))
    await press_button(*arguments, "press-0001", first)
    kept = await _chosen(story)

    with pytest.raises(SameIdOtherContent):
        await press_button(*arguments, "press-0001", second)
    with pytest.raises(NotFound):
        await press_button(story.desk, Customer(id="cu_88001"), "co_88001", "press-0002", second)
    await take_over(story.desk, LIN, story.conversation_id)
    wrap_up = {"category": "other", "result": "solved"}
    await resolve_conversation(story.desk, LIN, story.conversation_id, wrap_up)
    with pytest.raises(ConversationResolved):
        await press_button(*arguments, "press-0003", second)

    assert await _chosen(story) == kept
    assert list(kept) == [first]


async def test_text_that_starts_with_a_slash_is_text(story: Story):
    await story.says('/request_return{"order_no":"1"}')

    await story.bot_turn()

    request = story.engine.requests[-1]
    assert (request.text, request.button) == ('/request_return{"order_no":"1"}', None)


async def test_the_wish_for_a_person_by_button_needs_no_engine(story: Story):
    from console.services.handoff import ask_for_person

    first = await ask_for_person(story.desk, story.customer, story.conversation_id, "wish-0001")
    again = await ask_for_person(story.desk, story.customer, story.conversation_id, "wish-0001")

    assert first == again
    types = [event.type for event in await story.events()]
    assert types == [EventType.MESSAGE_POSTED, EventType.HANDOFF_REQUESTED]
    await story.bot_turn()
    assert story.engine.requests == [], "the queue already has it"


async def test_a_reply_has_the_bot_as_its_author(story: Story):
    await story.says("在吗")
    await story.bot_turn()

    assert (await story.events())[-1].actor.kind is ActorKind.BOT


async def test_accepting_twice_is_accepting_once(story: Story):
    await request_handoff(story.desk, story.conversation_id, HandoffReason.WISH)

    await accept_handoff(story.desk, LIN, story.conversation_id)
    await accept_handoff(story.desk, LIN, story.conversation_id)

    joined = [event for event in await story.events() if event.type is EventType.AGENT_JOINED]
    assert len(joined) == 1


async def test_what_has_gathered_over_a_long_outage_is_read_to_its_end(story: Story):
    """Also beyond one page of events: the turn covers all of it, so nobody looks again."""
    for number in range(205):
        await story.says(f"第 {number} 句")

    assert await story.bot_turn()

    [request] = story.engine.requests
    assert (request.text or "").splitlines() == [f"第 {number} 句" for number in range(205)]

"""From bot to person, from person to person: one gets it, and nothing is asked twice."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection

from console.desk.agent import Agent, Role
from console.desk.brief import worded_brief
from console.desk.case import Source
from console.desk.conversation import Conversation, State, apply
from console.desk.errors import BadRequest, Conflict, NotAllowed, SameIdOtherContent, Taken
from console.desk.event import EventType
from console.desk.handoff import HandoffReason
from console.desk.words import Words
from console.gateways.scripted_engine import said
from console.services import assignment
from console.services.agent import set_presence
from console.services.assignment import accept_handoff, decline_handoff, take_over
from console.services.context import record_attempt, settle
from console.services.conversation import conversation_detail
from console.services.handoff import HandoffState, ask_for_person, request_handoff
from console.services.handoff_queue import leave_queue
from console.services.message import customer_actor
from console.services.resolution import resolve_conversation
from console.services.return_to_bot import return_to_bot
from console.services.routing import route
from console.services.transfer import transfer_conversation
from console.storage.agent import insert_agent, presence_of
from console.storage.conversation import conversation
from console.storage.handoff import open_handoff, waiting_handoffs
from tests.given import LIN, WANG
from tests.services.conftest import Story


async def wants_a_person(story: Story, reason: HandoffReason = HandoffReason.WISH) -> None:
    await request_handoff(story.desk, story.conversation_id, reason)


async def test_the_customer_is_told_at_once_and_need_not_repeat(story: Story):
    found = await request_handoff(story.desk, story.conversation_id, HandoffReason.WISH)

    assert found.position == 1
    text = (await story.events())[-1].body["text"]
    assert text == "已为您转接人工。您说过的内容客服都能看到,不用再重复。"


async def test_asking_twice_for_a_person_waits_once(story: Story):
    await wants_a_person(story)
    await wants_a_person(story)

    types = [event.type for event in await story.events()]
    assert types == [EventType.HANDOFF_REQUESTED]


async def test_a_waiting_customer_is_offered_to_whoever_is_online(story: Story):
    await wants_a_person(story)
    await story.comes_online(LIN)

    head = await story.head()
    assert (head.state, head.offered_to) == (State.OFFERED, LIN.id)


async def test_only_one_of_two_agents_gets_the_handoff(story: Story):
    await wants_a_person(story)

    results = await asyncio.gather(
        accept_handoff(story.desk, LIN, story.conversation_id),
        accept_handoff(story.desk, WANG, story.conversation_id),
        return_exceptions=True,
    )

    lost = [result for result in results if isinstance(result, Taken)]
    assert len(lost) == 1
    winner = (await story.head()).assignee_id
    assert lost[0].details["by"] == {
        "id": winner,
        "name": {LIN.id: "小林", WANG.id: "小王"}[winner],
    }


async def test_without_the_check_the_second_agent_would_take_it_away(story: Story, monkeypatch):
    monkeypatch.setattr(assignment, "check_claim", lambda *args: None)
    await wants_a_person(story)

    await accept_handoff(story.desk, LIN, story.conversation_id)
    await accept_handoff(story.desk, WANG, story.conversation_id)

    joined = [e for e in await story.events() if e.type is EventType.AGENT_JOINED]
    assert len(joined) == 2


async def test_a_declined_offer_goes_to_somebody_else(story: Story):
    await wants_a_person(story)
    await story.comes_online(LIN)
    await decline_handoff(story.desk, LIN, story.conversation_id)

    await story.comes_online(WANG)

    assert (await story.head()).offered_to == WANG.id


async def test_an_offer_without_an_answer_goes_on_after_a_minute(story: Story):
    await wants_a_person(story)
    await story.comes_online(LIN)
    story.clock.turn(seconds=61)
    await story.comes_online(WANG)

    assert (await story.head()).offered_to == WANG.id
    status = await story.desk.database.read(lambda tx: presence_of(tx, LIN.id))
    assert status == "break", "who does not answer is not offered the next one"


async def test_two_offers_that_lapse_together_put_the_agent_on_break_once(story: Story):
    both = []
    for _ in range(2):
        await new_conversation(story)
        await wants_a_person(story)
        both.append(story.conversation_id)
    await story.comes_online(LIN)
    story.clock.turn(seconds=61)

    await route(story.desk)

    def heads(tx: Connection) -> list[State]:
        return [conversation(tx, id_).state for id_ in both]

    assert await story.desk.database.read(heads) == [State.QUEUED, State.QUEUED]
    status = await story.desk.database.read(lambda tx: presence_of(tx, LIN.id))
    assert status == "break"


async def test_a_returning_customer_goes_to_the_agent_of_the_last_hour(story: Story):
    await take_over(story.desk, WANG, story.conversation_id)
    await story.says("好的")
    await resolve_conversation(
        story.desk, WANG, story.conversation_id, {"category": "order", "result": "solved"}
    )
    await set_presence(story.desk, LIN, "online")
    await set_presence(story.desk, WANG, "busy")
    story.clock.turn(hours=1)
    await new_conversation(story)

    await wants_a_person(story)
    await route(story.desk)

    assert (await story.head()).offered_to == WANG.id


async def row_of(story: Story) -> Any:
    return await story.desk.database.read(lambda tx: open_handoff(tx, story.conversation_id))


async def gets_angry(story: Story) -> HandoffState:
    return await request_handoff(story.desk, story.conversation_id, HandoffReason.ANGER, mood=2)


async def test_anger_while_waiting_moves_to_the_complaint_queue(story: Story):
    await story.says("我要退这双鞋")
    await wants_a_person(story)
    waited_since = (await row_of(story)).queued_at
    story.clock.turn(minutes=3)
    await story.says("等了半天没人理,太过分了")

    found = await gets_angry(story)

    head, row = await story.head(), await row_of(story)
    assert (head.state, head.queue) == (State.QUEUED, "complaint")
    assert (row.queue, row.reason, row.emotion) == ("complaint", "anger", 2)
    assert row.queued_at == waited_since, "the time waited so far is not lost"
    assert row.brief["what"] == "我要退这双鞋 / 等了半天没人理,太过分了"
    assert found.is_new


async def test_who_moves_up_hears_something_new_and_only_once(story: Story):
    await wants_a_person(story)
    await gets_angry(story)
    again = await gets_angry(story)

    texts = [event.body["text"] for event in await story.events()]
    assert texts == [
        "已为您转接人工。您说过的内容客服都能看到,不用再重复。",
        "已为您转到投诉专席优先处理，您是下一位。",
    ]
    assert not again.is_new


async def test_a_complaint_that_turns_into_anger_stays_a_complaint_with_more_weight(story: Story):
    await wants_a_person(story, HandoffReason.COMPLAINT)

    await gets_angry(story)

    row = await row_of(story)
    assert (row.queue, row.reason, row.emotion) == ("complaint", "complaint", 2)
    assert (await story.events())[-1].body["text"] == "已为您提高优先级，您是下一位。"


async def test_a_lesser_reason_while_waiting_changes_nothing(story: Story):
    await gets_angry(story)
    before, head = await row_of(story), await story.head()

    await wants_a_person(story)

    assert await row_of(story) == before
    assert await story.head() == head


async def test_an_offer_leaves_the_screen_of_who_takes_no_complaints(story: Story):
    await wants_a_person(story)
    await story.comes_online(LIN)

    await gets_angry(story)

    head, row = await story.head(), await row_of(story)
    assert (head.state, head.offered_to, row.offered_to) == (State.QUEUED, None, None)
    assert (await story.events())[-1].body["withdrawn_from"] == LIN.id
    await route(story.desk)
    assert (await row_of(story)).routing_reason == "overflow", "nobody of that queue is at work"


async def test_who_was_offered_and_takes_complaints_is_asked_again_with_the_news(story: Story):
    zhou = Agent(id="ag_zhou", login="zhou", name="小周", queues=("general", "complaint"))
    await story.desk.database.write(lambda tx: insert_agent(tx, zhou, "-", story.clock.now()))
    await wants_a_person(story)
    await story.comes_online(zhou)
    story.clock.turn(seconds=50)

    await gets_angry(story)

    head, row = await story.head(), await row_of(story)
    assert (head.state, head.offered_to, row.offered_to) == (State.OFFERED, zhou.id, zhou.id)
    assert row.offered_at == story.clock.now(), "a new offer lasts a whole minute"
    types = [event.type for event in await story.events()]
    assert types[-2:] == [EventType.HANDOFF_REQUESTED, EventType.HANDOFF_OFFERED]


async def test_the_note_of_a_transfer_survives_the_customers_anger(story: Story):
    await take_over(story.desk, LIN, story.conversation_id)
    await transfer_conversation(
        story.desk, LIN, story.conversation_id, note="需要核对取件时间", to_agent_id=WANG.id
    )

    await gets_angry(story)

    row = await row_of(story)
    assert row.brief["note"] == "需要核对取件时间"
    assert (row.queue, (await story.head()).offered_to) == ("complaint", WANG.id), "chosen by name"


async def test_anger_at_a_person_who_already_talks_moves_nothing(story: Story):
    await take_over(story.desk, LIN, story.conversation_id)
    before = await story.head()

    found = await gets_angry(story)

    assert not found.is_new
    assert await story.head() == before


async def new_conversation(story: Story) -> None:
    from console.services.customer import start_conversation

    now = story.clock.now()
    head = await story.desk.database.write(
        lambda tx: start_conversation(tx, story.customer, "zh", now)
    )
    story.conversation_id = head.id


async def test_an_unresolved_case_is_continued_within_48_hours(story: Story):
    before = await story.head()
    await settle(story.desk, story.conversation_id, {"order_no": "2026"}, Source.DATA)
    await take_over(story.desk, LIN, story.conversation_id)
    await resolve_conversation(
        story.desk, LIN, story.conversation_id, {"category": "order", "result": "following_up"}
    )
    story.clock.turn(hours=47)

    await new_conversation(story)

    assert (await story.head()).case_id == before.case_id
    assert (await story.card()).facts["order_no"].value == "2026"


async def test_the_brief_holds_what_the_customer_said_and_what_is_known(story: Story):
    story.engine.script = lambda request: said(
        "哪里不合适?", slots={"order_no": "202611010001"}, active_loop="return_form",
        requested_slot="condition",
    )  # fmt: skip
    await story.says("昨天到的外套大了一号,想退")
    await story.bot_turn()
    await settle(story.desk, story.conversation_id, {"reason": "wrong_size"}, Source.CUSTOMER)

    await wants_a_person(story)

    kept = (await conversation_detail(story.desk, story.conversation_id)).brief
    assert kept is not None
    brief = worded_brief(kept, "zh")
    assert brief["what"] == "昨天到的外套大了一号,想退"
    assert brief["order_no"] == "202611010001"
    assert ["原因", "尺码不合适"] in brief["known"]


async def test_the_brief_says_what_was_under_way_and_what_is_not_answered(story: Story):
    story.engine.script = lambda request: said(
        "商品现在什么样?", slots={"reason": "wrong_size"}, active_loop="return_form",
        requested_slot="condition",
    )  # fmt: skip
    await story.says("外套大了一号,想退")
    await story.bot_turn()

    await wants_a_person(story)

    detail = await conversation_detail(story.desk, story.conversation_id)
    assert detail.brief is not None
    zh, en = worded_brief(detail.brief, "zh"), worded_brief(detail.brief, "en")
    assert (zh["doing"], en["doing"]) == (
        "退货，还没答：商品状态",
        "a return – not answered yet: Condition",
    )
    assert zh["next_step"] == "接着办退货，已知的不用再问"
    assert detail.summary.stage == "aftersale"


async def test_what_was_answered_after_the_question_is_not_called_open(story: Story):
    story.engine.script = lambda request: said(
        "商品现在什么样?", active_loop="return_form", requested_slot="condition"
    )
    await story.says("外套大了一号,想退")
    await story.bot_turn()
    await settle(story.desk, story.conversation_id, {"condition": "unopened"}, Source.AGENT)

    await wants_a_person(story)

    kept = (await conversation_detail(story.desk, story.conversation_id)).brief
    assert kept is not None
    assert worded_brief(kept, "zh")["doing"] == "退货"


async def test_a_form_that_ends_with_a_person_is_not_under_way(story: Story):
    story.engine.script = lambda request: said(
        "您核对一下", active_loop="complaint_form", requested_slot="complaint_confirmed"
    )
    await story.says("送货的人把门撞坏了,我要投诉")
    await story.bot_turn()

    await request_handoff(story.desk, story.conversation_id, HandoffReason.COMPLAINT)

    kept = (await conversation_detail(story.desk, story.conversation_id)).brief
    assert kept is not None
    assert worded_brief(kept, "zh")["doing"] is None


async def test_the_brief_is_kept_in_no_language_and_read_in_both(story: Story):
    await story.says("昨天到的外套大了一号,想退")
    await settle(story.desk, story.conversation_id, {"reason": "wrong_size"}, Source.CUSTOMER)
    await record_attempt(
        story.desk, story.conversation_id, Words("重启", "Restart it"), Words("没用", "no help")
    )

    await request_handoff(
        story.desk,
        story.conversation_id,
        HandoffReason.POLICY,
        wish=Words("显示签收但没收到", "Signed for but not received"),
        policy="lost.report_days",
    )

    kept = (await conversation_detail(story.desk, story.conversation_id)).brief
    assert kept is not None
    zh, en = worded_brief(kept, "zh"), worded_brief(kept, "en")
    assert (zh["wish"], en["wish"]) == ("显示签收但没收到", "Signed for but not received")
    assert (zh["known"], en["known"]) == ([["原因", "尺码不合适"]], [["Reason", "wrong size"]])
    assert (zh["tried"], en["tried"]) == (["重启：没用"], ["Restart it: no help"])
    assert (zh["policy"], en["policy"]) == (
        "已过未收到货的反馈期限",
        "Reported after the days to report a loss",
    )
    assert (zh["next_step"], en["next_step"]) == ("按政策结果人工审核", "Review the policy result")
    assert zh["what"] == en["what"] == "昨天到的外套大了一号,想退"


async def test_a_wish_that_the_customer_worded_stays_as_it_was_said(story: Story):
    await request_handoff(
        story.desk, story.conversation_id, HandoffReason.COMPLAINT, wish="把旧的那台还给我"
    )

    kept = (await conversation_detail(story.desk, story.conversation_id)).brief
    assert kept is not None
    assert worded_brief(kept, "en")["wish"] == "把旧的那台还给我"


async def test_a_transfer_needs_a_note_and_changes_nothing_without(story: Story):
    await take_over(story.desk, LIN, story.conversation_id)
    before = await story.head()

    with pytest.raises(BadRequest):
        await transfer_conversation(
            story.desk, LIN, story.conversation_id, note=" ", to_agent_id=WANG.id
        )
    assert await story.head() == before


async def test_a_transfer_carries_note_and_facts_to_the_colleague(story: Story):
    await settle(story.desk, story.conversation_id, {"order_no": "2026"}, Source.DATA)
    await take_over(story.desk, LIN, story.conversation_id)

    await transfer_conversation(
        story.desk, LIN, story.conversation_id, note="需要核对取件时间", to_agent_id=WANG.id
    )

    head = await story.head()
    assert (head.state, head.offered_to, head.assignee_id) == (State.OFFERED, WANG.id, None)
    detail = await conversation_detail(story.desk, story.conversation_id)
    assert detail.brief["note"] == "需要核对取件时间"
    assert detail.brief["order_no"] == "2026"
    await accept_handoff(story.desk, WANG, story.conversation_id)
    assert (await story.head()).assignee_id == WANG.id


async def test_somebody_elses_conversation_cannot_be_transferred(story: Story):
    await take_over(story.desk, LIN, story.conversation_id)

    with pytest.raises(Taken):
        await transfer_conversation(
            story.desk, WANG, story.conversation_id, note="给我", to_queue="complaint"
        )
    assert (await story.head()).assignee_id == LIN.id


async def test_nobody_returns_a_conversation_that_nobody_holds(story: Story):
    with pytest.raises(NotAllowed):
        await return_to_bot(story.desk, LIN, story.conversation_id)


async def test_a_decision_on_an_old_view_is_refused(story: Story):
    await take_over(story.desk, LIN, story.conversation_id)
    seen = (await story.head()).state_seq - 1

    with pytest.raises(Conflict):
        await return_to_bot(story.desk, LIN, story.conversation_id, version=seen)


async def test_who_leaves_the_queue_goes_on_with_the_bot(story: Story):
    await wants_a_person(story)

    await leave_queue(story.desk, story.conversation_id, customer_actor(story.customer))

    assert (await story.head()).state is State.WITH_BOT
    await story.comes_online(LIN)
    assert (await story.head()).offered_to is None


async def test_the_head_equals_the_replayed_events_after_a_whole_story(story: Story):
    """State from events equals state fetched, for every use case in one go."""
    start = await story.head()
    await story.says("我要退货")
    await story.bot_turn()
    await wants_a_person(story, HandoffReason.COMPLAINT)
    await leave_queue(story.desk, story.conversation_id, customer_actor(story.customer))
    await wants_a_person(story)
    await story.comes_online(LIN)
    await gets_angry(story)
    await accept_handoff(story.desk, LIN, story.conversation_id)
    await story.says("在吗")
    await story.bot_turn()
    await transfer_conversation(
        story.desk, LIN, story.conversation_id, note="转给小王", to_agent_id=WANG.id
    )
    await decline_handoff(story.desk, WANG, story.conversation_id)
    await accept_handoff(story.desk, LIN, story.conversation_id)
    await return_to_bot(story.desk, LIN, story.conversation_id, settled={"reason": "wrong_size"})
    await story.bot_turn()
    await take_over(story.desk, LIN, story.conversation_id)
    await resolve_conversation(
        story.desk, LIN, story.conversation_id, {"category": "return", "result": "solved"}
    )

    replayed: Conversation = start
    for event in await story.events():
        replayed = apply(replayed, event)
    assert replayed == await story.head()
    assert replayed.state is State.RESOLVED


async def test_a_lead_takes_over_from_a_colleague_and_an_agent_does_not(story: Story):
    await take_over(story.desk, LIN, story.conversation_id)
    with pytest.raises(Taken):
        await take_over(story.desk, WANG, story.conversation_id)

    lead = replace(WANG, role=Role.LEAD)
    await take_over(story.desk, lead, story.conversation_id)

    assert (await story.head()).assignee_id == WANG.id
    assert (await story.events())[-1].body["withdrawn_from"] == LIN.id


async def test_a_wish_for_a_person_that_comes_twice_does_not_queue_who_has_left(story: Story):
    """The acknowledgement was lost; the widget sends again what was meanwhile taken back."""
    first = await ask_for_person(story.desk, story.customer, story.conversation_id, "ask-00001")
    await leave_queue(story.desk, story.conversation_id, customer_actor(story.customer))
    before = await story.events()

    again = await ask_for_person(story.desk, story.customer, story.conversation_id, "ask-00001")

    assert again == first
    assert await story.events() == before
    assert await story.desk.database.read(waiting_handoffs) == []


async def test_a_wish_for_a_person_under_the_id_of_other_words_is_refused(story: Story):
    await story.says("在吗")
    before = await story.events()

    with pytest.raises(SameIdOtherContent):
        await ask_for_person(story.desk, story.customer, story.conversation_id, "message-0001")

    assert await story.events() == before
    assert await story.desk.database.read(waiting_handoffs) == []


async def test_a_turn_that_is_tried_again_does_not_queue_who_has_left(story: Story):
    wish = (story.desk, story.conversation_id, HandoffReason.WISH)
    await request_handoff(*wish, key="turn-1:0")
    await leave_queue(story.desk, story.conversation_id, customer_actor(story.customer))
    before = await story.events()

    again = await request_handoff(*wish, key="turn-1:0")

    assert (again.state, again.position, again.is_new) == (State.WITH_BOT, 0, False)
    assert await story.events() == before
    assert await story.desk.database.read(waiting_handoffs) == []


async def test_a_wish_for_a_person_is_acknowledged_again_when_all_is_over(story: Story):
    """Also when the conversation has gone on in another language since."""
    first = await ask_for_person(story.desk, story.customer, story.conversation_id, "ask-00001")
    await story.says("Could you please tell me where my parcel is?")
    await story.bot_turn()
    assert (await story.head()).lang == "en"
    await take_over(story.desk, LIN, story.conversation_id)
    await resolve_conversation(
        story.desk, LIN, story.conversation_id, {"category": "other", "result": "solved"}
    )

    again = await ask_for_person(story.desk, story.customer, story.conversation_id, "ask-00001")

    assert again == first

"""Which conversation a browser goes on with, and what of it it may read; on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from console.desk.event import EventType
from console.desk.handoff import HandoffReason
from console.gateways.customer_jwt import ShopSignIn
from console.services.customer import conversation_of_token, open_session
from console.services.handoff import request_handoff
from console.services.message import post_customer_message
from console.services.turn import claim_turn
from console.storage.event import events_after
from tests.given import NOW
from tests.services.conftest import Story


def sign_in(jti: str) -> ShopSignIn:
    return ShopSignIn("88001", jti, NOW + timedelta(minutes=10))


async def visitor_says(story: Story, text: str) -> tuple[str, str]:
    """(token, conversation) of a new browser."""
    session = await open_session(story.desk, token=None, sign_in=None, lang="zh", network="net")
    body = {"kind": "text", "text": text}
    await post_customer_message(
        story.desk, session.customer, session.conversation_id, "message-0001", body
    )
    return session.token, session.conversation_id


async def test_signing_in_moves_the_conversation_and_hides_it_from_other_devices(
    story: Story,
) -> None:
    token, conversation_id = await visitor_says(story, "as a visitor")

    here = await open_session(story.desk, token=token, sign_in=sign_in("jti-1"), lang="zh")
    phone = await open_session(story.desk, token=None, sign_in=sign_in("jti-2"), lang="zh")

    assert {here.conversation_id, phone.conversation_id} == {conversation_id}
    seen = [
        (await conversation_of_token(story.desk, one.token)).hidden_until for one in (here, phone)
    ]
    assert seen == [0, 3]  # begun, written, signed in


async def test_a_conversation_with_a_person_goes_before_a_newer_one_with_the_bot(
    story: Story,
) -> None:
    phone = await open_session(story.desk, token=None, sign_in=sign_in("jti-1"), lang="zh")
    await request_handoff(story.desk, phone.conversation_id, HandoffReason.WISH)
    story.clock.turn(minutes=1)
    token, _ = await visitor_says(story, "in a browser")

    here = await open_session(story.desk, token=token, sign_in=sign_in("jti-2"), lang="zh")

    assert here.conversation_id == phone.conversation_id


async def test_of_two_with_the_bot_the_last_one_that_was_written_in_goes_on(story: Story) -> None:
    await open_session(story.desk, token=None, sign_in=sign_in("jti-1"), lang="zh")
    story.clock.turn(minutes=1)
    token, conversation_id = await visitor_says(story, "in a browser")

    here = await open_session(story.desk, token=token, sign_in=sign_in("jti-2"), lang="zh")

    assert here.conversation_id == conversation_id


async def test_who_switches_the_page_to_another_language_goes_on_in_it(story: Story) -> None:
    token, conversation_id = await visitor_says(story, "先用中文")

    switched = await open_session(story.desk, token=token, sign_in=None, lang="en")
    again = await open_session(story.desk, token=token, sign_in=None, lang="en")

    assert (switched.conversation_id, switched.lang) == (conversation_id, "en")
    assert await _events_of(story, conversation_id, EventType.LANGUAGE_CHANGED) == [
        {"lang": "en", "by": "page"}
    ]
    assert again.lang == "en"


async def test_a_page_that_names_no_language_changes_none(story: Story) -> None:
    token, conversation_id = await visitor_says(story, "先用中文")
    await open_session(story.desk, token=token, sign_in=None, lang="en")

    reloaded = await open_session(story.desk, token=token, sign_in=None, lang=None)

    assert reloaded.lang == "en"
    assert len(await _events_of(story, conversation_id, EventType.LANGUAGE_CHANGED)) == 1


async def test_a_page_that_is_loaded_again_leaves_the_language_that_was_spoken(
    story: Story,
) -> None:
    token, conversation_id = await visitor_says(story, "where can I see my order, please")
    claim = await claim_turn(story.desk, conversation_id, "wk_1")

    reloaded = await open_session(story.desk, token=token, sign_in=None, lang="zh")
    switched = await open_session(story.desk, token=token, sign_in=None, lang="en")
    back = await open_session(story.desk, token=token, sign_in=None, lang="zh")

    assert claim is not None
    assert (claim.head.lang, reloaded.lang, switched.lang, back.lang) == ("en", "en", "en", "zh")


async def _events_of(story: Story, conversation_id: str, kind: EventType) -> list[Any]:
    every = await story.desk.database.read(lambda tx: events_after(tx, conversation_id, 0))
    return [event.body for event in every if event.type is kind]

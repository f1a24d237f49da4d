"""A brief is read in the reader's language, whichever the customer speaks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from console.desk.case import Source
from console.desk.errors import ShopDown
from console.desk.handoff import HandoffReason
from console.desk.words import Words
from console.desk.work_order import WorkOrderKind, WorkOrderRequest
from console.services.context import record_attempt, record_question, settle
from console.services.handoff import request_handoff
from console.services.promise import make_promise, tend_promises
from console.services.work_order import open_work_order
from console.storage.agent import agents
from tests.given import LIN
from tests.web.place import Browser, Place, Socket, until

ENGLISH = {"X-Baton-Lang": "en"}


async def _waits(place: Place, lang: str) -> Browser:
    """Looks at a phone, tried a step, was asked for a reason, and wants a person now."""
    browser = await place.customer("88002", lang=lang)
    desk, conversation_id = place.desk, browser.conversation_id
    socket = await browser.socket()
    await socket.say("我的手机充不进电")
    await settle(desk, conversation_id, {"product_id": "p101"}, Source.CUSTOMER)
    await record_attempt(desk, conversation_id, Words("换线", "Another cable"), Words("没用", "no"))
    await record_question(desk, conversation_id, "reason", "bot", "为什么要退呢？")
    check = WorkOrderRequest(
        kind=WorkOrderKind.CARRIER_CHECK, text="three days", answer_within=timedelta(hours=24)
    )
    await open_work_order(desk, conversation_id, check, key="check-0001")
    due = place.clock.now() + timedelta(hours=30)
    await make_promise(desk, None, conversation_id, text="I call you at six", due_at=due)
    wish = Words("想要更低的价格", "A better price")
    await request_handoff(desk, conversation_id, HandoffReason.PRESALE, wish=wish)
    return browser


async def _read(place: Place, browser: Browser, **headers: str) -> dict[str, Any]:
    lin = await place.console(LIN)
    path = f"/api/conversations/{browser.conversation_id}"
    _, body, _ = await place.request("GET", path, headers={**lin.headers, **headers})
    assert body is not None
    return body


async def test_an_english_customers_brief_is_chinese_for_a_chinese_agent(place: Place) -> None:
    found = await _read(place, await _waits(place, "en"))

    brief = found["brief"]
    assert brief["who"] == "陈** · B 档会员 · 已登录"
    assert brief["wish"] == "想要更低的价格"
    assert brief["known"] == [["正在看的商品", "澄屿 S3 手机 256G"]]
    assert brief["tried"] == ["换线：没用"]
    assert brief["next_step"] == "确认能给的价格再答复"
    assert brief["promises"] == ["给出物流核查结果", "I call you at six"]
    assert [one["text"] for one in found["promises"]] == brief["promises"]
    assert brief["what"] == "我的手机充不进电"
    card = found["context_card"]
    assert [fact["shown"] for fact in card["facts"]] == ["澄屿 S3 手机 256G"]
    assert [one["label"] for one in card["asked"]] == ["原因"]
    assert [(one["what"], one["result"]) for one in card["tried"]] == [("换线", "没用")]


async def test_a_chinese_customers_brief_is_english_for_an_english_agent(place: Place) -> None:
    found = await _read(place, await _waits(place, "zh"), **ENGLISH)

    brief = found["brief"]
    assert brief["who"] == "陈** · band B · signed in"
    assert brief["wish"] == "A better price"
    assert brief["known"] == [["Product in view", "Chengyu S3 phone 256 GB"]]
    assert brief["tried"] == ["Another cable: no"]
    assert brief["next_step"] == "Find out which price you may give"
    assert brief["promises"] == ["the result of the tracking check", "I call you at six"]
    assert brief["what"] == "我的手机充不进电"
    assert [one["label"] for one in found["context_card"]["asked"]] == ["Reason"]


async def test_an_offer_rings_in_the_language_of_the_agents_account(place: Place) -> None:
    english = sa.update(agents).where(agents.c.id == LIN.id).values(lang="en")
    await place.desk.database.write(lambda tx: tx.execute(english))
    socket = await (await place.console(LIN)).socket()
    await socket.ask("set_presence", {"status": "online"})

    await _waits(place, "zh")

    assert await _next_steps(socket, 1) == ["Find out which price you may give"]


async def test_an_offer_rings_in_the_language_of_each_page(place: Place) -> None:
    lin = await place.console(LIN)
    chinese, english = await lin.socket(), await lin.socket(lang="en")
    odd = await lin.socket(lang="tlh")
    await english.ask("set_presence", {"status": "online"})

    await _waits(place, "en")

    assert await _next_steps(english, 1) == ["Find out which price you may give"]
    assert await _next_steps(chinese, 1) == await _next_steps(odd, 1) == ["确认能给的价格再答复"]


async def test_a_page_that_is_switched_gets_everything_in_its_new_language(place: Place) -> None:
    lin = await place.console(LIN)
    socket, other = await lin.socket(), await lin.socket()
    await socket.ask("set_presence", {"status": "online"})
    await _waits(place, "zh")
    await _next_steps(socket, 1)

    assert await socket.ask("set_language", {"lang": "en"}) == {"ok": True, "lang": "en"}

    assert (await _next_steps(socket, 2))[1] == "Find out which price you may give"
    assert set(await _next_steps(other, 2)) == {"确认能给的价格再答复"}
    queues = (await socket.ask("list_agents", {}))["queues"]
    assert [one["name"] for one in queues][:2] == ["General", "Complaints"]
    refused = await socket.ask("set_language", {"lang": "tlh"})
    assert refused["error"]["message"] == "Something in the request is off. Please check it."


async def test_a_promise_that_is_due_is_named_in_the_language_of_each_page(place: Place) -> None:
    lin = await place.console(LIN)
    chinese, english = await lin.socket(), await lin.socket(lang="en")
    await _waits(place, "zh")  # whose result of a check is promised within 24 hours
    place.clock.turn(hours=24, seconds=1)

    await tend_promises(place.desk)

    for socket, own in (
        (chinese, "给出物流核查结果"),
        (english, "the result of the tracking check"),
    ):
        due = await _heard(socket, "promise_due", 2)
        steps = {one["promise"]["text"]: one["step"] for one in due}
        assert steps == {own: "lapse", "I call you at six": "remind_half"}


async def _next_steps(socket: Socket, count: int) -> list[str]:
    offers = await _heard(socket, "handoff_offered", count)
    return [one["brief"]["next_step"] for one in offers]


async def _heard(socket: Socket, event: str, count: int) -> list[dict[str, Any]]:
    async def is_complete() -> bool:
        return socket.names().count(event) >= count

    await until(is_complete)
    return [body for name, body in socket.heard if name == event]


async def test_a_silent_shop_leaves_the_id_and_the_rest_readable(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = await _waits(place, "en")

    async def silent(product_id: str) -> None:
        raise ShopDown("product")

    monkeypatch.setattr(place.desk.shop, "product", silent)
    brief = (await _read(place, browser))["brief"]

    assert brief["known"] == [["正在看的商品", "p101"]]

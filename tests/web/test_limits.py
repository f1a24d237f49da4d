"""How large and how often: the limits of the contract, at the edge and one step over it."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from console.desk.agent import Agent
from console.desk.errors import TooOften
from console.storage.agent import insert_agent
from console.web.rate_limit import MOST_KEYS, RateLimit
from tests.given import LIN, NOW, WANG
from tests.web.pictures import a_picture, uploaded
from tests.web.place import Answer, Browser, Console, Place, Socket, fresh_id, open_place


async def post(socket: Socket, text: Any) -> tuple[bool, str | None]:
    answer = await socket.say(text)
    return answer["ok"], None if answer["ok"] else answer["error"]["code"]


async def test_a_text_has_at_most_four_thousand_characters(place: Place) -> None:
    socket = await (await place.visitor()).socket()

    fits = await post(socket, "你" * 4_000)
    before = (await place.rows())["event"]
    too_long = await socket.say("你" * 4_001)

    assert fits == (True, None)
    assert too_long["error"]["code"] == "too_large"
    assert too_long["error"]["details"] == {"field": "text", "limit": 4_000, "length": 4_001}
    mine = [row for row in (await place.rows())["event"] if row not in before]
    assert [row for row in mine if row[5] == "customer"] == []


async def test_a_visitor_sends_twenty_messages_in_ten_seconds(place: Place) -> None:
    """All of one visitor's windows count together, and nobody else's."""
    browser = await place.visitor()
    one, two = await browser.socket(), await browser.socket()

    answers = [await post(socket, "x") for _ in range(11) for socket in (one, two)]

    assert answers[:20] == [(True, None)] * 20
    assert answers[20:] == [(False, "too_often")] * 2
    assert await post(await (await place.visitor()).socket(), "x") == (True, None)


async def test_who_was_too_quick_is_told_when_to_go_on(tmp_path: Path) -> None:
    limits = {"visitor_messages": 2, "visitor_window_s": 1}
    async with open_place(tmp_path / "strict", limits=limits) as place:
        socket = await (await place.visitor()).socket()
        for _ in range(2):
            await socket.say("x")

        answer = await socket.say("x")
        waits = answer["error"]["details"]["retry_after_s"]
        await asyncio.sleep(waits)

        assert 0 < waits <= 1
        assert await post(socket, "x") == (True, None)


def test_no_window_of_the_limit_holds_more_than_its_count() -> None:
    """Also not when tries come just before and just after an edge."""
    now = [0.0]
    limit = RateLimit(5, 300, clock=lambda: now[0])
    allowed = []
    for step in range(2_000):
        now[0] = step * 1.7
        with contextlib.suppress(TooOften):
            limit.take("somebody")
            allowed.append(now[0])

    assert len(allowed) > 50
    assert all(later - first >= 300 for first, later in zip(allowed, allowed[5:], strict=False))


def test_the_memory_of_limits_is_bounded() -> None:
    limit = RateLimit(1, 60)
    for number in range(MOST_KEYS + 10):
        limit.take(str(number))

    assert len(limit.taken) == MOST_KEYS


async def test_a_page_that_has_run_wild_is_slowed_down(place: Place) -> None:
    """Reading, typing and catching up are free for people and bounded for programs."""
    socket = await (await place.visitor()).socket()

    answers = [await socket.ask("typing", {"on": True}) for _ in range(220)]

    assert [answer["ok"] for answer in answers[:200]] == [True] * 200
    assert answers[-1]["error"]["code"] == "too_often"


async def test_an_agent_acts_so_often_in_a_window_over_all_consoles_and_a_colleague_as_often_again(
    tmp_path: Path,
) -> None:
    """What is refused changes nothing, and is said in the agent's language."""
    async with open_place(tmp_path / "strict", limits={"agent_actions": 6}) as place:
        jones = Agent(id="ag_jones", login="jones", name="Jones", lang="en")
        await place.desk.database.write(lambda tx: insert_agent(tx, jones, "-", NOW))
        browser = await place.visitor()
        consoles = [await (await place.console(jones)).socket() for _ in range(2)]
        lin = await (await place.console(LIN)).socket()

        notes = [await note(socket, browser) for _ in range(3) for socket in consoles]
        before = await place.rows()
        refused = [await consoles[0].ask("set_presence", {"status": "online"})]
        refused += [await note(socket, browser) for socket in consoles]

        assert [answer["ok"] for answer in notes] == [True] * 6
        assert {answer["error"]["code"] for answer in refused} == {"too_often"}
        assert refused[0]["error"]["message"] == "That was too fast. Please wait a few seconds."
        assert 0 < refused[0]["error"]["details"]["retry_after_s"] <= 10
        assert await place.rows() == before
        assert (await note(lin, browser))["ok"]
        wish = {"conversation_id": browser.conversation_id, "after": 0}
        assert (await consoles[0].ask("watch", wish))["ok"]  # looking on is not acting


async def test_what_an_agent_writes_over_http_counts_as_well(tmp_path: Path) -> None:
    """Whatever becomes of it; but not what is read, and not what came from another site."""
    async with open_place(tmp_path / "strict", limits={"agent_actions": 2}) as place:
        browser, lin = await place.visitor(), await place.console(LIN)
        path = f"/api/conversations/{browser.conversation_id}/known_answers"

        async def code_of(console: Console) -> str:
            answer = await console.post(path, {"text": "好的"})
            return str(answer["error"]["code"])

        forged = [await code_of(replace(lin, csrf="another")) for _ in range(3)]
        written = [await code_of(lin) for _ in range(3)]

        assert forged == ["not_allowed"] * 3
        assert written == ["not_found", "not_found", "too_often"]  # Lin does not hold it
        assert (await note(await lin.socket(), browser))["error"]["code"] == "too_often"
        assert await code_of(await place.console(WANG)) == "not_found"
        assert (await lin.get("/api/me"))["ok"]


async def note(socket: Socket, browser: Browser) -> Answer:
    said = {"client_msg_id": fresh_id(), "text": "seen"}
    return await socket.ask("add_note", {"conversation_id": browser.conversation_id, **said})


async def test_a_console_that_has_run_wild_is_slowed_down(tmp_path: Path) -> None:
    """Typing and reading count, with everything else, towards a limit that only programs reach."""
    async with open_place(tmp_path / "strict", limits={"agent_commands": 30}) as place:
        browser, lin = await place.visitor(), await place.console(LIN)
        agent = await lin.socket()
        wish = {"conversation_id": browser.conversation_id, "on": True, "seq": 1}

        answers = [await agent.ask(name, wish) for _ in range(16) for name in ("typing", "read")]

        assert [answer["ok"] for answer in answers] == [True] * 30 + [False] * 2
        assert answers[-1]["error"]["code"] == "too_often"
        assert answers[-1]["error"]["message"] == "操作太快了，请稍等几秒再试。"


async def test_a_held_key_and_the_quickest_typist_are_never_told_to_wait(place: Place) -> None:
    """An arrow held down opens 50 conversations a second for three seconds; then all is answered."""
    browser, lin = await place.visitor(), await place.console(LIN)
    agent = await place.held_by(lin, browser)
    whose = {"conversation_id": browser.conversation_id}

    stepped = [
        await agent.ask(name, {**whose, "after": 0, "seq": 1})
        for _ in range(150)
        for name in ("watch", "read", "unwatch")
    ]
    said = [
        await agent.ask("post_message", {**whose, "client_msg_id": fresh_id(), "body": _OK})
        for _ in range(40)
    ]

    assert {answer["ok"] for answer in stepped + said} == {True}


_OK = {"kind": "text", "text": "ok"}


async def test_the_same_id_is_the_same_message_and_never_another(place: Place) -> None:
    socket = await (await place.visitor()).socket()
    message = {"client_msg_id": fresh_id(), "body": {"kind": "text", "text": "once"}}

    first = await socket.ask("post_message", message)
    again = await socket.ask("post_message", message)
    other = await socket.ask("post_message", {**message, "body": {"kind": "text", "text": "twice"}})

    assert first == again
    assert other["error"]["code"] == "same_id_other_content"
    assert (await socket.texts()).count("once") == 1
    assert "twice" not in await socket.texts()


async def test_what_is_typed_is_stored_as_typed(place: Place) -> None:
    """Nothing is a command and nothing is markup; pages show text nodes."""
    socket = await (await place.visitor()).socket()
    texts = [
        "/restart",
        '/inform{"order_no": "1"}',
        "<img src=x onerror=alert(1)>",
        "{{ 7*7 }} ${7*7} %(x)s",
        "'; DROP TABLE event; --",
        "\u202egnp.exe",
        "👩‍👩‍👧‍👦 e\u0301",
    ]

    for text in texts:
        await socket.say(text)
    await place.settled()

    typed = [text for text in await socket.texts() if not text.startswith("echo")]
    assert typed == texts
    assert [request.button for request in place.engine.requests] == [None] * len(
        place.engine.requests
    )


async def test_exactly_one_of_two_agents_gets_a_waiting_conversation(place: Place) -> None:
    browser = await place.visitor()
    await (await browser.socket()).ask("ask_person", {"client_msg_id": "ask-00001"})
    consoles = [await (await place.console(agent)).socket() for agent in (LIN, WANG)]
    wish = {"conversation_id": browser.conversation_id}

    answers = await asyncio.gather(*(one.ask("accept_handoff", wish) for one in consoles))

    assert sorted(answer["ok"] for answer in answers) == [False, True]
    loser = next(answer for answer in answers if not answer["ok"])
    assert loser["error"]["code"] == "taken"
    assert loser["error"]["details"]["by"]["name"] in {LIN.name, WANG.name}


async def test_fresh_visitors_of_one_address_share_a_limit_for_pictures(tmp_path: Path) -> None:
    """A new visitor is one request away, so each one's own limit stops nobody."""
    async with open_place(tmp_path / "strict", limits={"uploads_per_hour": 1}) as place:
        visitors = [await place.visitor() for _ in range(6)]
        customer, picture = await place.customer("88002"), a_picture()

        first = [await uploaded(visitor, picture) for visitor in visitors[:5]]
        before = await place.rows()
        status, refusal = await uploaded(visitors[5], picture)

        assert [status for status, _ in first] == [200] * 5
        assert (status, refusal["error"]["code"]) == (429, "too_often")
        assert await place.rows() == before
        assert (await uploaded(customer, picture))[0] == 200


async def test_nobody_has_read_what_is_not_written_yet(place: Place) -> None:
    """Told once, and only for what is there."""
    browser, lin = await place.customer("88002"), await place.console(LIN)
    agent, customer = await place.held_by(lin, browser), await browser.socket()
    sent = await customer.say("在吗")
    await agent.ask("watch", {"conversation_id": browser.conversation_id, "after": 0})

    for seq in (2**31 - 1, sent["seq"], sent["seq"]):
        await customer.ask("read", {"seq": seq})
    await agent.ask("list_agents", {})

    told = [data["seq"] for name, data in agent.heard if name == "read_changed"]
    assert told == [sent["seq"]]


async def test_an_agent_reveals_so_much_an_hour_and_a_colleague_as_much_again(
    tmp_path: Path,
) -> None:
    """Over both routes together, and what is refused is not shown and not logged."""
    async with open_place(tmp_path / "strict", limits={"reveals_per_hour": 2}) as place:
        browser, lin = await place.customer("88002"), await place.console(LIN)
        shown = await lin.get(f"/api/conversations/{browser.conversation_id}")
        of_customer = f"/api/customers/{shown['customer']['id']}/reveal"
        of_order = f"/api/conversations/{browser.conversation_id}/work_orders/reveal"
        wish = {"field": "phone", "reason": "call back"}
        await lin.post(of_customer, wish)
        missed, _, _ = await place.request(
            "POST", of_order, headers=lin.headers,
            json={"work_order_no": "TK1", "reason": "call back"},
        )  # fmt: skip
        before = await place.rows()

        status, body, _ = await place.request("POST", of_customer, headers=lin.headers, json=wish)

        assert missed == 404
        assert (status, body and body["error"]["code"]) == (429, "too_often")
        assert await place.rows() == before
        wang = await place.console(WANG)
        assert (await wang.post(of_customer, wish))["ok"]

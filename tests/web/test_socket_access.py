"""Every socket command: who may send it, on whose conversation, and what nonsense does.

A new command without a row here fails the first test.
"""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from socketio.exceptions import ConnectionError as Refused

from console.web.agent_socket import AgentSocket
from console.web.customer_socket import CustomerSocket
from tests.given import LIN, WANG
from tests.web.place import ADMIN, GONE, Answer, Place, fresh_id, open_place, until

NOT_HERE = "not_assignee"
TEXT = {"kind": "text", "text": "hello"}
# A call that would work for whoever may make it. The other value: what an agent hears who answers
# customers but does not hold this conversation; None where that is allowed.
OF_AGENTS: dict[str, tuple[dict[str, Any], str | None]] = {
    "set_presence": ({"status": "online"}, None),
    "set_language": ({"lang": "zh"}, None),
    "list_agents": ({}, None),
    "watch": ({"after": 0}, None),
    "unwatch": ({}, None),
    "read": ({"seq": 1}, None),  # taken, and told to nobody
    "typing": ({"on": True}, None),
    "add_note": ({"client_msg_id": "note-0001", "text": "seen"}, None),
    "take_over": ({}, "taken"),
    "accept_handoff": ({}, "taken"),
    "decline_handoff": ({}, "conflict"),
    "post_message": ({"client_msg_id": "post-0001", "body": TEXT}, NOT_HERE),
    "transfer_conversation": ({"to": {"queue": "general"}, "note": "please"}, "taken"),
    "return_to_bot": ({}, "taken"),
    "resolve_conversation": ({"wrap_up": {"category": "other", "result": "solved"}}, "taken"),
    "make_promise": ({"text": "call", "due_at": "2026-11-02T06:00:00Z"}, NOT_HERE),
    "keep_promise": ({"promise_id": "pr_none"}, "not_found"),
    "extend_promise": ({"promise_id": "pr_none", "due_at": "2026-11-02T06:00:00Z"}, "not_found"),
}
OF_CUSTOMERS: dict[str, dict[str, Any]] = {
    "post_message": {"client_msg_id": "post-0001", "body": TEXT},
    "press_button": {"client_msg_id": "post-0002", "button_id": "b_none"},
    "ask_person": {"client_msg_id": "post-0003"},
    "leave_queue": {},
    "catch_up": {"after": 0},
    "set_context": {"product_id": "p101"},
    "read": {"seq": 1},
    "typing": {"on": True},
}
# Commands without fields take anything as "nothing said"; everything else must be refused.
WITHOUT_FIELDS = {"list_agents", "leave_queue", "catch_up", "set_context", "typing"}
OF_NO_CONVERSATION = {
    "set_presence",
    "set_language",
    "list_agents",
    "keep_promise",
    "extend_promise",
}
# Any value is a yes or a no, a missing number is a 0, and a page may say what is not understood.
MEANT_LOOSELY = {
    ("typing", "on"),
    ("set_context", "product_id"),
    ("watch", "after"),
    ("catch_up", "after"),
    ("read", "seq"),
}
NOT_OBJECTS: list[Any] = ["text", 7, None, True, [], ["a"], [[]]]
NONSENSE: list[Any] = [None, 7, -1, 2**70, 1.5, True, "", "x" * 5_000, [], {}, [[]], {"a": []}]


def commands(of: type) -> set[str]:
    return {
        name.removeprefix("on_") for name, _ in inspect.getmembers(of) if name.startswith("on_")
    } - {"connect", "disconnect"}


def code(answer: Answer) -> str | None:
    return None if answer["ok"] else answer["error"]["code"]


def test_every_command_has_a_row_here() -> None:
    assert commands(AgentSocket) == set(OF_AGENTS)
    assert commands(CustomerSocket) == set(OF_CUSTOMERS)


@pytest.mark.parametrize("auth", [None, {}, {"token": ""}, {"token": "made-up"}, {"token": 7}, "x"])
async def test_a_customers_socket_needs_a_token(place: Place, auth: Any) -> None:
    refusal = await place.refusal("/customer", auth=auth)

    assert refusal["message"] == "not_signed_in"


async def test_an_agents_socket_needs_a_live_session(place: Place) -> None:
    browser, gone = await place.visitor(), await place.console(GONE)

    for headers in ({}, {"Cookie": "baton_session=made-up"}, {"Cookie": "\x7f;;=="}, gone.cookie):
        with pytest.raises(Refused):
            await place.connect("/agent", headers=headers, auth={"token": browser.token})


async def test_a_namespace_is_closed_to_the_other_side(place: Place) -> None:
    lin = await place.console(LIN)

    with pytest.raises(Refused):
        await place.connect("/customer", headers=lin.cookie)
    with pytest.raises(Refused):
        await place.connect("/", headers=lin.cookie)


async def test_an_administrator_commands_and_hears_nothing_of_conversations(place: Place) -> None:
    browser, admin = await place.visitor(), await (await place.console(ADMIN)).socket()
    customer = await browser.socket()
    await customer.say("my parcel")
    await place.settled()
    before = await place.rows()

    for name, (data, _) in OF_AGENTS.items():
        answer = await admin.ask(name, {"conversation_id": browser.conversation_id, **data})
        assert code(answer) == "not_allowed", name

    assert await place.rows() == before
    assert admin.heard == []


async def test_only_the_holder_speaks_for_the_shop(place: Place) -> None:
    browser = await place.visitor()
    await place.held_by(await place.console(LIN), browser)
    wang = await (await place.console(WANG)).socket()
    customer = await browser.socket()
    before = await place.rows()

    for name, (data, refusal) in OF_AGENTS.items():
        answer = await wang.ask(name, {"conversation_id": browser.conversation_id, **data})
        assert code(answer) == refusal, name
        if refusal is not None:
            assert (await place.rows())["promise"] == before["promise"]

    allowed = {"event", "conversation", "presence", "presence_log"}  # the note, and Wang's status
    after = await place.rows()
    assert {name for name in after if after[name] != before[name]} <= allowed
    assert [row[2] for row in after["event"]].count("message_posted") == 0
    assert customer.heard == []


async def test_a_command_names_its_conversation_or_is_refused(place: Place) -> None:
    lin = await (await place.console(LIN)).socket()
    before = await place.rows()

    for name in OF_AGENTS.keys() - OF_NO_CONVERSATION - {"unwatch"}:
        data, _ = OF_AGENTS[name]
        assert code(await lin.ask(name, data)) == "bad_request", name
        nowhere = await lin.ask(name, {**data, "conversation_id": "co_none"})
        assert code(nowhere) in {"not_found", NOT_HERE, None}, name
        assert nowhere["ok"] == (name in {"read", "typing"}), name

    assert await place.rows() == before


async def test_a_customer_cannot_name_another_conversation(place: Place) -> None:
    mine, other = await place.visitor(), await place.visitor()
    socket = await mine.socket()
    before = (await place.rows())["event"]

    for name, data in OF_CUSTOMERS.items():
        await socket.ask(name, {**data, "conversation_id": other.conversation_id})
    await place.settled()

    fresh = [row for row in (await place.rows())["event"] if row not in before]
    assert {row[0] for row in fresh} == {mine.conversation_id}


async def test_what_is_no_object_is_refused_and_changes_nothing(place: Place) -> None:
    browser, console = await place.visitor(), await place.console(LIN)
    customer, agent = await browser.socket(), await console.socket()
    before = await place.rows()

    for socket, names in ((customer, OF_CUSTOMERS), (agent, OF_AGENTS)):
        for name in names:
            for junk in NOT_OBJECTS:
                answer = await socket.ask(name, junk)
                is_empty = junk is None and name in WITHOUT_FIELDS
                expected = {"bad_request"} | ({None, "conflict"} if is_empty else set())
                assert code(answer) in expected, (name, junk)

    assert await place.rows() == before


@pytest.fixture
async def patient_place(tmp_path: Path) -> AsyncIterator[Place]:
    """Here nothing is refused for being too quick."""
    names = ("visitor_messages", "visitor_commands", "agent_actions", "agent_commands")
    async with open_place(tmp_path / "home", limits=dict.fromkeys(names, 10_000)) as found:
        yield found


async def test_nonsense_in_a_field_is_refused_by_name_and_never_an_inner_error(
    patient_place: Place,
) -> None:
    place = patient_place
    browser, console = await place.visitor(), await place.console(LIN)
    agent = await place.held_by(console, browser)
    customer = await browser.socket()
    whose = {"conversation_id": browser.conversation_id}
    fields = [(customer, name, data) for name, data in OF_CUSTOMERS.items()]
    fields += [
        (agent, name, data if name in OF_NO_CONVERSATION else {**whose, **data})
        for name, (data, _) in OF_AGENTS.items()
    ]

    codes = {
        (name, field, repr(junk)[:20]): code(await socket.ask(name, {**data, field: junk}))
        for socket, name, data in fields
        for field in data
        for junk in NONSENSE
        if (name, field) not in MEANT_LOOSELY
    }

    unexpected = {None, "internal", "too_often"}
    assert {key: found for key, found in codes.items() if found in unexpected} == {}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("post_message", {"body": {"kind": "card", "card": {"type": "order"}}}),
        ("post_message", {"body": {"kind": "text", "text": " \x00 "}}),
        ("post_message", {"body": {"kind": "picture", "upload_id": ["up_1"]}}),
        ("transfer_conversation", {"note": "n", "to": {"queue": []}}),
        ("transfer_conversation", {"note": "n", "to": {"queue": "vip"}}),
        ("transfer_conversation", {"note": "n", "to": {"agent_id": "ag_none"}}),
        ("transfer_conversation", {"note": "n", "to": {"agent_id": "ag_admin"}}),
        ("transfer_conversation", {"note": "n", "to": {"agent_id": "ag_wang", "queue": "general"}}),
        ("transfer_conversation", {"note": "  ", "to": {"queue": "general"}}),
        ("return_to_bot", {"settled": ["order_no"]}),
        ("return_to_bot", {"settled": {"order_no": {"a": 1}}}),
        ("return_to_bot", {"settled": {"customer_verified": True}}),
        ("return_to_bot", {"settled": {}, "version": "1"}),
        ("resolve_conversation", {"wrap_up": ["solved"]}),
        ("resolve_conversation", {"wrap_up": {"category": "x", "result": ["solved"]}}),
        ("make_promise", {"text": "call", "due_at": "0001-01-01T00:00:00+23:59"}),
        ("make_promise", {"text": "call", "due_at": "2026-11-02T06:00:00"}),
        ("make_promise", {"text": "call", "due_at": "2020-01-01T00:00:00Z"}),
        ("make_promise", {"text": "call", "due_at": "2026-11-02T06:00:00Z", "kind": "gift"}),
    ],
)
async def test_a_malformed_part_is_refused_and_changes_nothing(
    place: Place, name: str, data: dict[str, Any]
) -> None:
    """Sent by the holder: only the part itself is wrong."""
    browser = await place.visitor()
    agent = await place.held_by(await place.console(LIN), browser)
    before = await place.rows()

    sent = {"conversation_id": browser.conversation_id, "client_msg_id": fresh_id(), **data}
    answer = await agent.ask(name, sent)

    assert code(answer) == "bad_request"
    assert answer["error"]["message"] == "内容格式不对，请检查后再试。"
    assert await place.rows() == before


async def test_unknown_commands_are_answered(place: Place) -> None:
    customer = await (await place.visitor()).socket()
    agent = await (await place.console(LIN)).socket()

    for socket in (customer, agent):
        for name in ("shout", "connect", "disconnect", "__init__", "language_of", "close"):
            assert code(await socket.ask(name, {})) == "unknown_event", name


async def test_an_agents_command_is_unknown_to_customers(place: Place) -> None:
    customer = await (await place.visitor()).socket()

    for name in set(OF_AGENTS) - set(OF_CUSTOMERS):
        assert code(await customer.ask(name, OF_AGENTS[name][0])) == "unknown_event", name


@pytest.mark.parametrize("body", [b"\x00\x01", {"text": b"\x00"}])
async def test_binary_data_ends_the_connection_and_changes_nothing(place: Place, body: Any) -> None:
    customer = await (await place.visitor()).socket()
    before = await place.rows()

    await customer.client.emit(
        "post_message", {"client_msg_id": fresh_id(), "body": body}, namespace="/customer"
    )
    await _until_cut_off(customer)

    assert await place.rows() == before


async def test_an_event_above_64_kb_ends_the_connection_and_changes_nothing(place: Place) -> None:
    customer = await (await place.visitor()).socket()
    before = await place.rows()

    data = {"client_msg_id": fresh_id(), "body": {"kind": "text", "text": "x" * 66_000}}
    await customer.client.emit("post_message", data, namespace="/customer")
    await _until_cut_off(customer)

    assert await place.rows() == before


async def _until_cut_off(socket: Any) -> None:
    async def is_gone() -> bool:
        return not socket.client.connected

    await until(is_gone)

"""Phones and names are masked wherever agents look and in every log; revealing leaves a trace."""

from __future__ import annotations

import io
import json
import logging
from typing import Any

import pytest
import sqlalchemy as sa
import structlog

from console.cli.logs import MaskedFormatter, configure_logs, mask_personal_data
from console.desk.case import Fact, Source
from console.desk.work_order import WorkOrderKind, WorkOrderRequest
from console.services.promise import wire_time
from console.services.work_order import open_work_order
from console.storage.audit import audit_entries
from console.storage.case import learn
from console.storage.conversation import conversation
from tests.given import LIN, NOW, WANG
from tests.web.place import ADMIN, CHEN, Browser, Console, Place

NAME, PHONE, ADDRESS = "陈嘉树", "13800001002", "江苏省苏州市姑苏区样板街 8 号"
MAIL = "jiashu.chen@example.com"


@pytest.fixture
async def told(place: Place) -> Browser:
    """A customer whose case knows a phone and an address, and who wrote a mail address."""
    browser = await place.customer("88002")
    socket = await browser.socket()
    facts = [
        Fact("phone", PHONE, Source.CUSTOMER, NOW),
        Fact("new_address", ADDRESS, Source.CUSTOMER, NOW),
    ]

    def work(tx: Any) -> None:
        learn(tx, conversation(tx, browser.conversation_id).case_id, facts)

    await place.desk.database.write(work)
    await socket.ask("ask_person", {"client_msg_id": "ask-00001"})
    await place.settled()
    await socket.say(f"电话 {PHONE}，邮箱 {MAIL}")
    return browser


async def everything_an_agent_sees(console: Console, browser: Browser) -> str:
    """Lists, one conversation, the offer, and what comes by socket; not the transcript itself."""
    socket = await console.socket()
    await socket.ask("set_presence", {"status": "online"})
    views = [await console.get(f"/api/conversations?view={view}") for view in ("all", "waiting")]
    views.append(await console.get(f"/api/conversations/{browser.conversation_id}"))
    answer = await socket.ask("watch", {"conversation_id": browser.conversation_id, "after": 2**30})
    return json.dumps([views, answer, socket.heard], ensure_ascii=False)


async def test_an_agent_sees_masked_personal_data(place: Place, told: Browser) -> None:
    seen = await everything_an_agent_sees(await place.console(LIN), told)

    assert [secret for secret in (NAME, PHONE, ADDRESS, MAIL) if secret in seen] == []
    assert "陈**" in seen
    assert "138****1002" in seen
    assert "江苏省苏州市姑苏区****" in seen


async def test_the_holder_reads_what_the_customer_wrote(place: Place, told: Browser) -> None:
    """The negative control: the words are stored whole, and the conversation shows them."""
    lin = await (await place.console(LIN)).socket()

    page = await lin.ask("watch", {"conversation_id": told.conversation_id, "after": 0})

    assert PHONE in str(page["events"])
    assert NAME not in str(page["events"])


async def test_the_trace_shows_no_phone_and_no_address(place: Place, told: Browser) -> None:
    for agent in (CHEN, ADMIN):
        console = await place.console(agent)
        trace = str(await console.get(f"/api/conversations/{told.conversation_id}/trace"))
        assert [secret for secret in (NAME, PHONE, ADDRESS, MAIL) if secret in trace] == []


async def customer_id(console: Console, browser: Browser) -> str:
    detail = await console.get(f"/api/conversations/{browser.conversation_id}")
    return str(detail["customer"]["id"])


async def test_a_reveal_shows_the_whole_value_and_is_logged_with_its_reason(
    place: Place, told: Browser
) -> None:
    lin = await place.console(LIN)
    who = await customer_id(lin, told)

    answer = await lin.post(
        f"/api/customers/{who}/reveal", {"field": "phone", "reason": " call back "}
    )

    entries = await place.desk.database.read(lambda tx: audit_entries(tx, who))
    assert answer == {"ok": True, "value": PHONE}
    assert [(row.actor_id, row.action, row.detail) for row in entries] == [
        (LIN.id, "reveal", {"field": "phone", "reason": "call back"})
    ]
    assert wire_time(entries[0].at) == wire_time(NOW)


@pytest.mark.parametrize(
    ("wish", "status"),
    [
        ({"field": "phone"}, 400),
        ({"field": "phone", "reason": " x "}, 400),
        ({"field": "phone", "reason": "x" * 201}, 400),
        ({"field": "shop_customer_no", "reason": "curious"}, 400),
        ({"field": "__class__", "reason": "curious"}, 400),
        ({"field": ["phone"], "reason": "curious"}, 400),
        ({"reason": "curious"}, 400),
    ],
)
async def test_a_reveal_without_a_reason_or_of_something_else_shows_nothing(
    place: Place, told: Browser, wish: dict[str, Any], status: int
) -> None:
    lin = await place.console(LIN)
    who = await customer_id(lin, told)

    found, body, _ = await place.request(
        "POST", f"/api/customers/{who}/reveal", json=wish, headers=lin.headers
    )

    assert (found, body and body["error"]["code"]) == (status, "bad_request")
    assert await place.desk.database.read(lambda tx: audit_entries(tx, who)) == []


async def _to_be_called(place: Place, browser: Browser) -> str:
    wish = WorkOrderRequest(
        kind=WorkOrderKind.CALLBACK, text="回电 13911112222，下午",
        details={"phone": "13911112222", "window_start": "2026-11-02T06:00:00+00:00", "key": "x"},
    )  # fmt: skip
    opened = await open_work_order(place.desk, browser.conversation_id, wish, key="call-1")
    return opened.work_order_no


async def test_the_number_to_call_is_shown_to_whoever_says_why(place: Place, told: Browser) -> None:
    lin, number = await place.console(LIN), await _to_be_called(place, told)
    path, who = f"/api/conversations/{told.conversation_id}", await customer_id(lin, told)

    masked = (await lin.get(path))["work_orders"][0]
    wish = {"work_order_no": number, "reason": "call back"}
    shown = await lin.post(f"{path}/work_orders/reveal", wish)

    assert "13911112222" not in str(masked)
    assert shown["values"] == {
        "text": "回电 13911112222，下午",
        "phone": "13911112222",
        "window_start": "2026-11-02T06:00:00+00:00",
    }
    entries = await place.desk.database.read(lambda tx: audit_entries(tx, who))
    assert [(row.actor_id, row.action, row.detail) for row in entries] == [
        (LIN.id, "reveal", {"field": number, "reason": "call back"})
    ]


async def test_nothing_of_a_work_order_is_shown_without_a_reason_or_of_another_customer(
    place: Place, told: Browser
) -> None:
    lin, number = await place.console(LIN), await _to_be_called(place, told)
    who, other = await customer_id(lin, told), await place.customer("88001")

    answers = [
        await place.request(
            "POST", f"/api/conversations/{conversation_id}/work_orders/reveal",
            headers=lin.headers, json={"work_order_no": number, "reason": reason},
        )
        for conversation_id, reason in (
            (told.conversation_id, " x "),
            (other.conversation_id, "curious"),
            ("co_none", "curious"),
        )
    ]  # fmt: skip

    assert [status for status, _, _ in answers] == [400, 404, 404]
    assert await place.desk.database.read(lambda tx: audit_entries(tx, who)) == []


async def test_refused_sign_ins_are_in_the_audit_log(place: Place) -> None:
    for login in ("lin", "nobody"):
        await place.request("POST", "/console/login", json={"login": login, "password": "x"})

    def refused(tx: Any) -> list[str]:
        query = sa.text("SELECT object FROM audit_log WHERE action = 'sign_in_refused' ORDER BY id")
        return [row.object for row in tx.execute(query)]

    assert await place.desk.database.read(refused) == [LIN.id, "unknown"]


async def test_customers_learn_no_ids_of_people_and_nothing_internal(place: Place) -> None:
    browser = await place.visitor()
    customer = await browser.socket()
    lin = await place.held_by(await place.console(LIN), browser)
    whose = {"conversation_id": browser.conversation_id}
    await lin.ask("add_note", {**whose, "client_msg_id": "note-0001", "text": "SECRET NOTE"})
    due = {"text": "答复", "due_at": "2026-11-02T06:00:00Z"}
    promise = await lin.ask("make_promise", {**whose, **due, "client_msg_id": "promise-01"})
    await lin.ask(
        "transfer_conversation", {**whose, "to": {"agent_id": WANG.id}, "note": "SECRET NOTE"}
    )

    page = await customer.ask("catch_up", {"after": 0})
    seen = json.dumps([page, customer.heard], ensure_ascii=False)

    assert promise["ok"]
    assert "conversation_transferred" in seen
    assert [part for part in (LIN.id, WANG.id, "SECRET NOTE", "promise-01") if part in seen] == []


# --- logs ---


def test_a_line_of_the_desk_holds_no_personal_data(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("info")
    try:
        try:
            raise ValueError(f"cannot call {PHONE}")
        except ValueError:
            structlog.get_logger().exception(
                "failed", text=f"mail {MAIL}", fields={"order": ["620026074721"]}, who=object
            )
        logging.getLogger("library").warning("call %s", PHONE)
    finally:
        structlog.reset_defaults()
        logging.basicConfig(force=True)

    written = capsys.readouterr().err
    assert [secret for secret in (PHONE, MAIL, "620026074721") if secret in written] == []
    assert "138****1002" in written
    assert "j***@example.com" in written
    assert "****4721" in written
    assert "2026" in written or "T" in written  # the time of the line stays whole


def test_the_processor_leaves_times_levels_and_numbers_alone() -> None:
    fields = {"timestamp": "2026-11-02T04:00:00.123456789012Z", "level": "info", "seq": 12345678901}

    assert mask_personal_data(None, "info", dict(fields)) == fields


def test_lines_of_libraries_are_masked_with_their_tracebacks() -> None:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(MaskedFormatter())
    logger = logging.getLogger("tests.library")
    logger.addHandler(handler)
    logger.propagate = False

    try:
        raise ValueError(PHONE)
    except ValueError:
        logger.exception("sent to %s", MAIL)

    assert PHONE not in out.getvalue()
    assert MAIL not in out.getvalue()


async def test_an_error_of_the_database_carries_no_values(place: Place) -> None:
    def broken(tx: Any) -> None:
        tx.execute(sa.text("SELECT :phone FROM nowhere"), {"phone": PHONE})

    with pytest.raises(sa.exc.DBAPIError) as error:
        await place.desk.database.write(broken)

    assert PHONE not in str(error.value)

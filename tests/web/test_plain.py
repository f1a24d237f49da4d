"""NUL is in no text of people; a database that cannot hold it must never be asked to."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from console.desk.errors import BadRequest
from console.storage.agent import find_agent
from console.storage.database import Database
from console.storage.schema import metadata
from console.web.plain import DEEPEST, plain
from tests.given import LIN
from tests.web.place import Place


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("a\x00b", "ab"),
        ({"k\x00": ["\x00", {"x": "y\x00"}]}, {"k": ["", {"x": "y"}]}),
        ([1, None, True, 1.5, "退货"], [1, None, True, 1.5, "退货"]),
    ],
)
def test_nul_is_left_out_wherever_it_stands(given: Any, left: Any) -> None:
    assert plain(given) == left


def nested(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value


def test_depth_is_bounded() -> None:
    assert plain(nested(DEEPEST)) == nested(DEEPEST)
    with pytest.raises(BadRequest):
        plain(nested(DEEPEST + 2))


async def test_postgresql_refuses_what_is_left_out_here(fresh_postgres: str) -> None:
    """The negative control: this would be an inner error for whoever asked."""
    database = Database(fresh_postgres)
    metadata.create_all(database.engine)
    await database.open()

    with pytest.raises(sa.exc.SQLAlchemyError):
        await database.read(lambda tx: find_agent(tx, "ag_\x00"))
    await database.close()


async def test_a_path_or_query_with_nul_names_nothing(place: Place) -> None:
    lin = await place.console(LIN)

    for path in ("/api/conversations/%00", "/api/conversations/co_%00x/events?before=9"):
        status, body, _ = await place.request("GET", path, headers=lin.headers)
        assert (status, body["error"]["code"]) == (404, "not_found")
    status, body, _ = await place.request(
        "GET", "/api/conversations?view=all&q=%00", headers=lin.headers
    )
    assert (status, body["error"]["code"]) == (404, "not_found")


async def test_nul_in_a_command_or_a_body_is_as_if_it_were_not_there(place: Place) -> None:
    browser, lin = await place.customer("88002"), await place.console(LIN)
    agent = await place.held_by(lin, browser)
    whose = {"conversation_id": f"{browser.conversation_id}\x00"}
    note = {**whose, "client_msg_id": "note-0001", "text": "回\x00电"}
    path = f"/api/conversations/{browser.conversation_id}/price_protection"

    said = await agent.ask("add_note", note)
    claimed = await lin.post(path, {"key": "key-\x00123456"})
    again = await lin.post(path, {"key": "key-123456"})

    assert said["ok"]
    assert claimed == again
    rows = await place.rows()
    assert "回电" in str(rows["event"])
    assert "\\u0000" not in str(rows)


async def test_what_is_nested_too_deeply_is_refused(place: Place) -> None:
    browser, lin = await place.customer("88002"), await place.console(LIN)
    agent = await place.held_by(lin, browser)
    path = f"/api/conversations/{browser.conversation_id}/cards"
    before = await place.rows()

    status, body, _ = await place.request(
        "POST", path, headers=lin.headers, json={"type": nested(200)}
    )
    answer = await agent.ask(
        "add_note", {"conversation_id": browser.conversation_id, "text": nested(200)}
    )

    assert (status, body["error"]["code"]) == (400, "bad_request")
    assert answer["error"]["code"] == "bad_request"
    assert await place.rows() == before

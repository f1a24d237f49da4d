"""The action server speaks the protocol of the SDK and to nobody but the engine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from actions.server import EXECUTOR, LARGEST_CALL, build_action_app
from console.services.parts import Desk
from tests.actions.conftest import SpokenTo

HEADERS = {"Authorization": "Bearer a secret"}


def _call(action: str, sender_id: str, **tracker: Any) -> dict[str, Any]:
    user = {"event": "user", "metadata": {"turn_id": "tu_1"}}
    state = {"sender_id": sender_id, "slots": {}, "latest_message": user, "events": [user]}
    return {"next_action": action, "tracker": {**state, **tracker}}


@pytest.fixture
async def client(desk: Desk) -> AsyncIterator[TestClient[Any, Any]]:
    async with TestClient(TestServer(build_action_app(desk, "a secret"))) as found:
        yield found


async def test_an_action_runs_without_a_domain(
    client: TestClient[Any, Any], speak: SpokenTo
) -> None:
    customer = await speak("88001")

    answer = await client.post(
        "/webhook", json=_call("action_confirm", customer.id), headers=HEADERS
    )

    assert answer.status == 200
    body = await answer.json()
    assert [one["response"] for one in body["responses"]] == ["utter_ok"]


@pytest.mark.parametrize("secret", ["", "Bearer", "Bearer wrong", "Basic a secret", "Bearer ü"])
async def test_without_the_secret_nothing_runs(client: TestClient[Any, Any], secret: str) -> None:
    headers = {"Authorization": secret} if secret else {}

    answer = await client.post("/webhook", json=_call("action_confirm", "co_1"), headers=headers)

    assert answer.status == 401


def test_an_empty_secret_is_refused_at_the_start(desk: Desk) -> None:
    with pytest.raises(ValueError, match="token"):
        build_action_app(desk, "")


async def test_an_unknown_action_is_named(client: TestClient[Any, Any]) -> None:
    answer = await client.post(
        "/webhook", json=_call("action_does_not_exist", "co_1"), headers=HEADERS
    )

    assert answer.status == 404
    assert (await answer.json())["action_name"] == "action_does_not_exist"


async def test_a_refusal_is_400_as_the_protocol_says(
    client: TestClient[Any, Any], desk: Desk
) -> None:
    from rasa_sdk.interfaces import ActionExecutionRejection

    async def refuses(dispatcher: Any, tracker: Any, domain: Any) -> list[Any]:
        raise ActionExecutionRejection("action_refuses")

    app = client.server.app  # type: ignore[attr-defined]
    app[EXECUTOR].register_function("action_refuses", refuses)

    answer = await client.post("/webhook", json=_call("action_refuses", "co_1"), headers=HEADERS)

    assert answer.status == 400
    assert (await answer.json())["action_name"] == "action_refuses"


async def test_a_fault_tells_nothing_about_itself(client: TestClient[Any, Any]) -> None:
    """The conversation does not exist, so the service raises."""
    answer = await client.post(
        "/webhook", json=_call("action_request_handoff", "co_nobody"), headers=HEADERS
    )

    assert answer.status == 500
    assert await answer.json() == {"error": "action_failed"}


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"[]", b'{"next_action": 1}', b'{"a": 1}'])
async def test_what_is_no_call_is_not_taken_for_a_refusal(
    client: TestClient[Any, Any], body: bytes
) -> None:
    answer = await client.post("/webhook", data=body, headers=HEADERS)

    assert answer.status == 422


async def test_a_call_above_the_limit_is_cut_off(client: TestClient[Any, Any]) -> None:
    answer = await client.post("/webhook", data=BytesIO(b" " * (LARGEST_CALL + 1)), headers=HEADERS)

    assert answer.status == 413

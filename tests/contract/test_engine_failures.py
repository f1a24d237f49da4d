"""A turn that fails says so, leaves nothing behind, and can be sent again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.plugins.engine import ActionServer, Dialogue, Engine, run_bot, texts

pytestmark = pytest.mark.engine
LISTEN = {"event": "action", "name": "action_listen"}
ORDER = {"event": "slot", "name": "order_no", "value": "20261118000042"}
REASON = {"event": "slot", "name": "reason", "value": "坏了"}
LOOP = {"event": "active_loop", "name": "return_form"}
LAST_QUESTION = [
    LISTEN, ORDER, REASON, LOOP,
    {"event": "slot", "name": "requested_slot", "value": "condition"}, LISTEN,
]  # fmt: skip


def test_a_failing_action_fails_the_turn_and_the_same_turn_works_later(
    dialogue: Dialogue, actions: ActionServer
) -> None:
    dialogue.history = LAST_QUESTION
    actions.fail["action_submit_return"] = 500

    status, reply = dialogue.engine.turn("没有拆过", history=LAST_QUESTION)

    assert (status, reply["error"], reply["action"]) == (
        502,
        "action_failed",
        "action_submit_return",
    )
    actions.fail.clear()
    assert texts(dialogue.say("没有拆过")) == ["done action_submit_return"]


def test_a_validator_that_fails_while_a_form_opens_never_submits_it(
    engine: Engine, actions: ActionServer
) -> None:
    actions.fail["validate_return_form"] = 500

    status, reply = engine.turn("我要退货", history=[LISTEN, ORDER, LISTEN])

    assert (status, reply["action"]) == (502, "validate_return_form")
    assert "action_submit_return" not in actions.names()


@pytest.mark.parametrize(
    "answer",
    [
        {"events": [{"event": "unheard of"}], "responses": []},
        {"events": "none", "responses": []},
        {"events": [{"event": "slot", "value": 1}], "responses": []},
    ],
)
def test_an_unreadable_answer_of_an_action_fails_the_turn(
    engine: Engine, actions: ActionServer, answer: dict[str, Any]
) -> None:
    actions.fail["action_submit_return"] = answer

    status, reply = engine.turn("没有拆过", history=LAST_QUESTION)

    assert (status, reply["action"]) == (502, "action_submit_return")


def test_an_action_that_refuses_to_run_is_not_a_failure(
    engine: Engine, actions: ActionServer
) -> None:
    actions.fail["validate_return_form"] = 400

    status, reply = engine.turn("包裹走到哪里啦", history=LAST_QUESTION)

    assert status == 200
    assert reply["slots"]["condition"] is None


def test_a_bot_that_would_never_listen_again_is_stopped(
    engine: Engine, actions: ActionServer
) -> None:
    follow = {"event": "followup", "name": "action_loop"}
    actions.fail["action_loop"] = {"events": [follow], "responses": []}

    status, reply = engine.turn("不对")

    assert (status, reply["reason"]) == (502, "never listens")


def test_actions_out_of_reach_fail_the_turn(
    tiny_models: Path, start_engine: Callable[..., Any]
) -> None:
    with start_engine(tiny_models, actions_url="http://127.0.0.1:9/webhook") as alone:
        status, reply = alone.turn("没有拆过", history=LAST_QUESTION)
        answered, plain = alone.turn("你好")

    assert (status, reply["error"]) == (502, "action_failed")
    assert (answered, texts(plain)) == (200, ["您好,请讲。"])


def test_an_engine_without_a_model_says_so(
    tmp_path: Path, start_engine: Callable[..., Any]
) -> None:
    with start_engine(tmp_path) as empty:
        assert empty.turn("你好") == (503, {"error": "no_model"})
        assert empty.call("parse", {"texts": ["你好"]}) == (503, {"error": "no_model"})
        status, health = empty.call("health")
    assert (status, health) == (503, {"ready": False, "state": "no_model", "model_id": None})


@pytest.mark.parametrize("token", [None, "", "a secret of the test", "密码"])
@pytest.mark.parametrize("path", ["turn", "parse", "health"])
def test_nobody_gets_in_without_the_secret(engine: Engine, path: str, token: str | None) -> None:
    body = None if path == "health" else {"texts": ["你好"]}
    spelled = token.encode().decode("latin-1") if token else token

    assert engine.call(path, body, token=spelled) == (401, {"error": "wrong_token"})


@pytest.mark.parametrize(
    "path", ["conversations/x/tracker", "model/parse", "webhooks/rest/webhook"]
)
def test_rasas_own_interface_is_not_served(engine: Engine, path: str) -> None:
    assert engine.call(f"../../{path}", {})[0] == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"not json", 400),
        (b"[]", 400),
        (json.dumps({"conversation_id": "c"}).encode(), 400),
        (json.dumps({"conversation_id": "c", "turn_id": "t", "history": [ORDER]}).encode(), 400),
        (
            json.dumps(
                {"conversation_id": "c", "turn_id": "t", "history": [LISTEN, {"event": "odd"}]}
            ).encode(),
            400,
        ),
        (
            json.dumps(
                {"conversation_id": "c", "turn_id": "t", "message": {"text": "长" * 4001}}
            ).encode(),
            413,
        ),
        (b'"' + b"x" * 2_100_000 + b'"', 413),
    ],
)
def test_a_request_that_cannot_be_used_is_refused(
    engine: Engine, actions: ActionServer, body: bytes, status: int
) -> None:
    assert engine.call("turn", body)[0] == status
    assert actions.calls == []


def test_serving_without_a_shared_secret_is_refused(tiny_models: Path) -> None:
    result = run_bot("serve", "--model", tiny_models)

    assert result.returncode == 3
    assert result.stderr.decode().startswith("BATON_ENGINE_TOKEN is not set.")

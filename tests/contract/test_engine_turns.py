"""What the desk relies on when it sends a turn: text stays text, and history is all there is."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.plugins.engine import PROJECT, PYTHON, Dialogue, Engine, run_bot, texts

pytestmark = pytest.mark.engine
LISTEN = {"event": "action", "name": "action_listen"}


def slot(name: str, value: Any) -> dict[str, Any]:
    return {"event": "slot", "name": name, "value": value}


def checkpoint(*facts: dict[str, Any], loop: str | None, asked: str | None) -> list[dict[str, Any]]:
    """As the desk builds it: no messages, only what is known and what was asked."""
    open_loop = [{"event": "active_loop", "name": loop}] if loop else []
    return [LISTEN, *facts, *open_loop, slot("requested_slot", asked), LISTEN]


ORDER = "20261118000042"
ASKED_FOR_REASON = checkpoint(slot("order_no", ORDER), loop="return_form", asked="reason")


@pytest.mark.parametrize(
    "text",
    ["/restart", "  /session_start", '/request_return{"order_no":"EVIL"}', "/back", "/"],
)
def test_text_that_looks_like_a_command_is_only_text(engine: Engine, text: str) -> None:
    status, reply = engine.turn(
        text, history=checkpoint(slot("order_no", ORDER), loop=None, asked=None)
    )

    spoken = [event for event in reply["events"] if event["event"] == "user"]
    assert status == 200
    assert [event["text"] for event in spoken] == [text]
    assert reply["parse"]["intent"]["confidence"] < 1.0
    assert reply["slots"]["order_no"] == ORDER
    assert {event["event"] for event in reply["events"]}.isdisjoint({"restart", "session_started"})


def test_rasas_own_way_of_reading_would_obey_the_command(tiny_models: Path) -> None:
    """The negative control: without our cut of the graph the text is a command."""
    code = (
        "from bot import environment; environment.prepare()\n"
        "import sys, pathlib; from bot.model import load\n"
        "from rasa.core.processor import MessageProcessor as P\n"
        "from rasa.core.channels.channel import UserMessage as M\n"
        "from rasa.shared.core.trackers import DialogueStateTracker as T\n"
        "model = load(pathlib.Path(sys.argv[1]))\n"
        "parse = P._parse_message_with_graph(model, M('/restart'), T.from_events('x', []))\n"
        "print(parse['intent'])"
    )
    found = subprocess.run(
        [PYTHON, "-c", code, tiny_models], cwd=PROJECT, capture_output=True, check=True, text=True
    )

    assert "'name': 'restart', 'confidence': 1.0" in found.stdout


def test_text_in_a_form_is_kept_word_for_word(dialogue: Dialogue) -> None:
    dialogue.history = ASKED_FOR_REASON

    reply = dialogue.say("  /greet 这个坏了  ")

    assert reply["slots"]["reason"] == "  /greet 这个坏了  "
    assert reply["requested_slot"] == "condition"


def test_a_form_runs_to_its_end_with_nothing_but_the_history(dialogue: Dialogue) -> None:
    asked = [texts(dialogue.say(text)) for text in ("我要退货", ORDER, "颜色不喜欢", "没有拆过")]

    assert asked == [
        ["哪一单?"],
        ["退货的原因是?"],
        ["东西拆了没有?"],
        ["done action_submit_return"],
    ]


def test_actions_learn_which_turn_they_serve(dialogue: Dialogue, actions: Any) -> None:
    dialogue.history = ASKED_FOR_REASON

    dialogue.say("颜色不喜欢")

    call = actions.calls[-1]
    assert call["sender_id"] == "conversation-1"
    assert call["tracker"]["latest_message"]["metadata"]["turn_id"] == "turn-1"
    assert call["authorization"].startswith("Bearer ")


def test_a_button_in_a_form_is_answered_and_the_question_stays_open(dialogue: Dialogue) -> None:
    dialogue.history = ASKED_FOR_REASON

    reply = dialogue.click("track_logistics")

    assert texts(reply) == ["包裹在路上。", "退货的原因是?"]
    assert (reply["slots"]["reason"], reply["requested_slot"]) == (None, "reason")


def test_a_button_brings_its_entities(dialogue: Dialogue) -> None:
    reply = dialogue.click("request_return", order_no=ORDER)

    assert reply["slots"]["order_no"] == ORDER
    assert texts(reply) == ["退货的原因是?"]


@pytest.mark.parametrize("intent", ["restart", "session_start", "back", "nlu_fallback", "unheard"])
def test_no_button_may_mean_a_command_or_an_unknown_intent(engine: Engine, intent: str) -> None:
    status, reply = engine.turn(button={"intent": intent, "entities": {}})

    assert (status, reply["error"]) == (400, "unknown_intent")


def test_a_checkpoint_in_mid_form_continues_on_another_engine_and_model(
    dialogue: Dialogue, reworded_models: Path, start_engine: Callable[..., Any]
) -> None:
    first = dialogue.say("我要退货")
    dialogue.say(ORDER)
    dialogue.history = ASKED_FOR_REASON

    with start_engine(reworded_models) as second:
        dialogue.engine = second
        reply = dialogue.say("颜色不喜欢")

    assert texts(reply) == ["包装还在吗?"]
    assert reply["slots"] | {"reason": "颜色不喜欢", "order_no": ORDER} == reply["slots"]
    assert reply["model_id"] != first["model_id"]


def test_a_parked_form_swallows_nothing_and_goes_on_when_the_bot_is_back(
    dialogue: Dialogue,
) -> None:
    parked = [{"event": "active_loop", "name": None}, slot("requested_slot", None)]
    dialogue.history = [*ASKED_FOR_REASON, *parked, {"event": "pause"}]

    while_paused = dialogue.say("你们怎么这么慢")

    assert while_paused["responses"] == []
    assert while_paused["paused"] is True
    assert while_paused["slots"]["reason"] is None

    dialogue.history += [
        {"event": "resume"},
        slot("reason", "颜色不喜欢"),
        {"event": "active_loop", "name": "return_form"},
        slot("requested_slot", "condition"),
        LISTEN,
    ]
    back = dialogue.speak()

    assert texts(back) == ["东西拆了没有?"]
    assert (back["paused"], back["active_loop"]) == (False, "return_form")


def test_entities_are_noted_while_a_person_has_taken_over(dialogue: Dialogue) -> None:
    dialogue.history = [LISTEN, {"event": "pause"}, LISTEN]

    reply = dialogue.say(f"订单号 {ORDER}")

    assert reply["slots"]["order_no"] == ORDER
    assert reply["responses"] == []


def test_two_wishes_in_one_message_are_answered_in_order(dialogue: Dialogue) -> None:
    reply = dialogue.say("在吗 订单是什么情况?包裹走到哪里啦")

    assert texts(reply) == ["订单在仓库。", "包裹在路上。"]
    assert [part["text"] for part in reply["parse"]["parts"]] == [
        "订单是什么情况",
        "包裹走到哪里啦",
    ]


def test_a_form_that_a_first_wish_opened_asks_only_once_at_the_end(dialogue: Dialogue) -> None:
    reply = dialogue.say("我要退货。查快递")

    assert texts(reply) == ["包裹在路上。", "哪一单?"]


def test_an_answer_in_a_form_is_never_cut(dialogue: Dialogue) -> None:
    dialogue.history = ASKED_FOR_REASON

    reply = dialogue.say("颜色不喜欢 尺寸太小")

    assert reply["slots"]["reason"] == "颜色不喜欢 尺寸太小"


def test_the_same_turn_twice_gives_the_same_answer(engine: Engine) -> None:
    first, second = (engine.turn("颜色不喜欢", history=ASKED_FOR_REASON)[1] for _ in range(2))

    assert texts(first) == texts(second)
    assert first["slots"] == second["slots"]


def test_days_count_from_the_turns_own_now(engine: Engine) -> None:
    _, reply = engine.turn("明天下午三点包裹走到哪里啦")

    values = {entity["entity"]: entity["value"] for entity in reply["parse"]["entities"]}
    assert values == {"date": "2026-11-19", "time": "15:00"}


def test_many_texts_are_read_in_one_call(engine: Engine) -> None:
    status, reply = engine.call("parse", {"texts": ["你好", "", "/restart"]})

    assert status == 200
    assert [parse["intent"]["name"] for parse in reply["parses"]] == ["greet", None, "nlu_fallback"]


def test_health_names_the_model(engine: Engine) -> None:
    _, turn = engine.turn("你好")

    assert engine.call("health") == (
        200,
        {"ready": True, "state": "ready", "model_id": turn["model_id"]},
    )


def test_every_command_explains_itself() -> None:
    assert all(run_bot(name, "--help").returncode == 0 for name in ("train", "parse", "evaluate"))

"""The examples of docs/protocol.md, played against a real desk and compared by shape."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.turn_request import read_texts, read_turn
from console.desk.checkpoint import Dialogue, checkpoint
from console.gateways.engine import TurnRequest
from console.gateways.http_engine import HttpEngine
from console.web.wire import _INTERNAL_KEYS
from tests.docs.card_samples import card_samples
from tests.docs.pages import Section, below
from tests.docs.play import (
    COMMAND_CHAPTERS,
    HTTP_CHAPTERS,
    PROTOCOL,
    Example,
    examples,
    filled,
    play,
    send,
)
from tests.docs.shape import differences
from tests.docs.stages import opened, stage_of
from tests.docs.story import whole_day
from tests.docs.world import World
from tests.plugins.engine import Engine

PLAYED = [
    pytest.param(section, id=f"{section[0].chapter}: {section[0].name}")
    for chapter in (*HTTP_CHAPTERS, *COMMAND_CHAPTERS)
    for section in examples(chapter)
]


@pytest.mark.parametrize("section", PLAYED)
async def test_the_answer_looks_as_documented(world: World, section: list[Example]) -> None:
    await stage_of(section[0])(world)

    for example in section:
        real = await play(world, example)

        if example.answer is None:
            assert isinstance(real, bytes)
            assert real.startswith(b"\x89PNG")
        else:
            assert differences(example.answer, real) == []


async def test_the_error_looks_as_documented(world: World) -> None:
    documented = json.loads(below(PROTOCOL, "Errors")[0].codes[0].text)
    await opened(world)
    body = {"kind": "text", "text": "好"}

    answers = await asyncio.gather(
        *(world.ask("customer", "post_message", {"client_msg_id": f"m-{n:06}", "body": body})
          for n in range(60))
    )  # fmt: skip

    refused = [answer for answer in answers if not answer["ok"]]
    assert {answer["error"]["code"] for answer in refused} == {documented["error"]["code"]}
    assert differences(documented, refused[0]) == []


async def test_all_that_is_said_in_a_day_looks_as_documented(world: World) -> None:
    heard = await whole_day(world)

    examples_of = {**_signals("/customer"), **_signals("/agent"), **_stored()}
    told: set[tuple[str, str]] = set()
    wrong = []
    for player, name, data in heard:
        namespace = "/customer" if player == "customer" else "/agent"
        kind = "stored" if "type" in data else namespace
        tries = [differences(shown, data) for shown in examples_of.get((kind, name, namespace), ())]
        wrong += [] if [] in tries else [f"{namespace} {name}: {min(tries, default=data)}"]
        told.add((kind, name))
    assert wrong == []
    assert {(kind, name) for kind, name, _ in examples_of} - told == set()


def _signals(namespace: str) -> dict[tuple[str, str, str], list[Any]]:
    chapter = f"Namespace {namespace}: signals"
    return {
        (namespace, section.names[0], namespace): [
            _data(section, code.text) for code in section.codes
        ]
        for section in below(PROTOCOL, chapter)
        if section.level == 3
    }


def _stored() -> dict[tuple[str, str, str], list[Any]]:
    """As agents see them, and from that as customers do."""
    found = {}
    for section in below(PROTOCOL, "Stored events"):
        if section.level == 3:
            seen = [_data(section, code.text) for code in section.codes]
            name = section.names[0]
            found["stored", name, "/agent"] = seen
            if not section.text.strip().startswith("Internal."):
                found["stored", name, "/customer"] = [
                    view for event in seen for view in _for_customers(event)
                ]
    return found


def _for_customers(event: dict[str, Any]) -> list[dict[str, Any]]:
    """Their own, with the id they gave it, and that of others."""
    actor = {name: event["actor"][name] for name in ("kind", "name")}
    body = {name: value for name, value in event["body"].items() if name not in _INTERNAL_KEYS}
    own = {**event, "actor": actor, "body": body}
    return [own, {**own, "client_msg_id": None}]


def _data(section: Section, text: str) -> Any:
    name, data = json.loads(text.replace("$conversation_id", "co_1"))
    assert [name] == section.names
    return data


def test_what_customers_never_see_is_named() -> None:
    text = below(PROTOCOL, "Stored events")[0].text

    assert [key for key in sorted(_INTERNAL_KEYS) if f"`{key}`" not in text] == []


async def test_every_body_of_a_message_is_documented(world: World) -> None:
    chapter = below(PROTOCOL, "Messages and cards")
    shown = [json.loads(code.text) for part in chapter if not part.names for code in part.codes]

    heard = await whole_day(world)

    bodies = [data["body"] for _, name, data in heard if name == "message_posted"]
    assert {body["kind"] for body in bodies} == {"text", "picture", "card"}
    assert [b for b in bodies if all(differences(example, b) for example in shown)] == []


async def test_every_card_is_documented_as_it_is(world: World) -> None:
    chapter = below(PROTOCOL, "Messages and cards")
    shown = {part.names[0]: json.loads(part.codes[0].text) for part in chapter if part.names}

    cards = await card_samples(world)

    assert {card["type"] for card in cards} == set(shown)
    for card in cards:
        not_yet = {name: None for name in ("rma_no", "state_label") if card.get(name, "") is None}
        known = {**shown[card["type"]], **not_yet}
        assert differences(known, card) == []


# --- engine and actions -----------------------------------------------------------------------


@pytest.fixture
def turn() -> Example:
    return next(section[0] for section in examples("Engine") if "turn" in section[0].name)


def _body(example: Example) -> Any:
    return json.loads(example.request.partition("\n\n")[2])


async def test_the_desk_sends_the_documented_turn_and_reads_the_documented_answer(
    turn: Example,
) -> None:
    seen: list[Any] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append(await request.json())
        return web.json_response(turn.answer)

    app = web.Application()
    app.router.add_post("/webhooks/desk/turn", answer)
    async with TestServer(app) as server:
        engine = HttpEngine(str(server.make_url("/")), "a secret", 5)
        await engine.open()
        result = await engine.turn(_request())
        await engine.close()

    assert differences(_body(turn), seen[0]) == []
    assert (result.active_loop, result.requested_slot) == ("return_form", "condition")
    assert result.responses == turn.answer["responses"]


def _request() -> TurnRequest:
    slots = {"order_no": "620026074721", "lang": "zh", "customer_verified": True}
    return TurnRequest(
        conversation_id="co_1",
        turn_id="tu_1.0",
        lang="zh",
        history=checkpoint(Dialogue(slots, "return_form", "reason"), listening=False),
        now="2026-11-02T04:00:00.000Z",
        text="屏幕有划痕",
        metadata={"picture_upload_ids": [], "misses": 0},
    )


def test_the_engine_can_read_the_documented_requests(turn: Example) -> None:
    parse = next(section[0] for section in examples("Engine") if "parse" in section[0].name)

    assert read_turn(_body(turn)).text == "屏幕有划痕"
    assert read_texts(_body(parse)) == ["屏幕有划痕"]


@pytest.mark.engine
def test_a_real_engine_answers_as_documented(engine: Engine) -> None:
    for section in examples("Engine"):
        example = section[0]
        is_read = example.name.startswith("GET")
        path = example.name.rpartition("/")[2]

        status, real = engine.call(path, None if is_read else _body(example))

        assert status == 200
        assert _without_content(differences(example.answer, real)) == []


def _without_content(found: list[str]) -> list[str]:
    """The model of the tests says other things: which lists are full, and null, may differ."""
    return [one for one in found if "None" not in one and "it is empty" not in one]


async def test_an_action_answers_as_documented(world: World) -> None:
    await opened(world)
    settings = world.desk.settings
    world.values["engine_token"] = settings.engine_token
    ((example,),) = examples("Actions")

    url = f"http://{settings.actions_host}:{settings.actions_port}"
    real = await send(world, filled(example.request, world.values), url=url)

    assert real["responses"]
    assert differences(example.answer, real) == []


# --- the comparison itself --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("documented", "real", "complaint"),
    [
        ({"a": 1}, {"a": 1, "b": 2}, ".b: not documented"),
        ({"a": 1, "…": 1}, {"b": 2}, ".a: documented, but gone"),
        ({"a": 1, "b": 2}, {"a": 1}, ".b: documented, but gone"),
        ({"a": 1}, {"a": "1"}, ".a: documented 1, but it is '1'"),
        ({"a": True}, {"a": 1}, ".a: documented True, but it is 1"),
        ({"a": None}, {"a": 1}, ".a: documented None, but it is 1"),
        ({"a": [{"b": 1}]}, {"a": [{"c": 1}]}, ".a[0].b: documented, but gone"),
        ({"a": [1]}, {"a": []}, ".a: documented with elements, but it is empty"),
        ({"a": []}, {"a": [1]}, ".a[0]: not documented"),
        (
            {"at": "2026-11-02T04:00:00.000Z"},
            {"at": "tomorrow"},
            ".at: documented '2026-11-02T04:00:00.000Z', but it is 'tomorrow'",
        ),
    ],
)
def test_a_lie_in_the_document_is_found(documented: Any, real: Any, complaint: str) -> None:
    assert complaint in differences(documented, real)


def test_other_values_of_the_same_kind_are_no_lie() -> None:
    documented = {"a": 1, "b": "x", "c": [1, 2], "d": {}, "at": "2026-11-02T04:00:00Z"}
    real = {"a": 7.5, "b": "y", "c": [3], "d": {"any": 1}, "at": "2027-01-01T00:00:00Z"}

    assert differences(documented, real) == []

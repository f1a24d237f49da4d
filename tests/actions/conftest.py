"""A desk with the demo shop at a fixed moment, and action calls as the engine makes them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast

import pytest
from rasa_sdk.executor import ActionExecutor
from ruamel.yaml import YAML
from sqlalchemy import Connection

from actions.registry import actions
from console.desk.brief import worded_brief
from console.desk.case import Question
from console.desk.event import Event
from console.gateways.customer_jwt import ShopSignIn
from console.gateways.demo_shop import DemoShop
from console.gateways.engine import BotEngine
from console.services.customer import open_session
from console.services.hub import Hub
from console.services.parts import Desk
from console.services.seed_shop import seed_demo_shop
from console.settings import PROJECT, load_settings
from console.storage.case import context_card
from console.storage.conversation import conversation
from console.storage.database import Database
from console.storage.event import events_after
from console.storage.handoff import open_handoff
from tests.furnished import furnish_sqlite
from tests.given import NOW

SpokenTo = Callable[..., Awaitable["Conversation"]]


@dataclass
class Clock:
    moment: datetime = NOW

    def now(self) -> datetime:
        return self.moment


@dataclass
class Answer:
    """What an action call came to."""

    events: list[dict[str, Any]]
    responses: list[dict[str, Any]]

    @property
    def said(self) -> list[str]:
        return [one["response"] for one in self.responses if one.get("response")]

    @property
    def cards(self) -> list[dict[str, Any]]:
        return [one["custom"]["card"] for one in self.responses if one.get("custom")]

    @property
    def summary(self) -> dict[str, str | int]:
        """The lines of the summary card by label: words, or fen."""
        [card] = [one for one in self.cards if one["type"] == "summary"]
        shown = ((line["label"], line["text"], line["amount_fen"]) for line in card["lines"])
        return {label: text if fen is None else fen for label, text, fen in shown}

    @property
    def labels(self) -> list[str]:
        """Of all buttons that this call added itself."""
        found = [one.get("buttons") or [] for one in self.responses]
        found += [(one.get("custom") or {}).get("buttons") or [] for one in self.responses]
        return [button["title"] for row in found for button in row]

    @property
    def slots(self) -> dict[str, Any]:
        return {e["name"]: e["value"] for e in self.events if e["event"] == "slot"}


@dataclass
class Conversation:
    """One customer's dialogue: slots go from call to call as the engine would carry them."""

    desk: Desk
    executor: ActionExecutor
    id: str
    slots: dict[str, Any]
    form: str | None = None
    ended: str | None = None  # the form that ended last
    turns: int = 0
    past: list[dict[str, Any]] = field(default_factory=list)  # events before the next message

    async def run(self, action: str, text: str | None = None, **message: Any) -> Answer:
        """A new message and the action that a rule would choose for it."""
        self.turns += 1
        return await self._call(action, [*self.past, self._user(text, **message)])

    async def again(self, action: str, text: str | None = None, **message: Any) -> Answer:
        """The last turn once more, as after a failure."""
        return await self._call(action, [self._user(text, **message)])

    async def start(self, form: str, text: str | None = None, **message: Any) -> Answer:
        """Also while another form runs: Rasa then closes that one by opening this one."""
        running, self.form = self.form, form
        self.turns += 1
        before = [_loop(running)] if running else []
        events = [*before, self._user(text, **message), _loop(form)]
        return await self._call(f"validate_{form}", events)

    async def end(self, action: str, text: str | None = None, **message: Any) -> Answer:
        """The action of the rule that follows a form that is over."""
        user = self._user(text, **message)
        return await self._call(action, [_loop(self.ended), user, _loop(None)])

    async def leave(self, text: str = "算了") -> Answer:
        running = self.form
        self.turns += 1
        user = self._user(text, intent="restart_flow")
        return await self._call("action_leave_task", [_loop(running), user])

    async def back(self) -> Answer:
        """The form whose loop an action has just opened again."""
        events = [self._user("x"), _loop(None), _loop(self.form)]
        return await self._call(f"validate_{self.form}", events)

    async def tell(self, text: str | None = None, **message: Any) -> Answer:
        """An answer inside the form."""
        return await self.run(f"validate_{self.form}", text, **message)

    async def resume(self, *actions_between: str, said: str = "能退吗", **message: Any) -> Answer:
        """The form asks again after a rule has answered a side question."""
        rejected = {"event": "action_execution_rejected", "name": self.form}
        between = [{"event": "action", "name": name} for name in actions_between]
        user = self._user(said, **{"intent": "ask_return_policy", **message})
        return await self._call(f"validate_{self.form}", [user, rejected, *between])

    async def silent(self, *heard: str) -> Answer:
        """The bot goes on by itself: no message in this turn. `heard`: told to a person before."""
        self.turns += 1
        metadata_slot = {"turn_id": self._turn_id, "heard": list(heard)}
        self.slots["session_started_metadata"] = metadata_slot
        opening = {"event": "slot", "name": "session_started_metadata", "value": metadata_slot}
        return await self._call(f"validate_{self.form}", [opening])

    async def stored(self) -> list[Event]:
        return await self.desk.database.read(lambda tx: events_after(tx, self.id, 0, limit=500))

    async def brief(self) -> dict[str, Any]:
        """What the person reads who takes over."""

        def query(tx: Connection) -> dict[str, Any]:
            row = open_handoff(tx, self.id)
            assert row is not None
            return worded_brief(row.brief, conversation(tx, self.id).lang)

        return await self.desk.database.read(query)

    async def asked(self) -> list[Question]:
        def query(tx: Connection) -> list[Question]:
            return context_card(tx, conversation(tx, self.id).case_id).asked

        return await self.desk.database.read(query)

    @property
    def _turn_id(self) -> str:
        return f"tu_{self.turns}"

    def _user(
        self,
        text: str | None,
        *,
        intent: str = "inform",
        entities: dict[str, Any] | None = None,
        kinds: dict[str, str] | None = None,
        ranking: tuple[str, ...] | dict[str, float] = (),
        **metadata: Any,
    ) -> dict[str, Any]:
        """`kinds`: words of the text, and the kind of goods that the engine takes them for."""
        found = [{"entity": name, "value": value} for name, value in (entities or {}).items()]
        found += [_kind(str(text), word, kind) for word, kind in (kinds or {}).items()]
        return {
            "event": "user",
            "text": text,
            "metadata": {"turn_id": self._turn_id, **metadata},
            "parse_data": {
                "intent": {"name": intent},
                "entities": found,
                "intent_ranking": [_ranked(name, ranking) for name in (ranking or (intent,))],
            },
        }

    async def _call(self, action: str, events: list[dict[str, Any]]) -> Answer:
        user = next((e for e in events if e["event"] == "user"), None)
        latest = {**user["parse_data"], **user} if user else {}
        call = {
            "next_action": action,
            "domain": {"forms": _forms()},
            "tracker": {
                "sender_id": self.id,
                "slots": dict(self.slots),
                "latest_message": latest,
                "events": events,
                "active_loop": {"name": self.form} if self.form else {},
            },
        }
        result = await self.executor.run(call)
        assert result is not None
        answer = Answer(result.events, result.responses)
        self.slots.update(answer.slots)
        assert _unfilled(answer, self.slots) == []
        self._follow_loops(action, answer)
        return answer

    def _follow_loops(self, action: str, answer: Answer) -> None:
        loops = [event["name"] for event in answer.events if event["event"] == "active_loop"]
        is_over = action.startswith("validate_") and answer.slots.get("requested_slot", 1) is None
        if self.form and (is_over or loops):
            self.ended, self.form = self.form, None
        if loops:
            self.form = loops[-1]


def _kind(text: str, word: str, kind: str) -> dict[str, Any]:
    at = text.index(word)
    return {"entity": "category", "value": kind, "start": at, "end": at + len(word)}


def _unfilled(answer: Answer, slots: dict[str, Any]) -> list[str]:
    """Blanks of what was said that neither the action nor a slot fills."""
    return [
        f"{one['response']}: {{{blank}}}"
        for one in answer.responses
        if one.get("response")
        for blank in sorted(_blanks().get(one["response"], set()) - one.keys() - slots.keys())
    ]


@cache
def _blanks() -> dict[str, set[str]]:
    """The blanks of every response, over all its variations."""
    yaml = YAML(typ="safe")
    found: dict[str, set[str]] = {}
    for path in (PROJECT / "domain").glob("*.yml"):
        responses = yaml.load(path.read_text("utf-8")).get("responses") or {}
        for name, variations in responses.items():
            texts = " ".join(str(one.get("text") or "") for one in variations)
            found.setdefault(name, set()).update(re.findall(r"\{(\w+)\}", texts))
    return found


def _ranked(name: str, ranking: tuple[str, ...] | dict[str, float]) -> dict[str, Any]:
    return {"name": name, "confidence": ranking.get(name) if isinstance(ranking, dict) else None}


def _loop(name: str | None) -> dict[str, Any]:
    return {"event": "active_loop", "name": name}


@cache
def _forms() -> dict[str, Any]:
    """As the engine sends them along with a call of a validation."""
    yaml = YAML(typ="safe")
    found: dict[str, Any] = {}
    for path in (PROJECT / "domain").glob("*.yml"):
        found |= yaml.load(path.read_text("utf-8")).get("forms") or {}
    return found


def _furnish(tx: Connection) -> None:
    seed_demo_shop(tx, NOW)


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    furnish_sqlite(sqlite_url, _furnish)
    database = Database(sqlite_url)
    await database.open()
    clock = Clock()
    yield Desk(
        database=database,
        shop=DemoShop(database, clock.now),
        engine=cast("BotEngine", None),  # actions never talk to the engine
        hub=Hub(),
        clock=clock,
        settings=load_settings(),
    )
    await database.close()


@pytest.fixture
def executor(desk: Desk) -> ActionExecutor:
    found = ActionExecutor()
    for action in actions(desk):
        found.register_action(action)
    return found


@pytest.fixture
def speak(desk: Desk, executor: ActionExecutor) -> SpokenTo:
    """`await speak("88001")`: a conversation with that customer, or with a visitor for None."""

    async def begin(customer_no: str | None, lang: str = "zh") -> Conversation:
        later = NOW + timedelta(hours=1)
        sign_in = ShopSignIn(customer_no, f"jti-{customer_no}", later) if customer_no else None
        session = await open_session(desk, token=None, sign_in=sign_in, lang=lang)
        slots = {"lang": lang, "customer_verified": session.customer.verified}
        return Conversation(desk, executor, session.conversation_id, slots)

    return begin

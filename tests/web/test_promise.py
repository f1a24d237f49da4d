"""Whom a promise concerns: who may keep it or put it off, and whose console offers that."""

from __future__ import annotations

from typing import Any

import pytest

from console.desk.agent import Agent, Role
from console.services.promise import make_promise
from console.storage.agent import insert_agent
from tests.given import LIN, NOW, WANG
from tests.web.place import ADMIN, CHEN, Answer, Browser, Place

ZHAO = Agent(id="ag_zhao", login="zhao", name="小赵", role=Role.COMPLAINT)
LATER = "2026-11-03T06:00:00Z"
CHANGES: tuple[tuple[str, dict[str, str]], ...] = (
    ("extend_promise", {"due_at": LATER}),
    ("keep_promise", {"evidence": "已答复"}),
)


async def promised_by_lin(place: Place, browser: Browser) -> str:
    """Lin promises while serving; then nobody serves the customer."""
    lin = await place.held_by(await place.console(LIN), browser)
    whose = {"conversation_id": browser.conversation_id}
    answer = await lin.ask(
        "make_promise", {**whose, "text": "回电", "due_at": "2026-11-02T06:00:00Z"}
    )
    assert (await lin.ask("return_to_bot", whose))["ok"]
    await place.settled()
    return str(answer["promise"]["promise_id"])


async def changed(place: Place, agent: Agent, promise_id: str) -> list[str]:
    """What became of putting it off, and then of keeping it."""
    socket = await (await place.console(agent)).socket()
    answers = [await socket.ask(name, {"promise_id": promise_id, **data}) for name, data in CHANGES]
    return [_outcome(answer) for answer in answers]


def _outcome(answer: Answer) -> str:
    return str(answer["promise"]["state"] if answer["ok"] else answer["error"]["code"])


async def steps_shown_to(place: Place, agent: Agent, browser: Browser) -> list[list[str]]:
    console = await place.console(agent)
    shown = await console.get(f"/api/conversations/{browser.conversation_id}")
    return [promise["steps"] for promise in shown["promises"]]


async def takes_over(place: Place, agent: Agent, browser: Browser) -> None:
    await place.held_by(await place.console(agent), browser)


@pytest.mark.parametrize("agent", [LIN, CHEN], ids=["owner", "lead"])
async def test_its_owner_and_a_lead_extend_and_keep_a_promise(place: Place, agent: Agent) -> None:
    browser = await place.visitor()
    promise_id = await promised_by_lin(place, browser)

    assert await steps_shown_to(place, agent, browser) == [["keep", "extend"]]
    assert await changed(place, agent, promise_id) == ["extended", "kept"]
    assert await steps_shown_to(place, agent, browser) == [[]]


async def test_who_serves_the_customer_now_extends_and_keeps_what_a_colleague_promised(
    place: Place,
) -> None:
    browser = await place.visitor()
    promise_id = await promised_by_lin(place, browser)
    await takes_over(place, WANG, browser)

    assert await steps_shown_to(place, WANG, browser) == [["keep", "extend"]]
    assert await changed(place, WANG, promise_id) == ["extended", "kept"]


@pytest.mark.parametrize("agent", [WANG, ZHAO, ADMIN], ids=["agent", "complaint", "admin"])
async def test_nobody_else_changes_a_promise(place: Place, agent: Agent) -> None:
    await place.desk.database.write(lambda tx: insert_agent(tx, ZHAO, "-", NOW))
    browser = await place.visitor()
    promise_id = await promised_by_lin(place, browser)
    before = await place.rows()

    assert await changed(place, agent, promise_id) == ["not_allowed"] * 2

    after = await place.rows()
    assert {name for name in after if after[name] != before[name]} <= {"agent_session"}
    if agent is not ADMIN:  # who sees no conversations at all
        assert await steps_shown_to(place, agent, browser) == [[]]


async def test_the_refusal_is_worded_for_the_agent(place: Place) -> None:
    jones = Agent(id="ag_jones", login="jones", name="Jones", lang="en")
    await place.desk.database.write(lambda tx: insert_agent(tx, jones, "-", NOW))
    promise_id = await promised_by_lin(place, await place.visitor())

    said = []
    for agent in (WANG, jones):
        socket = await (await place.console(agent)).socket()
        answer = await socket.ask("keep_promise", {"promise_id": promise_id})
        said.append(answer["error"]["message"])

    assert said == ["您没有这项操作的权限。", "You don't have permission for this."]


async def test_what_nobody_owns_is_everybodys_until_somebody_serves_the_customer(
    place: Place,
) -> None:
    browser = await place.visitor()
    ids = [await _by_the_bot(place, browser, text) for text in ("核实库存", "核实价格")]

    before = await changed(place, WANG, ids[0])
    await takes_over(place, LIN, browser)
    after = await changed(place, WANG, ids[1])

    assert before == ["extended", "kept"]
    assert after == ["not_allowed"] * 2
    assert await changed(place, LIN, ids[1]) == ["extended", "kept"]


async def _by_the_bot(place: Place, browser: Browser, text: str) -> str:
    due: Any = place.clock.now().replace(hour=6)
    made = await make_promise(place.desk, None, browser.conversation_id, text=text, due_at=due)
    return made.id

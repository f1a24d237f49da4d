"""From a customer's wish for a person to the offer on an agent's screen, beyond the engine's time."""

from __future__ import annotations

import asyncio
import json
import re
import time
from dataclasses import dataclass

from tests.bench.client import Client, browser, connect
from tests.bench.engines import Bot
from tests.bench.figures import percentile
from tests.bench.plan import Plan

WISH = "转人工"
OFFER_WITHIN_S = 20.0
_CONVERSATION = re.compile(r'"conversation_id":"([^"]+)"')


@dataclass(frozen=True, slots=True)
class Handoffs:
    """Milliseconds. `beyond_engine`: what is left when the engine's own time is taken away."""

    count: int
    whole_p50_ms: float
    whole_p95_ms: float
    beyond_engine_p50_ms: float
    beyond_engine_p95_ms: float


class Screen:
    """An agent's console on which offers ring; the awaited one is accepted at once."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._rang = asyncio.Event()
        self._rang_at: dict[str, float] = {}
        client.on_event = self._hear

    def _hear(self, frame: str) -> None:
        if '"handoff_offered"' in frame and (found := _CONVERSATION.search(frame)) is not None:
            self._rang_at.setdefault(found.group(1), time.perf_counter())
            self._rang.set()

    async def offer(self, conversation_id: str) -> float:
        """When it was on the screen."""
        async with asyncio.timeout(OFFER_WITHIN_S):
            while conversation_id not in self._rang_at:
                self._rang.clear()
                await self._rang.wait()
        await self._client.call("accept_handoff", {"conversation_id": conversation_id})
        return self._rang_at[conversation_id]


async def handoffs(bot: Bot, plan: Plan) -> Handoffs:
    """One after the other, each in a conversation of its own."""
    waits: dict[str, float] = {}
    async with browser(bot.url) as http:
        cookie = f"baton_session={bot.agent_session}"
        agent = await connect(http, "/agent", cookie=cookie)
        screen = Screen(agent)
        await agent.call("set_presence", {"status": "online"})
        for _ in range(plan.handoffs):
            buyer = bot.next_buyer()
            customer = await connect(http, "/customer", auth={"token": buyer.token})
            waits[buyer.conversation_id] = await _wait(customer, screen, buyer.conversation_id)
            await customer.close()
        await agent.close()
    return _figures(waits, _engine_times(bot))


async def _wait(customer: Client, screen: Screen, conversation_id: str) -> float:
    body = {"kind": "text", "text": WISH}
    started = time.perf_counter()
    await customer.call("post_message", {"client_msg_id": "wish-00001", "body": body})
    return await screen.offer(conversation_id) - started


def _engine_times(bot: Bot) -> dict[str, float]:
    """Seconds before the engine first called back, in the last turn of each conversation."""
    lines = bot.engine_log.read_text("utf-8").splitlines()
    return {one["conversation_id"]: one["engine_s"] for one in map(json.loads, lines)}


def _figures(waits: dict[str, float], engine_times: dict[str, float]) -> Handoffs:
    whole = [wait * 1e3 for wait in waits.values()]
    beyond = [(wait - engine_times[name]) * 1e3 for name, wait in waits.items()]
    return Handoffs(
        count=len(whole),
        whole_p50_ms=percentile(whole, 50),
        whole_p95_ms=percentile(whole, 95),
        beyond_engine_p50_ms=percentile(beyond, 50),
        beyond_engine_p95_ms=percentile(beyond, 95),
    )

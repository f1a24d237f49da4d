"""One conversation with a bot, over the desk's socket or over bare Rasa's REST channel.

A turn begins when the customer's message is sent and ends with the last thing the bot says to it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import aiohttp

from tests.bench.client import Client, browser, connect
from tests.bench.engines import Bot
from tests.bench.seed import Person

# Read-only, so that a talk can be had again and again; every one brings an answer.
TALK = (
    "哈喽，下午好",
    "请帮我查询一下订单的状态",
    "请查询物流到哪里了",
    "请问预计哪天能送到",
    "请问退货的政策是什么",
    "我想买一副运动耳机",
    "请再查询一次订单的状态",
    "请再查询一次物流到哪里了",
    "请问包裹什么时候能到",
    "好的，谢谢你的帮助",
)
TURN_WITHIN_S = 30.0

Say = Callable[[str], Awaitable[float]]  # one turn; its seconds
Talk = Callable[[Bot, Person], AbstractAsyncContextManager[Say]]


class HandedOver(Exception):
    """The two bots would not do the same any more: bare Rasa cannot write to a conversation."""


class DeskTalk:
    """A widget that waits until the bot has stopped typing."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._number = 0
        self._heard_at = 0.0
        self._done = asyncio.Event()
        self._was_handed_over = False
        self.heard: list[str] = []
        client.on_event = self._hear

    async def say(self, text: str) -> float:
        self._number += 1
        self._done.clear()
        self._heard_at = 0.0
        body = {"kind": "text", "text": text}
        message = {"client_msg_id": f"talk-{self._number:08}", "body": body}
        started = time.perf_counter()
        await self._client.call("post_message", message)
        await asyncio.wait_for(self._done.wait(), TURN_WITHIN_S)
        if self._was_handed_over:
            raise HandedOver(
                f"the bot calls a person for {text!r}; the talk needs another sentence"
            )
        return (self._heard_at or time.perf_counter()) - started

    def _hear(self, frame: str) -> None:
        if '"message_posted"' in frame and '"kind":"bot"' in frame:
            self._heard_at = time.perf_counter()
            self.heard.append(frame)
        elif '"typing"' in frame and '"on":false' in frame:
            self._done.set()
        elif '"handoff_requested"' in frame:
            self._was_handed_over = True


@asynccontextmanager
async def desk_talk(bot: Bot, buyer: Person) -> AsyncIterator[Say]:
    async with browser(bot.url) as http:
        client = await connect(http, "/customer", auth={"token": buyer.token})
        yield DeskTalk(client).say
        await client.close()


@asynccontextmanager
async def rest_talk(bot: Bot, buyer: Person) -> AsyncIterator[Say]:
    """The conversation is first told that its customer is verified, as the desk tells ours."""
    async with aiohttp.ClientSession(bot.url) as http:
        verified = [{"event": "slot", "name": "customer_verified", "value": True}]
        await _post(http, f"/conversations/{buyer.conversation_id}/tracker/events", verified)

        async def say(text: str) -> float:
            started = time.perf_counter()
            message = {"sender": buyer.conversation_id, "message": text}
            await _post(http, "/webhooks/rest/webhook", message)
            return time.perf_counter() - started

        yield say


async def _post(http: aiohttp.ClientSession, path: str, body: object) -> object:
    async with http.post(path, json=body) as answer:
        answer.raise_for_status()
        return await answer.json()

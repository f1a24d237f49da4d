"""Rows about bot turns: beside bare Rasa, and late in a conversation beside early in it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from tests.bench.engines import Bot
from tests.bench.machine import spin_ms
from tests.bench.plan import Plan
from tests.bench.talks import TALK, Talk

WINDOW = len(TALK)  # turns that are averaged: one of each sentence


@dataclass(frozen=True, slots=True)
class Turns:
    """`alone_s`: each turn with nobody else talking. `per_s`, `cpu_ms`: with several talkers."""

    alone_s: list[float]
    per_s: float
    cpu_ms: float


@dataclass(frozen=True, slots=True)
class TurnRound:
    spin_ms: float
    turns: dict[str, Turns]


@dataclass(frozen=True, slots=True)
class LongTalk:
    """CPU of a turn, ms, averaged over ten turns each."""

    turns: int
    early_ms: float
    late_ms: float


async def turn_round(bots: dict[str, tuple[Bot, Talk]], plan: Plan) -> TurnRound:
    """Every bot once, one after the other."""
    spin = spin_ms()
    turns = {name: await _measure(bot, talk, plan) for name, (bot, talk) in bots.items()}
    return TurnRound(spin, turns)


async def _measure(bot: Bot, talk: Talk, plan: Plan) -> Turns:
    alone = [taken for _ in range(plan.talks) for taken in await _whole_talk(bot, talk)]
    cpu, wall = bot.cpu_s(), time.perf_counter()
    together = await asyncio.gather(*(_talks(bot, talk, plan) for _ in range(plan.talkers)))
    cpu, wall = bot.cpu_s() - cpu, time.perf_counter() - wall
    count = sum(together)
    return Turns(alone, count / wall, cpu / count * 1e3)


async def _talks(bot: Bot, talk: Talk, plan: Plan) -> int:
    return sum([len(await _whole_talk(bot, talk)) for _ in range(plan.talks)])


async def _whole_talk(bot: Bot, talk: Talk) -> list[float]:
    """A new conversation, as most are short."""
    async with talk(bot, bot.next_buyer()) as say:
        return [await say(text) for text in TALK]


async def warm(bot: Bot, talk: Talk) -> None:
    """Both engines have run every action once."""
    await _whole_talk(bot, talk)


async def long_talk(bot: Bot, talk: Talk, turns: int) -> LongTalk:
    """The same conversation goes on and on."""
    cpu_at = []
    async with talk(bot, bot.next_buyer()) as say:
        for number in range(turns):
            cpu_at.append(bot.cpu_s())
            await say(TALK[number % WINDOW])
        cpu_at.append(bot.cpu_s())
    early, late = cpu_at[WINDOW] - cpu_at[0], cpu_at[-1] - cpu_at[-1 - WINDOW]
    return LongTalk(turns, early / WINDOW * 1e3, late / WINDOW * 1e3)


def buyers_needed(plan: Plan) -> int:
    """Conversations that all rows about one bot take together."""
    a_round = plan.talks * (1 + plan.talkers)
    return plan.rounds * a_round + 2 + plan.handoffs

"""All rows that need an engine: bot turns, long conversations, handoffs."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.bench.engines import Bot, bare_rasa, our_bot, trained_model
from tests.bench.handoffs import Handoffs, handoffs
from tests.bench.plan import Plan
from tests.bench.stock_rasa import sql_tracker, stock_environment, stock_model
from tests.bench.talks import Talk, desk_talk, rest_talk
from tests.bench.turns import LongTalk, TurnRound, buyers_needed, long_talk, turn_round, warm


@dataclass(frozen=True, slots=True)
class BotFigures:
    rounds: list[TurnRound]
    long_talks: dict[str, LongTalk]
    handoffs: Handoffs


async def bot_figures(plan: Plan, folder: Path, keep: Path) -> BotFigures:
    """`keep`: for what is made once, models and the stock environment."""
    model = trained_model(keep / "models")
    with ExitStack() as running:
        ours = running.enter_context(our_bot(model, folder, buyers_needed(plan)))
        bare = running.enter_context(bare_rasa(model, folder, buyers_needed(plan)))
        bots: dict[str, tuple[Bot, Talk]] = {"ours": (ours, desk_talk), "bare": (bare, rest_talk)}
        if plan.stock_epochs:
            bots["stock"] = running.enter_context(_stock(plan, folder, keep)), rest_talk
        for bot, talk in bots.values():
            await warm(bot, talk)
        return BotFigures(
            rounds=[await turn_round(bots, plan) for _ in range(plan.rounds)],
            long_talks={
                name: await long_talk(bot, talk, plan.long_turns)
                for name, (bot, talk) in bots.items()
            },
            handoffs=await handoffs(ours, plan),
        )


def _stock(plan: Plan, folder: Path, keep: Path) -> AbstractContextManager[Bot]:
    python = stock_environment(keep)
    model = stock_model(python, keep, plan.stock_epochs)
    tracker = sql_tracker(folder)
    return bare_rasa(model, folder, buyers_needed(plan), python=python, tracker=tracker)

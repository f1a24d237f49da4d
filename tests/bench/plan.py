"""How much is measured; the whole takes under five minutes in the usual plan."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """`pairs`: a customer and an agent's console each, so twice as many connections."""

    rounds: int = 3
    skipped: tuple[str, ...] = ()  # contenders of the message rows
    pairs: int = 250
    warm_s: float = 0.7
    measure_s: float = 2.0
    few_pairs: int = 25
    many_pairs: int = 500
    idle_pairs: int = 500
    rates: tuple[int, ...] = (100, 300, 1_000)
    rate_pairs: int = 200
    rate_s: float = 5.0
    kills: int = 2
    kill_pairs: int = 50
    kill_after_s: float = 1.2
    talks: int = 2  # of ten turns, in each round and for each way of talking
    talkers: int = 4
    long_turns: int = 150
    handoffs: int = 20
    stock_epochs: int = 0  # of training the stock set-up; 0: it is not measured


FULL = Plan()
QUICK = Plan(
    rounds=1,
    pairs=50,
    warm_s=0.4,
    measure_s=1.0,
    many_pairs=200,
    idle_pairs=100,
    rate_s=2.0,
    kills=1,
    talks=1,
    long_turns=60,
    handoffs=5,
)
TINY = Plan(
    rounds=1,
    skipped=("desk, few", "desk, many", "desk, bot listens"),
    pairs=4,
    warm_s=0.05,
    measure_s=0.15,
    few_pairs=2,
    many_pairs=4,
    idle_pairs=4,
    rates=(50,),
    rate_pairs=4,
    rate_s=0.4,
    kills=1,
    kill_pairs=4,
    kill_after_s=0.3,
)

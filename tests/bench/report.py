"""What a run says: the ratios against their aims first, then what they were made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from tests.bench.figures import Spread, percentile, ratios, spread
from tests.bench.latency import Latency
from tests.bench.messages import Round
from tests.bench.series import Results
from tests.bench.turns import TurnRound

NOT_MEASURED = "NOT MEASURED"


@dataclass(frozen=True, slots=True)
class Row:
    """`at_least`, `at_most`: the aim. `value` is None where nothing was measured."""

    name: str
    value: Spread | None
    at_least: float | None = None
    at_most: float | None = None
    beside: str = ""

    @property
    def aim(self) -> str:
        return f"≥ {self.at_least:g}" if self.at_least is not None else f"≤ {self.at_most:g}"

    @property
    def is_met(self) -> bool | None:
        if self.value is None:
            return None
        if self.at_least is not None:
            return self.value.median >= self.at_least
        return self.at_most is not None and self.value.median <= self.at_most


def rows(results: Results) -> list[Row]:
    return [*_message_rows(results), *_memory_row(results), *_bot_rows(results)]


def _message_rows(results: Results) -> Iterator[Row]:
    us = _cpu_us(results.rounds or [])

    def ratio(above: str, below: str) -> Spread | None:
        return ratios(us[above], us[below]) if us else None

    yield Row("durable messages ÷ stock echo", ratio("echo", "desk"), at_least=0.5)
    yield Row("durable messages ÷ naive relay", ratio("naive relay", "desk"), at_least=8)
    yield Row("CPU with store ÷ without", ratio("desk", "desk, nothing stored"), at_most=1.25)
    yield Row("CPU with many ÷ few connections", ratio("desk, many", "desk, few"), at_most=1.5)


def _memory_row(results: Results) -> Iterator[Row]:
    found = results.memory
    each = spread([found.desk_kb]) if found else None
    beside = f"stock {found.stock_kb:.0f}" if found else ""
    yield Row("kB per browser connection", each, at_most=45, beside=beside)


def _bot_rows(results: Results) -> Iterator[Row]:
    bot = results.bot
    rounds = bot.rounds if bot else []
    yield Row("bot turns ÷ bare Rasa", _turn_ratio(rounds, "bare"), at_least=1.0)
    yield Row("p50 of a bot turn ÷ bare Rasa", _p50_ratio(rounds), at_most=1.15)
    yield Row(
        "bot turns ÷ stock set-up",
        _turn_ratio(rounds, "stock"),
        at_least=3,
        beside="" if _has(rounds, "stock") else "--stock-rasa measures it",
    )
    talks = bot.long_talks if bot else {}
    late = {name: talk.late_ms / talk.early_ms for name, talk in talks.items()}
    yield Row(
        "CPU of a late ÷ an early turn",
        spread([late["ours"]]) if late else None,
        at_most=1.2,
        beside=", ".join(f"{name} {value:.1f}" for name, value in late.items() if name != "ours"),
    )
    offered = spread([bot.handoffs.beyond_engine_p95_ms]) if bot else None
    yield Row("wish for a person → offer, p95 ms", offered, at_most=100)


def _cpu_us(rounds: list[Round]) -> dict[str, list[float]]:
    names = rounds[0].loads if rounds else {}
    return {name: [one.loads[name].cpu_us for one in rounds] for name in names}


def _has(rounds: list[TurnRound], name: str) -> bool:
    return bool(rounds) and name in rounds[0].turns


def _turn_ratio(rounds: list[TurnRound], other: str) -> Spread | None:
    """Turns for the same CPU."""
    if not _has(rounds, other):
        return None
    theirs = [one.turns[other].cpu_ms for one in rounds]
    return ratios(theirs, [one.turns["ours"].cpu_ms for one in rounds])


def _p50_ratio(rounds: list[TurnRound]) -> Spread | None:
    if not rounds:
        return None
    p50 = {
        name: [percentile(one.turns[name].alone_s, 50) for one in rounds]
        for name in ("ours", "bare")
    }
    return ratios(p50["ours"], p50["bare"])


def as_text(results: Results) -> str:
    """Markdown, as it stands in docs/benchmarks.md."""
    parts = [
        _table(("ratio", "measured", "(low–high)", "aim", "", "beside"), map(_cells, rows(results)))
    ]
    if results.rounds:
        parts.append(_table(_LOAD_HEAD, _load_cells(results.rounds)))
    if results.latency:
        parts.append(_table(_LATENCY_HEAD, map(_latency_cells, results.latency)))
    if results.bot:
        parts.append(_table(_TURN_HEAD, _turn_cells(results)))
    parts.append("\n".join(_sentences(results)))
    return "\n\n".join(parts)


_LOAD_HEAD = ("server", "CPU µs/message", "(low–high)", "messages/s seen")
_LATENCY_HEAD = (
    "messages/s", "acknowledged p50/p95/p99 ms", "at the agent p50/p95/p99 ms", "core used",
)  # fmt: skip
_TURN_HEAD = ("bot", "CPU ms/turn", "turns/s", "p50 ms alone", "early → late turn, CPU ms")


def _cells(row: Row) -> tuple[str, ...]:
    if row.value is None:
        return row.name, NOT_MEASURED, "", row.aim, "", row.beside
    verdict = "met" if row.is_met else "MISSED"
    return row.name, f"{row.value.median:.2f}", _range(row.value), row.aim, verdict, row.beside


def _load_cells(rounds: list[Round]) -> Iterator[tuple[str, ...]]:
    for name, found in _cpu_us(rounds).items():
        cpu = spread(found)
        per_s = spread([one.loads[name].per_s for one in rounds])
        yield name, f"{cpu.median:.0f}", _range(cpu, digits=0), f"{per_s.median:,.0f}"


def _latency_cells(one: Latency) -> tuple[str, ...]:
    return f"{one.rate:,}", _joined(one.ack_ms), _joined(one.push_ms), f"{one.busy:.0%}"


def _turn_cells(results: Results) -> Iterator[tuple[str, ...]]:
    if results.bot is None:
        return
    for name, talk in results.bot.long_talks.items():
        turns = [one.turns[name] for one in results.bot.rounds]
        alone = [taken for one in turns for taken in one.alone_s]
        yield (
            name,
            f"{spread([one.cpu_ms for one in turns]).median:.1f}",
            f"{spread([one.per_s for one in turns]).median:.1f}",
            f"{percentile(alone, 50) * 1e3:.0f}",
            f"{talk.early_ms:.1f} → {talk.late_ms:.1f} (turn {talk.turns})",
        )


def _sentences(results: Results) -> Iterator[str]:
    if (found := results.crash) is not None:
        yield (
            f"SIGKILL under load, {found.kills}×: {found.acknowledged:,} acknowledged, "
            f"{found.found:,} found, {found.missing} missing, {found.doubled} doubled, "
            f"{found.gaps} conversations with gaps; all {found.sent:,} sent messages are there "
            f"once after {found.resent:,} were sent again: "
            f"{'yes' if found.found_after_resending == found.sent else 'NO'}."
        )
    if results.bot is not None:
        offered = results.bot.handoffs
        yield (
            f"Handoffs, {offered.count}×: p50/p95 {offered.whole_p50_ms:.0f}/"
            f"{offered.whole_p95_ms:.0f} ms with the engine, {offered.beyond_engine_p50_ms:.0f}/"
            f"{offered.beyond_engine_p95_ms:.0f} ms beyond it."
        )
    else:
        yield f"{NOT_MEASURED}: everything about the bot ({results.why_no_bot})."
    if results.rounds:
        spins = spread([one.spin_ms for one in results.rounds])
        yield f"Calibration spin: {spins.median:.1f} ms ({spins.low:.1f}–{spins.high:.1f})."
    yield f"Machine: {', '.join(f'{name} {value}' for name, value in results.machine.items())}."
    yield f"The run took {results.seconds:.0f} s."


def _table(head: tuple[str, ...], lines: Any) -> str:
    every = [head, tuple("---" for _ in head), *lines]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in every)


def _range(found: Spread, digits: int = 2) -> str:
    return f"({found.low:.{digits}f}–{found.high:.{digits}f})" if found.low < found.high else ""


def _joined(milliseconds: tuple[float, ...]) -> str:
    return " / ".join(f"{one:.1f}" for one in milliseconds)


def as_json(results: Results) -> dict[str, Any]:
    """The rows, and everything they were made from."""
    return {
        "rows": [{**asdict(row), "aim": row.aim, "is_met": row.is_met} for row in rows(results)],
        "results": asdict(results),
    }

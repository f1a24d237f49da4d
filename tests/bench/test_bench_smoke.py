"""The benchmark works, and its counts add up. Nothing here looks at a time."""

from __future__ import annotations

import orjson
import pytest

from tests.bench import series
from tests.bench.figures import Spread, percentile, ratios
from tests.bench.plan import TINY
from tests.bench.report import as_json, as_text
from tests.bench.series import Results, run


@pytest.fixture
async def results(tmp_path, monkeypatch) -> Results:
    """The test process stays where it is: its other tests run beside."""
    monkeypatch.setattr(series, "KEEP", tmp_path)
    monkeypatch.setattr(series, "stay_on_generators_core", lambda: None)
    monkeypatch.setattr(series, "allow_many_files", lambda: None)
    return await run(TINY, ("messages", "latency", "crash"))


@pytest.mark.slow
async def test_a_tiny_run_loses_nothing_and_its_counts_add_up(results):
    assert results.rounds is not None
    assert results.crash is not None
    assert results.latency is not None
    for name, load in results.rounds[0].loads.items():
        assert load.acknowledged > 0, name
        assert (load.missing, load.refused) == (0, 0), name
        assert load.pushed == (0 if name == "echo" else load.acknowledged), name
    for latency in results.latency:
        assert (latency.sent, latency.missing) == (20, 0)
        assert latency.acknowledged == latency.sent
    assert results.crash.acknowledged == results.crash.found > 0
    assert (results.crash.missing, results.crash.doubled, results.crash.gaps) == (0, 0, 0)
    assert results.crash.found_after_resending == results.crash.sent


def test_what_was_not_measured_is_said_loudly():
    nothing = Results(machine={"cores": 2})

    assert as_text(nothing).count("NOT MEASURED") == 11  # every row, and a sentence on the bot
    stored = orjson.loads(orjson.dumps(as_json(nothing)))
    assert [row["is_met"] for row in stored["rows"]] == [None] * 10


def test_ratios_are_made_round_by_round():
    assert ratios([2.0, 9.0, 4.0], [1.0, 3.0, 4.0]) == Spread(2.0, 1.0, 3.0)


def test_a_percentile_is_a_value_that_was_measured():
    assert percentile([3.0, 1.0, 2.0, 4.0], 50) == 2.0
    assert percentile([1.0] * 99 + [7.0], 99) == 1.0
    assert percentile([1.0] * 98 + [7.0, 8.0], 99) == 7.0

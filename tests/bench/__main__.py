"""`python -m tests.bench`: measures, prints tables, writes JSON."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

import orjson
import uvloop

from tests.bench.plan import FULL, QUICK, Plan
from tests.bench.report import as_json, as_text
from tests.bench.series import KEEP, PARTS, run


def main(words: list[str]) -> int:
    options = _options(words)
    results = uvloop.run(run(_plan(options), tuple(options.only)))
    print(as_text(results))
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_bytes(orjson.dumps(as_json(results), option=orjson.OPT_INDENT_2))
    print(f"bench: figures in {options.json}", file=sys.stderr)
    return 0


def _plan(options: argparse.Namespace) -> Plan:
    plan = QUICK if options.quick else FULL
    return replace(plan, rounds=options.rounds or plan.rounds, stock_epochs=options.stock_rasa or 0)


def _options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("baton bench", description="Speed as ratios, on this machine.")
    parser.add_argument("--json", type=Path, default=KEEP / "latest.json", metavar="PATH")
    parser.add_argument("--quick", action="store_true", help="one short round: does it work?")
    parser.add_argument("--rounds", type=int, metavar="N", help="interleaved rounds")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART",
                        help=f"of {', '.join(PARTS)}")  # fmt: skip
    parser.add_argument("--stock-rasa", nargs="?", type=int, const=100, metavar="EPOCHS",
                        help="also the stock set-up: installs TensorFlow (2.8 GB) and trains")  # fmt: skip
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

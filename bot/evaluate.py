"""`python -m bot evaluate FILE.tsv`: how well a labelled table is understood (contracts, 2)."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from pathlib import Path
from typing import Any

from bot.families import families
from bot.figures import Case, evaluate
from bot.model import LoadedModel, NoModel, load
from bot.parse import parse_lines
from bot.sources import add_model_option, training_data

SHOWN_CONFUSIONS = 20


class UnusableTable(Exception):
    """The file is not a table this command can read; the message says why."""


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    try:
        rows = read_table(Path(options.file))
        figures = evaluate(_cases(load(Path(options.model)), rows), families(training_data()))
    except UnusableTable as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except NoModel as missing:
        print(missing, file=sys.stderr)
        return 3
    print(json.dumps(figures, ensure_ascii=False) if options.json else as_text(figures))
    return 0


def read_table(path: Path) -> list[tuple[str, tuple[str, ...]]]:
    """(text, accepted intents) per row. Columns: `text`, and `accepted_intents` or `label`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            column = _label_column(table.fieldnames or [], path)
            return [(row["text"] or "", _accepted(row[column] or "")) for row in table]
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableTable(f"{path} cannot be read: {error}") from error


def _label_column(columns: Any, path: Path) -> str:
    for name in ("accepted_intents", "label"):
        if "text" in columns and name in columns:
            return name
    raise UnusableTable(f"{path} needs a header with text, and label or accepted_intents.")


def _accepted(field: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in field.split(",") if name.strip())
    if not names:
        raise UnusableTable("A row has no intent.")
    return names


def _cases(model: LoadedModel, rows: list[tuple[str, tuple[str, ...]]]) -> list[Case]:
    found = parse_lines(model, (text for text, _ in rows))
    return [
        Case(text, accepted, tuple(one["intent"] for one in parse["ranking"]))
        for (text, accepted), parse in zip(rows, found, strict=True)
    ]


def as_text(figures: dict[str, Any]) -> str:
    lines = [f"{name:<12} {figures[name]}" for name in _TOTALS]
    lines += [f"{'out_of_scope':<12} {figures['out_of_scope']}", "", _HEAD]
    lines += [
        f"{row['intent']:<36}{row['support']:>8}{row['precision']:>11}{row['recall']:>8}{row['f1']:>8}"
        for row in figures["per_intent"]
    ]
    lines += ["", "confusions (truth, predicted, count)"]
    lines += [
        f"{one['truth']}  {one['predicted']}  {one['count']}"
        for one in figures["confusions"][:SHOWN_CONFUSIONS]
    ]
    return "\n".join(lines)


_TOTALS = ("cases", "accuracy", "top3", "stage", "macro_f1")
_HEAD = f"{'intent':<36}{'support':>8}{'precision':>11}{'recall':>8}{'f1':>8}"


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m bot evaluate", description=__doc__)
    parser.add_argument("file", help="table with a header: text, and label or accepted_intents")
    add_model_option(parser)
    parser.add_argument("--json", action="store_true", help="figures as one JSON object")
    return parser.parse_args(arguments)

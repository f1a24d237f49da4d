"""`python -m bot parse`: one utterance per line in, one JSON object per line out (contracts, 2).

`intent` is the model's best reading even where the bot would ask back; `fallback` says that it
would. `parts` lists the wishes of a message that was cut, else it is empty.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any

from bot.model import LoadedModel, NoModel, load
from bot.sources import add_model_option
from bot.wishes import Parse, Reading, read_wishes

BATCH = 200
RANKED = 5
NOTHING: dict[str, Any] = {
    "intent": None, "confidence": 0.0, "ranking": [], "entities": [], "parts": [], "fallback": True,
}  # fmt: skip
FALLBACK = "nlu_fallback"


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    try:
        model = load(Path(options.model))
    except NoModel as missing:
        print(missing, file=sys.stderr)
        return 3
    for found in parse_lines(model, _lines(sys.stdin.buffer)):
        print(json.dumps(found, ensure_ascii=False), flush=False)
    return 0


def parse_lines(model: LoadedModel, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """One object per line, in order; lines are understood in batches."""
    waiting = iter(lines)
    while batch := list(islice(waiting, BATCH)):
        known = _understood(model, [line for line in batch if line.strip()])
        for line in batch:
            yield (
                _line(line, read_wishes(_of(known), line, may_split=True))
                if line.strip()
                else {"text": line, **NOTHING}
            )


def _understood(model: LoadedModel, lines: list[str]) -> dict[str, Parse]:
    """What has to be read to decide about every line, by text: a batch for each round of asking."""
    from bot.reading import read_many

    known: dict[str, Parse] = {}
    while missing := list(dict.fromkeys(one for line in lines for one in _asked_next(line, known))):
        known.update(zip(missing, read_many(model, missing), strict=True))
    return known


def _asked_next(line: str, known: dict[str, Parse]) -> list[str]:
    """The first text of a line that is still to be read."""
    try:
        read_wishes(_of(known), line, may_split=True)
    except _Unread as unread:
        return [unread.text]
    return []


class _Unread(Exception):
    """This text has to be read before a line can be decided."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def _of(known: dict[str, Parse]) -> Callable[[str], Parse]:
    def read(text: str) -> Parse:
        if text not in known:
            raise _Unread(text)
        return known[text]

    return read


def _line(text: str, reading: Reading) -> dict[str, Any]:
    whole = _fields(text, reading.summary())
    parts = [_fields(part, parse) for part, parse in reading.wishes] if reading.was_cut else []
    return {**whole, "parts": parts}


def _fields(text: str, parse: Parse) -> dict[str, Any]:
    ranking = [one for one in parse["intent_ranking"] if one["name"] != FALLBACK]
    best: Parse = ranking[0] if ranking else {"name": None, "confidence": 0.0}
    fields = {
        "text": text,
        "intent": best["name"],
        "confidence": round(best["confidence"], 4),
        "ranking": [
            {"intent": one["name"], "confidence": round(one["confidence"], 4)}
            for one in ranking[:RANKED]
        ],
        "entities": parse["entities"],
        "fallback": parse["intent"]["name"] in {FALLBACK, None},
    }
    return {**fields, "topic": parse["topic"]} if "topic" in parse else fields


def _lines(stream: IO[bytes]) -> Iterator[str]:
    """Cut at newlines only, so that line counts match whatever Unicode a line holds."""
    for line in stream:
        yield line.rstrip(b"\r\n").decode("utf-8", "replace")


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m bot parse", description=__doc__)
    add_model_option(parser)
    return parser.parse_args(arguments)

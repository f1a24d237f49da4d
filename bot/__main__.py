"""`python -m bot serve|train|parse|evaluate|validate`: the engine's commands."""

from __future__ import annotations

import sys

from bot import environment

USAGE = """usage: python -m bot COMMAND [options]

  serve      answer turns over HTTP on loopback
  train      train a model; --if-needed keeps one that is up to date
  parse      one utterance per line in, one JSON object per line out
  evaluate   figures for a table of labelled utterances
  validate   check configuration, domain and data without training

python -m bot COMMAND --help says more.
"""


def main(arguments: list[str]) -> int:
    name, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if name in {"-h", "--help"}:
        print(USAGE)
        return 0
    environment.prepare()
    # Imported one by one: a command pays only for what it needs.
    if name == "serve":
        from bot import serve as command
    elif name == "train":
        from bot import train as command  # type: ignore[no-redef]
    elif name == "parse":
        from bot import parse as command  # type: ignore[no-redef]
    elif name == "evaluate":
        from bot import evaluate as command  # type: ignore[no-redef]
    elif name == "validate":
        from bot import validate as command  # type: ignore[no-redef]
    else:
        print(USAGE, file=sys.stderr)
        return 2
    return command.main(rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

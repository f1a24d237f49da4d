"""`python -m console.setup ARGS`: makes the desk's environment ready and becomes its command line.

`--dev` as first word also installs the tools for tests; alone it prepares everything and ends.
"""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from console.setup.command import clean_environment
from console.setup.environments import DESK
from console.setup.places import PROJECT, python_in
from console.setup.problem import MISSING, SetupProblem
from console.setup.progress import plain_step
from console.setup.steps import prepare_desk, prepare_engine, prepare_pages


def main(words: list[str]) -> int:
    """Set-up, then the command line; comes back only when there is nothing to run."""
    with_tools = words[:1] == ["--dev"]
    status = _set_up(with_tools=with_tools, everything=words == ["--dev"])
    if status == 0 and words != ["--dev"]:
        _become_the_command_line(words[1:] if with_tools else words)
    return status


def _set_up(*, with_tools: bool, everything: bool) -> int:
    try:
        prepare_desk(plain_step, with_tools=with_tools)
        if everything:
            prepare_engine(plain_step)
            prepare_pages(plain_step)
    except SetupProblem as problem:
        print(f"baton: {problem}", file=sys.stderr)
        return MISSING
    except OSError as error:
        print(f"baton: {error.strerror}: {error.filename}. Set-up stopped.", file=sys.stderr)
        return MISSING
    except KeyboardInterrupt:
        print("baton: stopped; nothing half-made was kept.", file=sys.stderr)
        return 130
    return 0


def _become_the_command_line(words: list[str]) -> NoReturn:
    python = str(python_in(DESK.folder))
    environment = clean_environment(PYTHONPATH=str(PROJECT))
    os.execve(python, [python, "-P", "-m", "console.cli", *words], environment)  # noqa: S606


sys.exit(main(sys.argv[1:]))

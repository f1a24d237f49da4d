"""`python -m console.cli`: runs a command and turns every expected failure into one sentence."""

from __future__ import annotations

import errno
import sys

from pydantic import ValidationError

from console.cli.app import app
from console.cli.outcome import INTERRUPTED, MISSING, NO, WRONG_USE, CommandEnds
from console.desk.errors import DeskError
from console.setup.problem import SetupProblem


def main(words: list[str] | None = None) -> int:
    try:
        app(words, prog_name="./baton")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else NO
    except CommandEnds as end:
        return _say(str(end), end.status)
    except SetupProblem as problem:
        return _say(str(problem), MISSING)
    except DeskError as refusal:
        return _say(str(refusal), NO)
    except ValidationError as error:
        return _say(_wrong_settings(error), WRONG_USE)
    except OSError as error:
        return _say(_what_the_system_refused(error), MISSING)
    except KeyboardInterrupt:
        return _say("stopped.", INTERRUPTED)
    return 0


def _say(sentence: str, status: int) -> int:
    print(f"baton: {sentence}", file=sys.stderr)
    return status


def _what_the_system_refused(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return "The disk is full; free some space and start again."
    return f"{error.strerror or error}: {error.filename or 'no file named'}."


def _wrong_settings(error: ValidationError) -> str:
    wrong = [
        f"BATON_{'__'.join(map(str, entry['loc'])).upper()}: {entry['msg']}"
        for entry in error.errors()
        if entry["type"] != "default_factory_not_called"  # a consequence of another entry
    ]
    return f"Wrong settings (docs/settings.md): {'; '.join(wrong)}."


if __name__ == "__main__":
    sys.exit(main())

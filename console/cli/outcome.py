"""How a command ends other than well: a status and the one sentence that is printed."""

from __future__ import annotations

NO = 1  # the answer is negative, or the desk refused
WRONG_USE = 2
MISSING = 3  # something this command needs is not there
INTERRUPTED = 130


class CommandEnds(Exception):
    """Ends the command with `status`; the message says what to do."""

    def __init__(self, sentence: str, status: int = NO) -> None:
        super().__init__(sentence)
        self.status = status


def missing(sentence: str) -> CommandEnds:
    return CommandEnds(sentence, MISSING)

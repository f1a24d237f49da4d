"""A scripted conversation: who says or clicks what, and what must come of it (docs/talk.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from console.cli.outcome import WRONG_USE, CommandEnds


class Customer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`sign_in`: the shop's customer number; none is a visitor."""

    sign_in: str | None = None
    lang: str = "zh"
    context: dict[str, str] = {}


class CustomerStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`click`: the label of a button that is on the screen."""

    say: str | None = None
    click: str | None = None
    do: str | None = None  # a socket command, with the fields in `fields`
    fields: dict[str, Any] = {}


class AgentStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    login: str
    say: str | None = None
    do: str | None = None
    fields: dict[str, Any] = {}


class Expect(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything named must become true; `reply` and `card` since the last step of a person."""

    reply: str | None = None
    card: str | None = None
    intent: str | None = None
    slot: dict[str, Any] = {}
    fact: dict[str, Any] = {}
    state: str | None = None
    owner: str | None = None
    reask_count: int | None = None

    @property
    def looks_inside(self) -> bool:
        """True when the customer's own screen does not show it."""
        inner = (self.intent, self.owner, self.reask_count)
        return bool(self.slot or self.fact) or any(value is not None for value in inner)


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Exactly one of them. `wait`: seconds."""

    customer: CustomerStep | None = None
    agent: AgentStep | None = None
    expect: Expect | None = None
    wait: float | None = None


class Script(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    steps: list[Step]
    name: str = ""
    customer: Customer = Customer()


def read_script(path: Path) -> Script:
    """Raises `CommandEnds`, naming the step and what is wrong with it."""
    try:
        content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        script = msgspec.convert(content, Script)
    except (YAMLError, msgspec.ValidationError) as error:
        raise CommandEnds(f"{path}: {error}", WRONG_USE) from error
    for number, step in enumerate(script.steps, start=1):
        given = [step.customer, step.agent, step.expect, step.wait]
        if sum(part is not None for part in given) != 1:
            sentence = f"{path}: step {number} must be one of customer, agent, expect, wait."
            raise CommandEnds(sentence, WRONG_USE)
    return script

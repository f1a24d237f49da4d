"""A scripted conversation: who says or clicks what, and what must come of it (docs/talk.md)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from console.cli.outcome import WRONG_USE, CommandEnds


class Customer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`sign_in`: the shop's customer number; none is a visitor. `like`: a fresh copy of that one."""

    sign_in: str | None = None
    like: str | None = None
    lang: str = "zh"
    context: dict[str, str] = {}


class CustomerStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`click`: the label of a button that is on the screen. `picture`: words sent along with one."""

    say: str | None = None
    click: str | None = None
    picture: str | None = None
    do: str | None = None  # a socket command, with the fields in `fields`
    fields: dict[str, Any] = {}


class AgentStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    login: str
    say: str | None = None
    do: str | None = None
    fields: dict[str, Any] = {}


class Expect(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything named must become true; the first four since the last step of a person."""

    reply: str | None = None
    lacks: str | None = None
    button: str | None = None
    card: str | None = None
    intent: str | None = None
    slot: dict[str, Any] = {}
    fact: dict[str, Any] = {}
    form: str | None = None
    asks: str | None = None
    state: str | None = None
    owner: str | None = None
    brief: str | None = None
    reask_count: int | None = None

    @property
    def looks_inside(self) -> bool:
        """True when the customer's own screen does not show it."""
        inner = (self.intent, self.form, self.asks, self.owner, self.brief, self.reask_count)
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
    lines: list[int] = []  # where each step stands in the file; filled in when it is read

    @property
    def has_agents(self) -> bool:
        return any(step.agent is not None for step in self.steps)

    def renumbered(self, numbers: Mapping[str, str]) -> Script:
        """The same talk with other order numbers, wherever they stand."""
        text = msgspec.json.encode(self).decode()
        for old, new in numbers.items():
            text = text.replace(old, new)
        return msgspec.json.decode(text, type=Script)


def read_script(path: Path) -> Script:
    """Raises `CommandEnds`, naming the step and what is wrong with it."""
    try:
        text = path.read_text(encoding="utf-8")
        script = msgspec.convert(YAML(typ="safe").load(text), Script)
    except (YAMLError, msgspec.ValidationError) as error:
        raise CommandEnds(f"{path}: {error}", WRONG_USE) from error
    for number, step in enumerate(script.steps, start=1):
        given = [step.customer, step.agent, step.expect, step.wait]
        if sum(part is not None for part in given) != 1:
            sentence = f"{path}: step {number} must be one of customer, agent, expect, wait."
            raise CommandEnds(sentence, WRONG_USE)
    return msgspec.structs.replace(script, lines=_lines_of_steps(text))


def _lines_of_steps(text: str) -> list[int]:
    places = YAML(typ="rt").load(text)["steps"].lc
    return [places.item(number)[0] + 1 for number in range(len(places.data))]

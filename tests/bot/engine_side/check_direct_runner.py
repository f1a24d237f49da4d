"""A run gives what Rasa's own runner gives, and the quick look at answers is never laxer."""

from __future__ import annotations

import unittest
from dataclasses import replace
from typing import Any, ClassVar

from bot import environment

environment.prepare()

from jsonschema.validators import validator_for  # noqa: E402 - after the import hook
from rasa.core.actions.action import RemoteAction  # noqa: E402
from rasa.engine.graph import (  # noqa: E402
    ExecutionContext,
    GraphComponent,
    GraphSchema,
    SchemaNode,
)
from rasa.engine.runner.dask import DaskGraphRunner  # noqa: E402

from bot.direct_runner import DirectRunner  # noqa: E402
from bot.strict_actions import is_plain  # noqa: E402


class Joins(GraphComponent):
    """Joins what it is given, and counts."""

    ran: ClassVar[list[str]] = []

    def __init__(self, word: str) -> None:
        self._word = word

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"word": ""}

    @classmethod
    def create(cls, config: dict[str, Any], *_args: Any, **_kwargs: Any) -> Joins:
        return cls(config["word"])

    def join(self, one: str, other: str = "") -> str:
        self.ran.append(self._word)
        return f"({one}{self._word}{other})"


def node(word: str, **needs: str) -> SchemaNode:
    return SchemaNode(needs, Joins, "create", "join", {"word": word}, is_target=word == "last")


SCHEMA = GraphSchema(
    {
        "first": node("a", one="message"),
        "left": node("b", one="first"),
        "right": node("c", one="first"),
        "last": node("last", one="left", other="right"),
        "aside": node("d", one="elsewhere"),
    }
)


def both() -> tuple[DirectRunner, DaskGraphRunner]:
    loaded = DaskGraphRunner(SCHEMA, None, ExecutionContext(SCHEMA))
    return DirectRunner(loaded), loaded


class TheRunner(unittest.TestCase):
    def setUp(self) -> None:
        Joins.ran.clear()

    def test_gives_the_same_and_runs_each_node_once(self) -> None:
        direct, rasas_own = both()
        for targets in (None, ["last"], ["left", "right"], ["first"]):
            Joins.ran.clear()
            ours = direct.run({"message": "m"}, targets)
            self.assertEqual(len(Joins.ran), len(set(Joins.ran)))
            self.assertEqual(ours, rasas_own.run({"message": "m"}, targets))

    def test_runs_nothing_that_nobody_needs(self) -> None:
        direct, _ = both()
        direct.run({"message": "m"}, ["left"])

        self.assertEqual(Joins.ran, ["a", "b"])

    def test_names_the_components_that_a_loaded_model_has(self) -> None:
        """Rasa loads the nodes of a model at once; fails when it keeps them elsewhere."""
        nodes = {name: replace(one, eager=True) for name, one in SCHEMA.nodes.items()}
        schema = GraphSchema(nodes)
        runner = DirectRunner.create(schema, None, ExecutionContext(schema))

        self.assertEqual([type(one) for one in runner.components], [Joins] * len(nodes))


SLOT = {"event": "slot", "timestamp": None, "name": "order_no", "value": None}
PLAIN: list[Any] = [
    {"events": [], "responses": []},
    {"events": [SLOT, {**SLOT, "value": {"a": [1]}}], "responses": [{"text": "x"}, {}]},
    {"events": [{"event": "active_loop", "timestamp": None, "name": None}]},
]
ODD: list[Any] = [
    [],
    {"events": None},
    {"events": {}},
    {"events": [None]},
    {"events": [{}]},
    {"events": [{"event": "slot", "name": "order_no"}]},
    {"events": [{**SLOT, "name": None}]},
    {"events": [{**SLOT, "timestamp": "now"}]},
    {"events": [{**SLOT, "metadata": "m"}]},
    {"events": [{"event": "never_heard_of"}]},
    {"responses": {}},
    {"responses": ["text"]},
]


class TheQuickLook(unittest.TestCase):
    def setUp(self) -> None:
        schema = RemoteAction.action_response_format_spec()
        self.validator = validator_for(schema)(schema)

    def test_takes_only_what_the_schema_takes(self) -> None:
        for answer in PLAIN:
            self.assertTrue(is_plain(answer), answer)
            self.assertTrue(self.validator.is_valid(answer), answer)

    def test_leaves_everything_odd_to_the_schema(self) -> None:
        for answer in ODD:
            self.assertFalse(is_plain(answer), answer)
            self.assertFalse(self.validator.is_valid(answer), answer)


if __name__ == "__main__":
    unittest.main()

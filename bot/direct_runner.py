"""Runs a loaded graph node by node, in the order of what each one needs.

Rasa hands every run to Dask, which plans and schedules the dozen nodes anew each time; that took
as long as some of the nodes. Nodes, hooks and errors are those of Rasa's own runner, from which
this one takes them over. Source: docs/adr/0027.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphNode, GraphNodeHook, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage

Output = tuple[str, Any]  # a node's name and what it gave


class DirectRunner(GraphRunner):
    """One thread, no plan: a node runs when somebody needs it, and once per run."""

    def __init__(self, loaded: DaskGraphRunner) -> None:
        self._schema: GraphSchema = loaded._graph_schema
        self._nodes: dict[str, GraphNode] = loaded._instantiated_nodes

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
    ) -> DirectRunner:
        return cls(DaskGraphRunner(graph_schema, model_storage, execution_context, hooks))

    @property
    def components(self) -> list[object]:
        """What the nodes run, in no order."""
        return [node._component for node in self._nodes.values()]

    def run(
        self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
    ) -> dict[str, Any]:
        outputs: dict[str, Output] = {name: (name, value) for name, value in (inputs or {}).items()}
        return dict(self._output(name, outputs) for name in targets or self._schema.target_names)

    def _output(self, name: str, outputs: dict[str, Output]) -> Output:
        if name not in outputs:
            needed = self._schema.nodes[name].needs.values()
            outputs[name] = self._nodes[name](*[self._output(one, outputs) for one in needed])
        return outputs[name]

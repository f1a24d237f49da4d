"""What a `config.yml` may name: everything of Rasa except the components that need TensorFlow.

Without this check such a component would import as an empty stub and fail late and obscurely.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

NEEDS_TENSORFLOW = frozenset(
    {
        "DIETClassifier",
        "TEDPolicy",
        "UnexpecTEDIntentPolicy",
        "ResponseSelector",
        "LanguageModelFeaturizer",
        "ConveRTFeaturizer",
    }
)


class UnusableConfig(Exception):
    """The configuration cannot work in this environment; the message says what to change."""


def check_config(config: Mapping[str, Any]) -> None:
    """Raises `UnusableConfig` for a component that needs TensorFlow, and for implicit defaults.

    A missing `pipeline` or `policies` is refused too: Rasa would fill in its own defaults, which
    need TensorFlow.
    """
    for section in ("pipeline", "policies"):
        if not config.get(section):
            raise UnusableConfig(
                f"config.yml has no '{section}'. Write it out: Rasa's own defaults need "
                "TensorFlow, which the engine does without."
            )
        _check_names(section, config[section])


def _check_names(section: str, components: Iterable[Any]) -> None:
    for component in components:
        name = component.get("name") if isinstance(component, Mapping) else component
        short = str(name).rsplit(".", 1)[-1]
        if short in NEEDS_TENSORFLOW:
            raise UnusableConfig(
                f"config.yml names '{short}' under '{section}'. It needs TensorFlow, which the "
                "engine does without; use the components of bot.components instead."
            )

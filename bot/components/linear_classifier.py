"""The pipeline's intent classifier; the head is in `bot.linear_head`, learning in `bot.fitting`.

Beside Rasa's `intent` and `intent_ranking` a message gets `out_of_scope` (distance to the nearest
example and its border) and, for a retrieval intent, `topic` and Rasa's `response_selector`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import linear_head
from bot.linear_head import Array, LinearHead, Prediction
from bot.text import normalise

RANKED = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearClassifier(IntentClassifier, GraphComponent):
    """Needs no features of others; uses the sentence vector where there is one."""

    @classmethod
    def required_components(cls) -> list[type]:
        return []

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The numbers are those of `bot.fitting.FitOptions`, which explains them."""
        return {}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        head: LinearHead | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._head = head

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearClassifier:
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, linear_head.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        from bot.fitting import FitOptions, fit  # scipy's optimiser, not wanted while serving

        known = FitOptions.__dataclass_fields__
        options = FitOptions(**{k: v for k, v in self._config.items() if k in known})
        examples = [m for m in training_data.intent_examples if m.get(INTENT) and m.get(TEXT)]
        texts = [normalise(message.get(TEXT)) for message in examples]
        self._head = fit(texts, _vectors(examples), [_label(m) for m in examples], options)
        with self._model_storage.write_to(self._resource) as folder:
            linear_head.save(self._head, folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        head = self._head
        if head is None:
            return messages
        for message in messages:
            if message.get(TEXT):
                found = head.predict(normalise(message.get(TEXT)), _vector(message))
                _write(message, found, head.scale.near)
        return messages


def _write(message: Message, found: Prediction, near: float) -> None:
    ranking = [{"name": name, "confidence": chance} for name, chance in found.ranking[:RANKED]]
    message.set(INTENT, dict(ranking[0]), add_to_output=True)
    message.set("intent_ranking", ranking, add_to_output=True)
    if found.nearest is not None:
        signal = {"nearest": round(found.nearest, 4), "border": round(near, 4)}
        message.set("out_of_scope", signal, add_to_output=True)
    if found.topic is not None:
        message.set("topic", found.topic, add_to_output=True)
        message.set("response_selector", _selected(ranking[0], found.topic), add_to_output=True)


def _selected(intent: dict[str, Any], topic: str) -> dict[str, Any]:
    """What Rasa's retrieval action (`utter_faq`) looks for in a parse."""
    key = f"{intent['name']}/{topic}"
    response = {
        "intent_response_key": key,
        "utter_action": f"utter_{key}",
        "confidence": intent["confidence"],
        "responses": [],
    }
    return {
        "all_retrieval_intents": [intent["name"]],
        intent["name"]: {"response": response, "ranking": []},
    }


def _label(message: Message) -> str:
    return str(message.get(INTENT_RESPONSE_KEY) or message.get(INTENT))


def _vector(message: Message) -> Array | None:
    _, sentence = message.get_dense_features(TEXT, [])
    return None if sentence is None else sentence.features[0]


def _vectors(examples: list[Message]) -> Array:
    found = [vector for message in examples if (vector := _vector(message)) is not None]
    if not found or len(found) < len(examples):
        return np.zeros((len(examples), 0), np.float32)
    return np.stack(found).astype(np.float32)

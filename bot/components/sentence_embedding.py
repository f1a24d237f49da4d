"""Dense sentence features from `bot.encoder`, centred on the mean of the training data.

Raw vectors of this encoder all point the same way; without the mean their angles tell intents
apart better. The customer's text stays as it is, only features see the normalised form.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import encoder
from bot.encoder import Vectors
from bot.text import normalise

MEAN_FILE = "mean.npy"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceEmbedding(DenseFeaturizer, GraphComponent):
    """Adds nothing where the encoder is not installed, at training time or now."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {**DenseFeaturizer.get_default_config()}

    def __init__(
        self,
        config: dict[str, Any],
        name: str,
        model_storage: ModelStorage,
        resource: Resource,
        mean: Vectors | None = None,
    ) -> None:
        super().__init__(name, config)
        self._model_storage = model_storage
        self._resource = resource
        self._mean = mean

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing can be set wrong."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEmbedding:
        return cls(config, execution_context.node_name, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SentenceEmbedding:
        component = cls.create(config, model_storage, resource, execution_context)
        try:
            with model_storage.read_from(resource) as folder:
                component._mean = np.load(folder / MEAN_FILE, allow_pickle=False)
        except (ValueError, FileNotFoundError):
            component._mean = None  # trained without the encoder
        return component

    def train(self, training_data: TrainingData) -> Resource:
        texts = [normalise(m.get(TEXT)) for m in training_data.intent_examples if m.get(TEXT)]
        model = encoder.load()
        if model is not None and texts:
            self._mean = model.encode(texts).mean(axis=0)
            with self._model_storage.write_to(self._resource) as folder:
                np.save(folder / MEAN_FILE, self._mean, allow_pickle=False)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        told = [message for message in messages if message.get(TEXT)]
        mean = self._mean
        model = encoder.load() if mean is not None and told else None
        if mean is not None and model is not None:
            vectors = model.encode([normalise(message.get(TEXT)) for message in told]) - mean
            for message, vector in zip(told, vectors, strict=True):
                message.add_features(self._features(vector))
        return messages

    def _features(self, vector: Vectors) -> Features:
        unit = vector / (np.linalg.norm(vector) + 1e-9)
        return Features(unit[np.newaxis, :], FEATURE_TYPE_SENTENCE, TEXT, self._identifier)

"""No entity of a training sentence cuts a token in two, asked of Rasa's own check."""

from __future__ import annotations

import warnings
from datetime import datetime
from typing import Any
from unittest import TestCase

from bot.entities.search import find_entities
from bot.environment import prepare
from bot.sources import PROJECT, read_yaml, yaml_files
from bot.tokens import cut

prepare()  # before Rasa, which is imported where it is needed

NOW = datetime.fromisoformat("2026-03-04T05:06:00+00:00")


class AlignmentTest(TestCase):
    def test_every_entity_found_in_the_training_data_ends_where_tokens_end(self) -> None:
        messages = [_message(text, find_entities(text, NOW)) for text in _sentences()]

        self.assertEqual(_complaints(messages), [])
        self.assertGreater(sum(len(message.get("entities")) for message in messages), 1000)

    def test_the_check_sees_an_entity_that_ends_inside_a_token(self) -> None:
        cut_off = {"entity": "order_no", "start": 2, "end": 6, "value": "5561"}

        (complaint,) = _complaints([_message("尾号55610", [cut_off])])

        self.assertIn("Misaligned entity annotation", complaint)


def _sentences() -> list[str]:
    blocks = [b for path in yaml_files(PROJECT / "data" / "nlu") for b in read_yaml(path)["nlu"]]
    lines = [line for block in blocks for line in block["examples"].splitlines()]
    return [line.removeprefix("- ") for line in lines]


def _message(text: str, entities: list[dict[str, object]]) -> Any:
    from rasa.nlu.constants import TOKENS_NAMES
    from rasa.nlu.tokenizers.tokenizer import Token
    from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
    from rasa.shared.nlu.training_data.message import Message

    tokens = [Token(span.text, span.start, span.end) for span in cut(text)]
    found = [entity for entity in entities if "start" in entity]
    return Message({TEXT: text, INTENT: "any", TOKENS_NAMES[TEXT]: tokens, ENTITIES: found})


def _complaints(messages: list[Any]) -> list[str]:
    from rasa.nlu.extractors.extractor import EntityExtractorMixin
    from rasa.shared.nlu.training_data.training_data import TrainingData

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        EntityExtractorMixin.check_correct_entity_annotations(TrainingData(messages))
    return [str(one.message) for one in caught if "Misaligned" in str(one.message)]

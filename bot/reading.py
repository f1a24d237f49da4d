"""Understanding texts with a loaded model, without Rasa's shortcut for slash commands.

Rasa appends a node to every graph that obeys texts such as `/restart`. The graph is run up to the
node before it, so whatever a customer types stays text. Source: docs/adr/0021.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.shared.core.trackers import DialogueStateTracker

from bot.mentions import other_words, understood

NOTHING = {"intent": {"name": None, "confidence": 0.0}, "intent_ranking": [], "entities": []}


Metadata = dict[str, Any] | None


def read(processor: MessageProcessor, text: str, metadata: Metadata = None) -> dict[str, Any]:
    """`metadata["now"]` is what relative days count from."""
    return read_many(processor, [text], metadata)[0]


def read_many(
    processor: MessageProcessor, texts: Sequence[str], metadata: Metadata = None
) -> list[dict[str, Any]]:
    """One parse per text, in order; a blank text is understood as nothing."""
    asked = [text for text in texts if text.strip()]
    found = iter(_understand(processor, asked, metadata) if asked else [])
    return [next(found) if text.strip() else {"text": text, **NOTHING} for text in texts]


def _understand(
    processor: MessageProcessor, texts: Sequence[str], metadata: Metadata
) -> list[dict[str, Any]]:
    """A message that was not understood for the order number in it is read without that."""
    parses = _run_graph(processor, texts, metadata)
    others = [other_words(text, parse) for text, parse in zip(texts, parses, strict=True)]
    flat = [words for row in others for words in row]
    again = iter(_run_graph(processor, flat, metadata) if flat else [])
    return [
        understood(parse, [next(again) for _ in row])
        for parse, row in zip(parses, others, strict=True)
    ]


def _run_graph(
    processor: MessageProcessor, texts: Sequence[str], metadata: Metadata
) -> list[dict[str, Any]]:
    node = _last_node_before_commands(processor)
    messages = processor.graph_runner.run(
        inputs={
            PLACEHOLDER_MESSAGE: [verbatim(text, metadata=metadata) for text in texts],
            PLACEHOLDER_TRACKER: DialogueStateTracker.from_events("parse", []),
        },
        targets=[node],
    )[node]
    return [_parse(message) for message in messages]


def _parse(message: Any) -> dict[str, Any]:
    """Without the token offsets: nobody reads them, and they would be stored with every event."""
    fields = {**NOTHING, **message.as_dict(only_output_properties=True)}
    return {name: value for name, value in fields.items() if name != "text_tokens"}


def verbatim(text: str | None, **rest: Any) -> UserMessage:
    """A message with exactly this text; `UserMessage` itself strips it, and offsets would shift."""
    message = UserMessage(**rest)
    message.text = text
    return message


def _last_node_before_commands(processor: MessageProcessor) -> str:
    metadata = processor.model_metadata
    return str(metadata.predict_schema.nodes[metadata.nlu_target].needs["messages"])

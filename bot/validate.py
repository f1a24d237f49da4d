"""`python -m bot validate`: configuration, domain and data, checked without training.

Prints one sentence per mistake on stdout; exit status 1 if there is one.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot import environment
from bot.domain_checks import find_mistakes
from bot.pipeline import UnusableConfig, check_config
from bot.sources import add_source_options, read_yaml, yaml_files

NO_MISTAKE = (
    "is not used in any story or rule",  # most answers are chosen by actions, in Python
    "Slot auto-fill has been removed",  # said of every slot that has the name of an entity
    # Rasa adds the retrieval intent by itself; other doubles are held by a test.
    "duplicated intents have been found across multiple domain files: faq",
)


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    mistakes = list(_mistakes(options))
    for mistake in mistakes:
        print(mistake)
    return 1 if mistakes else 0


def _mistakes(options: argparse.Namespace) -> Iterator[str]:
    try:
        check_config(read_yaml(Path(options.config)))
    except UnusableConfig as refusal:
        yield str(refusal)
    yield from find_mistakes(merged_domain(Path(options.domain)))
    yield from _rasas_findings(options)


def merged_domain(place: Path) -> dict[str, Any]:
    """Lists joined, mappings merged, of one file or all files of a folder."""
    merged: dict[str, Any] = {}
    for path in yaml_files(place):
        for section, content in read_yaml(path).items():
            if isinstance(content, list):
                merged.setdefault(section, []).extend(content)
            elif isinstance(content, dict):
                merged.setdefault(section, {}).update(content)
    return merged


def _rasas_findings(options: argparse.Namespace) -> Iterator[str]:
    """Rasa says most of what it finds as warnings, also while it only reads the files."""
    environment.quiet()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        passes = _passes_rasa(options)
    said = [" ".join(str(one.message).split()) for one in caught if one.category is UserWarning]
    yield from dict.fromkeys(one for one in said if not any(word in one for word in NO_MISTAKE))
    if not passes:
        yield "Rasa's own checks found mistakes; the log says where."


def _passes_rasa(options: argparse.Namespace) -> bool:
    from rasa.shared.importers.importer import TrainingDataImporter
    from rasa.validator import Validator

    with contextlib.redirect_stdout(sys.stderr):
        importer = TrainingDataImporter.load_from_config(
            str(options.config), str(options.domain), [str(path) for path in options.data]
        )
        validator = Validator.from_importer(importer)
        return all(
            [
                validator.verify_domain_validity(),
                validator.verify_forms_in_stories_rules(),
                validator.verify_form_slots(),
                validator.verify_slot_mappings(),
                validator.verify_story_structure(ignore_warnings=False),
                validator.verify_utterances_in_stories(ignore_warnings=True),
            ]
        )


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m bot validate", description=__doc__)
    add_source_options(parser)
    return parser.parse_args(arguments)

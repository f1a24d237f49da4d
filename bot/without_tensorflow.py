"""Lets Rasa be imported where TensorFlow is not installed.

Rasa 3.6 imports TensorFlow on its way to parts that never use it. `install` answers those imports
with empty modules; call it before anything of Rasa is imported. Components that really need
TensorFlow are refused by `bot.pipeline`. Source: docs/adr/0020.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

ABSENT = frozenset(
    {
        "tensorflow",
        "tensorflow_addons",
        "tensorflow_hub",
        "tensorflow_text",
        "keras",
        "jax",
        "jaxlib",
    }
)
# Installed, but only for channels and exports that the engine never uses: a quarter of the start.
UNUSED = frozenset(
    {
        "matplotlib",
        "pymongo",
        "boto3",
        "botocore",
        "twilio",
        "slack_sdk",
        "aiogram",
        "webexteamssdk",
        "fbmessenger",
        "mattermostwrapper",
        "rocketchat_API",
    }
)


class _StubType(type):
    """Makes a stub usable as base class, decorator, annotation and namespace at once."""

    def __getattr__(cls, name: str) -> Any:
        return _stub(name)

    def __getitem__(cls, _key: object) -> Any:
        return cls


def _stub(name: str) -> Any:
    if name.startswith("__") and name.endswith("__"):
        raise AttributeError(name)
    return _StubType(name, (), {})


class StubModule(ModuleType):
    """A module in which every public name exists, as an empty class."""

    def __getattr__(self, name: str) -> Any:
        made = _stub(name)
        setattr(self, name, made)
        return made


class _StubFinder(MetaPathFinder, Loader):
    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        if fullname.split(".", maxsplit=1)[0] not in ABSENT | UNUSED:
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return StubModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run: the names appear when they are asked for."""


def install() -> None:
    """The modules of `ABSENT` and `UNUSED` now import as stubs; a second call is harmless."""
    if not is_installed():
        sys.meta_path.insert(0, _StubFinder())


def is_installed() -> bool:
    return any(isinstance(finder, _StubFinder) for finder in sys.meta_path)

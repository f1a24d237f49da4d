"""Tests never read the settings or touch the data of the person who runs them."""

from __future__ import annotations

import os

import pytest


def pytest_configure(config: pytest.Config) -> None:
    for name in [name for name in os.environ if name.startswith("BATON_")]:
        del os.environ[name]
    os.environ["BATON_CONFIG"] = os.devnull


@pytest.fixture(scope="session", autouse=True)
def _data_folder_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> None:
    """For code that is started without a folder of its own."""
    os.environ["BATON_HOME"] = str(tmp_path_factory.mktemp("home"))

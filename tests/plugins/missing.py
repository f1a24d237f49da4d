"""Says loudly at the end what could not run on this machine; with CI=true that is a failure.

A test that needs a browser, a trained model or another program calls `cannot_run`.
"""

from __future__ import annotations

import os
from typing import NoReturn

import pytest

_skipped = pytest.StashKey[dict[str, list[str]]]()


def cannot_run(missing: str, advice: str) -> NoReturn:
    """Skips the test; the end of the run names what is missing and what to do."""
    pytest.skip(f"{missing} is missing: {advice}")


def is_ci() -> bool:
    return os.environ.get("CI", "").lower() == "true"


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_skipped] = {}
    config.pluginmanager.register(_Collector(config.stash[_skipped]), "missing-collector")


class _Collector:
    """Every skip counts, whoever asked for it: nothing is left out in silence."""

    def __init__(self, tests_by_reason: dict[str, list[str]]) -> None:
        self._tests_by_reason = tests_by_reason

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._add(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._add(report)

    def _add(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
            self._tests_by_reason.setdefault(reason, []).append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if session.config.stash[_skipped] and is_ci() and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    tests_by_reason = config.stash[_skipped]
    if not tests_by_reason:
        return
    terminalreporter.section("NOT RUN ON THIS MACHINE", sep="!", red=True, bold=True)
    for reason, tests in tests_by_reason.items():
        terminalreporter.line(f"{len(tests)} tests: {reason.removeprefix('Skipped: ')}", red=True)
    if is_ci():
        terminalreporter.line("CI=true: what cannot run counts as failed.", red=True, bold=True)

"""Who listens to the hub hears everything, whatever becomes of the others who listen."""

from __future__ import annotations

from typing import Any, NoReturn

import pytest

from console.services.hub import Hub


def _fails(_: Any) -> NoReturn:
    raise LookupError("a listener's fault")


@pytest.mark.parametrize("tell", ["committed", "hinted"])
def test_a_listener_that_fails_keeps_nothing_from_the_next(tell: str) -> None:
    heard: list[Any] = []
    both: list[Any] = [_fails, heard.append]
    hub = Hub(listeners=both, hint_listeners=both)

    getattr(hub, tell)(["news"])

    assert heard == [["news"]]


def test_who_says_something_is_not_told_that_a_listener_failed() -> None:
    heard: list[Any] = []
    hub = Hub(signal_listeners=[_fails, heard.append])

    hub.tell_agents("presence_changed", agent_id="ag_lin")

    assert [signal.name for signal in heard] == ["presence_changed"]


def test_a_listener_that_leaves_while_it_hears_keeps_nothing_from_the_next() -> None:
    """Loops stop one after another while events still come."""
    heard: list[Any] = []

    def leaves(_: Any) -> None:
        hub.listeners.remove(leaves)

    hub = Hub(listeners=[leaves, heard.append])

    hub.committed([])

    assert heard == [[]]

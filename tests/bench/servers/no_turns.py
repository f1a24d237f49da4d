"""Stands in for the turn worker where only the relay is measured."""

from __future__ import annotations

from console.services.parts import Desk


class NoTurns:
    """What is owed stays owed."""

    def __init__(self, _desk: Desk) -> None:
        """Needs nothing."""

    def start(self) -> None:
        """Hears nothing."""

    async def stop(self) -> None:
        """Has nothing to end."""

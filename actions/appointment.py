"""What a time may be booked for: a pickup, a delivery. The form around it is `slot_form.py`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar

from actions.answers import Answers
from actions.turn import Event, Turn
from console.desk.time_window import COURIER, TimeWindow, Visits
from console.desk.words import Words


class Subject(StrEnum):
    """What became of the search for the thing that the time is for."""

    FOUND = "found"
    ASKED = "asked"  # it is asked for: `Appointment.subject_slot`
    NOTHING = "nothing"  # the customer was told why


class Appointment(ABC):
    """What a time is booked for. Every method may say something; only `book` writes."""

    intent: ClassVar[str]
    subject_slot: ClassVar[str]  # order_no or rma_no
    visits: ClassVar[Visits] = COURIER
    window_question: ClassVar[str]  # the response that asks for the time
    heading: ClassVar[Words]  # of the summary
    told: ClassVar[Mapping[str, str]]  # its lines, and which of the words they show

    @abstractmethod
    async def read_subject(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        """Takes what the message says of the subject into `answers`."""

    @abstractmethod
    async def find_subject(self, turn: Turn, answers: Answers) -> Subject:
        """Puts the subject into `answers`, or says why there is none."""

    @abstractmethod
    async def ask_subject(self, turn: Turn, answers: Answers) -> None:
        """Offers what there is."""

    @abstractmethod
    async def words(self, turn: Turn, answers: Answers) -> dict[str, str]:
        """Values for the question and for the summary."""

    @abstractmethod
    async def book(self, turn: Turn, slots: Mapping[str, Any], window: TimeWindow) -> list[Event]:
        """Books once per key and says so."""

"""Who gets a waiting customer: the nine cases of the returning customer, order, and starvation."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.desk.agent import Presence, Seat
from console.desk.handoff import QueueEntry, choose_seat, in_order, priority
from tests.given import LIN, NOW, WANG


def entry(**changes) -> QueueEntry:
    return replace(QueueEntry("co_1", "general", NOW), **changes)


def seats(last: Presence, last_open: int) -> list[Seat]:
    """The last agent in some state, and a colleague with nothing to do."""
    return [Seat(LIN, last, last_open), Seat(WANG, Presence.ONLINE, 0)]


@pytest.mark.parametrize(
    ("hours", "presence", "open_count", "gets_it"),
    [
        (1, Presence.ONLINE, 3, LIN),
        (1, Presence.BUSY, 3, LIN),
        (1, Presence.ONLINE, LIN.limit + 1, LIN),  # the limit may be exceeded by two
        (1, Presence.ONLINE, LIN.limit + 2, WANG),
        (1, Presence.OFFLINE, 0, WANG),
        (30, Presence.ONLINE, 3, LIN),
        (30, Presence.ONLINE, LIN.limit, WANG),
        (30, Presence.BUSY, 3, WANG),
        (30, Presence.OFFLINE, 0, WANG),
        (80, Presence.ONLINE, 3, WANG),
        (80, Presence.BUSY, 3, WANG),
        (80, Presence.OFFLINE, 0, WANG),
    ],
)
def test_a_returning_customer_meets_the_last_agent_again(hours, presence, open_count, gets_it):
    waiting = entry(last_agent_id=LIN.id, last_agent_at=NOW - timedelta(hours=hours))

    seat, _ = choose_seat(waiting, seats(presence, open_count), NOW)

    assert seat.agent == gets_it


def test_the_owner_of_an_open_case_gets_it_even_when_busy():
    seat, reason = choose_seat(entry(owner_id=LIN.id), seats(Presence.BUSY, 99), NOW)

    assert (seat.agent, reason) == (LIN, "owner")


def test_the_least_loaded_gets_it():
    everybody = [Seat(LIN, Presence.ONLINE, 3), Seat(WANG, Presence.ONLINE, 2)]

    seat, reason = choose_seat(entry(), everybody, NOW)

    assert (seat.agent, reason) == (WANG, "least_loaded")


def test_who_declined_is_not_asked_again():
    assert choose_seat(entry(declined=(WANG.id, LIN.id)), seats(Presence.ONLINE, 0), NOW) is None


def test_nobody_is_offered_more_than_the_limit():
    assert choose_seat(entry(), [Seat(LIN, Presence.ONLINE, LIN.limit)], NOW) is None


def test_band_emotion_waiting_and_overdue_promise_add_up():
    waiting = entry(
        band="C", emotion=2, has_overdue_promise=True, queued_at=NOW - timedelta(minutes=9)
    )

    assert priority(waiting, NOW) == 3 + 2 + 3 + 2


def test_nobody_starves():
    """A quiet customer of the lowest band passes a furious one of the highest who keeps coming."""
    patient = entry(conversation_id="patient", queued_at=NOW - timedelta(minutes=25))
    furious = entry(conversation_id="furious", band="C", emotion=3, has_overdue_promise=True)

    assert in_order([furious, patient], NOW)[0].conversation_id == "patient"


def test_of_equals_the_longest_waiting_is_first():
    first = entry(conversation_id="first", queued_at=NOW - timedelta(seconds=30), emotion=1)
    second = entry(conversation_id="second", queued_at=NOW - timedelta(minutes=3, seconds=30))

    assert priority(first, NOW) == priority(second, NOW)
    assert [e.conversation_id for e in in_order([first, second], NOW)] == ["second", "first"]


def test_a_queue_that_nobody_serves_now_flows_over_to_whoever_is_free():
    complaint = entry(queue="complaint")
    specialist = replace(LIN, queues=("complaint",))

    away = [Seat(specialist, Presence.OFFLINE, 0), Seat(WANG, Presence.ONLINE, 0)]
    on_break = [Seat(specialist, Presence.BREAK, 0), Seat(WANG, Presence.ONLINE, 0)]

    assert choose_seat(complaint, away, NOW) == (away[1], "overflow")
    assert choose_seat(complaint, on_break, NOW) is None

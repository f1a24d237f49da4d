"""Guests see status and trace of one proven order; guessing ends after a few tries, for an hour."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import Connection

from console.desk.case import Case
from console.desk.conversation import Conversation
from console.desk.customer import Customer
from console.desk.masking import mask_phone
from console.desk.order import OrderState
from console.gateways.demo_people import CUSTOMERS
from console.gateways.demo_shop import DemoShop
from console.gateways.shop import GuestOrder
from console.services.guest_proof import GuestProof, ProofOutcome, network_key, prove_order
from console.services.parts import Desk
from console.settings import load_settings
from console.storage import guest_proof as rows
from console.storage.case import insert_case
from console.storage.conversation import insert_conversation
from console.storage.customer import insert_customer
from console.storage.database import Database
from console.storage.guest_proof import keep_network
from tests.services.desk_parts import HandClock, desk_of, running_desk
from tests.waiting import FirstLingers

ORDER, OTHER, NOBODYS = "620026071317", "620026074721", "620026999999"
DIGITS = {ORDER: "1001", OTHER: "1002"}
VISITOR = "co_visitor"
SHOWN, WRONG, TOO_OFTEN = ProofOutcome.SHOWN, ProofOutcome.WRONG, ProofOutcome.TOO_OFTEN


class Guest:
    """Every try is a turn of its own."""

    def __init__(self, desk: Desk, conversation_id: str = VISITOR) -> None:
        self.desk, self.conversation_id = desk, conversation_id
        self._turns = 0

    async def tries(self, order_no: str, digits: str | None) -> GuestProof:
        self._turns += 1
        turn_id = f"{self.conversation_id}-{self._turns}"
        return await prove_order(self.desk, self.conversation_id, order_no, digits, turn_id=turn_id)

    async def outcome(self, order_no: str, digits: str | None) -> ProofOutcome:
        return (await self.tries(order_no, digits)).outcome


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[Desk]:
    """On both databases."""
    async with running_desk(database_url) as found:
        yield found


async def another(desk: Desk, name: str, network: str | None = None) -> Guest:
    """One more visitor."""
    now = desk.clock.now()

    def work(tx: Connection) -> None:
        insert_customer(tx, Customer(id=f"cu_{name}"), now)
        insert_case(tx, Case(id=f"ca_{name}", customer_id=f"cu_{name}", last_at=now))
        head = Conversation(id=f"co_{name}", customer_id=f"cu_{name}", case_id=f"ca_{name}")
        insert_conversation(tx, head, now)
        if network is not None:
            keep_network(tx, f"cu_{name}", network, now)

    await desk.database.write(work)
    return Guest(desk, f"co_{name}")


async def test_number_and_digits_together_show_the_order(desk: Desk) -> None:
    proof = await Guest(desk).tries(ORDER, DIGITS[ORDER])

    assert proof.outcome is SHOWN
    assert proof.order is not None
    assert (proof.order.order_no, proof.order.state) == (ORDER, OrderState.IN_TRANSIT)
    assert len(proof.order.parcels) == 2


async def test_a_guest_sees_no_person_no_money_no_address_and_no_goods(desk: Desk) -> None:
    order = (await Guest(desk).tries(ORDER, DIGITS[ORDER])).order

    shown = str(order)
    owner = CUSTOMERS[0]
    whole = await desk.shop.find_order(owner.customer_no, ORDER)
    assert whole is not None
    secrets = [owner.name, owner.phone, whole.receiver_address, str(whole.total_fen)]
    secrets += [line.title for line in whole.lines] + [line.line_id for line in whole.lines]
    assert [secret for secret in secrets if secret in shown] == []
    assert mask_phone(owner.phone) not in shown
    assert {field.name for field in fields(GuestOrder)} == {
        "order_no",
        "state",
        "promised_at",
        "parcels",
    }


@pytest.mark.parametrize(
    ("order_no", "digits"),
    [(ORDER, "1002"), (NOBODYS, "1001"), (ORDER, "0000"), ("%", "1001"), (ORDER[:-1], "1001")],
)
async def test_what_does_not_match_reads_like_what_does_not_exist(
    desk: Desk, order_no: str, digits: str
) -> None:
    assert await Guest(desk).tries(order_no, digits) == GuestProof(WRONG)


@pytest.mark.parametrize(
    "digits", [None, "", "1", "001", "%001", "____", "01001", "１００１", "abcd"]
)
async def test_without_four_digits_nothing_is_tried(desk: Desk, digits: str | None) -> None:
    guest = Guest(desk)
    for _ in range(7):
        assert await guest.outcome(ORDER, digits) is ProofOutcome.NEEDS_DIGITS

    assert await guest.outcome(ORDER, DIGITS[ORDER]) is SHOWN


async def test_an_order_is_tried_five_times_an_hour_by_whoever(desk: Desk) -> None:
    guests = [await another(desk, str(number)) for number in range(6)]
    guesses = [await guest.outcome(ORDER, f"200{n}") for n, guest in enumerate(guests)]

    assert guesses == [WRONG] * 5 + [TOO_OFTEN]
    assert await Guest(desk).outcome(ORDER, DIGITS[ORDER]) is TOO_OFTEN
    assert await Guest(desk).outcome(OTHER, DIGITS[OTHER]) is SHOWN


async def test_a_visitor_tries_five_times_an_hour_whatever_the_order(desk: Desk) -> None:
    guest = Guest(desk)
    guesses = [await guest.outcome(f"62002600000{n}", "1001") for n in range(6)]

    assert guesses == [WRONG] * 5 + [TOO_OFTEN]
    assert await guest.outcome(ORDER, DIGITS[ORDER]) is TOO_OFTEN


async def test_an_address_tries_twenty_times_an_hour(desk: Desk) -> None:
    guests = [await another(desk, str(number), network="net-a") for number in range(21)]
    guesses = [await guest.outcome(f"6200260000{n:02}", "1001") for n, guest in enumerate(guests)]

    assert guesses == [WRONG] * 20 + [TOO_OFTEN]
    elsewhere = await another(desk, "elsewhere", network="net-b")
    assert await elsewhere.outcome(ORDER, DIGITS[ORDER]) is SHOWN


async def test_after_an_hour_it_goes_on(desk: Desk) -> None:
    guest = Guest(desk)
    for number in range(6):
        await guest.tries(ORDER, f"200{number}")
    assert isinstance(desk.clock, HandClock)

    desk.clock.turn(minutes=59)
    still = await guest.outcome(ORDER, DIGITS[ORDER])
    desk.clock.turn(minutes=1)

    assert still is TOO_OFTEN
    assert await guest.outcome(ORDER, DIGITS[ORDER]) is SHOWN


async def test_guesses_at_the_same_moment_share_one_limit(desk: Desk) -> None:
    guest = Guest(desk)

    found = await asyncio.gather(*(guest.outcome(ORDER, f"{n:04}") for n in range(30)))

    assert sorted(found) == sorted([WRONG] * 5 + [TOO_OFTEN] * 25)


async def test_the_last_try_is_had_on_one_of_two_desks(
    fresh_postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second is counted while the first is not committed."""
    async with running_desk(fresh_postgres) as desk, _twin(desk, fresh_postgres) as twin:
        guest = Guest(desk)
        for number in range(4):
            await guest.tries(ORDER, f"200{number}")
        lingering = FirstLingers(fresh_postgres, monkeypatch, rows, "insert_try")

        first = asyncio.create_task(prove_order(desk, VISITOR, ORDER, "3001", turn_id="one"))
        await asyncio.to_thread(lingering.wait)
        second = asyncio.create_task(prove_order(twin, VISITOR, ORDER, "3002", turn_id="two"))
        second.add_done_callback(lambda _: lingering.second_is_over.set())

        assert [(await one).outcome for one in (first, second)] == [WRONG, TOO_OFTEN]


@asynccontextmanager
async def _twin(desk: Desk, url: str) -> AsyncIterator[Desk]:
    database = Database(url)
    await database.open()
    yield replace(desk, database=database)
    await database.close()


async def test_what_was_proven_is_not_asked_again_and_costs_no_try(desk: Desk) -> None:
    guest = Guest(desk)
    await guest.tries(ORDER, DIGITS[ORDER])

    later = [await guest.outcome(ORDER, None) for _ in range(7)]

    assert later == [SHOWN] * 7
    assert await (await another(desk, "other")).outcome(ORDER, None) is ProofOutcome.NEEDS_DIGITS


async def test_a_proof_lasts_a_day(desk: Desk) -> None:
    guest = Guest(desk)
    await guest.tries(ORDER, DIGITS[ORDER])
    assert isinstance(desk.clock, HandClock)

    desk.clock.turn(hours=25)

    assert await guest.outcome(ORDER, None) is ProofOutcome.NEEDS_DIGITS


async def test_a_retried_turn_counts_once_and_a_burst_in_one_turn_does_not(desk: Desk) -> None:
    for _ in range(9):
        again = await prove_order(desk, VISITOR, ORDER, "2001", turn_id="tu_1")
    burst = [
        (await prove_order(desk, VISITOR, ORDER, f"300{n}", turn_id="tu_2")).outcome
        for n in range(5)
    ]

    assert again.outcome is WRONG
    assert burst == [WRONG] * 4 + [TOO_OFTEN]


async def test_a_restart_gives_nobody_new_tries(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    async with running_desk(url) as desk:
        guest = Guest(desk)
        for number in range(5):
            await guest.tries(ORDER, f"200{number}")
    async with _again(url) as desk:
        proof = await prove_order(desk, VISITOR, ORDER, DIGITS[ORDER], turn_id="after")

    assert proof.outcome is TOO_OFTEN


@asynccontextmanager
async def _again(url: str) -> AsyncIterator[Desk]:
    """The same database, as another process finds it."""
    database, clock = Database(url), HandClock()
    await database.open()
    yield desk_of(database, clock, DemoShop(database, clock.now))
    await database.close()


def test_an_address_is_kept_as_a_number_that_cannot_be_read_back(tmp_path: Path) -> None:
    kept = [
        network_key(replace(_NO_DESK, settings=load_settings(home=tmp_path / home)), "192.0.2.7")
        for home in ("one", "two")
    ]

    assert kept[0] != kept[1]
    assert [key for key in kept if len(key) != 64] == []


_NO_DESK = desk_of(cast("Any", None), HandClock(), None)

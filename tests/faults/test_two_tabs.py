"""Two tabs of one customer that open at once on two desks go on with one conversation."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from console.desk.errors import NotSignedIn
from console.desk.identity import new_id
from console.gateways.customer_jwt import ShopSignIn
from console.services import customer as customers
from console.services.customer import CustomerSession, open_session
from console.services.parts import Desk
from console.storage.database import Database
from tests.services.desk_parts import NOON, running_desk
from tests.waiting import FirstLingers


@dataclass
class Desks:
    url: str
    one: Desk
    other: Desk


@pytest.fixture
async def desks(fresh_postgres: str) -> AsyncIterator[Desks]:
    async with running_desk(fresh_postgres) as desk:
        database = Database(fresh_postgres)
        await database.open()
        object.__setattr__(desk.settings, "visitor_key", "counts addresses")
        yield Desks(fresh_postgres, desk, replace(desk, database=database))
        await database.close()


async def one_behind_the_other(
    lingering: FirstLingers,
    first: Coroutine[Any, Any, CustomerSession],
    second: Coroutine[Any, Any, CustomerSession],
) -> list[CustomerSession | BaseException]:
    """The second comes while what the first has written is not committed."""
    leading = asyncio.create_task(first)
    await asyncio.to_thread(lingering.wait)
    following = asyncio.create_task(second)
    following.add_done_callback(lambda _: lingering.second_is_over.set())
    return await asyncio.gather(leading, following, return_exceptions=True)


def by_shop(customer_no: str, jti: str | None = None) -> ShopSignIn:
    return ShopSignIn(customer_no, jti or new_id("jt"), NOON + timedelta(minutes=5))


async def opens(
    desk: Desk,
    *,
    token: str | None = None,
    sign_in: ShopSignIn | None = None,
    network: str | None = None,
) -> CustomerSession:
    return await open_session(desk, token=token, sign_in=sign_in, lang="zh", network=network)


async def test_two_tabs_begin_one_conversation(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_home = await opens(desks.one, sign_in=by_shop("90001"))
    await desks.one.database.write(lambda tx: tx.exec_driver_sql(_ALL_IS_RESOLVED))
    rows = customers.conversation_rows
    lingering = FirstLingers(desks.url, monkeypatch, rows, "insert_conversation")

    found = await one_behind_the_other(
        lingering, opens(desks.one, token=at_home.token), opens(desks.other, token=at_home.token)
    )

    assert [one for one in found if isinstance(one, BaseException)] == []
    assert len({one.conversation_id for one in found}) == 1  # type: ignore[union-attr]
    assert found[0].conversation_id != at_home.conversation_id  # type: ignore[union-attr]


async def test_two_tabs_of_a_visitor_are_counted_at_their_address_once(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both fail to find the address of the visitor, whose last visit was days ago."""
    token = (await opens(desks.one)).token
    lingering = FirstLingers(desks.url, monkeypatch, customers, "keep_network")

    found = await one_behind_the_other(
        lingering,
        *(opens(desk, token=token, network="192.0.2.1") for desk in (desks.one, desks.other)),
    )

    assert [one for one in found if isinstance(one, BaseException)] == []


async def test_a_customer_who_comes_for_the_first_time_in_two_browsers_is_one(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = customers.customer_rows
    lingering = FirstLingers(desks.url, monkeypatch, rows, "use_jwt")

    found = await one_behind_the_other(
        lingering,
        opens(desks.one, sign_in=by_shop("90001")),
        opens(desks.other, sign_in=by_shop("90001")),
    )

    assert [one for one in found if isinstance(one, BaseException)] == []
    assert len({one.customer.id for one in found}) == 1  # type: ignore[union-attr]
    assert len({one.conversation_id for one in found}) == 1  # type: ignore[union-attr]


async def test_a_copied_sign_in_opens_one_session_on_whichever_desk_is_first(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    await opens(desks.one, sign_in=by_shop("90001"))
    rows, jti = customers.customer_rows, new_id("jt")
    lingering = FirstLingers(desks.url, monkeypatch, rows, "use_jwt")

    first, second = await one_behind_the_other(
        lingering,
        opens(desks.one, sign_in=by_shop("90001", jti)),
        opens(desks.other, sign_in=by_shop("90001", jti)),
    )

    assert isinstance(first, CustomerSession)
    assert isinstance(second, NotSignedIn)


_ALL_IS_RESOLVED = "UPDATE conversation SET state = 'resolved'"

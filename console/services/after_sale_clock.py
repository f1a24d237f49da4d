"""The clocks of requests on file: reminders and lapses for customers, alarms for colleagues."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import override

from sqlalchemy import Connection

from console.desk.after_sale import AfterSaleRequest, AfterSaleState
from console.desk.after_sale_change import Change
from console.desk.after_sale_clock import (
    TIMED,
    AfterSaleClock,
    ClockStep,
    clock_of,
    entered_at,
    next_step,
)
from console.desk.after_sale_text import expired_text, reminder_text
from console.desk.event import SYSTEM
from console.services.after_sale_news import tell_customer
from console.services.after_sale_over import end_overtaken
from console.services.after_sale_pickup import call_off_pickup
from console.services.background import Regular
from console.services.parts import Desk
from console.services.trade_in import tend_trade_ins
from console.storage import after_sale as rows
from console.storage import after_sale_change as change_rows
from console.storage.after_sale_change import ChangeRow
from console.storage.customer import customer_by_shop_no
from console.storage.policy import policy_book


class AfterSaleClocks(Regular):
    """Steps are taken under locked rows and noted, so that of several desks one takes each."""

    every_s = 30.0

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    @override
    async def look(self) -> None:
        await tend_after_sales(self._desk)
        await tend_trade_ins(self._desk)


async def tend_after_sales(desk: Desk) -> int:
    """Takes every step that is due now; returns how many."""
    due = await desk.database.read(lambda tx: _due(tx, desk.clock.now()))
    taken = 0
    for rma_no in due:
        step = await desk.database.write(partial(_tend, desk=desk, rma_no=rma_no))
        taken += step is not None
        if step is ClockStep.EXPIRE:
            await call_off_pickup(desk, rma_no)
        elif step is ClockStep.ALARM:
            desk.hub.tell_agents("alarm", kind="after_sale_late", rma_no=rma_no)
    return taken


def _due(tx: Connection, now: datetime) -> list[str]:
    requests = [one for state in sorted(TIMED) for one in rows.requests_in(tx, state)]
    return [one.rma_no for one in requests if _step_of(tx, one, now) is not None]


def _step_of(tx: Connection, request: AfterSaleRequest, now: datetime) -> ClockStep | None:
    since = _since(tx, request)
    clock = _clock(tx, request, since)
    if clock is None:
        return None
    is_told = change_rows.change_of_key(tx, _key(request, since)) is not None
    return next_step(request.state, clock, now, is_told=is_told)


def _clock(tx: Connection, request: AfterSaleRequest, since: datetime) -> AfterSaleClock | None:
    customer = customer_by_shop_no(tx, request.customer_no)
    band = customer.band if customer else "A"
    return clock_of(request.state, since, policy_book(tx), band=band)


def _since(tx: Connection, request: AfterSaleRequest) -> datetime:
    return entered_at(request, rows.steps_of(tx, request.rma_no))


def _key(request: AfterSaleRequest, since: datetime) -> str:
    """One word per stay in a state."""
    return f"clock:{request.rma_no}:{request.state}:{since.isoformat()}"


def _tend(tx: Connection, *, desk: Desk, rma_no: str) -> ClockStep | None:
    """Decided again under the writer; another desk may have been faster."""
    now, request = desk.clock.now(), rows.find_request(tx, rma_no)
    step = _step_of(tx, request, now) if request else None
    if request is None or step is None:
        return None
    since = _since(tx, request)
    clock = _clock(tx, request, since)
    if step is ClockStep.EXPIRE:
        _expire(tx, desk, request, now)
    elif step is ClockStep.REMIND and clock is not None:
        _remind(tx, desk, request, clock, _key(request, since))
    if step is not ClockStep.EXPIRE:
        _note(tx, request, _key(request, since), now)
    return step


def _expire(tx: Connection, desk: Desk, request: AfterSaleRequest, now: datetime) -> None:
    if not rows.move(tx, request.rma_no, old=request.state, new=AfterSaleState.EXPIRED, at=now):
        return
    rows.insert_step(
        tx, request.rma_no, AfterSaleState.EXPIRED, now, actor_kind=SYSTEM.kind, actor_id=""
    )
    tell_customer(
        tx, desk, request, lambda lang: expired_text(request, lang), key=f"expired:{request.rma_no}"
    )
    end_overtaken(tx, desk, request.rma_no, AfterSaleState.EXPIRED, SYSTEM)


def _remind(
    tx: Connection, desk: Desk, request: AfterSaleRequest, clock: AfterSaleClock, key: str
) -> None:
    tell_customer(
        tx, desk, request, lambda lang: reminder_text(request, clock.due_at, lang), key=key
    )


def _note(tx: Connection, request: AfterSaleRequest, key: str, now: datetime) -> None:
    row = ChangeRow(
        key=key, rma_no=request.rma_no, change=Change.REMINDED, details={"state": request.state},
        conversation_id="", actor_kind=SYSTEM.kind, actor_id="", at=now,
    )  # fmt: skip
    change_rows.insert_change(tx, row)

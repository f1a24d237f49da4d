"""Price protection: look, claim, pay. Whatever happens in between, a line is paid once.

Three steps, each repeatable: one transaction decides and reserves the amount; the shop refunds
under the claim's own key; the claim becomes paid. `finish_pending_claims` goes on after a crash.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from console.desk.calendar import natural_day
from console.desk.errors import Conflict, NotFound, SameIdOtherContent
from console.desk.event import BOT, Actor, EventType, NewEvent
from console.desk.identity import new_id
from console.desk.policy import PolicyDecision
from console.desk.price_protection import (
    BotLimits,
    ClaimCode,
    ClaimVerdict,
    apply_bot_limits,
    decide_claim,
)
from console.services.audited_claim import promise_audits
from console.services.keyed_action import record_action
from console.services.parts import Desk
from console.services.price_facts import (
    Purchases,
    claim_facts,
    deducted_by_line,
    gather_purchases,
)
from console.services.price_item import (
    PriceCheck,
    PriceClaimResult,
    PriceItem,
    as_json,
    from_json,
    price_item,
)
from console.services.price_payment import finish_pending_claims, pay_claims
from console.storage import price_claim as rows
from console.storage.money_lock import lock_money_of
from console.storage.policy import policy_book, record_decision
from console.storage.price_claim import ClaimState, PriceClaim

_TRIES = 3  # a lost race is decided afresh; two losses in a row take three desks


class _RaceLost(Exception):
    """Another transaction claimed meanwhile; decide afresh."""


async def check_price_protection(
    desk: Desk, conversation_id: str, order_no: str | None = None, *, actor: Actor = BOT
) -> PriceCheck:
    """All lines of one order, or of all paid orders. Raises `NotFound` for a foreign order."""
    bought = await gather_purchases(desk, conversation_id, order_no, actor)

    def work(tx: Connection) -> list[ClaimVerdict]:
        verdicts = _verdicts(tx, desk, bought)
        _keep_decisions(tx, desk, bought, verdicts)
        return verdicts

    verdicts = await desk.database.write(work) if bought.lines else []
    return PriceCheck(items=tuple(price_item(verdict, bought) for verdict in verdicts))


async def claim_price_protection(
    desk: Desk,
    conversation_id: str,
    order_no: str | None = None,
    *,
    key: str,
    actor: Actor = BOT,
    line_ids: Sequence[str] | None = None,
) -> PriceClaimResult:
    """Pays what may be paid and files the rest for audit; the same key gives the same claims.

    When the shop does not answer the claim stands and is paid later (`is_settled` is false).
    Raises `NotFound` for a foreign order, `SameIdOtherContent` for a key used for another wish.
    """
    scope = f"{order_no or ''}:{','.join(sorted(line_ids or ()))}"
    known = await desk.database.read(lambda tx: rows.find_request(tx, key))
    if known is None:
        bought = await gather_purchases(desk, conversation_id, order_no, actor, line_ids)
        await _decide_once(desk, bought, key, scope)
    return await _settled(desk, conversation_id, key, scope)


# --- the deciding transaction ---------------------------------------------------------------


def _verdicts(tx: Connection, desk: Desk, bought: Purchases) -> list[ClaimVerdict]:
    now, policies = desk.clock.now(), policy_book(tx)
    verdicts = [decide_claim(facts, policies, now) for facts in claim_facts(tx, bought)]
    limits = BotLimits(
        desk.settings.limits.price_claim_fen, desk.settings.limits.price_claims_per_day_fen
    )
    paid_today = rows.paid_on_day(tx, bought.customer_no, natural_day(now))
    return apply_bot_limits(verdicts, limits, paid_today_fen=paid_today)


async def _decide_once(desk: Desk, bought: Purchases, key: str, scope: str) -> None:
    for _ in range(_TRIES):
        try:
            await desk.database.write(lambda tx: _decide(tx, desk, bought, key, scope))
        except _RaceLost:
            continue
        return
    raise Conflict("price claim")


def _decide(tx: Connection, desk: Desk, bought: Purchases, key: str, scope: str) -> None:
    """Decides and reserves, or leaves everything as it was."""
    lock_money_of(tx, bought.customer_no)
    if rows.find_request(tx, key) is not None:
        return
    now, verdicts = desk.clock.now(), _verdicts(tx, desk, bought)
    items = [as_json(price_item(verdict, bought)) for verdict in verdicts]
    rows.insert_request(
        tx, key=key, customer_no=bought.customer_no, scope=scope, verdicts=items, at=now
    )
    deducted = deducted_by_line(tx, bought)
    for verdict in verdicts:
        if verdict.claim_fen:
            _reserve(tx, desk, bought, verdict, deducted.get(verdict.line_id, 0))
            rows.insert_claim(tx, _claim(bought, verdict, key, now))
    _keep_decisions(tx, desk, bought, verdicts)
    _tell(tx, desk, bought, verdicts, key)
    promise_audits(tx, desk, bought.conversation_id, key, bought.actor)


def _reserve(
    tx: Connection, desk: Desk, bought: Purchases, verdict: ClaimVerdict, deducted_fen: int
) -> None:
    """Both ceilings are checked by the database itself; the verdict may be out of date."""
    ceiling = verdict.difference_fen + deducted_fen
    if not rows.reserve(
        tx, verdict.order_no, verdict.line_id, verdict.claim_fen, ceiling_fen=ceiling
    ):
        raise _RaceLost
    if verdict.code is not ClaimCode.PAID:
        return
    limit, day = desk.settings.limits.price_claims_per_day_fen, natural_day(desk.clock.now())
    if not rows.spend(tx, bought.customer_no, day, verdict.claim_fen, limit_fen=limit):
        raise _RaceLost


def _claim(bought: Purchases, verdict: ClaimVerdict, key: str, now: datetime) -> PriceClaim:
    return PriceClaim(
        id=new_id("pc"),
        key=key,
        conversation_id=bought.conversation_id,
        customer_no=bought.customer_no,
        order_no=verdict.order_no,
        line_id=verdict.line_id,
        claim_fen=verdict.claim_fen,
        state=ClaimState.PENDING if verdict.code is ClaimCode.PAID else ClaimState.AUDIT,
        actor_kind=bought.actor.kind,
        actor_id=bought.actor.id,
        created_at=now,
    )


def _keep_decisions(
    tx: Connection, desk: Desk, bought: Purchases, verdicts: Iterable[ClaimVerdict]
) -> None:
    now = desk.clock.now()
    for verdict in verdicts:
        decision = PolicyDecision(
            subject="price_claim",
            outcome=verdict.code,
            rule_id=verdict.rule_id,
            order_no=verdict.order_no,
            line_id=verdict.line_id,
            inputs={**verdict.inputs, "claim_fen": verdict.claim_fen},
        )
        record_decision(
            tx, decision, conversation_id=bought.conversation_id, customer_no=bought.customer_no,
            actor=bought.actor, at=now,
        )  # fmt: skip


def _tell(
    tx: Connection, desk: Desk, bought: Purchases, verdicts: Sequence[ClaimVerdict], key: str
) -> None:
    """An entry in the conversation when money was moved or a person has to look."""
    touched = [verdict for verdict in verdicts if verdict.claim_fen]
    if not touched:
        return
    body = {
        "action": "price_claim",
        "order_nos": sorted({verdict.order_no for verdict in touched}),
        "total_fen": sum(one.claim_fen for one in touched if one.code is ClaimCode.PAID),
        "audit_fen": sum(one.claim_fen for one in touched if one.code is ClaimCode.AUDIT),
    }
    event = NewEvent(EventType.ACTION_TAKEN, bought.actor, body, f"price_claim:{key}")
    record_action(tx, bought.conversation_id, event, desk.clock.now())


# --- paying ---------------------------------------------------------------------------------


async def _settled(desk: Desk, conversation_id: str, key: str, scope: str) -> PriceClaimResult:
    """Pays what is pending under `key` and tells how it stands."""

    def pending(tx: Connection) -> list[PriceClaim]:
        _own_request(tx, conversation_id, key, scope)
        return [one for one in rows.claims_of_request(tx, key) if one.state is ClaimState.PENDING]

    await pay_claims(desk, await desk.database.read(pending))
    return await desk.database.read(lambda tx: _result(tx, key))


def _own_request(tx: Connection, conversation_id: str, key: str, scope: str) -> None:
    found = rows.find_request(tx, key)
    if found is None:
        raise NotFound("price claim")
    claims = rows.claims_of_request(tx, key)
    is_foreign = any(claim.conversation_id != conversation_id for claim in claims)
    if found.scope != scope or is_foreign:
        raise SameIdOtherContent("key", key=key)


def _result(tx: Connection, key: str) -> PriceClaimResult:
    found = rows.find_request(tx, key)
    states = {claim.line_id: claim.state for claim in rows.claims_of_request(tx, key)}
    verdicts = found.verdicts if found else []
    return PriceClaimResult(key=key, items=tuple(from_json(values, states) for values in verdicts))


__all__ = [
    "PriceCheck",
    "PriceClaimResult",
    "PriceItem",
    "check_price_protection",
    "claim_price_protection",
    "finish_pending_claims",  # lives in price_payment.py
]

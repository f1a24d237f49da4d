"""Reports of damaged, missing, wrong or faulty goods: what is offered, and what is done at once.

Exchange, repair, return and the exchange at the door are filed by their own services.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from console.desk.after_sale import (
    AfterSaleKind,
    AfterSaleRequest,
    AfterSaleState,
    Replacement,
    ReturnRequest,
    ReturnWay,
)
from console.desk.errors import BadRequest
from console.desk.event import BOT, Actor
from console.desk.goods import Part, variant_of
from console.desk.order import PaymentSource
from console.desk.policy import PolicyBook
from console.desk.refund import Refund, RefundLine, arrival_source
from console.desk.remedy import Remedy, RemedyDecision, Report, decide_remedies
from console.desk.return_policy import Alternative, Outcome, ReturnPolicyDecision
from console.services.door_exchange import check_door_exchange
from console.services.filing import NO_MONEY, Draft, Wish, file_once
from console.services.parts import Desk
from console.services.repair import is_repaired_at_all
from console.services.return_scene import (
    Scene,
    find_scene,
    keep_decision,
    refund_of,
    return_facts,
)
from console.services.shop_call import answer_of
from console.storage import after_sale as rows
from console.storage.policy import policy_book

_SUBJECT = "remedy"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gathered:
    """What the shop knows; asked before the unit of work."""

    stock: int
    part: Part | None
    is_part: bool
    may_exchange_at_door: bool


async def take_report(
    desk: Desk,
    conversation_id: str,
    request: ReturnRequest,
    *,
    is_part: bool = False,
    actor: Actor = BOT,
) -> RemedyDecision:
    """What is offered, stored with its inputs; nothing is done before one of it is filed.

    `is_part`: a part is missing and not a whole piece. Raises `NotFound`.
    """
    scene = await find_scene(desk, conversation_id, request.order_no, request.line_id, actor)
    report = await _report(desk, scene, request, is_part=is_part)

    def work(tx: Connection) -> RemedyDecision:
        found = _decide(tx, desk, scene, report, request)
        keep_decision(tx, desk, scene, found.decision, _SUBJECT)
        return found

    return await desk.database.write(work)


async def check_report(
    desk: Desk,
    conversation_id: str,
    request: ReturnRequest,
    *,
    is_part: bool = False,
    actor: Actor = BOT,
) -> ReturnPolicyDecision:
    """Whether anything can be offered, before pictures are asked for; a no is stored."""
    scene = await find_scene(desk, conversation_id, request.order_no, request.line_id, actor)
    report = await _report(desk, scene, request, is_part=is_part)

    def work(tx: Connection) -> ReturnPolicyDecision:
        found = _decide(tx, desk, scene, report, request, has_asked=False)
        if not found.decision.is_allowed:
            keep_decision(tx, desk, scene, found.decision, _SUBJECT)
        return found.decision

    return await desk.database.write(work)


async def refund_at_stake(desk: Desk, conversation_id: str, request: ReturnRequest) -> int:
    """Fen that a refund at once would bring; nothing is written."""
    scene = await find_scene(desk, conversation_id, request.order_no, request.line_id, BOT)
    gathered = await _report(desk, scene, request, is_part=bool(request.part))

    def query(tx: Connection) -> int:
        return _money(tx, scene, request, gathered.part, policy_book(tx)).total_fen

    return await desk.database.read(query)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyPreview:
    """What carrying out a remedy would do. `source` decides when the money arrives."""

    remedy: Remedy
    refund: Refund
    source: PaymentSource | None
    way: ReturnWay

    @property
    def pays_money_back(self) -> bool:
        return self.remedy in _MONEY


async def preview_remedy(
    desk: Desk,
    conversation_id: str,
    remedy: Remedy,
    request: ReturnRequest,
    *,
    is_part: bool = False,
) -> RemedyPreview:
    """For the summary before the yes; nothing is written. Raises `NotFound`."""
    scene = await find_scene(desk, conversation_id, request.order_no, request.line_id, BOT)
    gathered = await _report(desk, scene, request, is_part=is_part)

    def query(tx: Connection) -> RemedyPreview:
        found = _decide(tx, desk, scene, gathered, request)
        is_money = remedy in _MONEY
        refund = _money(tx, scene, request, gathered.part, policy_book(tx))
        return RemedyPreview(
            remedy=remedy,
            refund=refund if is_money else NO_MONEY,
            source=arrival_source(refund.total_fen, scene.order.payments) if is_money else None,
            way=ReturnWay.KEEP if is_money else found.way,
        )

    return await desk.database.read(query)


async def _report(desk: Desk, scene: Scene, request: ReturnRequest, *, is_part: bool) -> _Gathered:
    line = scene.line
    variants = await answer_of(desk, desk.shop.variants(line.product_id))
    same = variant_of(variants, line.variant)
    parts = await answer_of(desk, desk.shop.parts(line.product_id)) if request.part else []
    door = await check_door_exchange(
        desk, scene.conversation_id, request.order_no, request.line_id, request.note, is_kept=False
    )
    return _Gathered(
        stock=same.stock if same else 0,
        part=next((one for one in parts if one.part_id == request.part), None),
        is_part=is_part,
        may_exchange_at_door=door.is_allowed,
    )


def _decide(
    tx: Connection,
    desk: Desk,
    scene: Scene,
    gathered: _Gathered,
    request: ReturnRequest,
    *,
    has_asked: bool = True,
) -> RemedyDecision:
    """`has_asked`: for pictures; before that their lack is no obstacle."""
    photos = len(request.photos) if has_asked else None
    facts = return_facts(
        tx, scene, request.reason, request.condition, request.quantity, photos, None
    )
    report = Report(
        goods=facts,
        stock=gathered.stock,
        band=scene.shopper.customer.band,
        part=gathered.part,
        is_part=gathered.is_part,
        may_exchange_at_door=gathered.may_exchange_at_door,
        is_repaired=is_repaired_at_all(tx, scene, desk.clock.now()),
    )
    found = decide_remedies(report, policy_book(tx), desk.clock.now())
    return _refused(found) if _was_settled(tx, scene, request) else found


def _was_settled(tx: Connection, scene: Scene, request: ReturnRequest) -> bool:
    """The same part of the same line, paid for or sent before."""
    found = rows.requests_on_orders(tx, [scene.order.order_no])
    mine = (one.request.part for one in found if one.request.line_id == scene.line.line_id)
    return bool(request.part) and request.part in mine


def _refused(found: RemedyDecision) -> RemedyDecision:
    decision = replace(
        found.decision,
        outcome=Outcome.REFUSED,
        rule_id="return.already_refunded",
        reason="return_running",
        alternative=Alternative.REFUND_PROGRESS,
    )
    return RemedyDecision(decision=decision)


async def submit_remedy(
    desk: Desk,
    conversation_id: str,
    remedy: Remedy,
    request: ReturnRequest,
    *,
    is_part: bool = False,
    key: str,
    actor: Actor = BOT,
) -> AfterSaleRequest:
    """Pays, sends, or files for a check, once per key.

    Raises `ReturnRefused` also when the remedy is not offered any more, `BadRequest` for one that
    has a form of its own, `NotFound`, `SameIdOtherContent`.
    """
    if remedy not in _AT_ONCE:
        raise BadRequest("this remedy is filed by its own form", field="remedy")
    scene = await find_scene(desk, conversation_id, request.order_no, request.line_id, actor)
    gathered = await _report(desk, scene, request, is_part=is_part)
    wish = await desk.database.read(
        lambda tx: _wish(_way(tx, desk, scene, gathered, request, key), remedy, request, scene)
    )

    def decide(tx: Connection) -> tuple[ReturnPolicyDecision, Draft]:
        found = _decide(tx, desk, scene, gathered, request)
        decision = found.decision
        if decision.is_allowed and remedy not in found.remedies:
            decision = replace(decision, outcome=Outcome.REFUSED, reason="remedy_gone")
        return decision, _draft(tx, scene, remedy, wish.request, gathered)

    return await file_once(desk, scene, wish, decide, key=key)


_MONEY = frozenset({Remedy.REFUND_NOW, Remedy.REFUND_AFTER_CHECK})
_AT_ONCE = _MONEY | {Remedy.RESHIP}


def _wish(way: ReturnWay, remedy: Remedy, request: ReturnRequest, scene: Scene) -> Wish:
    if remedy is not Remedy.RESHIP:
        return Wish(AfterSaleKind.REFUND_ONLY, replace(request, way=ReturnWay.KEEP))
    line = scene.line
    same = Replacement(product_id=line.product_id, variant=line.variant)
    new = None if request.part else same
    return Wish(AfterSaleKind.EXCHANGE, replace(request, way=way), new)


def _way(
    tx: Connection, desk: Desk, scene: Scene, gathered: _Gathered, request: ReturnRequest, key: str
) -> ReturnWay:
    """A repeat keeps the way of the first time: by now the units are bound."""
    known = rows.request_of_key(tx, key)
    return known.request.way if known else _decide(tx, desk, scene, gathered, request).way


def _draft(
    tx: Connection, scene: Scene, remedy: Remedy, request: ReturnRequest, gathered: _Gathered
) -> Draft:
    if remedy is Remedy.RESHIP:
        return Draft(approved_as=AfterSaleState.EXCHANGING)
    refund = _money(tx, scene, request, gathered.part, policy_book(tx))
    is_now = remedy is Remedy.REFUND_NOW
    state = AfterSaleState.REFUNDING if is_now else AfterSaleState.SUBMITTED
    return Draft(approved_as=state, refund=refund)


def _money(
    tx: Connection, scene: Scene, request: ReturnRequest, part: Part | None, policies: PolicyBook
) -> Refund:
    """A part's value, never more than what is left of the line."""
    whole = refund_of(tx, scene, request, policies)
    if part is None:
        return whole
    goods = sum(line.amount_fen for line in whole.lines if line.key != "freight")
    return Refund(lines=(RefundLine("missing_part", max(0, min(part.value_fen, goods))),))

"""The member level of whoever writes, and what every level has."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from console.desk.membership import Benefit, Member
from console.services.parts import Desk
from console.services.shop_call import answer_of, find_shopper


@dataclass(frozen=True, slots=True)
class Membership:
    """`member` is `None` for a visitor; `benefits`: of every band."""

    member: Member | None
    benefits: list[Benefit]


async def my_membership(desk: Desk, conversation_id: str) -> Membership:
    shopper = await find_shopper(desk, conversation_id)
    if shopper is None:
        return Membership(None, await answer_of(desk, desk.shop.benefits()))
    member, benefits = await asyncio.gather(
        answer_of(desk, desk.shop.member(shopper.customer_no)),
        answer_of(desk, desk.shop.benefits()),
    )
    return Membership(member, benefits)

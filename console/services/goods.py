"""What the shop knows of its goods, asked with the usual patience."""

from __future__ import annotations

from console.desk.goods import Guide, Part, ServiceCenter
from console.services.parts import Desk
from console.services.shop_call import answer_of


async def parts_of(desk: Desk, product_id: str) -> list[Part]:
    return await answer_of(desk, desk.shop.parts(product_id))


async def guides_of(desk: Desk, product_id: str) -> list[Guide]:
    return await answer_of(desk, desk.shop.guides(product_id))


async def service_centers(desk: Desk) -> list[ServiceCenter]:
    return await answer_of(desk, desk.shop.service_centers())

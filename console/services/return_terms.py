"""The lengths that texts about returns name, for one item of an order, a product, or in general."""

from __future__ import annotations

from console.desk.policy import EVERYTHING, Subject
from console.desk.product import Product
from console.desk.return_terms import return_terms
from console.services.parts import Desk
from console.services.shop_call import own_order
from console.storage.policy import policy_book


async def terms_of_line(
    desk: Desk, conversation_id: str, order_no: str, line_id: str, lang: str
) -> dict[str, str]:
    """As they stood when it was ordered. Raises `NotFound` for an order of somebody else."""
    _, order = await own_order(desk, conversation_id, order_no)
    line = order.line(line_id) or order.lines[0]
    return await desk.database.read(
        lambda tx: return_terms(
            policy_book(tx), order.placed_at, lang, Subject.of_line(order, line)
        )
    )


async def terms_of_product(desk: Desk, product: Product | None, lang: str) -> dict[str, str]:
    """As they stand now."""
    subject = Subject.of(product) if product is not None else EVERYTHING
    now = desk.clock.now()
    return await desk.database.read(lambda tx: return_terms(policy_book(tx), now, lang, subject))

"""What a person agrees to who gives money for a request on file, and who has agreed already."""

from __future__ import annotations

from sqlalchemy import Connection

from console.desk.after_sale import AfterSaleRequest
from console.services.second_yes import FirstYes, Giving, first_yes

SUBJECT, RULE = "after_sale_step", "by_hand"


def giving_of(request: AfterSaleRequest, *, refund_fen: int = 0, **how: object) -> Giving:
    """`how`: the step, where it is known; a yes counts for one step, state and amount."""
    return Giving(
        subject=SUBJECT,
        rule_id=RULE,
        number=request.request.order_no,
        line_id=request.request.line_id,
        amount_fen=refund_fen,
        matter={"rma_no": request.rma_no, "state": request.state, **how}
        | ({"amount_fen": refund_fen} if refund_fen else {}),
    )


def waiting_yes(tx: Connection, request: AfterSaleRequest) -> FirstYes | None:
    """Whose yes to a step in the present state waits for a second."""
    return first_yes(tx, giving_of(request))

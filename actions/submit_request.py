"""What follows a form of an after-sale request: filed after a yes, refused with its reason, told."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar, override

from actions.answers import Answers
from actions.return_decision import say_no
from actions.summary import Line, as_line
from actions.turn import DeskAction, Event, Turn, remember
from console.desk.after_sale import AfterSaleRequest, ReturnRequest, ReturnWay
from console.desk.goods import OutOfStock
from console.services.filing import ReturnRefused

PROGRESS = "query_after_sale_progress"  # what is talked about once a request is on file


class SubmitRequest(DeskAction):
    """Without a yes nothing happens. Subclasses file and tell."""

    consent: ClassVar[str]
    own_slots: ClassVar[tuple[str, ...]]

    @override
    async def act(self, turn: Turn) -> list[Event]:
        if turn.slot(self.consent) is not True:
            return remember(**{self.consent: None})
        try:
            filed = await self.file(turn)
        except OutOfStock:
            return [*remember(**{self.consent: None}), *self.sold_out(turn)]
        except ReturnRefused as refused:
            await say_no(turn, Answers(turn.tracker.slots), refused.decision)
            return remember(**{self.consent: None, "reason": None, "policy_result_id": None})
        await self.say_filed(turn, filed)
        done = dict.fromkeys(self.own_slots)
        return remember(**{**done, "rma_no": filed.rma_no, "last_task": PROGRESS})

    @abstractmethod
    async def file(self, turn: Turn) -> AfterSaleRequest:
        """Files what the form collected, once per key."""

    def sold_out(self, turn: Turn) -> list[Event]:
        """Says what became of the wish when the new goods went meanwhile."""
        raise NotImplementedError

    @abstractmethod
    async def say_filed(self, turn: Turn, filed: AfterSaleRequest) -> None:
        """Tells the number and what comes next."""


def way_words(turn: Turn, way: ReturnWay, label: str) -> str:
    if way is ReturnWay.SELF_SHIP:
        return turn.words("您自己寄回", "you send it back")
    if way is ReturnWay.SAME_VISIT:
        return turn.words(f"快递员 {label} 送新取旧", f"the courier brings and takes it on {label}")
    return turn.words(f"快递员 {label} 上门取件", f"a courier fetches it on {label}")


def goods_back(turn: Turn, request: ReturnRequest) -> Line:
    """The line of a summary that says how the present goods come back."""
    return Line("goods_back", as_line(way_words(turn, request.way, request.pickup_label)))


def say_new_goods(turn: Turn, filed: AfterSaleRequest, response: str) -> None:
    request, new = filed.request, filed.replacement
    label = turn.words(new.variant, new.variant_en or new.variant) if new else ""
    turn.say(
        response,
        rma_no=filed.rma_no,
        way=way_words(turn, request.way, request.pickup_label),
        new=label or turn.words("同款", "the same one"),
    )

"""Installing: whether it is needed, what it costs, and when somebody comes."""

from __future__ import annotations

from typing import override

from actions.product_answer import OneProductAnswer
from actions.product_choice import title_of
from actions.turn import Event, Turn
from console.desk.money import yuan
from console.desk.product import Product
from console.services.product import product_view


class AnswerInstallation(OneProductAnswer):
    action_name = "action_answer_installation"
    intent = "ask_install_service"

    @override
    async def answer_about(self, turn: Turn, product: Product) -> list[Event]:
        install = (await product_view(turn.desk, product)).sheet.install
        title = title_of(turn, product)
        if install is None:
            turn.say("utter_install_none", title=title)
        elif install.within_days == 0:
            turn.say("utter_install_not_needed", title=title, note=install.note.of(turn.lang))
        else:
            fee = yuan(install.fee_fen)
            turn.say(
                "utter_install_paid" if install.fee_fen else "utter_install_free",
                title=title, note=install.note.of(turn.lang), fee=fee, days=install.within_days,
            )  # fmt: skip
        return []

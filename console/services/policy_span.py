"""How long something takes by the policy, in words: texts name no length of their own."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from console.desk.after_sale_text import Spans
from console.desk.policy import PolicyBook
from console.desk.policy_text import span_words
from console.services.parts import Desk
from console.storage.conversation import customer_of
from console.storage.policy import policy_book


async def span_of(desk: Desk, conversation_id: str, key: str, lang: str) -> str:
    """As the customer who writes here is told: a band may have a row of its own."""

    def query(tx: Connection) -> str:
        band = customer_of(tx, conversation_id).band
        return spans_of(policy_book(tx), band, desk.clock.now())(key, lang)

    return await desk.database.read(query)


def spans_of(policies: PolicyBook, band: str, at: datetime) -> Spans:
    return lambda key, lang: span_words(key, policies.number_of_band(key, band, at), lang)

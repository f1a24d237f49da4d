"""The database's twin that acknowledges messages without writing them: what durability costs."""

from __future__ import annotations

from collections import defaultdict
from typing import override

from console.desk.event import Event, EventType
from console.storage.database import Committed, Database
from console.storage.event import Receipt
from console.storage.message import NewMessage


class NoStore(Database):
    """Everything but `append` is real."""

    def __init__(self, url: str, on_commit: Committed | None = None) -> None:
        super().__init__(url, on_commit)
        self._last_seq: defaultdict[str, int] = defaultdict(lambda: 100)  # beyond what was seeded

    @override
    async def append(self, message: NewMessage) -> Receipt:
        seq = self._last_seq[message.conversation_id] = self._last_seq[message.conversation_id] + 1
        event = Event(
            conversation_id=message.conversation_id,
            seq=seq,
            type=EventType.MESSAGE_POSTED,
            public=True,
            prev_public=seq - 1,
            actor=message.actor,
            body=message.body,
            at=message.at,
            client_msg_id=message.client_msg_id,
        )
        self._committed([event])
        return Receipt(seq, message.at)

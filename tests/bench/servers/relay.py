"""Baseline: the relay as most would write it: stock python-socketio, one ORM session per message.

It is spared what the desk does besides: no sign-in, no permission, no limits, no audit. One pooled
connection, because several only wait for each other's lock; WAL and synchronous=FULL as in the desk.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import socketio
from aiohttp import web
from sqlalchemy import ForeignKey, UniqueConstraint, event
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from tests.bench.servers.lifetime import serve


class Base(DeclarativeBase):
    """The tables of the naive relay."""


class Conversation(Base):
    __tablename__ = "conversation"

    id: Mapped[str] = mapped_column(primary_key=True)
    last_seq: Mapped[int] = mapped_column(default=0)
    last_text: Mapped[str] = mapped_column(default="")
    unread: Mapped[int] = mapped_column(default=0)


class Message(Base):
    __tablename__ = "message"
    __table_args__ = (UniqueConstraint("conversation_id", "client_msg_id"),)

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    client_msg_id: Mapped[str]
    sender: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]


class Relay(socketio.AsyncNamespace):
    """Customers and agents of one conversation share a room."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession]) -> None:
        super().__init__("/")
        self._sessions = sessions

    async def on_connect(self, sid: str, _environ: Any, auth: dict[str, str]) -> None:
        conversation_id = auth["conversation_id"]
        await self.save_session(sid, {"conversation_id": conversation_id, "who": auth["who"]})
        await self.enter_room(sid, conversation_id)
        if auth["who"] == "customer":
            async with self._sessions() as session, session.begin():
                session.add(Conversation(id=conversation_id))

    async def on_post_message(self, sid: str, data: dict[str, Any]) -> dict[str, Any]:
        sender = await self.get_session(sid)
        message = await self._stored(sender, data)
        view = {
            "conversation_id": message.conversation_id,
            "seq": message.seq,
            "actor": {"kind": message.sender},
            "at": message.at.isoformat(),
            "body": {"kind": "text", "text": message.text},
            "client_msg_id": message.client_msg_id,
        }
        await self.emit("message_posted", view, room=message.conversation_id)
        return {"ok": True, "seq": message.seq, "at": view["at"]}

    async def _stored(self, sender: dict[str, str], data: dict[str, Any]) -> Message:
        async with self._sessions() as session, session.begin():
            head = await session.get_one(Conversation, sender["conversation_id"])
            head.last_seq += 1
            head.last_text = data["body"]["text"][:80]
            head.unread += 1
            message = Message(
                conversation_id=head.id,
                seq=head.last_seq,
                client_msg_id=data["client_msg_id"],
                sender=sender["who"],
                text=data["body"]["text"],
                at=datetime.now(UTC),
            )
            session.add(message)
        return message


async def make() -> web.Application:
    engine = _engine(Path(sys.argv[2]))
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    server = socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins="*")
    server.register_namespace(Relay(async_sessionmaker(engine, expire_on_commit=False)))
    app = web.Application()
    server.attach(app)
    return app


def _engine(file: Path) -> AsyncEngine:
    engine = create_async_engine(
        f"sqlite+aiosqlite:///{file}", pool_size=1, max_overflow=0, pool_timeout=60
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    return engine


if __name__ == "__main__":
    serve(make, int(sys.argv[1]))

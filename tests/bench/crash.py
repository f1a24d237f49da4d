"""SIGKILL under load: what was acknowledged must be there once, whatever else is lost."""

from __future__ import annotations

import asyncio
import random
import shutil
import sqlite3
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.bench.client import browser
from tests.bench.desks import DATABASE, SeededDesk, desk_in
from tests.bench.load import Relay, message_text
from tests.bench.plan import Plan

SEED = 20_261_102  # of the moments at which the desk is killed


@dataclass(frozen=True, slots=True)
class Crash:
    """`found`, `missing`: of the acknowledged. `doubled`, `gaps`: of everything that is stored."""

    kills: int
    sent: int
    acknowledged: int
    found: int
    missing: int
    doubled: int
    gaps: int
    resent: int
    found_after_resending: int


async def crash(plan: Plan, folder: Path) -> Crash:
    """Kills, looks, starts again, lets everybody send again what was not acknowledged, looks."""
    seeded = SeededDesk(folder, plan.kill_pairs)
    chance = random.Random(SEED)
    results = [
        await _one_kill(plan, seeded, plan.kill_after_s * chance.uniform(0.5, 1.5))
        for _ in range(plan.kills)
    ]
    return _sum(results)


async def _one_kill(plan: Plan, seeded: SeededDesk, after_s: float) -> Crash:
    home = seeded.new_home()
    relay = await _load_until_killed(seeded, home, after_s)
    stored = _stored(home / DATABASE)
    acknowledged = set(relay.seen.acknowledged)
    unanswered = [sent_id for sent_id in relay.seen.due if sent_id not in acknowledged]
    await _send_again(seeded, home, unanswered)
    after = _stored(home / DATABASE)
    gaps = _gaps(home / DATABASE)
    shutil.rmtree(home)
    return Crash(
        kills=1,
        sent=len(relay.seen.due),
        acknowledged=len(acknowledged),
        found=len(acknowledged & stored.keys()),
        missing=len(acknowledged - stored.keys()),
        doubled=sum(count > 1 for count in after.values()),
        gaps=gaps,
        resent=len(unanswered),
        found_after_resending=len(relay.seen.due.keys() & after.keys()),
    )


async def _load_until_killed(seeded: SeededDesk, home: Path, after_s: float) -> Relay:
    relay = Relay()
    with desk_in(home) as server:
        async with browser(server.url) as http:
            await relay.join_desk(http, seeded.pairs)
            await relay.begin()
            await asyncio.sleep(after_s)
            server.kill()
            for sender in relay.senders:
                sender.is_open = False
            await relay.close()
    return relay


async def _send_again(seeded: SeededDesk, home: Path, unanswered: list[str]) -> None:
    """As widgets do when they are back: the same message under the same id."""
    with desk_in(home) as server:
        async with browser(server.url) as http:
            relay = Relay()
            await relay.join_desk(http, seeded.pairs)
            for sent_id in unanswered:
                sender = relay.sender_of(sent_id)
                await sender.repeat(message_text(sent_id))
            await relay.drain()
            await relay.close()


def _stored(database: Path) -> Counter[str]:
    """How often each message is stored, read past the desk."""
    query = (
        "SELECT client_msg_id FROM event WHERE type = 'message_posted' AND actor_kind = 'customer'"
    )
    with sqlite3.connect(database) as connection:
        return Counter(row[0] for row in connection.execute(query))


def _gaps(database: Path) -> int:
    """Conversations whose numbers are not 1, 2, 3 …, or whose head says otherwise."""
    query = (
        "SELECT count(*) FROM (SELECT conversation.id FROM conversation JOIN event"
        " ON event.conversation_id = conversation.id GROUP BY conversation.id"
        " HAVING min(seq) <> 1 OR max(seq) <> count(*) OR max(seq) <> last_seq)"
    )
    with sqlite3.connect(database) as connection:
        return int(connection.execute(query).fetchone()[0])


def _sum(results: list[Crash]) -> Crash:
    names = Crash.__dataclass_fields__
    return Crash(**{name: sum(getattr(one, name) for one in results) for name in names})

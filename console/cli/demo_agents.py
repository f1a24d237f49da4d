"""The agents of the demo: enough posts to try a handoff, a transfer and a complaint."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from console.desk.agent import Agent, Role
from console.desk.identity import new_id
from console.services.password import fresh_password, hash_password
from console.storage.agent import insert_agent

FRONT, ALL = ("general", "presale"), ("general", "complaint")
SPECIAL = ("general", "expert", "wholesale")
DEMO_AGENTS = (
    ("lin", "小林", Role.AGENT, FRONT),
    ("wang", "小王", Role.AGENT, SPECIAL),
    ("zhao", "小赵", Role.COMPLAINT, ALL),
    ("chen", "陈组长", Role.LEAD, ALL),
    ("admin", "管理员", Role.ADMIN, ()),
)


def add_demo_agents(tx: Connection, at: datetime) -> dict[str, str]:
    """Login → password, freshly made; the database keeps only the hashes."""
    passwords = {login: fresh_password() for login, *_ in DEMO_AGENTS}
    for login, name, role, queues in DEMO_AGENTS:
        agent = Agent(id=new_id("ag"), login=login, name=name, role=role, queues=queues)
        insert_agent(tx, agent, hash_password(passwords[login]), at)
    return passwords

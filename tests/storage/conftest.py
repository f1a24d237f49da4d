"""A conversation to write into."""

from __future__ import annotations

import pytest

from console.desk.case import Case
from console.desk.conversation import Conversation
from console.desk.customer import Customer
from console.storage.agent import insert_agent
from console.storage.case import insert_case
from console.storage.conversation import insert_conversation
from console.storage.customer import insert_customer
from console.storage.database import Database
from tests.given import LIN, NOW


@pytest.fixture
async def conversation_id(database: Database) -> str:
    def arrange(tx) -> str:
        insert_agent(tx, LIN, "-", NOW)
        insert_customer(tx, Customer(id="cu_1"), NOW)
        insert_case(tx, Case(id="ca_1", customer_id="cu_1", last_at=NOW))
        insert_conversation(tx, Conversation(id="co_1", customer_id="cu_1", case_id="ca_1"), NOW)
        return "co_1"

    return await database.write(arrange)

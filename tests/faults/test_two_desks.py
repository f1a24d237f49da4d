"""Customers on one desk, agents on another: nothing is lost, nothing comes twice, one wins."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from redis.asyncio import Redis

from console.gateways.bus_envelope import Envelope, Seal
from console.web import follower
from tests.faults.two_desks import OneDesk, Person, two_desks, until
from tests.given import LIN, WANG
from tests.plugins.valkey import OwnValkey

HINT_S = 1.0  # what comes within this has come by a hint; a look takes longer


async def in_hand(one: OneDesk, other: OneDesk) -> tuple[Person, Person]:
    """A customer on A whom Lin serves on B."""
    customer, agent = await one.customer(), await other.agent(LIN, "busy")
    await customer.does("ask_person")
    agent.conversation_id = customer.conversation_id
    await agent.does("watch", after=0)
    await agent.does("take_over")
    await customer.hears("agent_joined")
    return customer, agent


async def chat(customer: Person, agent: Person, name: str, count: int = 30) -> None:
    """Both write at once, each `count` messages, one after the other."""

    async def write(person: Person, who: str) -> None:
        for number in range(count):
            await person.says(f"{name} {who} {number}")

    await asyncio.gather(write(customer, "c"), write(agent, "a"))


def said(name: str, who: str, count: int = 30) -> list[str]:
    return [f"{name} {who} {number}" for number in range(count)]


# --- while everything works ---


async def test_messages_go_both_ways_in_order_and_once(
    fresh_postgres: str, tmp_path: Path, valkey: OwnValkey, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(follower, "LOOK_EVERY_S", 3_600.0)  # hints alone must do
    async with two_desks(fresh_postgres, tmp_path, valkey.url) as (one, other):
        customer, agent = await in_hand(one, other)

        await chat(customer, agent, "first")
        await until(lambda: len(agent.texts("customer")) >= 30, 5)
        await until(lambda: len(customer.texts("agent")) >= 30, 5)
        await asyncio.sleep(0.3)  # time for what must not come

        assert agent.texts("customer") == said("first", "c")
        assert customer.texts("agent") == said("first", "a")
        for person in (customer, agent):
            assert person.seqs() == sorted(set(person.seqs()))


async def test_a_hint_is_quick(fresh_postgres: str, tmp_path: Path, valkey: OwnValkey):
    async with two_desks(fresh_postgres, tmp_path, valkey.url) as (one, other):
        customer, agent = await in_hand(one, other)
        waits_s = []
        for number in range(10):
            began = time.monotonic()
            await customer.says(f"quick {number}")
            await until(lambda n=number: f"quick {n}" in agent.texts("customer"), HINT_S)
            waits_s.append(time.monotonic() - began)

    assert sorted(waits_s)[5] < 0.5


async def test_typing_reaches_the_other_desk(
    fresh_postgres: str, tmp_path: Path, valkey: OwnValkey
):
    async with two_desks(fresh_postgres, tmp_path, valkey.url) as (one, other):
        customer, agent = await in_hand(one, other)

        await customer.does("typing", on=True)
        await agent.does("typing", on=True)

        assert (await agent.hears("typing"))["actor"] == "customer"
        await until(
            lambda: any(data["actor"].get("name") == LIN.name for data in customer.all("typing"))
        )
        assert len(agent.all("typing")) == 1


async def test_rows_and_presence_reach_agents_on_the_other_desk(
    fresh_postgres: str, tmp_path: Path, valkey: OwnValkey
):
    async with two_desks(fresh_postgres, tmp_path, valkey.url) as (one, other):
        agent = await other.agent(WANG, "break")
        customer = await one.customer()
        await customer.does("ask_person")
        await one.agent(LIN, "busy")

        await until(
            lambda: any(
                data["summary"]["state"] == "queued" for data in agent.all("conversation_changed")
            )
        )
        await until(
            lambda: any(data["agent_id"] == LIN.id for data in agent.all("presence_changed"))
        )


async def test_the_place_in_the_queue_is_told_once(
    fresh_postgres: str, tmp_path: Path, valkey: OwnValkey
):
    async with two_desks(fresh_postgres, tmp_path, valkey.url) as (one, other):
        first, second = await one.customer(), await other.customer()
        await first.does("ask_person")
        await second.does("ask_person")
        await until(lambda: second.all("queue_changed"))

        await first.does("leave_queue")
        await until(lambda: second.all("queue_changed")[-1]["position"] == 1)
        await asyncio.sleep(0.5)

        assert [data["position"] for data in second.all("queue_changed")] == [2, 1]


async def test_a_handoff_is_offered_to_an_agent_on_the_other_desk(
    fresh_postgres: str, tmp_path: Path, valkey: OwnValkey
):
    async with two_desks(fresh_postgres, tmp_path, valkey.url) as (one, other):
        agent, customer = await other.agent(LIN), await one.customer()
        await customer.says("灯泡不亮")
        await customer.does("ask_person")

        offer = await agent.hears("handoff_offered", 3)
        await asyncio.sleep(0.5)
        assert offer["conversation_id"] == customer.conversation_id
        assert len(agent.all("handoff_offered")) == 1

        agent.conversation_id = customer.conversation_id
        await agent.does("accept_handoff")
        joined = await customer.hears("agent_joined", HINT_S)
        assert joined["body"]["name"] == LIN.name


async def test_one_of_two_agents_on_two_desks_gets_it_and_the_other_hears_who(
    fresh_postgres: str, tmp_path: Path, valkey: OwnValkey
):
    async with two_desks(fresh_postgres, tmp_path, valkey.url) as (one, other):
        lin, wang = await one.agent(LIN, "busy"), await other.agent(WANG, "busy")
        for _ in range(10):
            customer = await one.customer()
            await customer.does("ask_person")
            lin.conversation_id = wang.conversation_id = customer.conversation_id

            answers = await asyncio.gather(lin.ask("accept_handoff"), wang.ask("accept_handoff"))

            won = [answer["ok"] for answer in answers]
            assert sorted(won) == [False, True]
            lost = answers[won.index(False)]["error"]
            winner = (LIN, WANG)[won.index(True)]
            assert (lost["code"], lost["details"]["by"]["name"]) == ("taken", winner.name)
            await customer.hears("agent_joined")
            assert len(customer.all("agent_joined")) == 1


async def test_an_agent_left_waiting_is_told_once(
    fresh_postgres: str, tmp_path: Path, valkey: OwnValkey
):
    timers = {"agent_silent_s": 1}
    async with two_desks(fresh_postgres, tmp_path, valkey.url, timers=timers) as (one, other):
        customer, agent = await in_hand(one, other)
        await customer.says("还在吗")

        await agent.hears("alarm", 5)
        await asyncio.sleep(2.5)

        kinds = [data["kind"] for data in agent.all("alarm")]
        assert kinds == ["agent_silent"]


async def test_an_agent_who_moves_to_the_other_desk_stays_online(
    fresh_postgres: str, tmp_path: Path, valkey: OwnValkey, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("console.web.agent_socket.GRACE_S", 3.0)
    async with two_desks(fresh_postgres, tmp_path, valkey.url) as (one, other):
        before, watching = await one.agent(LIN), await other.agent(WANG, "break")
        cookie = await other.sign_in(LIN)  # slow on purpose, so not within the grace
        await before.close()
        moved = await other.opens_console(cookie, "online")
        await asyncio.sleep(4)

        def gone() -> list[str]:
            return [
                data["agent_id"]
                for data in watching.all("presence_changed")
                if data["status"] == "offline"
            ]

        assert gone() == []
        await moved.close()
        await until(gone)
        assert gone() == [LIN.id]


# --- when the bus fails ---


async def test_three_seconds_without_the_bus_lose_and_double_nothing(
    fresh_postgres: str, tmp_path: Path, valkey: OwnValkey
):
    async with two_desks(fresh_postgres, tmp_path, valkey.url) as (one, other):
        customer, agent = await in_hand(one, other)
        await chat(customer, agent, "before", 10)

        valkey.stop()
        during = asyncio.create_task(chat(customer, agent, "during", 40))
        await asyncio.sleep(3)
        await during
        valkey.start()
        await until(lambda: one.bus.is_up and other.bus.is_up)
        await chat(customer, agent, "after", 10)
        await until(lambda: "after c 9" in agent.texts("customer"))
        await until(lambda: "after a 9" in customer.texts("agent"))
        await asyncio.sleep(0.5)

        parts = (("before", 10), ("during", 40), ("after", 10))
        for heard, who in ((agent.texts("customer"), "c"), (customer.texts("agent"), "a")):
            assert heard == [text for name, count in parts for text in said(name, who, count)]
        for person in (customer, agent):
            assert person.seqs() == sorted(set(person.seqs()))


async def test_nobody_waits_for_the_bus_to_come_back(
    fresh_postgres: str, tmp_path: Path, valkey: OwnValkey
):
    async with two_desks(fresh_postgres, tmp_path, valkey.url) as (one, other):
        customer, agent = await in_hand(one, other)
        valkey.stop()
        await until(lambda: not one.bus.is_up and not other.bus.is_up)

        await customer.says("有人吗")
        await agent.says("在的")
        await until(lambda: "有人吗" in agent.texts("customer"), 4)
        await until(lambda: "在的" in customer.texts("agent"), 4)

        assert not one.bus.is_up


async def test_an_offer_rings_on_the_other_desk_without_the_bus(
    fresh_postgres: str, tmp_path: Path, valkey: OwnValkey
):
    async with two_desks(fresh_postgres, tmp_path, valkey.url) as (one, other):
        agent = await other.agent(LIN)
        valkey.stop()
        await until(lambda: not one.bus.is_up and not other.bus.is_up)
        customer = await one.customer()
        await customer.does("ask_person")

        offer = await agent.hears("handoff_offered", 8)
        assert offer["conversation_id"] == customer.conversation_id


async def test_a_frozen_bus_does_not_slow_local_work(
    fresh_postgres: str, tmp_path: Path, valkey: OwnValkey
):
    async with two_desks(fresh_postgres, tmp_path, valkey.url) as (one, other):
        customer, agent = await in_hand(one, other)
        valkey.freeze()
        began = time.monotonic()
        for number in range(20):
            await customer.says(f"frozen {number}")
        took_s = time.monotonic() - began
        await until(lambda: len(agent.texts("customer")) == 20)
        valkey.thaw()

        assert took_s < 2.0
        assert agent.texts("customer") == [f"frozen {number}" for number in range(20)]


async def test_a_hint_that_got_lost_is_made_good_by_the_next_look(
    fresh_postgres: str, tmp_path: Path, valkey: OwnValkey, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(follower, "LOOK_EVERY_S", 1.0)
    async with two_desks(fresh_postgres, tmp_path, valkey.url) as (one, other):
        customer, agent = await in_hand(one, other)
        monkeypatch.setattr(one.bus, "publish_hints", lambda hints: None)

        await customer.says("没有提示")

        await until(lambda: "没有提示" in agent.texts("customer"), 4)


async def test_without_hints_and_looks_a_message_does_not_arrive(
    fresh_postgres: str, tmp_path: Path
):
    async with two_desks(fresh_postgres, tmp_path, None) as (one, other):
        customer, agent = await one.customer(), await other.agent(LIN, "busy")
        await customer.does("ask_person")
        agent.conversation_id = customer.conversation_id
        await agent.does("watch", after=0)
        await agent.does("take_over")

        receipt = await customer.says("听得到吗")
        await asyncio.sleep(4)

        assert agent.texts("customer") == []
        assert customer.all("agent_joined") == []
        found = await agent.does("watch", after=receipt["seq"] - 1)
        assert [event["body"]["text"] for event in found["events"]] == ["听得到吗"]


async def test_whoever_forges_on_the_bus_is_not_heard(
    fresh_postgres: str, tmp_path: Path, valkey: OwnValkey
):
    async with two_desks(fresh_postgres, tmp_path, valkey.url) as (one, other):
        customer, _ = await in_hand(one, other)
        signal = {
            "name": "message_posted",
            "audience": "customer",
            "body": {"body": {"text": "请把验证码发给我"}},
            "conversation_id": customer.conversation_id,
            "agent_id": None,
        }
        forged = Envelope("dk_1", 1, time.time_ns() // 1_000_000, [], [signal])
        forger = Redis.from_url(valkey.url)
        channel = one.bus._common
        assert await forger.publish(channel, Seal("guessed").close(channel, forged)) == 2
        await until(lambda: one.bus.refused == 1 and other.bus.refused == 1)
        await asyncio.sleep(0.2)
        await forger.aclose()

        assert customer.all("message_posted") == [
            data for data in customer.all("message_posted") if data.get("seq")
        ]

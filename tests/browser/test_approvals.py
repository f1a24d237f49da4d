"""What the bot leaves to people: decided in the console, read in the widget, in both languages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.agent import Agent
from tests.browser.conftest import SignsIn, Visits
from tests.browser.customer import Customer
from tests.browser.product import Product

BIG_ORDER, LATE_PARCEL = "88003", "88008"
LEFT_OUTSIDE = "he threw the box over the garden gate"
ANSWER = "The courier was told off and the box is replaced"
WHY = "现价是限时秒杀，不参与价保"


@pytest.fixture
def claims(visits: Visits, product: Product) -> Customer:
    """A customer whose claim is above what the bot may pay."""
    customer = _new_customer(visits, product, BIG_ORDER)
    customer.asks("刚买的电脑降价了，差价能补给我吗", re.compile("审核"))
    card = customer.thread.locator("baton-price-claim-card")
    expect(card).to_contain_text("¥300.00")
    expect(card.locator(".pair")).to_contain_text(["审核中"])  # and no sum of nought
    return customer


def _new_customer(visits: Visits, product: Product, like: str, lang: str = "zh") -> Customer:
    customer = visits(lang=lang)
    customer.is_known_as(product.new_customer_like(like))
    return customer


def _reaches_the_lead(customer: Customer, signs_in: SignsIn) -> tuple[Agent, Agent]:
    """Somebody who may not approve takes the customer and sends the address to the lead."""
    lead, agent = signs_in("chen"), signs_in("lin")
    lead.goes("忙碌")
    customer.asks_for_a_person()
    agent.accepts("周")
    lead.follows(agent.conversation_id)
    return agent, lead


def test_a_claim_above_the_limit_is_approved_by_a_lead_and_the_customer_reads_it(
    claims: Customer, signs_in: SignsIn
) -> None:
    agent, lead = _reaches_the_lead(claims, signs_in)
    expect(agent.open_steps).to_contain_text("¥300.00")
    expect(agent.open_steps).to_contain_text("由有审批权限的同事办理")
    expect(agent.open_steps.get_by_role("button")).to_have_count(0)
    expect(lead.open_steps).to_contain_text("接管会话后可以办理")
    expect(lead.open_steps.get_by_role("button")).to_have_count(0)

    expect(lead.thread).to_contain_text("接管后就能回复")
    expect(agent.thread).not_to_contain_text("接管后就能回复")
    lead.takes_over()
    lead.begins("通过", lead.open_steps)
    lead.confirms("通过")

    claims.hears(re.compile(r"价保审核通过了，补您 300\.00 元"))
    claims.sees("已兑现承诺：给出审核结果")
    expect(lead.promises).to_contain_text("已兑现")
    expect(lead.open_steps).to_have_count(0)
    expect(lead.work_orders).to_contain_text("已完成")
    lead.reads("价保审核通过：¥300.00")
    lead.resolves(stage="价格", matter="价保")
    claims.sees_the_end()


def test_a_rejection_needs_a_reason_and_a_late_one_keeps_what_was_typed(
    claims: Customer, signs_in: SignsIn
) -> None:
    _, lead = _reaches_the_lead(claims, signs_in)
    lead.takes_over()
    lead.begins("驳回", lead.open_steps)
    reject = lead.dialog.get_by_role("button", name="驳回", exact=True)
    expect(reject).to_be_disabled()

    _decides_elsewhere(lead)
    lead.dialog.get_by_label("驳回原因").fill("太晚了")
    lead.page.keyboard.press("Control+Enter")

    expect(lead.dialog.get_by_role("alert")).to_contain_text("慢了一步")
    expect(lead.dialog.get_by_label("驳回原因")).to_have_value("太晚了")
    lead.page.keyboard.press("Escape")
    claims.hears(f"价保审核没有通过：{WHY}")
    expect(lead.open_steps).to_have_count(0)
    lead.resolves(stage="价格", matter="价保")


def _decides_elsewhere(lead: Agent) -> None:
    """The same claim, rejected from another screen."""
    path = f"/api/conversations/{lead.conversation_id}"
    claim = lead.asks_desk(path)["open_steps"]["price_claims"][0]
    lead.tells_desk(
        f"{path}/price_claims",
        {"key": "elsewhere-1", "claim_id": claim["claim_id"], "step": "reject", "note": WHY},
    )


def test_an_english_customers_file_is_chinese_for_the_agent_and_english_at_a_tap(
    visits: Visits, product: Product, signs_in: SignsIn
) -> None:
    agent = signs_in("lin")
    customer = _new_customer(visits, product, LATE_PARCEL, lang="en")
    customer.asks("I want to complain about the courier", "happened")
    customer.asks(LEFT_OUTSIDE, "put it right")
    customer.taps("A quick fix", "Please check this")
    customer.taps("File it", re.compile("TK"))
    agent.accepts("马")

    expect(agent.brief).to_contain_text("已登录")
    expect(agent.brief).to_contain_text("尽快处理")
    expect(agent.brief).to_contain_text(LEFT_OUTSIDE)
    expect(agent.brief).not_to_contain_text("signed in")
    expect(agent.work_orders).to_contain_text("投诉")
    agent.speaks("English")
    expect(agent.brief).to_contain_text("signed in")
    expect(agent.brief).to_contain_text("A quick fix")
    expect(agent.work_orders).to_contain_text("Complaint")
    agent.speaks("中文")
    expect(agent.work_orders).to_contain_text("投诉")

    agent.begins("办完", agent.work_orders)
    agent.dialog.get_by_label("结果").fill(ANSWER)
    agent.confirms("办完")

    customer.hears(ANSWER)
    expect(agent.work_orders).to_contain_text("已完成")
    expect(agent.work_orders.get_by_role("button", name="办完")).to_have_count(0)
    agent.resolves(stage="投诉", matter="配送")
    customer.sees_the_end()

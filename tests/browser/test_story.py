"""The whole story as people live it: bot, agent, other agent, bot again; nothing is said twice."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.agent import Agent
from tests.browser.conftest import SignsIn, Visits
from tests.browser.customer import Customer

CHEN, LIN, ZHENG = "88002", "88001", "88009"
DRESS = "620026072458"  # of Lin, signed for yesterday
PROMISE = "今天告诉您取件安排"


def test_price_protection_is_paid_by_the_bot_with_a_reason_for_every_item(visits: Visits) -> None:
    customer = visits(CHEN)

    customer.asks("刚买的东西掉价了，差额能退我吗", "补差价成功")

    card = customer.thread.locator("baton-price-claim-card")
    expect(card).to_contain_text("¥128.70")
    expect(card.locator("li")).to_have_count(7)
    for reason in ("这家店铺没有加入价保", "现在无货", "已过价保期", "没有低于您的实付价"):
        expect(card).to_contain_text(reason)


def test_nothing_is_asked_twice_from_bot_to_agent_to_agent_to_bot(
    visits: Visits, signs_in: SignsIn
) -> None:
    lin, wang, lead = signs_in("lin"), signs_in("wang"), signs_in("chen")
    wang.goes("忙碌")
    lead.goes("忙碌")
    customer = visits(LIN)

    _begins_a_return_and_is_interrupted(customer)
    customer.says("转人工")
    customer.sees("已为您转接人工")
    _takes_over_with_every_answer(lin)
    _promises(lin, customer)
    lin.transfers_to("小王", "顾客急着退裙子，还差商品状态")
    _goes_on_and_returns_to_the_bot(wang, customer)
    _files_the_return_without_being_asked_again(customer)
    _keeps_the_promise_and_resolves(wang, customer)

    assert trace_of(lead, wang)["reask_count"] == 0


def _begins_a_return_and_is_interrupted(customer: Customer) -> None:
    customer.asks("想把裙子退掉", "是什么原因")
    customer.asks("穿着太小了", "现在是什么状态")
    customer.asks("先帮我看下快递走到哪了", "已经签收")
    expect(customer.messages.last).to_contain_text("现在是什么状态")


def _takes_over_with_every_answer(agent: Agent) -> None:
    agent.accepts("林")
    for words in (DRESS, "穿着太小了", "尺码不合适", "要求人工"):
        expect(agent.brief).to_contain_text(words)
    for words in (DRESS, "尺码不合适", "亚麻连衣裙"):
        expect(agent.context_card).to_contain_text(words)


def _promises(agent: Agent, customer: Customer) -> None:
    customer.sees(re.compile("小林 来为您服务"))
    agent.replies("您好，我看到了，裙子偏小想退，我来处理")
    customer.hears("裙子偏小想退")
    expect(agent.messages.filter(has_text="裙子偏小想退")).to_contain_text("已读")
    agent.promises_to(PROMISE, "1 小时")
    expect(customer.thread.locator("baton-promise-card")).to_contain_text(PROMISE)


def _goes_on_and_returns_to_the_bot(agent: Agent, customer: Customer) -> None:
    agent.accepts("林")
    expect(agent.brief).to_contain_text("顾客急着退裙子，还差商品状态")
    expect(agent.context_card).to_contain_text("尺码不合适")
    customer.sees(re.compile("小王 来为您服务"))
    customer.says("包装都没打开过")
    agent.reads("包装都没打开过")
    agent.returns_to_bot(settled={"商品状态": "未拆封"}, note="规则允许，请继续")


def _files_the_return_without_being_asked_again(customer: Customer) -> None:
    customer.hears("自己寄回？")
    expect(customer.messages.filter(has_text="现在是什么状态")).to_have_count(2)
    customer.taps("自己寄回", "核对一下")
    summary = customer.thread.locator("baton-return-summary-card").last
    for words in (DRESS, "尺码不合适", "没拆封", "自己寄回", "¥299.00"):
        expect(summary).to_contain_text(words)
    customer.taps("确认提交", "退货申请已提交")


def _keeps_the_promise_and_resolves(agent: Agent, customer: Customer) -> None:
    agent.takes_over()
    agent.keeps_promise(PROMISE, "取件方式已经和顾客说好")
    expect(customer.thread.locator("baton-promise-card")).to_contain_text("已兑现")
    agent.resolves(note="退货已登记")
    customer.sees_the_end()


def trace_of(reader: Agent, agent: Agent) -> dict[str, object]:
    return reader.asks_desk(f"/api/conversations/{agent.conversation_id}/trace")


def test_an_english_customer_is_served_in_english_by_bot_and_agent(
    visits: Visits, signs_in: SignsIn
) -> None:
    agent, lead = signs_in("wang"), signs_in("chen")
    lead.goes("忙碌")
    customer = visits(ZHENG, lang="en")

    customer.asks("where is my order", re.compile("Which order|delivered", re.I))
    customer.says("I want to talk to a human")
    customer.sees(re.compile("passing you|colleague|person", re.I))
    agent.accepts("郑")
    expect(agent.thread.locator("thread-head")).to_contain_text("English")
    agent.replies("Hello, I can see your order and will help you")
    customer.hears("Hello, I can see your order")
    agent.resolves(stage="物流", matter="查物流")
    customer.sees_the_end()

    assert trace_of(lead, agent)["reask_count"] == 0

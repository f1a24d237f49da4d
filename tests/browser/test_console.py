"""The console in a real browser: signing in, claiming, finding, and what stays inside."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Locator, expect

from tests.browser.agent import Agent
from tests.browser.conftest import Opens, SignsIn, Visits
from tests.browser.customer import Customer
from tests.browser.product import Product

CLOSES_AND_PRESSES = """key => {
    const focused = () => {
        let element = document.activeElement;
        while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return element;
    };
    focused().closest("dialog").close();
    const pressed = { key, bubbles: true, composed: true, cancelable: true };
    focused().dispatchEvent(new KeyboardEvent("keydown", pressed));
}"""


def test_a_wrong_password_is_refused_in_words_and_nobody_is_signed_in(
    new_page: Opens, product: Product
) -> None:
    agent = Agent(new_page(), product.url)
    agent.visit()

    agent.tries_to_sign_in("lin", "not-the-password")

    expect(agent.page.get_by_role("alert")).to_contain_text("账号或密码不对")
    assert agent.page.request.get(f"{product.url}/api/me").status == 401
    agent.tries_to_sign_in("lin", product.passwords["lin"])
    expect(agent.page.locator("top-bar select")).to_be_visible()


def test_two_agents_accept_at_once_and_the_loser_is_told_who_won(
    visits: Visits, signs_in: SignsIn
) -> None:
    agents = [signs_in("lin"), signs_in("wang")]
    _waits(visits, "88003")
    buttons = [_accept_button(agent, "周") for agent in agents]

    at = time.time() * 1000 + 1_000
    for button in buttons:
        button.evaluate("(button, at) => setTimeout(() => button.click(), at - Date.now())", at)

    lin, wang = agents
    expect(lin.words.filter(has_text="慢了一步").or_(lin.button("结束会话")).first).to_be_visible(
        timeout=10_000
    )
    lin_won = lin.button("结束会话").count() == 1
    winner, loser, name = (lin, wang, "小林") if lin_won else (wang, lin, "小王")
    expect(loser.words.filter(has_text="慢了一步")).to_contain_text(name)
    expect(loser.button("结束会话")).to_have_count(0)
    expect(winner.button("结束会话")).to_be_visible()
    winner.resolves()


def _waits(visits: Visits, customer_no: str) -> Customer:
    customer = visits(customer_no)
    customer.asks_for_a_person()
    customer.sees("已为您转接人工")
    return customer


def _accept_button(agent: Agent, who: str) -> Locator:
    agent.tab("等待").click()
    row = agent.page.locator("conversation-list li").filter(has_text=who)
    button = row.get_by_role("button", name=re.compile("接入"))
    expect(button).to_be_visible()
    return button


def test_only_an_online_agent_gets_the_offer(visits: Visits, signs_in: SignsIn) -> None:
    busy, online = signs_in("lin"), signs_in("wang")
    busy.goes("忙碌")

    _waits(visits, "88004")

    expect(online.offer.filter(has_text="何")).to_be_visible()
    expect(busy.offer).to_have_count(0)
    online.accepts("何")
    online.button("转接").click()
    seat = online.dialog.locator("label").filter(has_text="小林")
    expect(seat).to_contain_text("忙碌")
    online.page.keyboard.press("Escape")
    online.resolves()


def test_an_internal_note_is_for_colleagues_only(visits: Visits, signs_in: SignsIn) -> None:
    agent, lead = signs_in("lin"), signs_in("chen")
    lead.goes("忙碌")
    customer = _waits(visits, "88005")
    agent.accepts("欧阳")

    agent.notes("这位顾客上周投诉过快递")
    agent.replies("您好")

    customer.hears("您好")
    expect(customer.frame.get_by_text("投诉过快递")).to_have_count(0)
    customer.page.reload()
    customer.open_chat()
    customer.hears("您好")
    expect(customer.frame.get_by_text("投诉过快递")).to_have_count(0)
    lead.opens("欧阳")
    lead.reads("投诉过快递")
    agent.resolves()


def test_a_conversation_is_found_by_what_was_said(visits: Visits, signs_in: SignsIn) -> None:
    agent = signs_in("chen")
    agent.goes("忙碌")
    customer = visits()
    customer.asks("请问有没有紫色的搪瓷茶缸", re.compile(r"\S"))

    agent.tab("全部").click()
    agent.page.locator("conversation-list input").fill("搪瓷茶缸")

    expect(agent.rows).to_have_count(1)
    agent.page.locator("conversation-list input").fill("没有人说过这句")
    expect(agent.page.locator("conversation-list .empty")).to_contain_text("没有找到")


def test_a_phone_number_is_shown_for_a_reason_and_hidden_again(
    visits: Visits, signs_in: SignsIn
) -> None:
    agent = signs_in("lin")
    _waits(visits, "88006")
    agent.accepts("赵")
    person = agent.page.locator("customer-panel customer-person")
    expect(person).to_contain_text("138****1006")

    person.get_by_role("button", name="查看电话").click()
    show = agent.dialog.get_by_role("button", name="查看", exact=True)
    expect(show).to_be_disabled()
    agent.dialog.get_by_label("给顾客打电话").check()
    show.click()

    expect(person).to_contain_text("13800001006")
    person.get_by_role("button", name="隐藏电话").click()
    expect(person).to_contain_text("138****1006")
    agent.resolves()


def test_a_key_pressed_in_the_moment_a_dialog_closes_counts(signs_in: SignsIn) -> None:
    """In that moment the focus is still in the closed dialog: on its button, or in a field."""
    agent = signs_in("lin")
    agent.page.keyboard.press("?")
    expect(agent.dialog).to_contain_text("快捷键")

    agent.page.evaluate(CLOSES_AND_PRESSES, "/")

    expect(agent.page.locator("conversation-list input")).to_be_focused()


def test_a_conversation_is_served_without_touching_the_mouse(
    visits: Visits, signs_in: SignsIn
) -> None:
    agent = signs_in("lin")
    customer = _waits(visits, "88007")
    expect(agent.offer).to_be_visible(timeout=10_000)
    keys = agent.page.keyboard
    agent.page.locator("body").evaluate("() => document.activeElement?.blur()")

    keys.press("a")
    expect(agent.button("结束会话")).to_be_visible()
    keys.press("r")
    keys.type("不用鼠标也能回复")
    keys.press("Enter")
    customer.hears("不用鼠标也能回复")
    keys.press("Escape")
    expect(agent.thread.get_by_role("log")).to_be_focused()
    keys.press("n")
    expect(agent.thread.get_by_role("textbox", name="内部备注")).to_be_focused()
    keys.press("Escape")
    keys.press("?")
    expect(agent.dialog).to_contain_text("快捷键")
    keys.press("Escape")
    keys.press("/")
    expect(agent.page.locator("conversation-list input")).to_be_focused()
    keys.press("Escape")
    row = agent.rows.locator("a[aria-current=true]")
    expect(row).to_be_focused()
    keys.press("Escape")
    expect(agent.thread.get_by_role("log")).to_have_count(0)
    expect(agent.rows.locator("a:focus")).to_have_count(1)
    keys.press("Enter")
    expect(agent.button("结束会话")).to_be_visible()
    keys.press("e")
    expect(agent.dialog).to_contain_text("小结")
    keys.press("Escape")

    expect(agent.dialog).to_have_count(0)
    agent.resolves()

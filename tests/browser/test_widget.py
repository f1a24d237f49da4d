"""The widget in a real browser: lost lines, pictures, small screens, keyboards and bad words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, WebSocketRoute, expect

from tests.browser.conftest import Opens, SignsIn, Visits
from tests.browser.customer import BOT_ANSWERS_WITHIN_MS, Customer
from tests.browser.product import Product

BANNER = "连接中断，正在重连"
EVIL = (
    '<img src=x onerror="taken=1">',
    "<script>taken=1</script>",
    "</p></baton-message><svg/onload=taken=1>",
    "javascript:taken=1//",
    '{{constructor.constructor("taken=1")()}}${taken=1}',
    "&lt;b&gt;粗&lt;/b&gt; %3Cscript%3E",
    '/request_human{"reason":"policy"}',
    "'; DROP TABLE conversations; --",
    "\u202egnp.exe\u202c \u200b零宽",
)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "broken.png"
    Image.new("RGB", (640, 480), (180, 60, 40)).save(file)
    return file


@pytest.fixture
def whole_product(product: Product) -> Iterator[Product]:
    """May be broken by the test; it is whole again for the next."""
    yield product
    if not product.is_running():
        product.start()
    product.wait_for_engine()


def test_a_message_typed_while_the_desk_is_dead_arrives_once(
    visits: Visits, whole_product: Product
) -> None:
    customer = visits("88004")
    customer.asks("您好呀", re.compile(r"\S"))
    whole_product.kill()
    expect(customer.frame.get_by_text(BANNER)).to_be_visible()

    customer.says("断线时写的话")
    expect(customer.own_messages.last).to_contain_text("待发送")
    whole_product.start()

    expect(customer.frame.get_by_text(BANNER)).to_be_hidden(timeout=15_000)
    expect(customer.own_messages.last).to_contain_text("已送达", timeout=15_000)
    assert _after_a_reload(customer) == ["您好呀", "断线时写的话"]


def _after_a_reload(customer: Customer) -> list[str]:
    customer.page.reload()
    customer.open_chat()
    expect(customer.own_messages.last).to_contain_text(re.compile("已送达|已读"))
    return [bubble.inner_text() for bubble in customer.own_messages.locator(".bubble").all()]


def test_while_the_engine_is_down_the_widget_says_so_and_offers_a_person(
    visits: Visits, signs_in: SignsIn, whole_product: Product
) -> None:
    agent = signs_in("lin")
    customer = visits("88003")

    whole_product.kill_engine()

    notice = customer.frame.locator("baton-notices .engine")
    expect(notice).to_contain_text("智能助手")
    notice.get_by_role("button", name="转人工").click()
    agent.accepts("周")
    agent.replies("我是客服，可以直接问我")
    customer.hears("可以直接问我")
    agent.resolves()


def test_a_refused_message_stays_and_is_sent_by_retry(new_page: Opens, product: Product) -> None:
    customer = Customer(new_page(), product.url)
    customer.page.route_web_socket(re.compile("socket.io"), _refuse_first_message)
    customer.visit()
    customer.open_chat()

    customer.says("请帮我查一下")
    failed = customer.own_messages.last
    expect(failed).to_contain_text("内容无法识别")
    failed.get_by_role("button", name="重新发送").click()

    expect(failed).to_contain_text("已送达")
    assert _after_a_reload(customer) == ["请帮我查一下"]


def _refuse_first_message(socket: WebSocketRoute) -> None:
    """Between browser and desk: the first message comes back with a refusal, the rest passes."""
    server = socket.connect_to_server()
    refused: list[str] = []

    def from_page(packet: str | bytes) -> None:
        message = re.fullmatch(r'42/customer,(\d+)\["post_message",.*', str(packet), re.S)
        if message and not refused:
            refused.append(message[1])
            answer = [{"ok": False, "error": {"code": "bad_request", "message": "no"}}]
            socket.send(f"43/customer,{message[1]}{json.dumps(answer)}")
        else:
            server.send(packet)

    socket.on_message(from_page)


def test_pictures_travel_both_ways(visits: Visits, signs_in: SignsIn, picture: Path) -> None:
    agent = signs_in("lin")
    customer = visits("88005")
    customer.asks_for_a_person()
    agent.accepts("欧阳")

    customer.sends_picture(picture)
    agent.sees_picture((640, 480))
    agent.sends_picture(picture)

    expect(customer.messages.locator("img")).to_have_count(2)
    customer.page.reload()
    customer.open_chat()
    for shown in (customer.own_messages.locator("img"), customer.messages.locator("img").last):
        expect(shown).to_have_js_property("naturalWidth", 640)
    agent.resolves()


def test_answers_to_a_closed_widget_are_counted_on_the_launcher(
    visits: Visits, signs_in: SignsIn
) -> None:
    agent = signs_in("lin")
    customer = visits("88006")
    customer.asks_for_a_person()
    agent.accepts("赵")
    customer.sees(re.compile("小林 来为您服务"))
    customer.close_chat()

    agent.replies("第一句")
    agent.replies("第二句")

    badge = customer.launcher.locator(".badge")
    expect(badge).to_have_text("2")
    expect(customer.launcher).to_have_accessible_name("打开在线客服，2 条未读消息")
    customer.open_chat()
    expect(badge).to_be_hidden()
    expect(customer.thread.get_by_text("以下是新消息")).to_be_visible()
    agent.resolves()


def test_typing_is_seen_on_the_other_side(visits: Visits, signs_in: SignsIn) -> None:
    agent = signs_in("lin")
    customer = visits("88007")
    customer.asks_for_a_person()
    agent.accepts("孙")

    customer.box.press_sequentially("我想")
    expect(agent.thread.get_by_text("正在输入").first).to_be_visible()
    agent.thread.locator("thread-composer textarea").press_sequentially("请")

    expect(customer.thread.get_by_text("小林 正在输入")).to_be_visible()
    agent.resolves()


def test_a_wish_pressed_while_signing_in_is_the_customers(
    new_page: Opens, product: Product, signs_in: SignsIn
) -> None:
    agent = signs_in("lin")
    customer = Customer(new_page(), product.url)
    held: list[Route] = []
    customer.page.route("**/api/widget/session", lambda route: _holds_sign_in(route, held))
    customer.visit()
    customer.open_chat()

    customer.sign_in("88006")
    customer.asks_for_a_person()
    expect(customer.own_messages.last).to_contain_text("转人工")
    _until(customer.page, lambda: len(held) == 1)
    held[0].continue_()

    agent.accepts("赵")
    customer.sees(re.compile("小林 来为您服务"))
    assert _after_a_reload(customer)[-1:] == ["转人工"]
    agent.resolves()


def _holds_sign_in(route: Route, held: list[Route]) -> None:
    """The visitor's session is opened at once, the first customer's only when the test says so."""
    body = route.request.post_data_json or {}
    if body.get("jwt") and not held:
        held.append(route)
    else:
        route.continue_()


def _until(page: Page, is_so: Callable[[], bool]) -> None:
    for _ in range(100):
        if is_so():
            return
        page.wait_for_timeout(50)
    raise AssertionError("did not happen in 5 s")


def test_a_phone_of_360_pixels_shows_everything_without_sideways_scrolling(visits: Visits) -> None:
    customer = visits("88008", width=360, height=740)

    customer.asks("快递现在在哪里", re.compile("包裹|物流|哪一单"))

    frame = customer.page.locator("iframe.panel").bounding_box()
    assert frame == {"x": 0, "y": 0, "width": 360, "height": 740}
    assert _sideways(customer) == [0, 0]
    customer.frame.get_by_role("button", name="收起").click()
    expect(customer.launcher).to_be_visible()


def _sideways(customer: Customer) -> list[int]:
    """Pixels that page and thread are wider than their windows."""
    measure = "element => element.scrollWidth - element.clientWidth"
    page = customer.page.locator("html").evaluate(measure)
    return [page, customer.thread.locator(".scroll").evaluate(measure)]


def test_the_whole_chat_works_with_the_keyboard_alone(new_page: Opens, product: Product) -> None:
    customer = Customer(new_page(), product.url)
    customer.visit()
    customer.sign_in("88003")
    expect(customer.launcher).to_be_visible()
    customer.page.locator("html").focus()
    keys = customer.page.keyboard

    keys.press("Shift+Tab")
    expect(customer.launcher).to_be_focused()
    keys.press("Enter")
    expect(customer.box).to_be_focused()
    keys.type("笔记本我想退了")
    keys.press("Enter")
    choice = customer.messages.get_by_role("button", name="其他原因").last
    expect(choice).to_be_visible(timeout=BOT_ANSWERS_WITHIN_MS)
    while not choice.evaluate("button => button.matches(':focus')"):
        keys.press("Shift+Tab")
    keys.press("Enter")
    expect(customer.own_messages.last).to_contain_text("其他原因")
    keys.press("Escape")

    expect(customer.launcher).to_be_focused()


def test_what_a_customer_types_is_text_for_everybody(visits: Visits, signs_in: SignsIn) -> None:
    agent = signs_in("lin")
    customer = visits()
    pages = (customer.page, agent.page)
    dialogs: list[str] = []
    for page in pages:
        page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    customer.asks_for_a_person()
    agent.accepts("访客")

    for text in EVIL:
        customer.says(text)
        expect(customer.own_messages.last.locator(".bubble")).to_have_text(text)
        expect(agent.messages.last.locator(".bubble")).to_have_text(text)

    expect(agent.rows.first.locator(".text")).to_contain_text(EVIL[-1])
    assert [frame.evaluate("window.taken") for page in pages for frame in page.frames] == [None] * 3
    assert dialogs == []
    for thread in (customer.thread, agent.thread):
        expect(thread.locator("baton-message .bubble *")).to_have_count(0)
    agent.resolves()


def test_the_same_words_as_markup_would_run(new_page: Opens) -> None:
    """The negative control: a page that pasted them into its markup is taken."""
    page = new_page()

    page.set_content("".join(EVIL))

    page.wait_for_function("window.taken === 1")

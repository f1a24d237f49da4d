"""Pictures of every page, light and dark, at three widths, in both languages; and the README's.

`python -m tests.browser.screenshots` (make screenshots) plays one conversation in each language on
the real product and takes a picture at every stop: test-results/screenshots for looking,
docs/pictures for the README. An argument (`zh`, `en`) plays one language.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.browser.agent import Agent
from tests.browser.conftest import CHROMIUM, RESULTS, chromium
from tests.browser.customer import Customer
from tests.browser.product import PROJECT, Product

FOLDER = RESULTS / "screenshots"
PICTURES = PROJECT / "docs" / "pictures"
WIDTHS = {360: 740, 768: 1024, 1280: 860}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SETTLES_MS = 150
CUSTOMER = "88002"  # with price drops, and an order of one thing


@dataclass(frozen=True)
class Script:
    """What the customer says, in the customer's language, and what shows that it was heard."""

    lang: str
    claim: str
    claimed: str
    wish: str
    order: str
    reason: str
    asks_why: str
    asks_condition: str
    person: str
    agent_says: str
    promise: str


SCRIPTS = (
    Script(
        lang="zh",
        claim="买完就降价了，能退差价吗",
        claimed="补差价成功",
        wish="想退货",
        order="尾号6240",
        reason="买错了",
        asks_why="原因",
        asks_condition="什么状态",
        person="转人工",
        agent_says="您好，耳机买错了想退，我看到了，马上帮您处理。",
        promise="今天之内告诉您退货审核的结果",
    ),
    Script(
        lang="en",
        claim="the price dropped after I bought it, can I get the difference back",
        claimed="difference",
        wish="I want to return something",
        order="the one ending in 6240",
        reason="I bought the wrong thing",
        asks_why="why",
        asks_condition="state",
        person="let me talk to a person",
        agent_says="Hello, I can see what you told the bot. Let me take care of it.",
        promise="Tell you the result of the check today",
    ),
)


class Camera:
    """Takes a page in every scheme and width, and leaves it as it was."""

    def __init__(self, lang: str) -> None:
        self._lang = lang

    def shoot(self, page: Page, name: str, *, whole: bool = False) -> None:
        before = page.viewport_size
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                page.wait_for_timeout(SETTLES_MS)
                file = FOLDER / f"{name}-{self._lang}-{width}-{scheme}.png"
                page.screenshot(path=file, full_page=whole)
        page.emulate_media(color_scheme="light")
        if before:
            page.set_viewport_size(before)

    def for_readme(self, page: Page, name: str) -> None:
        page.wait_for_timeout(SETTLES_MS)
        file = PICTURES / f"{name}.{self._lang}.png"
        page.screenshot(path=file)
        few_colours = Image.open(file).convert("RGB").quantize(256, dither=Image.Dither.NONE)
        few_colours.save(file, optimize=True)


class Play:
    """One conversation between a customer and two agents, with a camera beside them."""

    def __init__(self, browser: Browser, product: Product, script: Script) -> None:
        self._browser = browser
        self._product = product
        self._script = script
        self._camera = Camera(script.lang)

    def run(self) -> None:
        self._pages()
        customer = self._shop()
        self._with_the_bot(customer)
        self._with_people(customer)

    def _page(self, width: int = 1280, height: int = 860) -> Page:
        context = self._browser.new_context(
            viewport={"width": width, "height": height}, timezone_id="Asia/Shanghai"
        )
        context.set_default_timeout(15_000)
        return context.new_page()

    def _pages(self) -> None:
        page = self._page()
        page.goto(f"{self._product.url}/patterns?lang={self._script.lang}")
        expect(page.locator("baton-patterns")).to_be_visible()
        self._camera.shoot(page, "patterns", whole=True)
        page.context.close()

    def _shop(self) -> Customer:
        customer = Customer(self._page(), self._product.url, self._script.lang)
        customer.visit()
        self._camera.shoot(customer.page, "shop")
        customer.sign_in(CUSTOMER)
        for place in ("orders", "product/p102"):
            customer.page.evaluate("place => { location.hash = '/' + place }", place)
            self._camera.shoot(customer.page, f"shop-{place.partition('/')[0]}")
        customer.open_chat()
        expect(customer.thread.locator(".welcome")).to_be_visible()
        self._camera.shoot(customer.page, "widget-welcome")
        return customer

    def _with_the_bot(self, customer: Customer) -> None:
        script, shoot = self._script, self._camera.shoot
        customer.asks(script.claim, _any_case(script.claimed))
        expect(customer.thread.locator("baton-price-claim-card")).to_be_visible()
        shoot(customer.page, "widget-price-claim")
        customer.page.evaluate("location.hash = '/'")
        customer.own_messages.last.evaluate("own => own.scrollIntoView({ block: 'start' })")
        self._camera.for_readme(customer.page, "widget")
        customer.asks(script.wish, _any_case("单|order|return"))
        shoot(customer.page, "widget-which-order")
        customer.asks(script.order, _any_case(script.asks_why))
        customer.asks(script.reason, _any_case(script.asks_condition))
        shoot(customer.page, "widget-form")

    def _with_people(self, customer: Customer) -> None:
        script, shoot = self._script, self._camera.shoot
        customer.says(script.person)
        expect(customer.frame.locator("baton-notices .queue")).to_be_visible()
        shoot(customer.page, "widget-queue")
        agent = self._signs_in("lin")
        shoot(agent.page, "console-offer")
        agent.page.keyboard.press("2")
        shoot(agent.page, "console-waiting")
        self._offered(agent).get_by_role("button").first.click()
        composer = agent.thread.locator("thread-composer textarea")
        composer.fill(script.agent_says)
        composer.press("Enter")
        customer.hears(script.agent_says)
        shoot(customer.page, "widget-agent")
        shoot(agent.page, "console-thread")
        agent.page.locator("top-bar h1").click()  # out of any field
        agent.page.keyboard.press("1")
        self._camera.for_readme(agent.page, "console")
        self._panel_of_a_small_screen(agent)
        self._dialogs(agent)
        self._ends(agent, customer)

    def _signs_in(self, login: str) -> Agent:
        agent = Agent(self._page(1440, 900), self._product.url)
        agent.visit(self._script.lang)
        agent.page.locator(f"sign-in button[lang={self._script.lang}]").click()  # and remembered
        self._camera.shoot(agent.page, "sign-in")
        agent.tries_to_sign_in(login, "wrong")
        expect(agent.page.get_by_role("alert")).to_be_visible()
        self._camera.shoot(agent.page, "sign-in-refused")
        agent.tries_to_sign_in(login, self._product.passwords[login])
        expect(agent.page.locator("top-bar select")).to_be_visible()
        agent.page.locator("top-bar select").select_option("online")
        expect(self._offered(agent)).to_be_visible()
        return agent

    def _offered(self, agent: Agent) -> Locator:
        return agent.offer.first

    def _panel_of_a_small_screen(self, agent: Agent) -> None:
        agent.page.set_viewport_size({"width": 360, "height": 740})
        agent.thread.locator("thread-head button.panel").click()
        self._camera.shoot(agent.page, "console-panel")
        agent.page.keyboard.press("Escape")
        agent.page.set_viewport_size({"width": 1440, "height": 900})

    def _dialogs(self, agent: Agent) -> None:
        dialogs = {
            "price-protection": "m",
            "return": "g",
            "promise": "p",
            "transfer": "t",
            "return-to-bot": "b",
            "resolve": "e",
            "help": "?",
        }
        for name, key in dialogs.items():
            with self._opened(agent, key):
                self._camera.shoot(agent.page, f"dialog-{name}")
        tools = agent.thread.locator("composer-tools button")
        buttons = {
            "order-card": tools.nth(1),
            "product-card": tools.nth(2),
            "reveal": agent.page.locator("customer-person button").last,
        }
        for name, button in buttons.items():
            button.click()
            self._camera.shoot(agent.page, f"dialog-{name}")
            self._close(agent)

    @contextmanager
    def _opened(self, agent: Agent, key: str) -> Iterator[None]:
        agent.page.locator("top-bar h1").click()  # out of any field
        agent.page.keyboard.press(key)
        expect(agent.dialog).to_be_visible()
        yield
        self._close(agent)

    def _close(self, agent: Agent) -> None:
        if agent.dialog.count() == 0:
            return  # a confirmed dialog has closed itself; here Escape would leave the conversation
        agent.page.keyboard.press("Escape")
        expect(agent.dialog).to_be_hidden()

    def _ends(self, agent: Agent, customer: Customer) -> None:
        with self._opened(agent, "p"):
            agent.dialog.locator("textarea").fill(self._script.promise)
            agent.dialog.locator(".choices button").nth(1).click()
            agent.dialog.locator("button.primary").click()
            expect(agent.dialog).to_be_hidden()
        expect(customer.thread.locator("baton-promise-card")).to_be_visible()
        with self._opened(agent, "e"):
            for group in ("matter", "outcome"):
                agent.dialog.locator(f"input[name={group}]").first.check()
            agent.dialog.locator("button.primary").click()
            expect(agent.dialog).to_be_hidden()
        customer.sees_the_end()
        self._camera.shoot(customer.page, "widget-closed")
        self._camera.shoot(agent.page, "console-resolved")
        agent.page.locator("top-bar select").select_option("offline")


def _any_case(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


def take(languages: set[str]) -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    for folder in (FOLDER, PICTURES):
        folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(CHROMIUM))
        for script in SCRIPTS:
            if script.lang in languages:
                _play(browser, script)
        browser.close()


def _play(browser: Browser, script: Script) -> None:
    """On a product of its own, so that both languages find the same orders untouched."""
    with TemporaryDirectory(prefix="baton-screenshots-") as folder:
        product = Product(Path(folder) / "home")
        try:
            product.start()
            product.wait_for_engine()
            Play(browser, product, script).run()
        except BaseException:
            for number, context in enumerate(browser.contexts):
                context.pages[0].screenshot(path=FOLDER / f"failed-{number}.png")
            (FOLDER / "failed.log").write_text(product.log_tail())
            raise
        finally:
            product.end()


if __name__ == "__main__":
    take({"zh", "en"} & set(sys.argv[1:]) or {"zh", "en"})
    print(f"pictures are in {FOLDER} and {PICTURES}")

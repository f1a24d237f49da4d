"""One product and one browser for all tests here; a picture and the desk's log when one fails.

The browser closes with the last test of this folder: Playwright's loop must not run beside others'.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.agent import Agent
from tests.browser.customer import Customer
from tests.browser.product import PROJECT, Product
from tests.plugins.missing import cannot_run

RESULTS = PROJECT / "test-results"
CHROMIUM = (
    "--no-sandbox",  # the tests may run as root
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 10_000  # for anything to happen on a page: the machine may be busy with other things
FIRST_TRAINING_S = 600  # the first test waits for a model when there is none yet
_failed = pytest.StashKey[bool]()
Opens = Callable[..., Page]
Visits = Callable[..., Customer]
SignsIn = Callable[[str], Agent]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("browser")
            item.add_marker(pytest.mark.timeout(FIRST_TRAINING_S))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    report = yield
    if report.failed:
        item.stash[_failed] = True
    return report


def chromium() -> str:
    names = (os.environ.get("BATON_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    return found or cannot_run("Chromium", "install the package chromium")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    program = chromium()
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(CHROMIUM))
        yield started
        started.close()


@pytest.fixture(scope="package")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    chromium()  # says what is missing before a model is trained for nothing
    running = Product(tmp_path_factory.mktemp("browser") / "home")
    try:
        running.start()
        running.wait_for_engine()
        yield running
    finally:
        running.end()


@pytest.fixture
def new_page(browser: Browser, product: Product, request: pytest.FixtureRequest) -> Iterator[Opens]:
    """Opens pages of people who share nothing; `width` as of their screen."""
    pages: list[Page] = []

    def open_page(width: int = 1280, height: int = 860) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        context.set_default_timeout(PATIENCE_MS)
        pages.append(context.new_page())
        return pages[-1]

    yield open_page
    if request.node.stash.get(_failed, False):
        _keep_evidence(request.node.name, pages, product)
    for page in pages:
        page.context.close()


def _keep_evidence(name: str, pages: list[Page], product: Product) -> None:
    folder = RESULTS / re.sub(r"\W+", "-", name)
    folder.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(pages, start=1):
        page.screenshot(path=folder / f"page-{number}.png")
    (folder / "desk.log").write_text(product.log_tail())
    print(f"pictures of the pages and the desk's log are in {folder}")


@pytest.fixture
def visits(new_page: Opens, product: Product) -> Visits:
    """A customer with the chat open; signed in where a number is given."""

    def visit(customer_no: str | None = None, *, lang: str = "zh", **screen: int) -> Customer:
        customer = Customer(new_page(**screen), product.url, lang)
        customer.visit()
        if customer_no:
            customer.sign_in(customer_no)
        customer.open_chat()
        return customer

    return visit


@pytest.fixture
def signs_in(new_page: Opens, product: Product) -> Iterator[SignsIn]:
    """An agent at the console, online; gone when the test ends, so that nothing rings there."""
    agents: list[Agent] = []

    def sign_in(login: str) -> Agent:
        agent = Agent(new_page(1440, 900), product.url)
        agent.sign_in(login, product.passwords[login])
        agent.goes("在线")
        agents.append(agent)
        return agent

    yield sign_in
    for agent in agents:
        agent.goes("离线")

"""An agent at the console, who sees and does only what the page offers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

OFFER_WITHIN_MS = 10_000
Words = str | re.Pattern[str]


class Agent:
    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self._url = url

    def visit(self, lang: str = "zh") -> None:
        self.page.goto(f"{self._url}/console?lang={lang}")

    def tries_to_sign_in(self, login: str, password: str) -> None:
        self.page.locator("sign-in #login").fill(login)
        self.page.locator("sign-in #password").fill(password)
        self.page.locator("sign-in #password").press("Enter")

    def sign_in(self, login: str, password: str) -> None:
        self.visit()
        self.tries_to_sign_in(login, password)
        expect(self.page.locator("top-bar select")).to_be_visible()

    def goes(self, status: str) -> None:
        """`status`: as the page says it, for example 在线."""
        self.page.locator("top-bar select").select_option(label=status)

    @property
    def offer(self) -> Locator:
        return self.page.locator("handoff-offers article")

    @property
    def thread(self) -> Locator:
        return self.page.locator("conversation-thread")

    @property
    def messages(self) -> Locator:
        return self.thread.locator("baton-message")

    @property
    def brief(self) -> Locator:
        return self.page.locator("customer-panel handoff-brief")

    @property
    def context_card(self) -> Locator:
        return self.page.locator("customer-panel context-card")

    @property
    def promises(self) -> Locator:
        return self.page.locator("customer-panel customer-promises")

    @property
    def open_steps(self) -> Locator:
        """What waits for a person about this customer."""
        return self.page.locator("customer-panel customer-open-steps")

    @property
    def work_orders(self) -> Locator:
        return self.page.locator("customer-panel customer-work-orders")

    @property
    def words(self) -> Locator:
        """What the desk says to the agent: done, refused, taken."""
        return self.page.locator("desk-words p")

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    @property
    def rows(self) -> Locator:
        return self.page.locator("conversation-list conversation-row")

    def tab(self, name: str) -> Locator:
        tabs = self.page.locator("conversation-list [role=tab]")
        return tabs.filter(has_text=re.compile(rf"^\s*{name}"))

    def accepts(self, who: str) -> None:
        offer = self.offer.filter(has_text=who)
        offer.get_by_role("button", name="接入").click(timeout=OFFER_WITHIN_MS)
        expect(self.button("结束会话")).to_be_visible()

    def opens(self, who: str, view: str = "全部") -> None:
        self.tab(view).click()
        self.rows.filter(has_text=who).first.locator("a").click()
        expect(self.thread.locator("thread-head h2")).to_contain_text(who)

    def follows(self, conversation_id: str) -> None:
        """Opens the address that a colleague sent."""
        self.page.evaluate("id => { location.hash = `c/${id}` }", conversation_id)
        expect(self.thread.locator("thread-head h2")).to_be_visible()

    def button(self, name: str) -> Locator:
        return self.thread.locator("thread-head").get_by_role("button", name=name, exact=True)

    def reads(self, words: Words) -> None:
        expect(self.thread.get_by_text(words).last).to_be_visible(timeout=OFFER_WITHIN_MS)

    def replies(self, text: str) -> None:
        self._write("回复", text)

    def notes(self, text: str) -> None:
        self._write("内部备注", text)

    def sees_picture(self, size: tuple[int, int]) -> None:
        picture = self.messages.locator("img").last
        for name, length in zip(("naturalWidth", "naturalHeight"), size, strict=True):
            expect(picture).to_have_js_property(name, length)

    def sends_picture(self, file: Path) -> None:
        self.thread.locator("composer-tools input[type=file]").set_input_files(file)

    def transfers_to(self, name: str, note: str) -> None:
        self.button("转接").click()
        self.dialog.locator("label").filter(has_text=name).locator("input").check()
        self.dialog.get_by_label("交接备注").fill(note)
        self._confirm("转接")

    def returns_to_bot(self, *, settled: dict[str, str], note: str) -> None:
        self.button("转回机器人").click()
        for label, value in settled.items():
            self.dialog.get_by_label(label).select_option(label=value)
        self.dialog.get_by_label("给同事的备注").fill(note)
        self._confirm("转回机器人")

    def promises_to(self, text: str, when: str) -> None:
        self.button("承诺").click()
        self.dialog.get_by_label("承诺什么").fill(text)
        self.dialog.get_by_role("button", name=when, exact=True).click()
        self._confirm("承诺")

    def keeps_promise(self, text: str, evidence: str) -> None:
        promise = self.promises.locator("li").filter(has_text=text)
        promise.get_by_role("button", name="已兑现").click()
        self.dialog.get_by_label("怎么兑现的").fill(evidence)
        self._confirm("已兑现")

    def begins(self, step: str, where: Locator) -> None:
        """From the keyboard: the button of a step opens its confirmation."""
        where.get_by_role("button", name=step, exact=True).press("Enter")
        expect(self.dialog).to_be_visible()

    def confirms(self, verb: str) -> None:
        self._confirm(verb)

    def takes_over(self) -> None:
        self.button("接管").click()
        expect(self.button("结束会话")).to_be_visible()

    def resolves(self, *, stage: str = "售后", matter: str = "退货", note: str = "") -> None:
        self.button("结束会话").click()
        self.dialog.get_by_label(stage, exact=True).check()
        self.dialog.get_by_label(matter, exact=True).check()
        self.dialog.get_by_label("已解决", exact=True).check()
        self.dialog.get_by_label("备注").fill(note)
        self._confirm("结束会话")

    def asks_desk(self, path: str) -> dict[str, Any]:
        """A page's own request, with the agent's session."""
        answer = self.page.request.get(f"{self._url}{path}")
        assert answer.ok, answer.text()
        return dict(answer.json())

    def tells_desk(self, path: str, body: dict[str, Any]) -> None:
        """As from another screen of the same agent."""
        headers = {"X-Baton-Csrf": self.asks_desk("/api/me")["csrf"]}
        answer = self.page.request.post(f"{self._url}{path}", headers=headers, data=body)
        assert answer.ok, answer.text()

    def speaks(self, language: str) -> None:
        """The page's own switch."""
        menu = self.page.locator("top-bar details")
        menu.locator("summary").click()
        menu.get_by_role("button", name=language, exact=True).click()
        self.page.keyboard.press("Escape")

    @property
    def conversation_id(self) -> str:
        return self.page.url.partition("#c/")[2]

    def _write(self, kind: str, text: str) -> None:
        composer = self.thread.locator("thread-composer")
        composer.get_by_role("tab", name=kind).click()
        composer.locator("textarea").fill(text)
        composer.locator("textarea").press("Enter")
        self.reads(text)

    def _confirm(self, verb: str) -> None:
        self.dialog.get_by_role("button", name=verb, exact=True).click()
        expect(self.dialog).to_be_hidden()

"""A customer at the demo shop, who sees and does only what the page offers."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import FrameLocator, Locator, Page, expect

BOT_ANSWERS_WITHIN_MS = 15_000


class Customer:
    def __init__(self, page: Page, url: str, lang: str = "zh") -> None:
        self.page = page
        self._url = url
        self.lang = lang

    def visit(self, place: str = "#/") -> None:
        self.page.goto(f"{self._url}/?lang={self.lang}{place}")

    def sign_in(self, customer_no: str) -> None:
        with self.page.expect_response("**/demo/sign-in"):
            self.page.locator("baton-shop select").select_option(customer_no)

    def is_known_as(self, jwt: str) -> None:
        """The shop's page says who is shopping, as every shop's page may."""
        self.page.wait_for_function("window.baton !== undefined")
        self.page.evaluate("jwt => window.baton.identify(jwt)", jwt)

    def open_chat(self) -> None:
        self.launcher.click()
        expect(self.box).to_be_enabled()

    def close_chat(self) -> None:
        self.launcher.click()

    @property
    def launcher(self) -> Locator:
        return self.page.locator("button.launcher")

    @property
    def frame(self) -> FrameLocator:
        return self.page.frame_locator("iframe.panel")

    @property
    def thread(self) -> Locator:
        return self.frame.locator("baton-thread")

    @property
    def box(self) -> Locator:
        return self.frame.locator("baton-composer textarea")

    @property
    def messages(self) -> Locator:
        return self.thread.locator("baton-message")

    @property
    def own_messages(self) -> Locator:
        return self.thread.locator("baton-message[own]")

    def says(self, text: str) -> None:
        self.box.fill(text)
        self.box.press("Enter")

    def asks(self, text: str, answer: str | re.Pattern[str]) -> None:
        """Says it and waits for an answer that is newer than the question."""
        seen = self.messages.count()
        self.says(text)
        self.hears(answer, after=seen)

    def hears(self, words: str | re.Pattern[str], *, after: int = 0) -> None:
        """Some message after the first `after` contains the words."""
        newer = self.thread.locator(f"baton-message:not([own]):nth-of-type(n+{after + 1})")
        found = (newer if after else self.messages).filter(has_text=words)
        expect(found.last).to_be_visible(timeout=BOT_ANSWERS_WITHIN_MS)

    def sees(self, words: str | re.Pattern[str]) -> None:
        shown = self.thread.get_by_text(words).last
        expect(shown).to_be_visible(timeout=BOT_ANSWERS_WITHIN_MS)

    def taps(self, label: str, answer: str | re.Pattern[str]) -> None:
        """Presses the newest button with this label and waits for what comes next."""
        seen = self.messages.count()
        button = self.messages.get_by_role("button", name=label, exact=True).last
        expect(button).to_be_enabled(timeout=BOT_ANSWERS_WITHIN_MS)
        button.click()
        self.hears(answer, after=seen)

    def sends_picture(self, file: Path) -> None:
        self.frame.locator("baton-composer input[type=file]").set_input_files(file)

    def sees_the_end(self) -> None:
        expect(self.frame.locator("baton-widget .closed button")).to_be_visible()

    def asks_for_a_person(self) -> None:
        self.frame.locator("baton-widget-header button.person").click()

"""Chromium, driven by Playwright, in windows that notice what pages complain about and whom they talk to."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-extensions",
    "--disable-default-apps",
    "--disable-site-isolation-trials",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)


def found() -> str | None:
    """Where this machine's Chromium lies, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@contextmanager
def started(path: str) -> Iterator[Browser]:
    """A running Chromium without windows."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


class Window:
    """One person's browser: a page, its cookies, and everything that should not have happened in it."""

    def __init__(self, browser: Browser, url: str, *, viewport: dict[str, int] = DESKTOP, javascript: bool = True) -> None:
        self.url = url
        self.context = browser.new_context(
            base_url=url, viewport=viewport, java_script_enabled=javascript, reduced_motion="reduce", locale="en", accept_downloads=True
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.context.on("request", self._note_request)
        self.context.on("console", self._note_console)
        self.context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))

    def sign_in(self, token: str) -> "Window":
        """Makes the browser that of the person whom the token describes."""
        self.context.clear_cookies()
        self.context.add_cookies([{"name": "fabconnect", "value": token, "url": self.url}])
        return self

    def go(self, path: str, status: int = 200) -> Page:
        """Opens a page of this site; fails when it answers otherwise. What the browser itself says about a refusal is expected."""
        answer = self.page.goto(path)
        assert answer is not None and answer.status == status, f"{path}: {answer.status if answer else 'no answer'} {self.page.title()}"
        return self.refused(status) if status >= 400 else self.page

    def refused(self, status: int) -> Page:
        """The page now shown is a refusal as it should be; Chromium's own note of it is no complaint."""
        self.complaints = [said for said in self.complaints if f"status of {status}" not in said]
        return self.page

    def press(self, selector: str, **options: Any) -> Page:
        """Clicks the one thing that the selector finds."""
        self.page.locator(selector).click(**options)
        return self.page

    def leave(self) -> None:
        """Forgets who looked; fails when a page complained or asked another site since the last time."""
        complaints, self.complaints = self.complaints, []
        self.context.clear_cookies()
        assert not complaints, complaints

    def close(self) -> None:
        """Ends the browser; fails when a page complained or asked another site."""
        self.context.close()
        assert not self.complaints, self.complaints

    def _note_request(self, request: Request) -> None:
        if urlsplit(request.url)[:2] != urlsplit(self.url)[:2] and not request.url.startswith("data:"):
            self.complaints.append(f"request to another site: {request.url}")

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"console: {message.text} at {message.page.url if message.page else '?'}")

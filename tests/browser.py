"""Finds and starts the Chromium that browser tests drive."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

# No request leaves the machine, and a video may start without waiting for a click.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)
NAMES = ("chromium", "chromium-browser", "google-chrome")


def find_chromium(playwright: Playwright | None = None) -> str | None:
    """The browser named by CHROMIUM, else one on the PATH, else Playwright's own; None if there is none.

    Args:
        playwright: where it runs already: a process can start it once only.
    """
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    for name in NAMES:
        if found := shutil.which(name):
            return found
    if playwright is None:
        with sync_playwright() as started:
            return find_chromium(started)
    own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def launch(playwright: Playwright, chromium: str, *flags: str) -> Browser:
    # Playwright gives every launch a fresh temporary profile and removes it at the end.
    return playwright.chromium.launch(executable_path=chromium, args=[*FLAGS, *flags])


def launch_with_profile(playwright: Playwright, chromium: str, folder: Path) -> BrowserContext:
    """A browser with one profile in this folder, dark and of the usual size."""
    return playwright.chromium.launch_persistent_context(
        folder,
        executable_path=chromium,
        args=list(FLAGS),
        viewport={"width": 1400, "height": 930},
        color_scheme="dark",
    )


@contextmanager
def watched(context: BrowserContext) -> Iterator[Page]:
    """A page whose uncaught errors fail the test that opened it."""
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(f"{error.name}: {error.message}\n{error.stack}"))
    yield page
    assert not errors, "uncaught in the page:\n" + "\n".join(errors)

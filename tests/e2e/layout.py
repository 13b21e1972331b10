"""Finds what a window's width does to controls: which reach out of their place, and whose words are cut."""

from __future__ import annotations

import time

from playwright.sync_api import Page

from tests.e2e.watching import let_draw

WIDTHS = (390, 768, 900, 1024, 1400)
"""From a phone to a desk, in CSS pixels."""
PHONE = 768
"""Up to this width Streamlit closes the navigation."""
# A row to swipe through reaches out on purpose, a slider's own input is hidden, and an icon is a word to its font.
FAULTS = """() => {
  const below = (n) => (n.shadowRoot ? [n, ...all(n.shadowRoot)] : n);
  const all = (node) => [...node.querySelectorAll('*')].flatMap(below);
  const near = (n, where) => n && (n.closest(where) ?? near(n.getRootNode().host, where));
  const name = (n) => `${n.tagName} ${n.getAttribute('aria-label') ?? ''} ${n.textContent.trim().slice(0, 60)}`;
  const main = document.querySelector('[data-testid=stMain]');
  const controls = all(main)
    .filter((n) => n.matches('button, select, input, textarea, summary, a[href], [role=radio]'))
    .filter((n) => n.checkVisibility() && n.getBoundingClientRect().width > 1)
    .filter((n) => !near(n, '[data-view=swipe]') && !n.matches('[data-testid=stSlider] input'));
  const reaches = (n) => {
    const place = near(n, '.bar, [data-testid=stColumn], [data-testid=stMain]').getBoundingClientRect();
    const one = n.getBoundingClientRect();
    return one.right > place.right + 1 || one.left < place.left - 1;
  };
  const isCut = (n) => getComputedStyle(n).overflowX !== 'visible' && n.scrollWidth > n.clientWidth
    && !n.matches('input, textarea, [data-testid=stIconMaterial]');
  return [
    ...controls.filter(reaches).map((n) => `reaches out: ${name(n)}`),
    ...controls.filter((n) => [n, ...all(n)].some(isCut)).map((n) => `is cut: ${name(n)}`),
    ...all(main).filter((n) => n.matches('.tile .words') && n.scrollHeight > n.parentNode.clientHeight + 1)
      .map((n) => `does not fit its tile: ${name(n)}`),
    ...(main.scrollWidth > main.clientWidth ? ['the page scrolls sideways'] : []),
  ];
}"""


# The navigation has followed the width, and nothing is on its way any more.
SETTLED = """(isOpen) => {
  const navigation = document.querySelector('[data-testid=stSidebar]');
  return (navigation.dataset.collapsed === 'false') === isOpen
    && (navigation.getBoundingClientRect().width > 0) === isOpen
    && !document.getAnimations().some((one) => one instanceof CSSTransition && one.playState === 'running');
}"""


def layout_faults(page: Page) -> list[str]:
    """What is still wrong at each width once the page has had time to follow; leaves the window as it was."""
    before = page.viewport_size
    found = [f"{width}: {fault}" for width in WIDTHS for fault in _at(page, width)]
    if before:
        page.set_viewport_size(before)
    return found


def _at(page: Page, width: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": 800})
    page.wait_for_function(SETTLED, arg=width > PHONE)
    let_draw(page, 5)
    deadline = time.monotonic() + 5
    while (found := page.evaluate(FAULTS)) and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    return list(found)

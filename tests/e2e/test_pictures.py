"""Pictures with tagged colours look in Chromium as the levels say that `tests/media/test_colour.py` expects."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.media.pictures import SEEN_IN_A_BROWSER

pytestmark = pytest.mark.browser


def test_pictures_when_painted_by_a_browser_then_have_the_levels_that_we_send(page: Page) -> None:
    painted, wanted = {}, {}
    for name, (data, seen) in SEEN_IN_A_BROWSER.items():
        kind = "png" if data.startswith(b"\x89PNG") else "avif"
        source = f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
        page.set_content(f'<body style="margin:0"><img src="{source}">')
        page.wait_for_function("document.images[0].complete && document.images[0].naturalWidth > 0")
        shown = Image.open(io.BytesIO(page.screenshot(clip={"x": 0, "y": 0, "width": 100, "height": 100})))
        painted[name], wanted[name] = shown.convert("RGB").getpixel((50, 50)), pytest.approx(seen, abs=2)
    assert painted == wanted

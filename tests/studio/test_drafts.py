"""What was put into a form and not sent: kept by owner and model, and only what the model still takes."""

from __future__ import annotations

import time

import pytest

from components.catalog import model
from components.studio.drafts import MOST_LETTERS, Drafts

MODEL = "segmind/humo"


@pytest.fixture
def drafts(library):
    return Drafts(library, "local")


def test_draft_when_kept_then_found_for_this_owner_and_model_only(drafts, library):
    drafts.keep(MODEL, {"prompt": "She waves", "frames": 49})
    assert drafts.find(MODEL) == {"prompt": "She waves", "frames": 49}
    assert drafts.find("segmind/hunyuan-video") is None
    assert Drafts(library, "someone else").find(MODEL) is None


def test_draft_when_a_request_came_later_then_it_is_old(drafts):
    drafts.keep(MODEL, {"prompt": "She waves"})
    assert drafts.find(MODEL, since=time.time()) is None


def test_draft_when_the_model_has_changed_then_what_does_not_fit_has_its_default(drafts):
    drafts.keep(MODEL, {"prompt": "She waves", "frames": 100_000, "gone": 1})
    assert drafts.find(MODEL) == {"prompt": "She waves", "frames": model(MODEL).field("frames").get_default()}


def test_draft_when_far_too_large_then_the_one_before_stays(drafts):
    drafts.keep(MODEL, {"prompt": "She waves"})
    drafts.keep(MODEL, {"prompt": "x" * (MOST_LETTERS + 1)})
    assert drafts.find(MODEL) == {"prompt": "She waves"}

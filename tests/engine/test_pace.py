"""A provider's limit as the engine keeps it: in turn between people, told on the way, and set by a variable."""

from __future__ import annotations

import pytest

from components.errors import NotConfigured
from components.settings import Settings
from components.studio import of, open_studio
from tests.conftest import as_live
from tests.sandbox_server import until

HUNYUAN = "segmind/hunyuan-video"
TEAM = {"proxy_secret": "s" * 32, "admins": ("carl@team.test",), "members": ("@team.test",)}
SENT = r"^POST .*/hunyuan"
SMALL = {"prompt": "rain", "video_length": 5, "width": 64, "height": 64, "infer_steps": 1}


@pytest.fixture
def slow(meddled):
    return meddled.model_copy(update={"segmind_at_once": "1"})


def test_limit_when_one_person_sends_many_then_anothers_comes_after_two_at_the_most(slow, meddler):
    answer = meddler.hold(SENT)
    with open_studio(slow.model_copy(update=TEAM)):
        ann, bob = of("ann@team.test"), of("bob@team.test")
        anns = [ann.submit(HUNYUAN, SMALL) for _ in range(5)]
        bobs = bob.submit(HUNYUAN, SMALL)
        assert ann.generations.ahead(ann.generations.get(anns[-1].id)) >= 3
        answer.set()
        ends = [ann.wait(one.id, 120) for one in anns] + [bob.wait(bobs.id, 120)]
    assert {one.state for one in ends} == {"done"}
    order = [one.id for one in sorted(ends, key=lambda one: one.submitted_at)]
    assert order.index(bobs.id) <= 2
    starts, finishes = (sorted(getattr(one, at) for one in ends) for at in ("submitted_at", "finished_at"))
    assert all(after >= before for after, before in zip(starts[1:], finishes, strict=False))


def test_generation_when_it_waits_for_its_turn_then_it_can_be_cancelled(slow, meddler):
    answer = meddler.hold(SENT)
    with open_studio(slow) as studio:
        first, second = (studio.submit(HUNYUAN, SMALL) for _ in range(2))
        until(lambda: meddler.seen(SENT))
        studio.generations.cancel(second.id)
        answer.set()
        assert studio.wait(first.id, 120).state == "done"
        assert studio.generations.get(second.id).state == "cancelled"


@pytest.mark.parametrize("given", ["0", "-1", "many", "1.5", "²"])
def test_limit_when_it_is_no_number_then_the_start_says_so(tmp_path, sandbox, given):
    settings = Settings(data_dir=tmp_path / "data").model_copy(
        update=as_live(sandbox.url) | {"segmind_per_minute": given}
    )
    with pytest.raises(NotConfigured, match="SEGMIND_PER_MINUTE"), open_studio(settings):
        pass

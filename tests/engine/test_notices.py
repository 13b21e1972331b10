"""A studio that tells elsewhere: from the press to the notice, with nothing in it that was not allowed."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from components.errors import CeilingReached, InvalidRequest, NotDelivered, NotFound
from components.library.notices import EVENTS
from components.library.records import Ceiling
from components.studio import open_studio
from tests.receiver import start_receiver
from tests.sandbox_server import until

HIDDEN = "hidden-token"
PUBLIC = "https://studio.example"


@pytest.fixture
def receiver():
    with start_receiver() as running:
        yield running


@pytest.fixture
def quick(monkeypatch):
    """What ends is told at once; two notices come as soon as they are there."""
    monkeypatch.setattr("components.library.notices.COLLECT", 0.0)
    monkeypatch.setattr("components.library.notices.APART", 0.0)
    monkeypatch.setattr("components.engine.notices.PERIOD", 0.05)


@pytest.fixture
def told(live, receiver, quick):
    """A studio that may send to the receiver, and the address of a person there."""
    hosts = {"notice_hosts": (f"127.0.0.1:{receiver.port}",), "public_url": PUBLIC}
    with open_studio(live.model_copy(update=hosts)) as studio:
        yield studio


@pytest.fixture
def address(receiver):
    return f"json://{HIDDEN}@127.0.0.1:{receiver.port}/{HIDDEN}"


def heard(receiver):
    return [json.loads(one.body)["message"] for one in receiver.heard]


def test_generation_when_it_is_done_then_one_notice_without_a_word_of_it(told, receiver, address, submit, caplog):
    told.notices.keep(address, EVENTS)
    job = told.wait(submit(told, prompt="rain on a window").id, 60)
    assert job.state == "done"
    until(lambda: told.notices.get().told_at)
    assert heard(receiver) == ["HuMo: a video is finished."]
    assert HIDDEN not in caplog.text
    folder = told.settings.data_dir
    assert [path.name for path in folder.glob("studio.db*") if HIDDEN.encode() in path.read_bytes()] == []


def test_generation_when_words_are_allowed_then_the_notice_has_prompt_and_link(told, receiver, address, submit):
    told.notices.keep(address, ["done"], words=True)
    job = told.wait(submit(told, prompt="rain on a window").id, 60)
    until(lambda: receiver.heard)
    link = f"{PUBLIC}/gallery?output={job.outputs[0].id}"
    assert heard(receiver) == [f"HuMo: a video is finished.\nrain on a window\n{link}"]


def test_generation_when_it_fails_then_told_of_and_of_the_one_before_that_is_done_not(
    told, receiver, address, submit, sandbox
):
    told.notices.keep(address, ["failed", "uncertain"])
    assert told.wait(submit(told).id, 60).state == "done"
    sandbox.rehearse(times=1, fail="the face is hidden")
    assert told.wait(submit(told).id, 60).state == "failed"
    until(lambda: told.notices.get().told_at)
    assert heard(receiver) == ["HuMo: a video failed."]


def test_ceiling_when_it_stops_presses_then_told_of_once(told, receiver, address, submit):
    told.notices.keep(address, ["ceiling"])
    told.ceilings.set(Ceiling(day=Decimal("0.01")))
    for _ in range(3):
        with pytest.raises(CeilingReached):
            submit(told)
    until(lambda: told.notices.get().told_at)
    assert heard(receiver) == ["A ceiling stopped a video: nothing was sent."]


def test_notice_when_its_place_never_answers_then_generations_go_on(told, receiver, address, submit):
    told.notices.keep(address, EVENTS)
    receiver.answers += [(500, {})] * 2
    for _ in range(2):
        assert told.wait(submit(told).id, 60).state == "done"
    until(lambda: told.notices.get().trouble)
    assert told.notices.get().trouble == "failed"


def test_test_when_sent_then_it_arrives_and_the_next_waits(told, receiver, address):
    with pytest.raises(NotFound):
        told.notices.test()
    told.notices.keep(address, EVENTS)
    told.notices.test()
    assert heard(receiver) == ["A test: this is where you will be told of your videos."]
    with pytest.raises(NotDelivered, match="moment ago"):
        told.notices.test()
    assert len(receiver.heard) == 1


def test_address_when_it_is_kept_then_it_is_shown_by_its_kind_alone_and_changes_without_it(told, address):
    shown = told.notices.keep(address, EVENTS)
    assert (shown.kind, shown.events, shown.words, shown.lost) == ("JSON", EVENTS, False, False)
    assert HIDDEN not in repr(shown)
    assert told.notices.keep("", ["failed"], words=True).events == ("failed",)
    told.notices.remove()
    assert told.notices.get() is None
    with pytest.raises(InvalidRequest, match="Paste the address"):
        told.notices.keep(" ", EVENTS)


@pytest.mark.parametrize(
    ("address", "events", "sentence"),
    [
        ("gotify://192.168.1.4/abcdefghijklmno", EVENTS, "a network of its own.*STUDIO_NOTICE_HOSTS"),
        ("file:///etc/passwd", EVENTS, "No such address is known here"),
        ("jsons://example.com/?template=x", EVENTS, "more than is taken here"),
        ("slack://short", EVENTS, "not whole"),
        ("ntfys://ntfy.sh/topic", [], "Choose what"),
    ],
)
def test_address_when_notices_do_not_go_there_then_a_sentence_and_nothing_is_kept(told, address, events, sentence):
    with pytest.raises(InvalidRequest, match=sentence):
        told.notices.keep(address, events)
    assert told.notices.get() is None


def test_address_when_the_secret_has_changed_then_it_counts_as_not_there(live, receiver, quick, address):
    hosts = {"notice_hosts": (f"127.0.0.1:{receiver.port}",)}
    with open_studio(live.model_copy(update=hosts)) as studio:
        studio.notices.keep(address, EVENTS)
    (live.data_dir / "secret").write_text("t" * 64)
    with open_studio(live.model_copy(update=hosts)) as studio:
        assert studio.notices.get().lost
        with pytest.raises(NotFound):
            studio.notices.test()
        assert not studio.notices.keep(address, EVENTS).lost

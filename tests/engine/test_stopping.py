"""A stop sends nothing new, and waits for the answers that are out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from components.engine.context import Sends, current
from components.engine.submit import submit_once
from components.studio import open_studio
from tests.sandbox_server import until


def test_stop_when_an_answer_is_out_then_it_is_waited_for_and_nothing_new_leaves():
    sends = Sends()
    with ThreadPoolExecutor(1) as threads:
        with sends.one() as first:
            stopped = threads.submit(sends.close, 30)
            until(lambda: sends.closing)
            with sends.one() as second:
                assert (first, second, stopped.done()) == (True, False, False)
        assert stopped.result()


def test_stop_when_an_answer_takes_longer_than_it_may_then_it_is_not_waited_for():
    sends = Sends()
    with sends.one():
        assert not sends.close(0)


def test_generation_when_the_studio_is_about_to_stop_then_it_stays_for_the_next_start(live, ledger, submit):
    with open_studio(live) as studio:
        current().sends.close(0)
        job = submit(studio)
        assert submit_once(current(), job.id) > 0
        assert studio.generations.get(job.id).state == "queued"
    assert ledger.paid() == []

"""A rehearsal is its person's: it meets no generation of anybody else."""

from __future__ import annotations

from components import studio as studios
from components.studio import open_studio
from tests.conftest import HUMO
from tests.team import BOB, CEM, team

SMALL = {"prompt": "x", "audio": "https://example.com/hello.mp3", "mode": "TA", "frames": 10}


def test_rehearsal_when_a_person_sets_it_then_it_meets_theirs_and_ends_with_them(tmp_path):
    with open_studio(team(tmp_path / "data")):
        bobs, cems = studios.of(BOB), studios.of(CEM)
        bobs.rehearsal.begin({"fail": "Out of film"}, 2)

        def ends(studio):
            return studio.wait(studio.submit(HUMO, SMALL).id, 60).state

        assert [ends(cems), ends(bobs), ends(cems)] == ["done", "failed", "done"]
        bobs.rehearsal.end()
        assert ends(bobs) == "done"

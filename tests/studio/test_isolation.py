"""What one person has, tried for by each other one: every method of every subject that stands in RIGHTS."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from components import studio as studios
from components.errors import NotAllowed, NotFound
from components.library.generations import Generations
from components.library.records import View
from components.settings import Settings
from components.studio import Studio, open_studio
from tests.library.videos import FACTS, add_video
from tests.sandbox_server import SandboxServer
from tests.studio.belongings import HUMO, NOTHING, WORD, Belongings, snapshot
from tests.studio.walk import attempt, methods
from tests.team import ANN, BOB, CEM, EVE, VIC, team

OTHERS = {"member": CEM, "viewer": VIC, "unlisted": EVE, "signed out": ""}
OWN = "c" * 32
OF_THE_MOMENT = ("now",)
"""Methods whose answer is another one at each call."""
THEIR_OWN = [("drafts", "keep"), ("accounts", "keep_own_key")]
"""Methods that change what is the caller's, whoever else has the same."""
OF_ADMINS = ("accounts", "ceilings", "people")
"""Subjects in which an admin does for all what the others may not."""
WITH_ANOTHERS_FILE = [("generations", "submit"), ("generations", "submit_once"), ("generations", "plan")]
"""Whoever may look at a picture or voice may use it for their own, and ask what that would cost."""
ADMIN_SEES = (*OF_ADMINS, "assets", "comparisons", "gallery", "outputs", "room", "seen")
"""Subjects in which an admin looks at everybody's."""
ADMIN_CHANGES = (
    *(
        (subject, name)
        for subject, names in {
            "gallery": ("delete", "restore", "share"),
            "generations": ("cancel",),
            "ways_out": ("accept", "look_again", "not_made", "stop_asking"),
        }.items()
        for name in names
    ),
)
"""What an admin does for anybody; marks, drafts, tokens and whatever is paid for are each person's own."""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return team(tmp_path_factory.mktemp("team") / "data")


@pytest.fixture(scope="module")
def server(settings: Settings, session_sandbox: SandboxServer) -> Iterator[Studio]:
    """What is live goes to the sandbox: a person who may make things may bring a key."""
    with open_studio(settings.model_copy(update={"gateway": session_sandbox.url})) as running:
        yield running


@pytest.fixture(scope="module")
def bobs(server: Studio, settings: Settings, voice_wav: Path) -> Belongings:
    """All that can be had; a video of Cem's lies beside it."""
    rows = Generations(server._engine.database, CEM)
    with server._engine.database.begin() as connection:
        rows.insert(connection, id=OWN, model=HUMO, parameters={"prompt": "mine"}, sandbox=True)
    add_video(rows, CEM, OWN, 0, FACTS)
    rows.move(OWN, "queued", "done")
    return Belongings(studios.of(BOB), settings, voice_wav)


@pytest.mark.parametrize("who", OTHERS)
def test_methods_when_another_person_calls_them_with_somebodys_ids_then_as_if_there_were_none(
    server, bobs, tmp_path, who
):
    studio, target = studios.of(OTHERS[who]), tmp_path / "copy.mp4"
    leaks = [one for one in methods() if tells(studio, *one, bobs, target)]
    changed = [one for one in methods() if one not in THEIR_OWN and changes(server, studio, *one, bobs, target)]
    assert (leaks, changed, target.exists()) == ([], [], False)


def test_methods_when_an_admin_calls_them_then_they_look_at_everybodys_and_change_what_an_admin_may(
    server, bobs, tmp_path
):
    anns, target = studios.of(ANN), tmp_path / "copy.mp4"
    hidden = [one for one in methods("look") if one[0] not in ADMIN_SEES and one not in WITH_ANOTHERS_FILE]
    assert [one for one in hidden if tells(anns, *one, bobs, target)] == []
    assert anns.seen.get(bobs.done).owner == BOB
    tried = [one for one in methods("make") if one not in (*WITH_ANOTHERS_FILE, *THEIR_OWN, *ADMIN_CHANGES)]
    tried += [("generations", "plan")]
    assert [one for one in tried if changes(server, anns, *one, bobs, target)] == []


def test_methods_when_he_calls_them_himself_then_they_tell_so_the_walk_is_one(bobs, tmp_path):
    told = {one for one in methods("look") if tells(bobs.studio, *one, bobs, tmp_path / "copy.mp4")}
    assert told >= {("generations", "get"), ("generations", "under_way"), ("gallery", "some"), ("assets", "find")}
    assert told >= {
        ("comparisons", "get"),
        ("outputs", "pack_batch"),
        ("gallery", "tags"),
        ("tokens", "all"),
    }


def tells(studio: Studio, subject: str, name: str, bobs: Belongings, target: Path) -> bool:
    """Whether a method says anything of his, or says it in other words than of what never was."""
    none = attempt(studio, subject, name, NOTHING, target)
    found = {attempt(studio, subject, name, bobs.ids(one), target) for one in bobs.generations}
    out = studio.person.role is None and not none.startswith(f"('{NotAllowed.__name__}'")
    same = found == {none} or name in OF_THE_MOMENT
    return out or not same or any(word in one for one in found for word in (WORD, BOB))


def changes(server: Studio, studio: Studio, subject: str, name: str, bobs: Belongings, target: Path) -> bool:
    """Whether it leaves anything of anybody's other than it was."""
    before = snapshot(server)
    attempt(studio, subject, name, bobs.ids(bobs.done), target)
    return snapshot(server) != before


def test_link_and_pass_when_another_person_brings_them_then_they_open_nothing(bobs):
    ids = bobs.ids(bobs.done)
    cems, own = studios.of(CEM), studios.of(BOB)
    assert own.files.open(ids.link).read_bytes()
    assert own.live.until(ids.listening)
    for call in (cems.files.open, cems.files.ready, studios.current().files.open):
        with pytest.raises(NotFound):
            call(ids.link)
    assert not cems.files.knows(ids.link)
    with pytest.raises(NotFound):
        cems.live.until(ids.listening)


def test_file_when_two_people_add_the_same_then_each_has_their_own(bobs, voice_wav):
    theirs = studios.of(CEM).assets.add(voice_wav)
    assert (theirs.id, theirs.key) != (bobs.asset.id, bobs.asset.key)
    assert studios.of(CEM).assets.find(bobs.asset.id) is None
    assert bobs.studio.assets.find(theirs.id) is None


def test_gallery_when_another_person_looks_then_no_card_tag_or_sum_of_it_is_there(bobs):
    cems = studios.of(CEM)
    everything = [cems.gallery.entries(View(deleted=deleted), limit=500) for deleted in (False, True)]
    assert [[entry.generation.id for entry in entries] for entries in everything] == [[OWN], []]
    assert (cems.gallery.tags(), cems.generations.any_under_way(), cems.preferences.tagging) == ([], False, True)
    assert bobs.studio.gallery.tags() == [WORD]

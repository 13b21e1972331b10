"""What a person sees of others: what is shared and what it was made of; never what was noted of it."""

from __future__ import annotations

import pytest

from components.errors import NotFound
from components.library.assets import Assets
from components.library.records import View
from components.library.sight import SeenGenerations, Sharing, Sight
from components.studio.gallery import Gallery

ADMIN = Sight("carl", lambda: True)
FILE = {"kind": "image", "name": "p.jpg", "media_type": "image/jpeg", "key": "assets/p.jpg", "size": 1}


@pytest.fixture
def anns(library, make):
    """A generation of Ann's with two videos and marks, made of her picture."""
    Assets(library, "ann").add(id="a" * 32, sha256="0", facts={}, created_at=1.0, **FILE)
    make("g1", videos=2, owner="ann", parameters={"prompt": "rain", "referenceImages": ["a" * 32]})
    gallery = Gallery(library, Sight("ann"))
    gallery.rate(["g1-0"], 5)
    gallery.note("g1-0", "for the board")
    gallery.tag(["g1-0"], "secret")
    return gallery


def shown(library, sight, space="mine", **view):
    return [one.id for one in Gallery(library, sight).entries(View(space=space, **view), limit=9)]


def test_video_when_it_is_not_shared_then_only_its_owner_and_admins_see_it(library, anns):
    bob = Sight("bob")
    assert [shown(library, bob, space) for space in ("mine", "team", "all")] == [[], [], []]
    assert Gallery(library, bob).some(["g1-0"]) == []
    for look in (SeenGenerations(library, bob).get, SeenGenerations(library, bob).output):
        with pytest.raises(NotFound):
            look("g1-0" if look.__name__ == "output" else "g1")
    with pytest.raises(NotFound):
        Assets(library, "bob", bob).get("a" * 32)
    assert shown(library, ADMIN, "all") == ["g1-0", "g1-1"]
    assert shown(library, ADMIN, "mine") == []


def test_video_when_it_is_shared_then_the_team_sees_it_and_what_it_was_made_of(library, anns):
    bob = Sight("bob")
    anns.share(["g1-0"], True)
    assert shown(library, bob, "team") == shown(library, Sight("ann"), "team") == ["g1-0", "g1-1"]
    assert SeenGenerations(library, bob).output("g1-1").id == "g1-1"
    assert SeenGenerations(library, bob).get("g1").shared
    assert Assets(library, "bob", bob).get("a" * 32).name == "p.jpg"


def test_video_when_another_looks_then_what_was_noted_of_it_stays_its_owners(library, anns):
    anns.share(["g1-0"], True)
    [entry] = Gallery(library, Sight("bob")).some(["g1-0"])
    assert (entry.output.rating, entry.output.note, entry.output.tags) == (None, "", ())
    [own] = anns.some(["g1-0"])
    assert (own.output.rating, own.output.note, own.output.tags) == (5, "for the board", ("secret",))


def test_video_when_another_tries_to_change_it_then_nothing_changes(library, anns):
    anns.share(["g1-0"], True)
    bobs = Gallery(library, Sight("bob"))
    bobs.rate(["g1-0"], 1)
    bobs.note("g1-0", "mine")
    bobs.delete(["g1-0", "g1"])
    bobs.share(["g1-0"], False)
    [own] = anns.some(["g1-0"])
    assert (own.output.rating, own.output.note, own.output.deleted_at) == (5, "for the board", None)
    assert own.generation.shared


def test_video_when_an_admin_shares_or_deletes_it_then_it_is_and_marks_stay_its_owners(library, anns, make):
    make("g2", owner="carl", parameters={"image": "a" * 32})
    admins = Gallery(library, ADMIN)
    admins.share(["g1-0", "g2-0"], True)
    assert sorted(shown(library, Sight("bob"), "team")) == ["g1-0", "g1-1", "g2-0"]
    assert Assets(library, "bob", Sight("bob")).get("a" * 32).name == "p.jpg"
    admins.rate(["g1-0"], 1)
    admins.delete(["g1-0"])
    assert shown(library, ADMIN, "all", deleted=True) == shown(library, Sight("ann"), deleted=True) == ["g1-0"]
    anns.restore(["g1-0"])
    [own] = anns.some(["g1-0"])
    assert (own.output.rating, own.output.deleted_at) == (5, None)
    admins.share(["g1-0"], False)
    assert shown(library, Sight("bob"), "team") == ["g2-0"]


def test_video_when_it_is_in_the_bin_then_the_team_sees_it_no_more(library, anns):
    anns.share(["g1-0"], True)
    anns.delete(["g1-0"])
    assert shown(library, Sight("bob"), "team") == ["g1-1"]
    assert Gallery(library, Sight("bob")).some(["g1-0"]) == []
    assert shown(library, ADMIN, "all", deleted=True) == ["g1-0"]
    with pytest.raises(NotFound):
        SeenGenerations(library, Sight("bob")).output("g1-0")
    # Of its card in everybody's bin a preview is made.
    assert SeenGenerations(library, ADMIN).output("g1-0").id == "g1-0"


def test_sharing_when_it_ends_then_its_files_end_with_it_unless_another_shared_one_uses_them(library, anns, make):
    make("g2", owner="ann", parameters={"image": "a" * 32})
    sharing, bob = Sharing(library, Sight("ann")), Sight("bob")
    sharing.set(["g1-0", "g2-0"], True)
    sharing.set(["g1-1"], False)
    assert shown(library, bob, "team") == ["g2-0"]
    assert Assets(library, "bob", bob).get("a" * 32)
    sharing.set(["g2-0"], False)
    with pytest.raises(NotFound):
        Assets(library, "bob", bob).get("a" * 32)

from __future__ import annotations

import hashlib
import os
import time

import pytest

from components.errors import InvalidFile, NotFound, StorageTrouble
from components.library import storage as module
from components.library.storage import Storage

BAD_KEYS = [
    "",
    "/etc/passwd",
    "../secret",
    "outputs/../../secret.txt",
    "outputs/a/b.mp4",
    "outputs/.hidden",
    "outputs/A.mp4",
    "outputs/a.mp4\n",
    "outputs/a%2e.mp4",
    "outputs\\a.mp4",
    "elsewhere/a.mp4",
    "outputs/" + "a" * 65 + ".mp4",
]


@pytest.mark.parametrize("key", BAD_KEYS)
def test_key_when_it_is_not_one_of_ours_then_refused_everywhere(storage, tmp_path, key):
    received = storage.receive("r", [b"x"])
    (tmp_path / "secret.txt").write_text("s")
    for use, given in ((storage.read, ()), (storage.path, ()), (storage.put, (b"",))):
        with pytest.raises(NotFound):
            use(key, *given)
    with pytest.raises(NotFound):
        storage.keep(received, key)


def test_put_when_read_back_then_the_same(storage):
    storage.put("assets/a-1.wav", b"sound")
    assert storage.read("assets/a-1.wav") == b"sound"
    assert storage.path("assets/a-1.wav").read_bytes() == b"sound"


def test_read_when_there_is_no_such_file_then_not_found(storage):
    for use in (storage.read, storage.path):
        with pytest.raises(NotFound, match="no longer"):
            use("outputs/none.mp4")


def test_receive_when_whole_then_size_and_digest_are_those_of_the_bytes(storage):
    received = storage.receive("g1-0", [b"one", b"", b"two"])
    assert (received.size, received.sha256) == (6, hashlib.sha256(b"onetwo").hexdigest())
    assert storage.received("g1-0") == received
    assert not list(received.path.parent.glob("*.part"))


def broken():
    yield b"half"
    raise ConnectionError


def incoming(storage):
    return sorted(path.name for path in storage._incoming.iterdir())


def test_receive_when_two_receive_the_same_at_a_time_then_both_have_it_whole(storage):
    def chunks():
        yield b"one"
        assert storage.receive("g1-0", [b"one", b"two"]).path.read_bytes() == b"onetwo"
        yield b"two"

    received = storage.receive("g1-0", chunks())
    assert (received.path.read_bytes(), received.size) == (b"onetwo", 6)
    assert incoming(storage) == ["g1-0"]


def test_receive_when_it_breaks_off_then_it_has_not_arrived_and_can_be_received_again(storage):
    with pytest.raises(ConnectionError):
        storage.receive("g1-0", broken())
    assert storage.received("g1-0") is None
    assert incoming(storage) == []
    assert storage.receive("g1-0", [b"w"]).size == 1
    assert storage.received("g1-0").path.read_bytes() == b"w"


def test_receive_when_it_breaks_off_over_a_whole_one_then_the_whole_one_stays(storage):
    storage.receive("g1-0", [b"whole"])
    with pytest.raises(ConnectionError):
        storage.receive("g1-0", broken())
    assert storage.received("g1-0").path.read_bytes() == b"whole"


def test_receive_when_a_crash_left_a_part_then_another_studio_starts_over(storage, tmp_path):
    (tmp_path / "incoming" / "g1-0.part").write_bytes(b"a much longer left-over")
    again = Storage(tmp_path)
    assert again.received("g1-0") is None
    assert again.receive("g1-0", [b"new"]).path.read_bytes() == b"new"


def test_receive_when_too_large_then_refused_and_not_arrived(storage, monkeypatch):
    monkeypatch.setattr(module, "MAX_BYTES", 4)
    with pytest.raises(InvalidFile, match="larger"):
        storage.receive("g1-0", [b"four", b"+"])
    assert storage.received("g1-0") is None


def test_keep_when_done_then_moved_and_a_second_file_replaces_it(storage):
    storage.keep(storage.receive("g1-0", [b"first"]), "outputs/g1-0.mp4")
    assert storage.received("g1-0") is None
    storage.keep(storage.receive("g1-0", [b"second"]), "outputs/g1-0.mp4")
    assert storage.read("outputs/g1-0.mp4") == b"second"


def test_writing_when_two_write_under_one_key_then_both_end_well_and_the_last_counts(storage):
    with storage.writing("exports/a.zip") as first, storage.writing("exports/a.zip") as second:
        first.write_bytes(b"first")
        second.write_bytes(b"second")
    assert storage.read("exports/a.zip") == b"first"


def test_writing_when_it_breaks_then_nothing_is_left(storage):
    def write():
        with storage.writing("exports/a.zip") as part:
            part.write_bytes(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write()
    assert not storage.has("exports/a.zip")
    assert incoming(storage) == []


def test_older_when_asked_then_only_old_files_of_that_folder(storage, tmp_path):
    for key in ("exports/old.zip", "exports/new.zip", "outputs/old.mp4"):
        storage.put(key, b"x")
        if "old" in key:
            os.utime(tmp_path / "media" / key, (1000, 1000))
    assert storage.older("exports", 2000) == ["exports/old.zip"]
    storage.delete("exports/old.zip")
    storage.delete("exports/old.zip")
    assert storage.older("exports", 2000) == []


def test_sweep_when_files_were_cut_off_long_ago_then_only_those_go(storage, tmp_path):
    yesterday = time.time() - 86400
    for name, moment in (("a.part", 1000), ("b.draft", 1000), ("g1-0", 1000), ("c.part", time.time())):
        (tmp_path / "incoming" / name).write_bytes(b"x")
        os.utime(tmp_path / "incoming" / name, (moment, moment))
    storage.sweep(yesterday)
    # One that has arrived whole is a video that was paid for, however old it is.
    assert incoming(storage) == ["c.part", "g1-0"]


def write(storage):
    with storage.writing("exports/a.zip") as path:
        path.write_bytes(b"x")


def keep(storage):
    storage.keep(storage.receive("a", [b"x"]), "exports/a.zip")


def put(storage):
    storage.put("exports/a.zip", b"x")


@pytest.mark.parametrize("use", [write, keep, put])
def test_disk_when_it_refuses_then_a_sentence_and_a_next_step(storage, tmp_path, use):
    (tmp_path / "media" / "exports").write_text("a file where the folder should be")
    with pytest.raises(StorageTrouble) as told:
        use(storage)
    assert (bool(told.value.hint), str(tmp_path) in str(told.value)) == (True, False)

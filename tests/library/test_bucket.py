"""Files in a real S3 server: kept, fetched again by another machine, and given away by signed addresses."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from components.errors import InvalidFile, NotConfigured, NotFound, StorageTrouble
from components.library import storage
from components.library.bucket import Bucket, open_storage
from components.library.storage import Storage
from components.studio import open_studio

KEY, DATA = "outputs/one-0.mp4", b"a film" * 1000


@pytest.fixture
def bucket(s3_url: str, tmp_path: Path) -> Bucket:
    return Bucket(tmp_path / "here", s3_url)


def test_file_when_kept_then_another_machine_reads_it(bucket, s3_url, tmp_path):
    bucket.keep(bucket.receive("one-0", [DATA]), KEY)
    elsewhere = Bucket(tmp_path / "elsewhere", s3_url)
    assert elsewhere.has(KEY)
    assert elsewhere.path(KEY).read_bytes() == elsewhere.read(KEY) == DATA


def test_file_when_written_in_one_go_then_it_is_in_the_bucket_too(bucket, s3_url, tmp_path):
    bucket.put("posters/one-0.jpg", DATA)
    with bucket.writing("exports/one.zip") as path:
        path.write_bytes(DATA)
    elsewhere = Bucket(tmp_path / "elsewhere", s3_url)
    assert elsewhere.read("posters/one-0.jpg") == elsewhere.read("exports/one.zip") == DATA


def test_address_when_signed_then_anyone_can_fetch_it_for_a_while(bucket):
    bucket.put(KEY, DATA)
    address = bucket.address(KEY)
    assert "Signature" in address
    assert requests.get(address, timeout=60).content == DATA


def test_file_when_nowhere_then_not_found(bucket):
    assert not bucket.has("outputs/none.mp4")
    with pytest.raises(NotFound):
        bucket.path("outputs/none.mp4")
    with pytest.raises(NotFound):
        bucket.address("../secret")


def test_storage_when_no_bucket_is_set_then_a_folder_without_addresses(tmp_path):
    folder = open_storage(tmp_path, None)
    assert type(folder) is Storage
    assert folder.address(KEY) is None


def test_storage_when_the_address_is_of_another_kind_then_a_sentence_says_so(tmp_path):
    with pytest.raises(NotConfigured, match="s3://bucket/prefix"):
        open_storage(tmp_path, "ftp://files")


def test_file_when_the_bucket_is_missing_then_a_sentence_says_so(s3_url, settings, voice_wav):
    with open_studio(settings.model_copy(update={"media_url": "s3://nowhere"})) as studio:
        with pytest.raises(InvalidFile, match="could not be kept"):
            studio.add_asset(voice_wav)
        with pytest.raises(NotFound):
            Bucket(settings.data_dir, "s3://nowhere").path(KEY)


def test_older_when_asked_then_the_bucket_is_looked_through(tmp_path, s3_url):
    kept = open_storage(tmp_path, s3_url)
    kept.put("exports/a.zip", b"x")
    assert kept.older("exports", 0) == []
    later = time.time() + 3600
    assert "exports/a.zip" in kept.older("exports", later)
    kept.delete("exports/a.zip")
    assert "exports/a.zip" not in kept.older("exports", later)


def test_copy_when_many_fetch_it_at_a_time_then_each_has_it_whole(bucket, s3_url, tmp_path):
    data = bytes(range(256)) * 20_000
    bucket.put(KEY, data)
    elsewhere = Bucket(tmp_path / "elsewhere", s3_url)
    with ThreadPoolExecutor(8) as crowd:
        assert set(crowd.map(lambda _: elsewhere.path(KEY).read_bytes() == data, range(8))) == {True}
    assert list((tmp_path / "elsewhere" / "incoming").iterdir()) == []


def test_copy_when_it_is_larger_than_a_providers_file_may_be_then_it_is_fetched_all_the_same(
    bucket, s3_url, tmp_path, monkeypatch
):
    bucket.put("exports/one.zip", DATA)
    monkeypatch.setattr(storage, "MAX_BYTES", 4)
    assert Bucket(tmp_path / "elsewhere", s3_url).path("exports/one.zip").read_bytes() == DATA


def write(bucket: Bucket) -> None:
    with bucket.writing(KEY) as path:
        path.write_bytes(DATA)


def put(bucket: Bucket) -> None:
    bucket.put(KEY, DATA)


@pytest.mark.parametrize(
    "use", [write, put, lambda one: one.has(KEY), lambda one: one.path(KEY), lambda one: one.older("outputs", 1.0)]
)
def test_bucket_when_it_refuses_then_a_sentence_and_nothing_is_called_kept(bucket, locks_bucket, use):
    locks_bucket()
    with pytest.raises(StorageTrouble, match="bucket"):
        use(bucket)
    assert bucket.local(KEY) is None


def test_older_when_another_machine_has_removed_a_file_then_the_copy_here_is_told(bucket, s3_url, tmp_path):
    later = time.time() + 3600
    bucket.put("exports/b.zip", DATA)
    elsewhere = Bucket(tmp_path / "elsewhere", s3_url)
    elsewhere.path("exports/b.zip")
    bucket.delete("exports/b.zip")
    assert "exports/b.zip" in elsewhere.older("exports", later)
    elsewhere.delete("exports/b.zip")
    assert "exports/b.zip" not in elsewhere.older("exports", later)


def test_bucket_when_it_refuses_us_then_its_probe_says_so_and_leaves_nothing(bucket, locks_bucket, tmp_path):
    bucket.probe()
    locks_bucket()
    with pytest.raises(StorageTrouble):
        bucket.probe()
    assert list((tmp_path / "here" / "incoming").iterdir()) == []

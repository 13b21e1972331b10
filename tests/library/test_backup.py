"""What a backup holds of a video that arrives at that very moment, and of what is kept elsewhere."""

from __future__ import annotations

import pytest

from components.errors import BackupRefused
from components.library import backup
from components.library.database import migrate, open_database, sqlite_url
from components.library.generations import Generations
from components.library.restore import restore


@pytest.fixture
def submitting(settings):
    """A data folder with one whose answer, told once, is on its way."""
    settings.data_dir.mkdir(parents=True)
    database = open_database(sqlite_url(settings.data_dir / "studio.db"))
    migrate(database)
    rows = Generations(database, "local")
    with database.begin() as connection:
        rows.insert(connection, id="g1", model="segmind/humo", parameters={}, sandbox=False, state="submitting")
    yield rows
    database.dispose()


def test_backup_when_a_video_gets_its_place_after_the_rows_were_copied_then_it_is_kept_as_arrived(
    submitting, settings, tmp_path, monkeypatch
):
    copy = backup.copy_database

    def then_it_arrives(source, target):
        copy(source, target)
        (settings.data_dir / "media" / "outputs").mkdir(parents=True)
        (settings.data_dir / "media" / "outputs" / "g1-0.mp4").write_bytes(b"a film")

    monkeypatch.setattr(backup, "copy_database", then_it_arrives)
    backup.back_up(settings, tmp_path / "backup")
    other = settings.model_copy(update={"data_dir": tmp_path / "moved"})
    restore(other, tmp_path / "backup")
    assert (other.data_dir / "incoming" / "g1-0").read_bytes() == b"a film"


def test_backup_when_database_and_files_are_elsewhere_then_a_note_says_what_to_copy_and_no_password(
    submitting, settings, tmp_path
):
    url = "postgresql+psycopg://someone:5ecret@db.example/studio"
    away = settings.model_copy(update={"database_url": url, "media_url": "s3://films/here"})
    (settings.data_dir / "media").mkdir()
    (settings.data_dir / "media" / "copy.mp4").write_bytes(b"x")
    note = backup.back_up(away, tmp_path / "backup")
    assert all(told in note for told in ("pg_dump", backup.HOLD, "bucket"))
    held = {path.name: path.read_text() for path in (tmp_path / "backup").rglob("*") if path.is_file()}
    assert set(held) == {backup.MARK, backup.NOTE}
    assert "5ecret" not in str(held)
    other = settings.model_copy(update={"data_dir": tmp_path / "moved"})
    with pytest.raises(BackupRefused, match="STUDIO_DATABASE_URL"):
        restore(other, tmp_path / "backup")


def test_backup_when_cut_off_then_it_is_none(submitting, settings, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "_keep_arrived", full)
    with pytest.raises(BackupRefused, match="No space left"):
        backup.back_up(settings, tmp_path / "backup")
    with pytest.raises(BackupRefused, match="no whole backup"):
        restore(settings.model_copy(update={"data_dir": tmp_path / "moved"}), tmp_path / "backup")

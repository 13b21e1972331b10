"""Nobody else on the machine reads the data folder: databases, videos, posters, keys, the sandbox's files."""

from __future__ import annotations

from components.studio import open_studio


def open_to_others(folder) -> list[str]:
    return [str(path.relative_to(folder)) for path in (folder, *folder.rglob("*")) if path.stat().st_mode & 0o077]


def test_data_folder_when_a_video_was_made_then_all_of_it_is_its_owners_alone(settings, submit):
    with open_studio(settings) as studio:
        job = studio.wait(submit(studio).id, timeout=60)
        assert job.state == "done"
        assert open_to_others(settings.data_dir) == []
    made = {path.parent.name for path in settings.data_dir.rglob("*") if path.is_file()}
    assert {"assets", "outputs", "posters"} <= made


def test_data_folder_when_an_earlier_studio_left_it_open_then_it_is_closed_at_the_start(settings):
    left = settings.data_dir / "media" / "outputs" / "old.mp4"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"film")
    left.chmod(0o644)
    settings.data_dir.chmod(0o755)
    with open_studio(settings):
        assert open_to_others(settings.data_dir) == []

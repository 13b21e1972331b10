"""What takes room, as the settings page tells it, and the press that makes some."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.ui.rows import add_generation
from tests.ui.screen import Screen


def test_storage_when_there_are_videos_then_by_month_and_model_and_copies_can_go(studio):
    screen = Screen()
    assert "0 videos" in screen.open("settings").words()
    add_generation(studio._engine.database, "done")
    storage = studio._engine.context.storage
    storage.put("previews/one-0.mp4", b"x" * 2000)
    said = screen.open("settings").words()
    assert "1 video, 1 KB" in said
    assert f"{datetime.now(UTC):%B %Y}" in said
    assert "2 KB are previews, copies and exports" in said
    screen.at.button(key="storage:again").click().run()
    assert "Removed 1 file" in screen.fine().at.toast[0].value
    assert not storage.has("previews/one-0.mp4")

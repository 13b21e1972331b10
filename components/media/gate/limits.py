"""How much a file may cost to be read, and the words for one that would cost more. It starts nothing."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace

from components.errors import InvalidAudio, InvalidFile, InvalidImage, InvalidVideo

GIGABYTE = 1024**3
UPLOAD_SECONDS, RESULT_SECONDS = 10.0, 60.0
MEMORY_IS_LIMITED = sys.platform == "linux"
"""Whether `RLIMIT_DATA` binds what a child takes: since Linux 4.7 it counts all private memory (getrlimit(2), read
2026-11-20). macOS does not count what malloc maps, Windows has no such limit: there the time limit alone holds."""

WORK_IS_LIMITED = sys.platform != "win32"
"""Whether `RLIMIT_CPU` is there to count a child's work; elsewhere the clock alone counts."""
BUSY = 3
"""By how much a machine that is busy with other things may be slower."""


@dataclass(frozen=True)
class Limits:
    """What a file of one kind may take, and how it is refused."""

    noun: str
    refusal: type[InvalidFile]
    hint: str
    memory: int = GIGABYTE
    seconds: float = UPLOAD_SECONDS
    """Of work, for the task or from one step of it to the next. A busy machine refuses no honest file."""

    @property
    def patience(self) -> float:
        """Seconds by the clock after which a child is given up, whether it works or hangs."""
        return self.seconds * (BUSY if WORK_IS_LIMITED else 1)

    def too_much_memory(self) -> InvalidFile:
        return self.refusal(f"This file would need more memory than {self.noun} should.", self.hint)

    def too_much_time(self) -> InvalidFile:
        return self.refusal(f"This file takes longer to read than {self.noun} should.", self.hint)

    def too_damaged(self) -> InvalidFile:
        return self.refusal("This file is damaged in a way that cannot be read.", self.hint)


# An honest PNG of 40 megapixels with transparent parts takes more than a gigabyte.
PICTURE = Limits("a portrait", InvalidImage, "Export it smaller, for example as JPEG.", 3 * GIGABYTE // 2)
SOUND = Limits("a voice", InvalidAudio, "Export only the sound, for example as MP3, and add that.")
TABLE = Limits("a table", InvalidFile, "Save it as CSV and add it again.")
VIDEO = Limits("a video", InvalidVideo, "Download or export it again, for example as MP4.")
RESULT = replace(VIDEO, seconds=RESULT_SECONDS)

"""Puts a small JSON object into a video file and finds it again. It does not know what the object means.

It stands in the comment, which players show, after the words that were there before; and in MP4 and MOV in an XMP
box at the end too, because some services that videos are posted to wipe the one and leave the other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, unescape

import av
from av.container import InputContainer, OutputContainer
from av.stream import Stream

from components.errors import InvalidVideo
from components.media.boxes import append_xmp, find_xmp
from components.media.container import READ_ERRORS, Unreadable, open_media
from components.media.draft import drafted
from components.media.video import sniff

MOST_BYTES, DEEPEST = 64 * 1024, 12
MARK = "screentest"
KINDS = {"video/mp4": "mp4", "video/quicktime": "mov", "video/webm": "webm"}
SUFFIXES = (".mp4", ".mov", ".webm")
_COPIED = ("video", "audio", "subtitle")
_XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:screentest="urn:screentest:tags">'
    "<screentest:tags>{}</screentest:tags></rdf:Description></rdf:RDF></x:xmpmeta>"
    '<?xpacket end="r"?>'
)
_ORDINARY = {
    *("major_brand", "minor_version", "compatible_brands", "creation_time", "encoder", "title", "artist", "album"),
    *("album_artist", "composer", "date", "comment", "genre", "copyright", "description", "synopsis"),
}
_IN_XMP = re.compile(r"<screentest:tags>([^<]*)</screentest:tags>")


def taggable(path: Path) -> bool:
    """Whether a file of this name is of a kind that can carry tags; it is not opened."""
    return path.suffix.lower() in SUFFIXES


def write_tags(source: Path, target: Path, tags: Mapping[str, Any]) -> None:
    """Copies the video, not one packet of it changed, with the tags inside.

    Raises:
        InvalidVideo: it is no MP4, MOV or WebM, or it is damaged.
        ValueError: the tags are no JSON, or more than 64 KB of it.
    """
    words = json.dumps({MARK: dict(tags)}, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    if len(words.encode()) > MOST_BYTES:
        raise ValueError(f"tags of more than {MOST_BYTES} bytes")
    kind = _kind(source)
    try:
        with drafted(target) as draft:
            _copy(source, draft, kind, words)
            if kind != "webm":
                others = [packet for packet in find_xmp(source) if not _ours(packet)]
                append_xmp(draft, [*others, _XMP.format(escape(words)).encode()])
    except (Unreadable, av.error.FFmpegError, EOFError) as error:
        raise InvalidVideo("This video cannot be copied with its settings inside.", "Take it as it is.") from error


def read_tags(data: bytes | Path) -> dict[str, Any] | None:
    """The tags of a file, wherever they are left; None when there are none, or the file is none of ours."""
    return _read_comment(data) or _read_xmp(data)


def _kind(source: Path) -> str:
    with source.open("rb") as file:
        kind = KINDS.get(sniff(file.read(64)) or "")
    if kind is None:
        raise InvalidVideo("Only MP4, MOV and WebM files can carry their settings.", "Take it as it is.")
    return kind


def _copy(source: Path, draft: Path, kind: str, words: str) -> None:
    with open_media(source) as container:
        options = {} if kind == "webm" else {"movflags": _movflags(container)}
        with av.open(str(draft), "w", format=kind, options=options) as out:
            before = [line for line in _comment(container).split("\n") if line and _parsed(line) is None]
            out.metadata.update(
                {name: value for name, value in container.metadata.items() if not _commenting(name)}
            )
            out.metadata["comment"] = "\n".join([*before, words])
            copies = {
                stream.index: _copied_stream(out, stream) for stream in container.streams if stream.type in _COPIED
            }
            for packet in container.demux([container.streams[index] for index in copies]):
                if packet.size:  # the last, empty one of every track means its end
                    packet.stream = copies[packet.stream.index]
                    out.mux(packet)


def _movflags(container: InputContainer) -> str:
    """Keys of somebody's own are only kept in the newer kind of list; players show more of the older one."""
    own = {name for name in container.metadata if name not in _ORDINARY}
    return "+faststart+use_metadata_tags" if own else "+faststart"


def _copied_stream(out: OutputContainer, stream: Stream) -> Stream:
    """A track for the same packets, with the same name, language and clock."""
    copied = out.add_stream_from_template(stream, opaque=True)
    copied.metadata.update(stream.metadata)
    copied.time_base = stream.time_base
    return copied


def _read_comment(data: bytes | Path) -> dict[str, Any] | None:
    lines: list[str] = []
    with suppress(Unreadable, *READ_ERRORS), open_media(data) as container:
        lines = _comment(container).split("\n")
    return next((found for line in lines if (found := _parsed(line)) is not None), None)


def _comment(container: InputContainer) -> str:
    return "\n".join(value for name, value in container.metadata.items() if _commenting(name))


def _commenting(name: str) -> bool:
    return name.lower() == "comment"  # Matroska's names are in capitals


def _read_xmp(data: bytes | Path) -> dict[str, Any] | None:
    # Found by a pattern: an XML parser could be made to work without end.
    for packet in find_xmp(data):
        found = _ours(packet)
        if found and (tags := _parsed(unescape(found[1]))) is not None:
            return tags
    return None


def _ours(packet: bytes) -> re.Match[str] | None:
    return _IN_XMP.search(packet.decode("utf-8", errors="replace"))


def _parsed(words: str) -> dict[str, Any] | None:
    """The tags that a line of JSON holds; None for anything that somebody may have put there instead."""
    if not words.startswith('{"' + MARK + '":') or len(words) > MOST_BYTES:
        return None
    try:
        found = json.loads(words, parse_constant=_refused)[MARK]
        words.encode()
        json.dumps(found, ensure_ascii=False).encode()  # half a letter, written as an escape, cannot be kept
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and _shallow(found) else None


def _refused(constant: str) -> Any:
    raise ValueError(constant)


def _shallow(found: dict[str, Any]) -> bool:
    level: list[Any] = [found]
    for _ in range(DEEPEST):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return True
    return False

"""Rows of videos, without files."""

from __future__ import annotations

from components.library.records import View

FACTS = {"width": 832, "height": 480, "seconds": 2.0, "fps": 25.0, "frames": 50}


def add_video(rows, owner, name, position, facts):
    rows.add_output(
        id=f"{name}-{position}",
        owner=owner,
        generation_id=name,
        position=position,
        media_type="video/mp4",
        key=f"outputs/{name}-{position}.mp4",
        poster_key=f"posters/{name}-{position}.jpg",
        size=1,
        sha256="0" * 64,
        facts=facts,
    )


def ids(gallery, limit=50, offset=0, **view):
    found = [entry.id for entry in gallery.entries(View(**view), limit=limit, offset=offset)]
    assert offset or len(found) == min(limit, gallery.count(View(**view)))
    return found

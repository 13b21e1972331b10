"""Rows of videos, without files."""

from __future__ import annotations

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

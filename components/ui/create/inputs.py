"""Takes a portrait or a voice: dropped, chosen, or the sample; checked and kept at once, then shown."""

from __future__ import annotations

from html import escape
from typing import Any, Literal

import streamlit as st

from components.catalog.spec import ModelSpec
from components.errors import StudioError
from components.library.records import Asset
from components.settings import ROOT
from components.studio import Studio
from components.ui.frame import notices, words
from components.ui.frame.state import Draft

SAMPLES = {"image": ROOT / "assets" / "sample-portrait.jpg", "audio": ROOT / "assets" / "sample-voice.mp3"}
SUFFIXES = {
    "image": ["jpg", "jpeg", "jfif", "png", "webp", "heic", "heif", "avif", "bmp", "gif", "tif", "tiff"],
    "audio": [
        *("wav", "mp3", "m4a", "aac", "ogg", "oga", "opus", "flac", "aif", "aiff", "caf", "amr"),
        *("webm", "mka", "mkv", "mp4", "mov", "3gp"),
    ],
}
"""Only a first sieve in the browser; what decides is the content."""


def file_input(studio: Studio, draft: Draft, name: str, problem: str | None) -> None:
    """One file parameter: the file that is there, or the ways to give one."""
    address = str(draft.get(name) or "")
    asset = None if address.startswith("https://") else _asset(studio, draft, name)
    with st.container(gap="xsmall"):
        if asset:
            _show(studio, draft, asset)
            _replace_button(draft, name)
        elif address.startswith("https://"):
            st.html(_head(draft.spec.control(name).title, "a web address"))
            notices.quiet(address)
            _replace_button(draft, name)
            if studio.accounts.side(draft.spec.id) == "sandbox":
                title = draft.spec.control(name).title.lower()
                notices.careful(f"The sandbox does not read web addresses: it will use a stand-in {title}.")
        else:
            _ask(studio, draft, name)
        notices.problem(draft.get(f"{name}:refused") or problem)
        if asset and name in draft.spec.address_only and not studio.accounts.can_link(draft.spec.id):
            notices.careful(
                f"{draft.spec.provider_name} fetches this file from the web and cannot reach this machine. "
                "Set STUDIO_PUBLIC_URL to an address under which it can (or keep files in S3), or press Replace "
                "and paste the file's own web address."
            )


def _replace_button(draft: Draft, name: str) -> None:
    st.button(
        "Replace",
        key=draft.key(f"{name}:replace"),
        on_click=draft.set,
        args=(name, None),
        type="tertiary",
        icon=":material/swap_horiz:",
    )


def voice_seconds(studio: Studio, draft: Draft) -> float | None:
    """How long the given voice is; None without one, or where it is a web address."""
    for name in draft.spec.parameters("audio"):
        asset = _asset(studio, draft, name) if not str(draft.get(name) or "").startswith("https://") else None
        if asset:
            return float(asset.facts["seconds"])
    return None


def use_sample(studio: Studio, draft: Draft, name: str) -> None:
    """Takes the sample that comes with the studio."""
    control = draft.spec.control(name)
    _take(studio, draft, name, SAMPLES[control.kind].read_bytes(), f"Sample {control.title.lower()}")


def _asset(studio: Studio, draft: Draft, name: str) -> Asset | None:
    asset_id = draft.get(name)
    if not asset_id:
        return None
    asset = studio.assets.find(asset_id)
    if asset is None:
        draft.set(name, None)
    return asset


def _ask(studio: Studio, draft: Draft, name: str) -> None:
    control = draft.spec.control(name)
    st.html(_head(control.title, _limit(draft.spec, control.kind)))
    key = draft.upload_key(name)
    left = st.file_uploader(
        control.title,
        type=SUFFIXES[control.kind],
        key=key,
        help=control.help,
        label_visibility="collapsed",
        on_change=_uploaded,
        args=(studio, draft, name, key),
    )
    if left is not None:
        # Another press overtook the callback, which takes the file and asks anew; it is never called twice.
        _uploaded(studio, draft, name, key)
        st.rerun()
    st.button(
        f"Use the sample {control.title.lower()}",
        key=draft.key(f"{name}:sample"),
        on_click=use_sample,
        args=(studio, draft, name),
        width="stretch",
    )
    with st.popover("Or paste a web address", type="tertiary"):
        st.text_input(
            f"Web address of the {control.title.lower()}",
            key=draft.key(f"{name}:address"),
            placeholder="https://",
            on_change=_pasted,
            args=(draft, name),
        )


def _limit(spec: ModelSpec, kind: str) -> str:
    """How large or long a file may be, in a few words."""
    if kind == "image" or spec.voice is None:
        most = spec.picture.most_bytes if spec.picture else None
        return f"up to {most / 1_000_000:g} MB" if most else "up to 20 MB"
    return words.voice_limit(spec.voice)


def _pasted(draft: Draft, name: str) -> None:
    """Only https: the provider fetches it, and nobody on the way should change it."""
    given = str(draft.get(f"{name}:address") or "").strip()
    good = given.startswith("https://") and len(given.split()) == 1
    draft.set(f"{name}:refused", None if good or not given else "A web address must start with https://.")
    if good:
        draft.set(name, given)


def _uploaded(studio: Studio, draft: Draft, name: str, key: str) -> None:
    """Keeps the file at once: Streamlit forgets an upload when the page is left."""
    upload: Any = st.session_state.get(key)
    if upload is not None:
        _take(studio, draft, name, upload.getvalue(), upload.name)
        draft.next_upload(name)


def _take(studio: Studio, draft: Draft, name: str, data: bytes, called: str) -> None:
    control = draft.spec.control(name)
    draft.set(f"{name}:refused", None)
    try:
        kind: Literal["image", "audio"] = "image" if control.kind == "image" else "audio"
        asset = studio.assets.add(data, name=called, kind=kind, model_id=draft.spec.id)
    except StudioError as refused:
        draft.set(f"{name}:refused", str(refused))
        return
    draft.set(name, asset.id)
    if control.kind == "image" and draft.spec.portrait_mode:
        # Who gives a portrait wants to see it: without this press the default mode would not use it.
        draft.fill(draft.spec.portrait_mode)


def _show(studio: Studio, draft: Draft, asset: Asset) -> None:
    url = studio.files.url(asset.key)
    if asset.kind == "image":
        _show_portrait(asset, url)
    else:
        _show_voice(draft, asset, url)


def _show_portrait(asset: Asset, url: str) -> None:
    found = asset.facts.get("face_found")
    state = '<span class="st-good">✓ face found</span>' if found else "<span></span>"
    st.html(
        f'<div class="st-head"><b>Portrait</b>{state}</div>'
        f'<img class="st-portrait" src="{escape(url)}" alt="Portrait: {escape(asset.name)}">'
        f'<p class="st-quiet st-name">{escape(asset.name)} · {asset.facts["width"]}×{asset.facts["height"]}</p>'
    )
    if done := asset.facts.get("notes"):
        notices.quiet(" ".join(map(str, done)))
    if not found or "two" in str(asset.facts.get("face", "")).lower():
        notices.careful(asset.facts.get("face", ""))


def _show_voice(draft: Draft, asset: Asset, url: str) -> None:
    seconds = float(asset.facts["seconds"])
    heard = min(seconds, draft.video_seconds() or seconds)
    limit = draft.spec.voice.most_seconds if draft.spec.voice else seconds
    st.html(
        f'<div class="st-head"><b>Voice</b><span class="st-good">✓ {seconds:.1f} s of {limit:.0f} s</span></div>'
        f"{_wave(asset.facts['bars'], heard / seconds)}"
        f'<div class="st-voice"><audio controls preload="none" src="{escape(url)}"></audio></div>'
        f'<p class="st-quiet st-name">{escape(asset.name)}</p>'
    )
    if heard < seconds - 0.05:
        notices.quiet(
            f"The video takes the first {words.length(heard)} of your {words.length(seconds)}; "
            f"{draft.spec.name} leaves out the rest."
        )
    if float(asset.facts["lead_silence"]) > 0.4:
        notices.careful(f"The first {asset.facts['lead_silence']:.1f} s are silent, so the mouth starts late.")


def _wave(bars: list[float], heard: float) -> str:
    """The voice as bars; those that the video will not hear are grey."""
    shapes = "".join(
        f'<i style="height:{max(4.0, 100 * bar):.0f}%"{"" if index < heard * len(bars) else " class=unheard"}></i>'
        for index, bar in enumerate(bars)
    )
    return f'<div class="st-wave" role="img" aria-label="Waveform">{shapes}</div>'


def _head(title: str, state: str) -> str:
    return f'<div class="st-head"><b>{escape(title)}</b><span>{escape(state)}</span></div>'

"""BHuman's lists on its page: templates to choose from, the store, the videos made before."""

from __future__ import annotations

from typing import Any

import streamlit as st

from components.catalog.spec import ModelSpec
from components.errors import StudioError
from components.studio import Studio
from components.ui.frame import notices
from components.ui.frame.state import Draft

PAGE_SIZE = 100


@st.cache_data(ttl=60, show_spinner=False)
def _templates(_studio: Studio, side: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for number in range(10):
        page = _studio.accounts.bhuman().instances(number, PAGE_SIZE)
        found |= {item.id: item.name or item.id for item in page.items}
        if len(page.items) < PAGE_SIZE:
            break
    return found


def templates(studio: Studio, spec: ModelSpec) -> tuple[dict[str, str], StudioError | None]:
    """The account's templates by id, and why there are none where the list is closed."""
    try:
        return _templates(studio, studio.accounts.side(spec.id)), None
    except StudioError as closed:
        return {}, closed


@st.cache_data(ttl=3600, max_entries=200, show_spinner=False)
def _picture(_studio: Studio, url: str, model_id: str) -> bytes | None:
    return _studio.pictures.fetch(url, model_id)


def store(studio: Studio, draft: Draft) -> None:
    """Products with thumbnails, by category and tag, to be put into a workspace."""
    if not st.toggle("Open the store", key=draft.key("store:open")):
        notices.quiet("BHuman's store has ready-made templates. Open it to look around.")
        return
    try:
        bhuman = studio.accounts.bhuman()
        products, choices, workspaces = bhuman.products(), bhuman.store_settings(), bhuman.workspaces()
    except StudioError as closed:
        notices.error(closed)
        return
    category, tag, place = st.columns(3)
    with category:
        kinds = {choice.id: choice.name for choice in choices.categories}
        kind = st.selectbox("Category", list(kinds), format_func=kinds.__getitem__, index=None, placeholder="All")
    with tag:
        labels = {choice.id: choice.name for choice in choices.tags}
        label = st.selectbox("Tag", list(labels), format_func=labels.__getitem__, index=None, placeholder="All")
    with place:
        spaces = {space.id: space.name or space.id for space in workspaces}
        space = st.selectbox("Use into workspace", list(spaces), format_func=spaces.__getitem__)
    shown = [p for p in products if kind in (None, p.category) and (label is None or label in p.tags)]
    if not shown:
        notices.quiet("Nothing in the store fits both choices.")
    columns = st.columns(3, gap="medium")
    for index, product in enumerate(shown):
        with columns[index % 3], st.container(border=True):
            _product(studio, draft, product, space)


def _product(studio: Studio, draft: Draft, product: Any, workspace: str | None) -> None:
    picture = _picture(studio, product.thumbnail, draft.spec.id) if product.thumbnail else None
    if picture:
        st.image(picture, width="stretch", alt="")
    st.markdown(f"**{notices.plain(product.title)}**")
    rating = f" · rated {product.rating:g}" if product.rating is not None else ""
    notices.quiet(f"{product.description[:140]}{rating}")
    if st.button("Use it", key=f"use:{product.id}", disabled=workspace is None):
        try:
            made = studio.accounts.bhuman().use_product(product.id, workspace or "")
        except StudioError as refused:
            notices.error(refused)
            return
        draft.put("template", made.video_instance_id)
        _templates.clear()
        st.success("It is now a template of yours, and chosen on the first tab.")


def past_videos(studio: Studio, draft: Draft) -> None:
    """What was made from the chosen template, page by page."""
    chosen = draft.at("template")
    if not chosen:
        notices.quiet("Choose a template on the first tab; what was made from it before is listed here.")
        return
    number = st.number_input("Page", 1, 10_000, key=draft.key("past:page")) - 1
    try:
        page = studio.accounts.bhuman().generated(chosen, int(number), PAGE_SIZE)
    except StudioError as closed:
        notices.error(closed)
        return
    total = f" of {page.total}" if page.total is not None else ""
    notices.quiet(f"{len(page.items)}{total} videos of this template.")
    if page.items:
        st.dataframe(
            [
                {
                    "For": " · ".join(video.values),
                    "State": video.status,
                    "Made": video.created_at,
                    "Page": video.page_url if (video.page_url or "").startswith("https://") else None,
                }
                for video in page.items
            ],
            column_config={"Page": st.column_config.LinkColumn(display_text="Open")},
            hide_index=True,
            width="stretch",
        )

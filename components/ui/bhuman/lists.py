"""BHuman's lists on its page: templates and campaigns to choose from, the store, the videos made before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import streamlit as st

from components.catalog.spec import ModelSpec
from components.errors import StudioError
from components.studio import Studio
from components.ui.frame import notices
from components.ui.frame.state import Draft

Kind = Literal["template", "campaign"]
"""What videos of a table are made from."""
PAGE_SIZE, MOST_PAGES = 100, 10


@st.cache_data(ttl=60, show_spinner=False)
def _names(_studio: Studio, account: str, kind: Kind) -> dict[str, str]:
    found: dict[str, str] = {}
    bhuman = _studio.accounts.template_store()
    ask = bhuman.campaigns if kind == "campaign" else bhuman.instances
    for number in range(MOST_PAGES):
        page = ask(number, PAGE_SIZE)
        found |= {item.id: item.name or item.id for item in page.items}
        if len(page.items) < PAGE_SIZE:
            break
    return found


def list_names(studio: Studio, spec: ModelSpec, kind: Kind) -> tuple[dict[str, str], StudioError | None]:
    """The account's templates or campaigns by id, and why there are none where the list is closed."""
    try:
        return _names(studio, _account(studio, spec), kind), None
    except StudioError as closed:
        return {}, closed


def find_name(studio: Studio, spec: ModelSpec, kind: Kind, identifier: str) -> str | None:
    """The name of one by its id; None where the account has none of it. Raises as BHuman's lists do."""
    return _name(studio, _account(studio, spec), kind, identifier)


def _account(studio: Studio, spec: ModelSpec) -> str:
    """Which account is asked, so that no list of one is shown to those who use another."""
    side = studio.accounts.side(spec.id)
    return f"{side} {studio.person.owner}" if studio.accounts.has_own_key(spec.provider) else side


@st.cache_data(ttl=60, max_entries=200, show_spinner=False)
def _name(_studio: Studio, account: str, kind: Kind, identifier: str) -> str | None:
    bhuman = _studio.accounts.template_store()
    found = bhuman.campaign(identifier) if kind == "campaign" else bhuman.instance(identifier)
    return (found.name or found.id) if found else None


@st.cache_data(ttl=3600, max_entries=200, show_spinner=False)
def _picture(_studio: Studio, url: str, model_id: str) -> bytes | None:
    return _studio.pictures.fetch(url, model_id)


def store(studio: Studio, draft: Draft, chosen: Callable[[str], None]) -> None:
    """Products with thumbnails, by category and tag, to be put into a workspace.

    Args:
        studio: the visitor's.
        draft: of BHuman's page.
        chosen: takes the id of the template that a product became.
    """
    if not st.toggle("Open the store", key=draft.key("store:open")):
        notices.quiet("BHuman's store has ready-made templates. Open it to look around.")
        return
    try:
        bhuman = studio.accounts.template_store()
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
            _product(studio, draft, product, space, chosen)


def _product(
    studio: Studio, draft: Draft, product: Any, workspace: str | None, chosen: Callable[[str], None]
) -> None:
    picture = _picture(studio, product.thumbnail, draft.spec.id) if product.thumbnail else None
    if picture:
        st.image(picture, width="stretch", alt="")
    st.markdown(f"**{notices.plain(product.title)}**")
    rating = f" · rated {product.rating:g}" if product.rating is not None else ""
    notices.quiet(f"{product.description[:140]}{rating}")
    st.button(
        "Use it",
        key=f"use:{product.id}",
        disabled=workspace is None,
        on_click=_use,
        args=(studio, draft, product.id, workspace or "", chosen),
    )
    of, failure = draft.get("store:used") or (None, None)
    if of == product.id and failure:
        notices.error(failure)
    elif of == product.id:
        st.success("It is now a template of yours, and chosen on the first tab.")


def _use(studio: Studio, draft: Draft, product: str, workspace: str, chosen: Callable[[str], None]) -> None:
    """Runs as the press's callback, once a press, so that the first tab is drawn with what was made."""
    try:
        made = studio.accounts.template_store().use_product(product, workspace)
    except StudioError as refused:
        draft.set("store:used", (product, refused))
        return
    draft.set("store:used", (product, None))
    _names.clear()
    chosen(made.video_instance_id)


def past_videos(studio: Studio, kind: Kind, identifier: str | None, key: str) -> None:
    """What was made from one template or campaign, page by page."""
    if not identifier:
        notices.quiet(f"Choose a {kind} on the first tab; what was made from it before is listed here.")
        return
    number = int(st.number_input("Page", 1, 10_000, key=key)) - 1
    bhuman = studio.accounts.template_store()
    try:
        page = (bhuman.campaign_videos if kind == "campaign" else bhuman.generated)(identifier, number, PAGE_SIZE)
    except StudioError as closed:
        notices.error(closed)
        return
    total = f" of {page.total}" if page.total is not None else ""
    notices.quiet(f"{len(page.items)}{total} videos of this {kind}.")
    if page.items:
        st.dataframe(
            [_past(video) for video in page.items],
            column_config={"Page": st.column_config.LinkColumn(display_text="Open")},
            hide_index=True,
            width="stretch",
        )


def _past(video: Any) -> dict[str, str]:
    """One line of the list; its page only where a browser may open it."""
    line = {"For": " · ".join(video.values), "State": video.status, "Made": video.created_at.replace("T", " ")}
    page = video.page_url or ""
    return line | ({"Page": page} if page.startswith("https://") else {})

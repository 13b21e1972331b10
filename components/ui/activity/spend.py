"""Shows what live generations cost, by provider, this month and in all, as far as the providers told it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from html import escape

import streamlit as st

from components.studio import Studio
from components.ui.frame import notices, visitor


def spend(studio: Studio) -> None:
    """The sums; the sandbox is free and not in them."""
    st.header("Spent", anchor=False)
    found = studio.spending.by_provider(month_start(datetime.now(visitor.zone())))
    if not found:
        notices.quiet("Nothing: all of it was made in the sandbox, which is free.")
        return
    names = {spec.provider: spec.provider_name for spec in studio.models()}
    rows: list[tuple[str, Decimal, Decimal]] = [(names[each.provider], each.recent, each.total) for each in found]
    if len(rows) > 1:
        rows.append(("Together", _sum(each.recent for each in found), _sum(each.total for each in found)))
    body = "".join(f"<tr><td>{escape(name)}</td>{_cell(month)}{_cell(total)}</tr>" for name, month, total in rows)
    st.html(
        '<table class="st-lately st-spend"><thead><tr><th>Provider</th><th>This month</th><th>In all</th></tr>'
        f"</thead><tbody>{body}</tbody></table>"
    )
    untold = sum(each.untold for each in found)
    if untold:
        videos = "One live generation is" if untold == 1 else f"{untold} live generations are"
        notices.quiet(f"{videos} not in these sums: the provider told no price.")


def month_start(now: datetime) -> float:
    """The first moment of this month where the visitor is, in unix seconds."""
    return now.replace(day=1, hour=0, minute=0, second=0, microsecond=0).timestamp()


def _sum(dollars: Iterable[Decimal]) -> Decimal:
    return sum(dollars, Decimal())


def _cell(dollars: Decimal) -> str:
    return f"<td>${dollars:.2f}</td>"

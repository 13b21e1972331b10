"""Shows what live generations cost, by provider, this month and in all, as far as the providers told it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from html import escape

import streamlit as st

from components.studio import Studio
from components.studio.spending import Costs
from components.ui.frame import notices, visitor, words


def spend(studio: Studio) -> None:
    """The sums; the sandbox is free and not in them: what it would have cost stands apart."""
    st.header("Spent", anchor=False)
    costs = studio.spending.at(datetime.now(visitor.zone()))
    _paid(costs)
    if costs.sandbox:
        notices.quiet(f"What the sandbox made would have cost {words.dollars(costs.sandbox)}; nobody paid it.")


def _paid(costs: Costs) -> None:
    if not costs.providers:
        notices.quiet("Nothing: all of it was made in the sandbox, which is free.")
        return
    rows = [*costs.providers, costs.together] if len(costs.providers) > 1 else costs.providers
    body = "".join(f"<tr><td>{escape(one.name)}</td>{_cell(one.month)}{_cell(one.total)}</tr>" for one in rows)
    st.html(
        '<table class="st-table st-spend"><thead><tr><th>Provider</th><th>This month</th><th>In all</th></tr>'
        f"</thead><tbody>{body}</tbody></table>"
    )
    count = costs.without_price
    if count:
        videos = "One live generation is" if count == 1 else f"{count} live generations are"
        notices.quiet(f"{videos} not in these sums: the provider told no price.")


def _cell(dollars: Decimal) -> str:
    return f"<td>${dollars:.2f}</td>"

"""The activity page: what is under way, what needs you, what ended lately, and what it cost. For every model."""

from __future__ import annotations

import time
from collections.abc import Iterable
from html import escape
from pathlib import Path

import streamlit as st

from components.catalog import MODELS, model
from components.errors import ErrorInfo, OutOfCredits
from components.library.records import ENDED, Generation
from components.studio import GenerationQueries, Studio
from components.ui.activity import health, spend
from components.ui.browser.live import SLOW, poll_seconds, watch
from components.ui.frame import lateness, notices, states, told, visitor, words
from components.ui.frame.bell import where
from components.ui.frame.cancel import cancel_button
from components.ui.frame.doubt import long_asked, ways_out
from components.ui.frame.sides import side_by_side

LATELY, NEEDY = 50, 10
"""At most so many that ended, and that need a person."""
WEEK = 7 * 86400.0

MINE, EVERYBODYS = "Mine", "Everybody's"
WORDLESS = ErrorInfo(code="", message="It ended without a word.", hint="Generate it again.")

STYLE = Path(__file__).with_suffix(".css")


def activity_page() -> None:
    """Draws the page."""
    studio = visitor.studio()
    st.html(STYLE)
    st.title("See what is on its way, and what it cost", anchor=False)
    notices.quiet("Every model's work in one place. You can close this page; nothing stops.")
    everybodys = _is_everybodys(studio)
    live = _rows(studio, everybodys).any_under_way()
    drawn = (live, _period(everybodys, live))
    st.fragment(_page, run_every=drawn[1])(studio, everybodys, drawn)


def _is_everybodys(studio: Studio) -> bool:
    """Whether it shows others' work too: an admin may choose that, and ends or settles it as its owners can."""
    if not studio.person.sees_all:
        return False
    chosen = st.segmented_control(
        "Whose work",
        (MINE, EVERYBODYS),
        default=MINE,
        required=True,
        label_visibility="collapsed",
        key="activity:whose",
    )
    return chosen == EVERYBODYS


def _rows(studio: Studio, everybodys: bool) -> GenerationQueries:
    return studio.seen if everybodys else studio.generations


def _period(everybodys: bool, live: bool) -> float | None:
    """How often this looks by itself: a browser is told of its own person's changes, of others' it has to ask."""
    return SLOW if everybodys else poll_seconds(live)


def _page(studio: Studio, everybodys: bool, drawn: tuple[bool, float | None]) -> None:
    """`drawn` is how the whole page was drawn: whether something was under way, and how often this looks."""
    notices.last_press()
    rows = _rows(studio, everybodys)
    at = rows.now()
    running = rows.under_way(first_output=True)
    going, needy, lately = map(_known, (running, _needing(rows, at), _latest(rows)))
    if going or lately:
        left, right = side_by_side([8, 4], gap="large")
        with left:
            _going(studio, going)
            _needy(studio, needy)
            _lately(studio, lately)
        with right:
            spend.spend(studio)
            health.health(studio)
    else:
        _empty(studio)
    watch(studio, [*going, *needy, *lately], at, key="activity-live-watch")
    # All of them count, as they did for the whole page: else one of a model of old would draw it again for ever.
    if (bool(running), _period(everybodys, bool(running))) != drawn:
        st.rerun()


def _known(found: Iterable[Generation]) -> list[Generation]:
    """Without those of a model that the studio had once."""
    return [one for one in found if one.model in MODELS]


def _needing(rows: GenerationQueries, now: float) -> list[Generation]:
    """All that a person must settle, however old; then this week's failures, as far as there is room."""
    doubtful = rows.doubtful()
    failed = rows.ended(("failed",), limit=NEEDY, since=now - WEEK)
    plain = [one for one in failed if not one.doubtful and one.settled_at is None]
    return [*doubtful, *plain][: max(NEEDY, len(doubtful))]


def _latest(rows: GenerationQueries) -> list[Generation]:
    return rows.ended(ENDED, limit=LATELY)


def _going(studio: Studio, going: list[Generation]) -> None:
    st.header("Under way", anchor=False)
    if not going:
        notices.quiet("Nothing is under way.")
    for generation in going:
        with st.container(border=True, gap="xxsmall"):
            _job(studio, generation)
            if not studio.person.may("make"):
                continue
            if generation.state == "queued":
                cancel_button(studio, generation, "Cancel", key="activity:cancel", icon=":material/close:")
            long_asked(studio, generation, key="activity")


def _job(studio: Studio, generation: Generation) -> None:
    """One that goes on; its seconds are counted in the browser."""
    spec = model(generation.model)
    where = words.place(spec, generation, studio.generations.ahead(generation))
    doing = f"{states.word(generation.state)} {where}"
    if generation.state == "running" and lateness.is_late(studio, generation):
        usual = words.usual(spec, studio.accounts.side(spec.id), studio.generations.usual(spec.id))
        doing = f"{doing} · {lateness.longer(usual)}"
    said = lateness.hindrance(generation, visitor.zone())
    hindered = f'<p class="st-said st-careful">{escape(said)}</p>' if said else ""
    st.html(
        f'<div class="st-job"><span><b>{_link(f"/{spec.page}", spec.name)}</b> '
        f'<span class="st-quiet">{escape(doing)}</span>{_by(studio, generation)}</span>'
        f"{_time(generation)}{_asked(generation)}{hindered}</div>"
    )


def _by(studio: Studio, generation: Generation) -> str:
    """Whose it is, where it is not the visitor's."""
    if generation.owner == studio.person.owner:
        return ""
    return f' <span class="st-quiet st-by">by {escape(generation.owner)}</span>'


def _time(generation: Generation) -> str:
    """How long it takes so far, or until it is tried again; counted on in the browser."""
    again, since = generation.next_try_at, generation.submitted_at or generation.created_at
    if again is not None:
        left = f"again in {_clock(again - time.time())}"
        return f'<time class="st-until" data-until="{again:.3f}">{left}</time>'
    return f'<time class="st-since" data-since="{since:.3f}">{_clock(time.time() - since)}</time>'


def _clock(length: float) -> str:
    minutes, seconds = divmod(int(max(0.0, length)), 60)
    return f"{minutes}:{seconds:02}"


def _asked(generation: Generation) -> str:
    """What tells it from its neighbours."""
    spec = model(generation.model)
    people = len(spec.value(generation.parameters, "rows") or [])
    words = spec.asked(generation.parameters)
    asked = f"{people} {'person' if people == 1 else 'people'}" if people else words
    return f'<p class="st-quiet st-asked">{escape(str(asked)[:160])}</p>' if asked else ""


def _needy(studio: Studio, needy: list[Generation]) -> None:
    # Whoever may settle nothing is not called to; how it ended stands below.
    if not needy or not studio.person.may("make"):
        return
    st.header("Needs you", anchor=False)
    for generation in needy:
        with st.container(border=True, gap="xxsmall"):
            _trouble(studio, generation)
            # What may have been paid for stays until a person has settled it.
            if generation.doubtful:
                ways_out(studio, generation, key="activity")
            elif not generation.outputs:
                _put_away(studio, generation)


def _trouble(studio: Studio, generation: Generation) -> None:
    spec = model(generation.model)
    error = told.told(generation.error or WORDLESS, own_key=generation.own_key)
    billing = ""
    if error.code == OutOfCredits.code:
        bought = escape(studio.accounts.billing(spec.provider))
        billing = f' <a href="{bought}" target="_blank" rel="noopener noreferrer">Buy credits</a>'
    st.html(
        f'<div class="st-job"><span><b>{_link(f"/{spec.page}", spec.name)}</b> '
        f'<span class="st-careful">{states.word(generation.state)}</span>{_by(studio, generation)}</span>'
        f'<span class="st-quiet">{words.ago(generation.changed_at)}</span>'
        f"{_asked(generation)}"
        f'<p class="st-said">{escape(error.message)} <b>{escape(error.hint)}</b>{billing}</p></div>'
    )


def _put_away(studio: Studio, generation: Generation) -> None:
    if st.button("Put it away", key=f"activity:away:{generation.id}", type="tertiary", icon=":material/check:"):
        studio.gallery.delete([generation.id])
        st.rerun()


def _lately(studio: Studio, ended: list[Generation]) -> None:
    st.header("Ended lately", anchor=False)
    if not ended:
        notices.quiet("Nothing has ended yet.")
        return
    heads = "".join(f"<th{extra}>{name}</th>" for name, extra in _HEADS)
    lines = "".join(_row(studio, generation) for generation in ended)
    st.html(f'<table class="st-table"><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>')


_WIDE = ' class="st-wide"'
_HEADS = (("Model", ""), ("Became", ""), ("When", _WIDE), ("Took", ""), ("Cost", ""))


def _row(studio: Studio, generation: Generation) -> str:
    spec = model(generation.model)
    began, ended = generation.submitted_at, generation.finished_at
    took = words.length(ended - began) if began and ended and generation.state != "cancelled" else "–"
    shown = _link(where(generation), spec.name) if generation.state == "done" else escape(spec.name)
    return (
        f"<tr><td>{shown}{_by(studio, generation)}</td>"
        f'<td class="st-{states.tone(generation.state)}">{states.word(generation.state)}</td>'
        f"<td{_WIDE}>{words.ago(generation.changed_at)}</td><td>{took}</td><td>{_cost(generation)}</td></tr>"
    )


def _cost(generation: Generation) -> str:
    if generation.sandbox:
        return f'<span class="st-quiet">{words.cost(generation) or "sandbox"}</span>'
    if generation.cost is not None:
        return words.dollars(generation.cost)
    return "–" if generation.state == "cancelled" else "not told"


def _link(href: str, name: str) -> str:
    """To a page of ours; the bell turns to it without loading the studio anew."""
    return f'<a class="st-go" href="{escape(href)}" target="_self">{escape(name)}</a>'


def _empty(studio: Studio) -> None:
    if not studio.person.may("make"):
        st.html(
            '<div class="st-empty"><h2>Nothing is on its way</h2><span>You look on in this studio.</span></div>'
        )
        return
    steps = (
        "Open a model and press Generate.",
        "Close the page if you like: the bell above counts what has ended.",
        "Open the bell to be told when a video is ready.",
    )
    listed = "".join(f"<li>{step}</li>" for step in steps)
    st.html(
        '<div class="st-empty"><h2>What you generate shows up here</h2><span>While it is under way, when it '
        f"needs you, and what it cost.</span><br><ol>{listed}</ol></div>"
    )

"""Tell me elsewhere: the place at which a person is told of what has ended, while no page of theirs is open."""

from __future__ import annotations

from datetime import datetime
from html import escape

import streamlit as st

from components.errors import InvalidRequest, StudioError
from components.library.records import NoticeAddress, NoticeEvent, NoticeTrouble
from components.studio import Studio
from components.ui.frame import notices, visitor, words
from components.ui.frame.state import leave_message, typed

ADDRESS, EVENTS, WORDS = "elsewhere:address", "elsewhere:events", "elsewhere:words"
WRONG = "elsewhere:wrong"
OF: dict[NoticeEvent, str] = {
    "done": "A video is finished",
    "failed": "A video failed",
    "uncertain": "A video is uncertain",
    "ceiling": "A ceiling stopped one",
}
EXAMPLES = """Begins with its kind; docs/notices.md says more.

- `ntfys://ntfy.sh/your-topic`
- `mailtos://user:password@gmail.com`
- `slack://TokenA/TokenB/TokenC`
- `discord://WebhookID/WebhookToken`
- `tgram://BotToken/ChatID`
- `workflows://host/workflow/signature` (Teams)
- `pover://UserKey@Token` (Pushover)
- `gotifys://gotify.example.com/token`
- `jsons://user:password@example.com/path`
"""
WHY: dict[NoticeTrouble, str] = {
    "failed": "The last one could not be delivered",
    "private": "The last one was not sent, because the address leads into a network of its own",
    "sealed": "The last one was not sent, because the address could not be read where it would have left",
}
LOST = "The studio's secret has changed since you gave the address, so it cannot be read any more. Paste it again."


def elsewhere(studio: Studio) -> None:
    """Draws the section, for whoever may make something or is still told of what they made."""
    kept = studio.notices.get()
    if not studio.person.may("make") and kept is None:
        return
    st.header("Tell me elsewhere", anchor=False)
    notices.quiet(
        "A short notice when something of yours has ended, on your phone, by mail or in a chat. What ends within "
        "a minute or so comes as one."
    )
    if kept:
        _kept(studio, kept)
    if studio.person.may("make"):
        readable = kept if kept and not kept.lost else None
        with st.expander("Change it" if readable else "Say where", expanded=WRONG in st.session_state):
            _form(studio, readable)


def _kept(studio: Studio, kept: NoticeAddress) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="elsewhere-row"):
        said = ["You are told of nothing."] if kept.lost else [_wishes(kept), _prompts(kept), _last(kept)]
        st.html(f"<b>{escape(kept.kind)}</b><p class='st-quiet'>{escape(' '.join(filter(None, said)))}</p>")
        with st.container(horizontal=True, width="content"):
            if studio.person.may("make") and not kept.lost:
                st.button("Send a test", key="elsewhere:test", on_click=_test, args=(studio,))
            st.button("Remove", key="elsewhere:remove", on_click=_remove, args=(studio,))
    if kept.lost:
        notices.careful(LOST)
    elif kept.failed_at and kept.trouble:
        notices.careful(f"{WHY[kept.trouble]}, {_moment(kept.failed_at)}. It is not sent again.")


def _wishes(kept: NoticeAddress) -> str:
    return f"When {', '.join(f'{OF[event][0].lower()}{OF[event][1:]}' for event in kept.events)}."


def _prompts(kept: NoticeAddress) -> str:
    return "With the prompt and a link." if kept.words else ""


def _last(kept: NoticeAddress) -> str:
    return f"Last told {words.ago(kept.told_at)}." if kept.told_at else ""


def _moment(at: float) -> str:
    when = datetime.fromtimestamp(at, visitor.zone())
    return f"on {when.day} {when:%B} at {when:%H:%M}"


def _form(studio: Studio, kept: NoticeAddress | None) -> None:
    _begin(kept)
    with st.form("elsewhere"):
        st.text_input(
            "Another address, or empty to leave it" if kept else "Address",
            key=ADDRESS,
            type="password",
            placeholder="ntfys://ntfy.sh/your-topic",
            autocomplete="off",
            help=EXAMPLES,
        )
        notices.quiet(
            "ntfy, mail, Slack, Discord, Telegram, Teams, Pushover, Gotify or JSON. What ntfy, Slack, Discord or "
            "Teams gave you can be pasted as it is. It is never shown again."
        )
        st.pills("Tell me when", list(OF), format_func=OF.__getitem__, selection_mode="multi", key=EVENTS)
        st.toggle("Put the prompt and a link to the video in it", key=WORDS)
        notices.quiet("Whoever runs that place can read what a notice says. Without this it only counts.")
        notices.problem(st.session_state.pop(WRONG, None))
        st.form_submit_button("Keep", on_click=_keep, args=(studio,))


def _begin(kept: NoticeAddress | None) -> None:
    """Fills the form where it is drawn anew."""
    if EVENTS not in st.session_state:
        st.session_state[EVENTS] = list(kept.events if kept else OF)
        st.session_state[WORDS] = kept.words if kept else False


def _keep(studio: Studio) -> None:
    """Runs as the press's callback, so that the page is drawn with what it left."""
    state = st.session_state
    try:
        kept = studio.notices.keep(typed(ADDRESS), state[EVENTS], state[WORDS])
    except InvalidRequest as refused:
        state[WRONG] = " ".join(refused.problems.values())
        return
    state[ADDRESS] = ""
    leave_message(f"You are told by {kept.kind}. Send a test to see it arrive.")


def _test(studio: Studio) -> None:
    try:
        studio.notices.test()
    except StudioError as failure:
        leave_message(str(failure))
    else:
        leave_message("The test was delivered.")


def _remove(studio: Studio) -> None:
    studio.notices.remove()
    for key in (EVENTS, WORDS):
        st.session_state.pop(key, None)
    leave_message("You are told of nothing more.")

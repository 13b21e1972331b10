"""Shows the request as programs that run: Python and curl, with what to set before."""

from __future__ import annotations

import streamlit as st

from components.catalog.spec import ModelSpec
from components.errors import StudioError
from components.library.records import Generation
from components.studio import Studio
from components.ui.frame import notices

HEIGHT = 420


def request(studio: Studio, spec: ModelSpec, generation: Generation) -> None:
    with st.expander("Show the request", icon=":material/code:", key=f"output:{generation.id}:request"):
        try:
            shown = studio.generations.programs(generation)
        except StudioError as lacking:
            notices.quiet(f"This request cannot be shown. {lacking}")
            return
        notices.quiet(f"{shown.steps} Running it makes a new video at {spec.provider_name}, which is charged.")
        python, curl = st.tabs(["Python", "curl"])
        with python:
            notices.quiet("Save as request.py, then: python request.py")
            st.code(shown.python, language="python", height=HEIGHT, wrap_lines=True)
        with curl:
            notices.quiet("Save as request.sh, then: sh request.sh")
            st.code(shown.curl, language="bash", height=HEIGHT, wrap_lines=True)

"""A team's studio, and its pages as each of its people opens them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from streamlit.runtime.context import ContextProxy, StreamlitHeaders

from components.library.tables import member, session
from components.settings import Settings
from components.studio import Studio, of, open_studio
from tests.ui.screen import Screen

ADMIN, MEMBER, VIEWER = "ann@team.test", "bob@team.test", "vic@team.test"
TEAM = {
    "proxy_secret": "x" * 32,
    "admins": (ADMIN,),
    "members": ("@team.test",),
    "viewers": (VIEWER,),
}


@pytest.fixture(scope="module")
def module_studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    folder = tmp_path_factory.mktemp("team") / "data"
    with open_studio(Settings(data_dir=folder, poll_seconds=0.05, **TEAM)) as running:
        yield running


@pytest.fixture
def studio(studio: Studio) -> Iterator[Studio]:
    """Nobody was let in on the page, and nobody is signed in."""
    yield studio
    with studio._engine.database.begin() as connection:
        for table in (member, session):
            connection.execute(table.delete())
    studio.admission.forget()


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Screen]:
    """Opens what runs as somebody; AppTest has no request, so its headers are given as the guard writes them."""

    def visit(email: str) -> Screen:
        headers = StreamlitHeaders([("X-Screentest-Visitor", email)])
        monkeypatch.setattr(ContextProxy, "headers", property(lambda _: headers))
        return Screen()

    return visit


@pytest.fixture
def enter(studio: Studio, visit: Callable[[str], Screen]) -> Callable[[str], Screen]:
    """Opens the team's studio as somebody."""
    return visit


@pytest.fixture
def enter_new(visit: Callable[[str], Screen]) -> Iterator[Callable[[Settings, str], Screen]]:
    """Opens another studio as somebody."""
    with ExitStack() as stack:

        def enter(settings: Settings, email: str) -> Screen:
            stack.enter_context(open_studio(settings))
            return visit(email)

        yield enter


@pytest.fixture
def page(enter: Callable[[str], Screen]) -> Screen:
    """The page People as an admin has it."""
    return enter(ADMIN).open("people")


@pytest.fixture
def as_admin(studio: Studio) -> Studio:
    """The studio as its admin has it."""
    return of(ADMIN)

"""What an assistant reads: tools that explain themselves, refusals as sentences, nothing of the inside."""

from __future__ import annotations

import os
from typing import get_args
from urllib.parse import parse_qsl, urlsplit

import pytest
from pydantic import SecretStr

from components.errors import FileTooLarge, InvalidFile
from components.library.records import State
from components.mcp import files
from components.mcp.answers import SENTENCES
from components.mcp.callers import Callers
from components.mcp.pages import MOST_COMPARED, Pages
from components.mcp.server import UNFORESEEN, build
from components.mcp.tools import Tools
from components.studio.comparisons import MOST
from components.ui.compare.address import read_address
from components.ui.frame.places import COMPARE, GALLERY
from components.ui.gallery.address import wanted_output
from tests.mcp.assistants import assistant
from tests.sandbox_server import ROOT
from tests.studio_server import free_port

PAGES = Pages("https://studio.test")
READ = {"list_models", "describe_model", "plan", "wait", "compare_link"}
TOKEN = "st_0123456789"


@pytest.fixture
def come():
    """An assistant within this process."""
    return lambda callers, local=True: assistant(build(Tools(callers, PAGES), local=local))


@pytest.fixture
def nowhere():
    """A studio that does not run."""
    return Callers(f"http://127.0.0.1:{free_port()}", SecretStr(TOKEN))


@pytest.mark.parametrize("local", [True, False])
def test_tools_when_listed_then_each_explains_itself_and_only_one_spends(come, nowhere, local):
    with come(nowhere, local) as helper:
        tools = helper.tools()
    hints = {name: tool.annotations for name, tool in tools.items()}
    assert {name for name, hint in hints.items() if hint.read_only_hint} == READ
    assert set(hints) - READ == {"add_file", "generate"}
    assert [name for name, hint in hints.items() if hint.destructive_hint] == ["generate"]
    assert all(hint.idempotent_hint for hint in hints.values())
    assert {"most_dollars", "request_id"} <= set(tools["generate"].input_schema["required"])
    for tool in tools.values():
        assert len(tool.description) > 80
        assert "context" not in tool.input_schema["properties"]
        assert all(about["description"] for about in tool.input_schema["properties"].values())


def test_tools_when_looked_up_in_the_docs_then_each_is_there(come, nowhere):
    with come(nowhere) as helper:
        section = (ROOT / "docs" / "api.md").read_text("utf-8").partition("## For assistants")[2]
        assert {name for name in helper.tools() if f"`{name}`" not in section} == set()


def test_call_when_the_studio_does_not_run_then_its_clients_sentence(come, nowhere):
    with come(nowhere) as helper:
        assert helper.refused("list_models").startswith("The studio did not answer.")
        assert TOKEN not in "".join(helper.heard)


def test_call_when_this_server_has_no_token_then_how_to_make_one(come):
    with come(Callers("http://127.0.0.1:9")) as helper:
        assert "set STUDIO_TOKEN" in helper.refused("list_models")


def test_call_when_its_arguments_do_not_fit_then_which_and_why(come, nowhere):
    with come(nowhere) as helper:
        said = helper.refused("generate", model="x", parameters={}, most_dollars=-1)
        assert said == "most_dollars: Input should be greater than or equal to 0. request_id: Field required."
        assert "at most 9 items" in helper.refused("compare_link", output_ids=["a"] * 10)
        assert "pattern" in helper.refused("compare_link", output_ids=["a", "b&blind=1"])
        assert helper.refused("nothing") == "Unknown tool: nothing."


def test_call_when_the_server_itself_fails_then_nothing_of_the_inside(come, caplog):
    class Broken(Callers):
        def studio(self, headers):
            raise RuntimeError("words of the inside")

    with come(Broken("http://127.0.0.1:9")) as helper:
        assert helper.refused("list_models") == UNFORESEEN
    assert "answering list_models" in caplog.text


def test_sentences_when_compared_with_the_states_then_each_has_one():
    assert set(SENTENCES) == set(get_args(State))


def test_addresses_when_a_browser_opens_them_then_the_pages_read_what_was_meant():
    compare, output = urlsplit(PAGES.compare(["a1", "b-2"])), urlsplit(PAGES.output("a1"))
    assert compare.path == f"/{COMPARE.address}"
    assert read_address(dict(parse_qsl(compare.query))).ids == ("a1", "b-2")
    assert output.path == f"/{GALLERY.address}"
    assert wanted_output(lambda name: [dict(parse_qsl(output.query))[name]]) == "a1"
    assert MOST_COMPARED == MOST


@pytest.mark.parametrize("written", ["voice.wav", "../voice.wav", "/", "/dev/null", "/no/such/file", "/a\0b"])
def test_path_when_it_is_no_file_of_this_machine_then_a_sentence(written):
    with pytest.raises(InvalidFile):
        files.at_path(written)


def test_path_when_it_is_a_pipe_then_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InvalidFile, match="There is no file"):
        files.at_path(str(tmp_path / "pipe"))


def test_content_when_it_is_no_base64_or_too_much_then_a_sentence(monkeypatch):
    assert files.in_base64("aGVsbG8=") == b"hello"
    with pytest.raises(InvalidFile, match="not base64"):
        files.in_base64("data:image/png;base64,aGVsbG8=")
    monkeypatch.setattr(files, "MOST_SENT", 1024**2)
    with pytest.raises(FileTooLarge, match="larger than 1 MB"):
        files.in_base64("A" * 1024**2 * 2)

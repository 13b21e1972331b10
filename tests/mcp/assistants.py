"""Assistants as hosts run them: the MCP package's own client, over stdio, over HTTP or within this process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp import Client, StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client

from components.child import environment
from tests.sandbox_server import ROOT

COMMAND = ("-m", "components.mcp")


class Assistant:
    """Calls tools, and remembers all that it was told."""

    def __init__(self, portal: BlockingPortal, client: Client) -> None:
        self._portal, self._client = portal, client
        self.heard: list[str] = []

    def tools(self) -> dict[str, Any]:
        listed = self._portal.call(self._client.list_tools)
        self.heard.append(str(listed))
        return {tool.name: tool for tool in listed.tools}

    def call(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """What a tool gives."""
        result = self._call(tool, arguments)
        assert not result.is_error, result.content
        return result.structured_content

    def refused(self, tool: str, **arguments: Any) -> str:
        """The sentence with which a tool refuses."""
        result = self._call(tool, arguments)
        assert result.is_error, result.content
        return " ".join(block.text for block in result.content)

    def _call(self, tool: str, arguments: dict[str, Any]) -> Any:
        result = self._portal.call(self._client.call_tool, tool, arguments)
        self.heard.append(str(result))
        return result


@contextmanager
def assistant(server: Any, mode: str = "auto") -> Iterator[Assistant]:
    """One that is connected, to a transport or to a server in this process; `legacy` is the protocol of 2025."""
    client = Client(server, mode=mode)
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(client) as connected:
        yield Assistant(portal, connected)


@contextmanager
def over_stdio(url: str, token: str, errors: Path) -> Iterator[Assistant]:
    """One whose host starts the server as its child, which writes its log to a file."""
    child = environment(STUDIO_URL=url, STUDIO_TOKEN=token, PYTHONPATH=str(ROOT))
    with errors.open("w", encoding="utf-8") as log:
        parameters = StdioServerParameters(command=sys.executable, args=list(COMMAND), env=child)
        with assistant(stdio_client(parameters, errlog=log)) as one:
            yield one


@contextmanager
def over_http(at: str, token: str, mode: str = "auto") -> Iterator[Assistant]:
    """One that sends its person's token to a server that runs."""
    with assistant(_transport(at, {"Authorization": f"Bearer {token}"} if token else {}), mode) as one:
        yield one


@asynccontextmanager
async def _transport(at: str, headers: dict[str, str]) -> AsyncIterator[Any]:
    async with create_mcp_http_client(headers) as http, streamable_http_client(at, http_client=http) as streams:
        yield streams


@contextmanager
def http_server(url: str, errors: Path, *options: str, **variables: str) -> Iterator[str]:
    """The address of an MCP server of its own process; its log goes to a file."""
    with errors.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, *COMMAND, "--http", "--port", "0", *options],
            cwd=ROOT,
            env=environment(STUDIO_URL=url, **variables),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        try:
            ready = process.stdout.readline()
            assert ready.startswith("ready "), errors.read_text()
            yield ready.removeprefix("ready ").strip()
        finally:
            process.terminate()
            assert process.wait(60) == 0
            process.stdout.close()

"""The MCP server itself: the tools, how they are announced, and every refusal as a sentence."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable
from typing import Any

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from mcp.types import CallToolResult, InputRequiredResult, TextContent, ToolAnnotations
from pydantic import ValidationError

from components.errors import StudioError
from components.mcp.tools import Tools
from components.version import VERSION

log = logging.getLogger(__name__)

INSTRUCTIONS = (
    "Screentest makes short videos of people with rival hosted models: a talking portrait, a directed person, a "
    "filmed scene. The usual way: list_models, describe_model, add_file for a portrait and a voice, plan, tell "
    "the person what it will cost, generate with that ceiling, wait until it has ended, and give the person the "
    "page of the video, or compare_link for several. Only generate spends money."
)
UNFORESEEN = (
    "This server itself failed on the call. Call again with the same arguments: the same request_id pays once."
)
READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
ADDS = ToolAnnotations(read_only_hint=False, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
# Nothing is overwritten, but money that is spent does not come back: hosts ask a person before such a call.
SPENDS = ToolAnnotations(read_only_hint=False, destructive_hint=True, idempotent_hint=True, open_world_hint=True)


class StudioServer(MCPServer[Any]):
    """Tells a refusal in the studio's own words, and of its own troubles nothing but that there was one."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            return CallToolResult(content=[TextContent(type="text", text=_words(name, error))], is_error=True)


def build(tools: Tools, *, local: bool) -> StudioServer:
    """A server that offers the tools.

    Args:
        tools: of one studio.
        local: whether whoever calls has this machine's files.
    """
    server = StudioServer(
        "screentest", "Screentest", instructions=INSTRUCTIONS, version=VERSION, log_level="WARNING"
    )
    offered: tuple[tuple[Callable[..., Any], str, str, ToolAnnotations], ...] = (
        (tools.list_models, "list_models", "List the models", READS),
        (tools.describe_model, "describe_model", "Describe a model", READS),
        (tools.add_path if local else tools.add_content, "add_file", "Add a picture or a voice", ADDS),
        (tools.plan, "plan", "Plan a video and its price", READS),
        (tools.generate, "generate", "Make a video (costs money)", SPENDS),
        (tools.wait, "wait", "Wait for a video", READS),
        (tools.compare_link, "compare_link", "Link to a comparison", READS),
    )
    for function, name, title, hints in offered:
        server.add_tool(function, name, title, inspect.cleandoc(function.__doc__ or ""), hints)
    return server


def _words(tool: str, error: ToolError) -> str:
    """What the assistant reads; the package's own texts name inputs and a page about its validation."""
    cause = error.__cause__
    if isinstance(cause, StudioError):
        return str(cause)
    if isinstance(cause, ValidationError):
        wrong = cause.errors(include_url=False, include_context=False, include_input=False)
        return " ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}." for one in wrong)
    if isinstance(error, UnexpectedToolError):
        log.error("answering %s", tool, exc_info=cause)
        return UNFORESEEN
    return f"{error}."

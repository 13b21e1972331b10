"""`python -m components.mcp`: the studio as tools of an assistant, over stdio, or over HTTP with `--http`.

It speaks to a studio that runs (STUDIO_URL). Over stdio it is the assistant's own child and has one token
(STUDIO_TOKEN); over HTTP it has none, and each caller brings their own.
"""

from __future__ import annotations

import argparse
import logging
import signal
import sys

from components import logs
from components.errors import StudioError
from components.mcp import over_http
from components.mcp.callers import Callers
from components.mcp.pages import Pages
from components.mcp.server import build
from components.mcp.tools import Tools
from components.settings import Settings
from components.starting import read_settings


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m components.mcp", description=__doc__)
    parser.add_argument("--http", action="store_true", help="serve HTTP in place of stdio")
    parser.add_argument("--address", default="127.0.0.1", help="to listen on, with --http; this machine only")
    parser.add_argument("--port", type=int, default=8765, help="to listen on, with --http; 0 is any free one")
    return parser.parse_args()


def main() -> int:
    asked = arguments()
    try:
        settings = read_settings()
        logs.set_up(settings.log)
        # It tells of each connection that it tries again, with what files are called.
        logging.getLogger("urllib3").setLevel(logging.ERROR)
        tools = _tools(settings, over_http=asked.http)
        if asked.http:
            _serve(tools, settings, asked.address, asked.port)
        else:
            build(tools, local=True).run("stdio")
    except StudioError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


def _tools(settings: Settings, *, over_http: bool) -> Tools:
    url = settings.remote_url or f"http://localhost:{settings.port}"
    callers = Callers(url, each_its_own=True) if over_http else Callers(url, settings.remote_token)
    return Tools(callers, Pages(settings.public_url or url))


def _serve(tools: Tools, settings: Settings, address: str, port: int) -> None:
    with over_http.listen(address, port) as listener:
        port = listener.getsockname()[1]
        names = over_http.own_names(address, port, settings.allowed_hosts)
        host = f"[{address}]" if ":" in address else address
        print(f"ready http://{host}:{port}{over_http.PATH}", flush=True)  # noqa: T201
        # uvicorn shuts down in good order and then raises the signal again: these make it a quiet end.
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, lambda *_: sys.exit(0))
        over_http.serve(over_http.application(build(tools, local=False), names), listener)


if __name__ == "__main__":
    sys.exit(main())

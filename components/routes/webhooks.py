"""`/webhooks/<provider>/<secret>`: a provider says that there is something to fetch. What it sends is never read.

The secret in the path is all that is believed, and all that it does is to have the studio ask. So a forged call
comes to nothing, and a lie or a replay to a question that is free.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from components.errors import StudioError
from components.routes.missing import missing
from components.studio import current

MOST_BYTES = 64 * 1024
"""Of a body; what the providers document is a few hundred a video."""
PATIENCE = 10.0
"""Seconds for body and database together."""
_marking = ThreadPoolExecutor(4, thread_name_prefix="webhooks")


async def webhook(request: Request) -> Response:
    """POST: 204, 404 for a forged secret, 413 for too long a body, 503 where it should come again."""
    try:
        webhooks, call = current().webhooks, (request.path_params["provider"], request.path_params["secret"])
        if not webhooks.knows(*call):
            return await missing(request)
        async with asyncio.timeout(PATIENCE):
            if await _is_too_long(request):
                return PlainTextResponse("Too long.", status_code=413)
            await asyncio.get_running_loop().run_in_executor(_marking, webhooks.take, *call)
    except ClientDisconnect:
        return Response(status_code=400)
    except (StudioError, SQLAlchemyError, TimeoutError):
        return PlainTextResponse("Not now.", status_code=503)
    return Response(status_code=204)


async def _is_too_long(request: Request) -> bool:
    """Counts the body and lets it go, whatever it says of its length; what is too long is not read to its end."""
    received = 0
    async for piece in request.stream():
        received += len(piece)
        if received > MOST_BYTES:
            return True
    return False

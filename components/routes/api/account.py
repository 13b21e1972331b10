"""Who a program is here, and what is left to it; of keys it tells nothing, not even that there are any."""

from __future__ import annotations

from starlette.responses import Response

from components.client import shapes
from components.errors import TokenRefused
from components.routes.api import shown
from components.routes.api.answers import answer
from components.routes.api.operations import Asked, Operation


async def account(asked: Asked) -> Response:
    """Person, role, token and ceilings."""
    person = asked.studio.person
    token, role = person.token, person.role
    if token is None or role is None:
        raise TokenRefused("This token is not good.", "Make a new one on the settings page.")
    rooms = await asked.call(asked.studio.ceilings.rooms)
    return answer(
        shapes.Account(
            person=person.owner,
            role=role,
            token=token.name,
            expires_at=token.expires_at,
            ceilings=tuple(shown.ceiling(room) for room in rooms),
        )
    )


OPERATIONS = (
    Operation(
        "GET",
        "/account",
        "account",
        "Who you are here, and what is left under each ceiling.",
        account,
        {200: shapes.Account},
        (),
    ),
)

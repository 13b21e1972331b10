"""The people of a studio with sign-in, as its settings name them."""

from __future__ import annotations

from pathlib import Path

from components.settings import Settings
from components.studio import Claim

ANN, BOB, CEM, VIC, EVE = "ann@team.test", "bob@team.test", "cem@team.test", "vic@guest.test", "eve@else.test"
"""Admin, two members by their domain, a viewer, and somebody whom nobody has let in."""
WAY_IN = {
    "oidc_url": "https://id.team.test",
    "oidc_client_id": "studio",
    "oidc_client_secret": "of the client",
    "public_url": "https://studio.team.test",
}
PEOPLE = {"admins": (ANN,), "members": ("@team.test",), "viewers": (VIC,)}


def team(data_dir: Path, **changes: object) -> Settings:
    """Settings by which they sign in at a provider that no test asks."""
    return Settings(**{"data_dir": data_dir, "poll_seconds": 0.05} | WAY_IN | PEOPLE | changes)


def signed_in(email: str, session: str = "", *, verified: bool = True) -> Claim:
    """What a request of theirs proves."""
    return Claim(email, session or f"browser of {email}", verified)

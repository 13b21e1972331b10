"""Which kinds of places a notice may go to, and what their addresses may say. Pure: sends nothing.

An address is written as apprise reads it (github.com/caronc/apprise, 2.3.0). Most of what its addresses can say
is not taken: `template=` reads files of this machine, `pgp=` and `attach=` fetch others, `redirect=` and `retry=`
would undo our own limits, and further schemas load configurations, run programs or speak to devices nearby.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST_ADDRESS = 2000
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://\S+")


@dataclass(frozen=True)
class Kind:
    """One kind of place."""

    name: str
    """What the page calls it; the address itself is never shown."""
    module: str
    """Of apprise's plugins, the one that speaks to it."""
    plugin: str
    takes: frozenset[str]
    """What may stand behind the question mark."""
    any_host: bool = False
    """Whether the address names the host; else it is the service's own."""
    pasted: bool = False
    """Whether its own https address can be pasted as it is."""


HEADER = "+"
"""How a header of a person's own begins behind the question mark."""


def _kind(
    name: str, module: str, plugin: str, takes: str, *, any_host: bool = False, pasted: bool = False
) -> Kind:
    return Kind(name, f"apprise.plugins.{module}", plugin, frozenset(takes.split()), any_host, pasted)


_NTFY = _kind("ntfy", "ntfy", "NotifyNtfy", "to mode auth token priority tags xtags", any_host=True, pasted=True)
_MAIL = _kind("mail", "email", "NotifyEmail", "to from name smtp mode user pass cc bcc reply", any_host=True)
_SLACK = _kind("Slack", "slack", "NotifySlack", "to token mode footer", pasted=True)
_DISCORD = _kind("Discord", "discord", "NotifyDiscord", "botname thread footer", pasted=True)
_TELEGRAM = _kind("Telegram", "telegram", "NotifyTelegram", "to topic thread silent preview detect")
_TEAMS = _kind(
    "Teams",
    "workflows",
    "NotifyWorkflows",
    "id workflow sig signature sp sv api-version ver pa powerautomate route routeid",
    any_host=True,
    pasted=True,
)
_PUSHOVER = _kind("Pushover", "pushover", "NotifyPushover", "to priority sound expire interval")
_GOTIFY = _kind("Gotify", "gotify", "NotifyGotify", "priority", any_host=True)
_JSON = _kind("JSON", "custom_json", "NotifyJSON", HEADER, any_host=True)

KINDS: dict[str, Kind] = {
    "ntfy": _NTFY,
    "ntfys": _NTFY,
    "mailto": _MAIL,
    "mailtos": _MAIL,
    "slack": _SLACK,
    "discord": _DISCORD,
    "tgram": _TELEGRAM,
    "workflow": _TEAMS,
    "workflows": _TEAMS,
    "pover": _PUSHOVER,
    "gotify": _GOTIFY,
    "gotifys": _GOTIFY,
    "json": _JSON,
    "jsons": _JSON,
}
"""By the schema of an address."""
PASTED = tuple(dict.fromkeys(kind for kind in KINDS.values() if kind.pasted))


def schema_of(address: str) -> str | None:
    """The schema of an address that may be tried, `https` for one that was pasted as it is; else None."""
    found = SCHEME.fullmatch(address)
    schema = found[1].lower() if found and len(address) <= LONGEST_ADDRESS and address.isprintable() else ""
    return schema if schema in KINDS or schema == "https" else None

"""What each method of the studio needs, by subject: whoever adds one says here who may call it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from components.studio.person import Act


def _limits_of(result: Any, owner: str, ceiling: Any, *_: Any) -> str:
    return f"{owner}: {_limits(result, ceiling)}"


READ = (
    *("any_under_way", "changes", "doubtful", "durations", "ended", "followed", "get", "now", "output", "recent"),
    "under_way",
)
"""What can be read of generations."""
LOOK, MAKE, ADMINISTER = Act("look"), Act("make"), Act("administer")


def _generation(result: Any, *_: Any) -> str:
    return f"{result.model} {result.id}"


def _first(_: Any, first: Any = "", *__: Any) -> str:
    return str(first)


def _owner(result: Any, *_: Any) -> tuple[str]:
    return (result.owner,)


def _owners(result: Any, *_: Any) -> Any:
    return result


def _counted(_: Any, ids: Sequence[str] = (), *__: Any) -> str:
    listed = list(ids)
    return listed[0] if len(listed) == 1 else f"{len(listed)} videos"


def _shared(result: Any, ids: Sequence[str] = (), value: bool = True, *_: Any) -> str:
    return f"{_counted(result, ids)}{'' if value else ', no longer'}"


def _pieces(_: Any, given: Any = (), *__: Any) -> str:
    pieces = getattr(given, "pieces", given)
    return f"{len(pieces)} videos"


def _limits(_: Any, ceiling: Any, *__: Any) -> str:
    dollars = {"day": ceiling.day, "month": ceiling.month}
    said = [f"${most} a {period}" for period, most in dollars.items() if most is not None]
    said += [f"{ceiling.in_flight} at once"] if ceiling.in_flight is not None else []
    return ", ".join(said) or "none"


def _role(_: Any, email: str, role: str | None) -> str:
    return f"{email}: {role or 'what the settings say'}"


RIGHTS: dict[str, dict[str, Act]] = {
    "accounts": {
        **dict.fromkeys(("ask", "key_source", "team_side"), ADMINISTER),
        "keep_key": Act("administer", "changed a key", _first),
        "keep_own_key": Act("make", "changed a key of their own", _first),
        **dict.fromkeys(("ask_own", "template_store"), MAKE),
        **dict.fromkeys(
            (
                "billing",
                "can_link",
                "has_own_key",
                "history",
                "keys",
                "side",
                "status_page",
                "support_id",
                "uses_sandbox",
            ),
            LOOK,
        ),
    },
    "assets": {"add": MAKE, **dict.fromkeys(("find", "fit", "hold"), LOOK)},
    "ceilings": {
        "set": Act("administer", "changed a limit", _limits),
        "set_of": Act("administer", "changed a limit", _limits_of),
        "of": ADMINISTER,
        **dict.fromkeys(("get", "plan", "reserve", "room", "rooms", "that_hold"), LOOK),
    },
    "comparisons": {
        "start": Act("look", "exported", _pieces),
        "sheet": Act("look", "exported", _pieces),
        **dict.fromkeys(("cancel", "get"), LOOK),
    },
    "drafts": dict.fromkeys(("find", "keep"), LOOK),
    "files": dict.fromkeys(("knows", "open", "ready", "url"), LOOK),
    "gallery": {
        "delete": Act("make", "deleted", _counted, _owners),
        "restore": Act("make", "restored", _counted, _owners),
        "share": Act("make", "shared", _shared, _owners),
        **dict.fromkeys(("favour", "note", "rate", "tag", "untag"), MAKE),
        **dict.fromkeys(("count", "entries", "entry", "some", "tags"), LOOK),
    },
    "generations": {
        "submit": Act("make", "sent", _generation),
        "submit_once": MAKE,  # what it sends, `submit` notes
        "cancel": Act("make", "cancelled", _first, _owner),
        **dict.fromkeys((*READ, "ahead", "plan", "programs", "usual", "wait"), LOOK),
    },
    "health": {"at": LOOK},
    "live": {"until": LOOK},
    "notices": {
        "get": LOOK,
        "test": MAKE,
        "keep": Act("make", "is told elsewhere", lambda kept, *_: kept.kind),
        "remove": Act("look", "is told elsewhere no more"),
    },
    "outputs": {
        "pack": Act("look", "exported", _counted),
        "pack_batch": Act("look", "exported", _first),
        **dict.fromkeys(("card_links", "copy", "examine", "file", "links", "name", "recall"), LOOK),
    },
    "people": {
        "set_role": Act("administer", "changed a role", _role),
        "sign_out": Act("administer", "signed out", _first),
        "audit_csv": Act("administer", "exported", lambda *_: "the audit"),
        "take_over": Act("administer", "took over", lambda count: f"made before sign-in: {count}"),
        **dict.fromkeys(("all", "has_before", "audit"), ADMINISTER),
    },
    "pictures": {"fetch": MAKE, "small": LOOK},
    "preferences": {},
    "rehearsal": dict.fromkeys(("begin", "end"), MAKE),
    "room": {"again": LOOK, "together": LOOK, "videos": LOOK, "clear_again": ADMINISTER},
    "seen": dict.fromkeys(READ, LOOK),
    "spending": {"at": LOOK},
    "tables": {"read": MAKE},
    "tokens": {
        "make": Act("make", "made a token", lambda made, *_: f"{made.token.name} {made.token.id}"),
        "revoke": Act("look", "revoked a token", _first),
        "all": LOOK,
    },
    "ways_out": {
        "accept": Act("make", "settled", _first, _owner),
        "not_made": Act("make", "settled", _first, _owner),
        "stop_asking": Act("make", "settled", _first, _owner),
        "look_again": Act("make", "looked again", _first, _owner),
        "send_again": MAKE,  # what it sends, `submit` notes
        **dict.fromkeys(("can_look", "estimate"), LOOK),
    },
}

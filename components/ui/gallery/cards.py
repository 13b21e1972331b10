"""Turns the library's entries into the gallery's cards: figures into words, keys into links."""

from __future__ import annotations

from functools import partial
from urllib.parse import quote, urlencode

from components.catalog import MODELS
from components.catalog.spec import ModelSpec
from components.errors import ErrorInfo
from components.library.records import Entry, Generation, Output, Space, View
from components.studio import Studio
from components.ui.browser.grid import Card, Link, Settings
from components.ui.frame import states, told, words
from components.ui.gallery.address import Place, address

MOST_SETTINGS = 3
LONGEST_PROMPT = 160


def card(studio: Studio, entry: Entry) -> Card:
    """A card with a poster where there is a video to play, else with words."""
    output = entry.output
    return _film(studio, entry, output) if output and output.facts else _words(studio, entry)


def page_links(asked: Place, last: int, usual: Space) -> list[Link | None]:
    """The way to the pages around the one that is asked for, and to the ends.

    Args:
        asked: which cards, and which page of them.
        last: the number of the last page.
        usual: whose cards an address shows that does not say.
    """
    page = asked.page
    if last == 1:
        return []
    near = {1, last, *range(max(1, page - 2), min(last, page + 2) + 1)}
    link = partial(_link, asked.view, usual)
    links: list[Link | None] = [link(page - 1, "‹", "Previous page")] if page > 1 else []
    for number in sorted(near):
        if number > 1 and number - 1 not in near:
            links.append(None)
        links.append(link(number, f"{number:,}", f"Page {number:,}"))
    return links + ([link(page + 1, "›", "Next page")] if page < last else [])


def _link(view: View, usual: Space, page: int, label: str, name: str) -> Link:
    return Link(page, label, f"/gallery?{urlencode(address(Place(view, page), usual), doseq=True)}", name)


def _film(studio: Studio, entry: Entry, output: Output) -> Card:
    generation, facts, links = entry.generation, output.facts, studio.outputs.card_links(output)
    return Card(
        id=output.id,
        href=_href(output.id),
        title=str(facts.get("label") or _take(generation, output)),
        prompt=_prompt(generation),
        settings=main_settings(generation),
        length=words.length(output.seconds) if output.seconds else "",
        age=words.ago(generation.created_at),
        small=_small(studio, generation),
        state=generation.state,
        poster=links.poster,
        preview=links.preview,
        markable=_is_own(studio, generation) and studio.person.may("make"),
        tall=float(facts.get("height") or 0) > float(facts.get("width") or 1),
        favourite=output.favourite,
        rating=output.rating or 0,
        tags=output.tags,
        note=output.note,
    )


def _take(generation: Generation, output: Output) -> str:
    """One request can bring several takes, which nothing else tells apart."""
    spec = _spec(generation)
    takes = spec.value(generation.parameters, "takes") if spec else None
    several = isinstance(takes, int) and takes > 1
    return f"{_name(generation)} · take {output.position + 1}" if several else _name(generation)


def _words(studio: Studio, entry: Entry) -> Card:
    """On its way, ended without a video, or with a file that is none."""
    generation = entry.generation
    message, hint = _message(generation)
    return Card(
        id=entry.id,
        href=_href(entry.id) if entry.output else "",
        title=_name(generation),
        prompt=_prompt(generation),
        settings=main_settings(generation),
        length="",
        age=words.ago(generation.created_at),
        small=_small(studio, generation),
        state=generation.state,
        markable=False,
        pickable=generation.ended,
        message=message,
        hint=hint,
    )


def _is_own(studio: Studio, generation: Generation) -> bool:
    return generation.owner == studio.person.owner


def _small(studio: Studio, generation: Generation) -> str:
    """Live or not, what it cost, and whose it is or that others see it, where people sign in."""
    own = _is_own(studio, generation)
    whose = "shared" if own and generation.shared else "" if own else f"by {generation.owner}"
    return " · ".join(filter(None, [words.side(generation), whose]))


def _href(output_id: str) -> str:
    return f"/gallery?output={quote(output_id)}"


def _message(generation: Generation) -> tuple[str, str]:
    """What became of it, and what may be done."""
    error: ErrorInfo | None = told.told(generation.error, own_key=generation.own_key) if generation.error else None
    if generation.ended:
        return (error.message, error.hint) if error else (states.sentence(generation.state), "")
    doing = states.word(generation.state).capitalize()
    return doing, error.message if error else "You can close this page."


def _spec(generation: Generation) -> ModelSpec | None:
    return MODELS.get(generation.model)


def _name(generation: Generation) -> str:
    spec = _spec(generation)
    return spec.name if spec else generation.model


def _prompt(generation: Generation) -> str:
    spec = _spec(generation)
    return " ".join(spec.asked(generation.parameters).split())[:LONGEST_PROMPT] if spec else ""


def main_settings(generation: Generation) -> Settings:
    """The two or three settings that say most: those that were moved from their default, main ones first."""
    spec = _spec(generation)
    if spec is None:
        return ()
    shown = [name for name in spec.parameters("number", "choice", "switch") if name in generation.parameters]
    given = generation.parameters
    moved = {name: given[name] != spec.field(name).get_default() for name in shown}
    shown.sort(key=lambda name: (not moved[name], not spec.control(name).main))
    return tuple(words.setting(spec, name, given[name]) for name in shown[:MOST_SETTINGS])

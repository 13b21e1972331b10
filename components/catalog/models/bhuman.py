"""BHuman: one recorded video template becomes a video for each row of a table. Knows no connection and no file.

Sources: github.com/bhuman-ai/public_api, the API guide of 2023 (parameters, the app's addresses) and its README
of June 2026; www.bhuman.ai/docs/api (at most 2,000 rows a request), as read on 2026-10-02.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator

from components.catalog.spec import Control, Means, ModelRequest, ModelSpec, Price, problem

GUIDE = "github.com/bhuman-ai/public_api, API guide of 2023, read 2026-11-20"
LIMITS = "www.bhuman.ai/docs/api, 2026-10-02"
MOST_ROWS = 2000
SHOWN = 3
"""Problems of rows that are told at once."""
UUID = re.compile(r"(?<![0-9a-f])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9a-f])", re.IGNORECASE)


def instance_id(text: str) -> str | None:
    """The template's id in an id, an address of BHuman's app, or any text around them; None where there is none.

    A campaign's address holds an id too, but of the campaign: it is no template's.
    """
    found = UUID.findall(text)
    if not found or (re.search(r"/campaigns?/", text) and "/instance/" not in text):
        return None
    named = re.search(r"/instance/(" + UUID.pattern + ")", text, re.IGNORECASE)
    return (named[1] if named else found[0]).lower()


def row_problems(variables: Sequence[str], names: Sequence[Sequence[str]]) -> list[str]:
    """What is wrong with each row, as sentences that name the row (from 1) and the column."""
    problems = []
    for number, row in enumerate(names, 1):
        if len(row) != len(variables):
            problems.append(
                f"Row {number} has {_cells(len(row))}; it needs {len(variables)}, one for each column."
            )
            continue
        blank = [name for name, value in zip(variables, row, strict=True) if not value.strip()]
        if blank:
            problems.append(f"Row {number}: {' and '.join(blank)} {'is' if len(blank) == 1 else 'are'} empty.")
    return problems


def variable_problem(variables: Sequence[str]) -> str | None:
    """What is wrong with the names of the columns, or None."""
    if not variables:
        return "Name at least one column; each is a variable of the template."
    for number, name in enumerate(variables, 1):
        if not name.strip():
            return f"Column {number} has no name; give it the name of a variable of the template."
        if name.strip() in {other.strip() for other in variables[: number - 1]}:
            return f"Two columns are called {name.strip()}; each variable needs a name of its own."
    return None


def _cells(count: int) -> str:
    return f"{count} cell" if count == 1 else f"{count} cells"


def _template(value: str) -> str:
    found = instance_id(value)
    if found:
        return found
    sentence = "Choose a template, or paste its id or the address of its page in BHuman (…/instance/…)."
    if UUID.search(value):
        sentence = "That is the address of a campaign; paste the one of the template (…/instance/…)."
    raise problem("video_instance_id", sentence)


def _callback(value: str | None) -> str | None:
    if not value:
        return None
    try:
        parts = urlsplit(value)
        good = parts.scheme == "https" and bool(parts.hostname)
    except ValueError:
        good = False
    if not good:
        raise problem("callback_url", "The callback must be an address that starts with https://.")
    return value


class BHumanRequest(ModelRequest):
    """What BHuman is asked for: a template, the names of its variables, and a row of values for each video."""

    video_instance_id: Annotated[
        str,
        AfterValidator(_template),
        Control(
            "Template",
            "The video instance in your BHuman account that each row personalises: its id, or the address of its "
            "page in the app.",
            "line",
            GUIDE,
            main=True,
            placeholder="https://app.bhuman.ai/instance/…",
            means=Means("template"),
        ),
    ]
    variables: Annotated[
        list[str],
        Control(
            "Columns",
            "The template's variables, e.g. name and company, in the order of the cells of each row.",
            "table",
            GUIDE,
            main=True,
            means=Means("columns"),
        ),
    ]
    names: Annotated[
        list[list[str]],
        Control(
            "People",
            "One row for each video, 1 to 2,000 rows, a value for each column.",
            "table",
            LIMITS,
            main=True,
            means=Means("rows"),
        ),
    ]
    callback_url: Annotated[
        str | None,
        AfterValidator(_callback),
        Field(max_length=2000),
        Control(
            "Callback address",
            "BHuman also posts each finished video to this https address. The studio does not need it.",
            "line",
            GUIDE,
        ),
    ] = None

    @model_validator(mode="after")
    def _rows_fit_the_variables(self) -> BHumanRequest:
        wrong = variable_problem(self.variables)
        if wrong:
            raise problem("variables", wrong)
        if not 1 <= len(self.names) <= MOST_ROWS:
            raise problem("names", f"The table must have 1 to {MOST_ROWS:,} rows; yours has {len(self.names):,}.")
        wrongs = row_problems(self.variables, self.names)
        if wrongs:
            more = [f"{len(wrongs) - SHOWN:,} more rows need a look."] if len(wrongs) > SHOWN else []
            raise problem("names", " ".join([*wrongs[:SHOWN], *more]))
        return self


SPEC = ModelSpec(
    id="bhuman/personalized-video",
    slug="try_sample",
    name="BHuman",
    maker="BHuman",
    provider="bhuman",
    provider_name="BHuman",
    page="bhuman",
    wish="One video, many names",
    title="One video, many names",
    pitch="Record once; everyone on your list gets a video that speaks to them by name.",
    request=BHumanRequest,
    fps=None,
    price=Price(None, GUIDE),
    typical_seconds=None,
    resolutions=(),
    durations=(),
    needs="a template from your BHuman account and a table of people",
    example={
        "variables": ["name", "company"],
        "names": [["Don", "Apple"], ["James", "Google"], ["Aiko", "Nintendo"]],
    },
    links={
        "Documentation": "https://www.bhuman.ai/docs/api",
        "API guide": "https://github.com/bhuman-ai/public_api",
    },
)

"""BHuman: a recorded template or a campaign becomes a video for each row of a table. Knows no connection.

Sources: github.com/bhuman-ai/public_api, the API guide of 2023 (parameters, the app's addresses) and its READMEs
of June and July 2026 (campaigns); www.bhuman.ai/docs/api (at most 2,000 rows a request, the two modes of a
campaign), as read on 2026-10-02.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator

from components.catalog.spec import Control, Means, ModelRequest, ModelSpec, Price, problem

GUIDE = "github.com/bhuman-ai/public_api, API guide of 2023, read 2026-11-20"
README = "github.com/bhuman-ai/public_api, README of July 2026, read 2026-11-25"
LIMITS = "www.bhuman.ai/docs/api, 2026-10-02"
MOST_ROWS = 2000
SHOWN = 3
"""Problems of rows that are told at once."""
CHOOSE = (
    "Choose a template or a campaign, or paste the address of its page in BHuman "
    "(…/instance/… or …/campaign/generatedVideos/…)."
)
UUID = re.compile(r"(?<![0-9a-f])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9a-f])", re.IGNORECASE)


def page_of(text: str) -> Literal["template", "campaign"] | None:
    """What the address of BHuman's app in a text is the page of; None for a bare id, which can be of either."""
    if "/instance/" in text:
        return "template"
    return "campaign" if re.search(r"/campaigns?/", text) else None


def instance_id(text: str) -> str | None:
    """The template's id in an id, an address of BHuman's app, or any text around them; None where there is none.

    A campaign's address holds an id too, but of the campaign: it is no template's.
    """
    return None if page_of(text) == "campaign" else _id(text, "/instance/")


def campaign_id(text: str) -> str | None:
    """The campaign's id in an id, in …/campaign/generatedVideos/<id>, or in any text around them; else None."""
    return None if page_of(text) == "template" else _id(text, r"/campaigns?/(?:[^/\s]+/)?")


def _id(text: str, path: str) -> str | None:
    """The id after a path, else the first that there is."""
    found = re.search(f"{path}({UUID.pattern})", text, re.IGNORECASE) or re.search(f"({UUID.pattern})", text, re.I)
    return found[1].lower() if found else None


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


def _template(value: str | None) -> str | None:
    if value is None:
        return None
    found = instance_id(value)
    if not found:
        raise problem("video_instance_id", CHOOSE)
    return found


def _campaign(value: str | None) -> str | None:
    if value is None:
        return None
    found = campaign_id(value)
    if not found:
        raise problem("campaign_id", CHOOSE)
    return found


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
    """What BHuman is asked for: a template or a campaign, its variables, and a row of values for each video."""

    video_instance_id: Annotated[
        str | None,
        AfterValidator(_template),
        Control(
            "Template",
            "The video instance in your BHuman account that each row personalises: its id, or the address of its "
            "page in the app. Either this or a campaign.",
            "line",
            GUIDE,
            main=True,
            placeholder="https://app.bhuman.ai/instance/…",
            means=Means("template"),
        ),
    ] = None
    campaign_id: Annotated[
        str | None,
        AfterValidator(_campaign),
        Control(
            "Campaign",
            "The campaign in your BHuman account that each row personalises, settings included: its id, or the "
            "address of its page in the app. Either this or a template.",
            "line",
            README,
            main=True,
            placeholder="https://app.bhuman.ai/campaign/generatedVideos/…",
            means=Means("campaign"),
        ),
    ] = None
    generation_mode: Annotated[
        Literal["keep_original", "full_script"] | None,
        Control(
            "Mode",
            "Keeping the original changes up to 100 places of the recording, each at most 10 seconds; BHuman does "
            "not say what exactly the other does. With a campaign only; keep_original where nothing is chosen.",
            "choice",
            LIMITS,
            choices={"keep_original": "Keep the original", "full_script": "Full script"},
            placeholder="Keep the original",
            only_with="campaign",
        ),
    ] = None
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
    enable_lipsync: Annotated[
        Literal[True, False] | None,
        Control(
            "Lip sync",
            "Whether the lips follow the new words, where the template supports it. With a campaign only.",
            "choice",
            README,
            choices={True: "On", False: "Off"},
            placeholder="As the campaign has it",
            only_with="campaign",
        ),
    ] = None

    @model_validator(mode="before")
    @classmethod
    def _addresses_say_what_they_are(cls, given: Any) -> Any:
        """Wherever an address was pasted, it names a template or a campaign. A campaign's mode is always sent."""
        if not isinstance(given, Mapping):
            return given
        values = dict(given)
        for place, kind, own in (
            ("video_instance_id", "campaign", "campaign_id"),
            ("campaign_id", "template", "video_instance_id"),
        ):
            if isinstance(values.get(place), str) and page_of(values[place]) == kind and not values.get(own):
                values[own] = values.pop(place)
        if values.get("campaign_id") and values.get("generation_mode") is None:
            values["generation_mode"] = "keep_original"
        return values

    @model_validator(mode="after")
    def _template_or_campaign(self) -> BHumanRequest:
        if self.video_instance_id and self.campaign_id:
            raise problem("campaign_id", "Choose a template or a campaign, not both: a video is made from one.")
        if not self.video_instance_id and not self.campaign_id:
            raise problem("video_instance_id", CHOOSE)
        for name in ("generation_mode", "enable_lipsync"):
            if getattr(self, name) is not None and not self.campaign_id:
                raise problem(name, f"Only a campaign takes {name}; leave it out with a template.")
        return self

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
    needs="a template or a campaign from your BHuman account and a table of people",
    example={
        "variables": ["name", "company"],
        "names": [["Don", "Apple"], ["James", "Google"], ["Aiko", "Nintendo"]],
    },
    links={
        "Documentation": "https://www.bhuman.ai/docs/api",
        "API guide": "https://github.com/bhuman-ai/public_api",
    },
    unknown=("what the mode full_script does",),
)

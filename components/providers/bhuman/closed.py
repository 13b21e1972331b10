"""Says why BHuman's lists and store give nothing: they may be closed to a key that is good. Sends nothing.

Source: www.bhuman.ai/docs/api as read 2026-10-02 (lists that API keys may not be given). BHuman's own words are
shown only where they name what to correct, cut short and stripped of addresses and ids.
"""

from __future__ import annotations

from components.errors import (
    AccessDenied,
    KeyRefused,
    NotFound,
    OutcomeUnknown,
    ProviderError,
    RequestRefused,
    StudioError,
)
from components.providers.bhuman.errors import BHUMAN, unwrap, words_in
from components.providers.http import Answer
from components.providers.wording import quoted

PASTE = "Paste the template's id instead: it is the last part of its address in BHuman's app (…/instance/…)."
PASTE_CAMPAIGN = (
    "Paste the campaign's id instead: it is the last part of its address in BHuman's app "
    "(…/campaign/generatedVideos/…)."
)
IN_THE_APP = "Open it in BHuman's app instead, then paste the template's id here."


def unproved_key(answer: Answer) -> ProviderError:
    """The key check's 401 or 403: the key, or a list that is not open to keys; BHuman has no better question."""
    status, _ = unwrap(answer)
    if status not in (401, 403):
        return BHUMAN.trouble(answer, "untold")
    kind = KeyRefused if status == 401 else AccessDenied
    return kind(
        "BHuman turned the API key away from its list of templates.",
        "The key may be wrong, or BHuman does not open its lists to keys of this kind; generating may still work. "
        + BHUMAN.of("key").hint,
    )


def no_list(answer: Answer, hint: str = PASTE) -> StudioError:
    """Why a list or a record could not be read. A refusal says nothing against the key."""
    status, _ = unwrap(answer)
    if status in (401, 403):
        return AccessDenied("BHuman does not open its lists to API keys of this kind.", hint)
    if status in (404, 410):
        return NotFound("BHuman does not know it.", "Look at the id again; it may be of another account.")
    if status in (400, 422):
        return RequestRefused("BHuman could not read the question.", "Look at the id again.")
    return BHUMAN.trouble(answer, "untold")


def store_refusal(answer: Answer) -> ProviderError:
    """What an error answer to "use product" means."""
    status, _ = unwrap(answer)
    if status in (401, 403):
        return AccessDenied("BHuman does not open its store to API keys of this kind.", IN_THE_APP)
    if status in (400, 404, 406, 410, 422):
        return RequestRefused(
            f"BHuman did not put this product to use.{quoted(words_in(answer), BHUMAN.name)}",
            "Nothing was made. Choose product and workspace again.",
        )
    return store_unknown() if status >= 500 else BHUMAN.refusal(answer)


def store_unknown() -> OutcomeUnknown:
    return OutcomeUnknown(
        "BHuman did not say whether the product was put to use.",
        "Look at your templates in BHuman before you use it again.",
    )

"""What can go wrong at a provider, each kind as one class of error and one sentence, whoever the provider is.

A provider's own errors.py only classifies: it tells from an answer which kind it is and which words may be quoted.
That nothing was charged is told as the provider's word wherever only its answer says so, for an answer proves no
bill; of failed jobs only where the provider documents it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from components.errors import (
    AccessDenied,
    GenerationFailed,
    InvalidRequest,
    KeyRefused,
    ModelUnavailable,
    OutcomeUnknown,
    OutOfCredits,
    ProviderError,
    ProviderTrouble,
    RateLimited,
    RecordMissing,
    RequestRefused,
    ServerFailed,
    StudioError,
)
from components.providers.declarations import Key
from components.providers.http import Answer
from components.providers.wording import WIRE, quoted

Kind = Literal[
    # Nothing was started:
    "key",
    "access",
    "credits",
    "gone",
    "maintenance",
    "refused",
    "misfit",
    "unsafe",
    "busy",
    # It was taken:
    "broken",
    "failed",
    "stopped",
    "late",
    # Nobody can tell:
    "unknown",
    "no_number",
    "no_video",
    # Answers to questions:
    "missing",
    "trouble",
    "untold",
]

AGAIN = "Nothing was charged, says {name}. Correct it and generate again."
LATER = "Nothing was charged, says {name}. Try again later or try another model."
OTHER_INPUT = "Choose another portrait, another recording or other words."
LOOK = "The video may still be made and charged: look at {history} before you generate again."

SENTENCES: Mapping[Kind, tuple[type[ProviderError], str, str]] = {
    "key": (
        KeyRefused,
        "{name} does not accept the API key.",
        "Check {keys} in the settings; {one} may be mistyped, expired or revoked.",
    ),
    "access": (
        AccessDenied,
        "{name} does not let this key do this.",
        "See in your {name} account whether it is active and verified, and what the key may do.",
    ),
    "credits": (
        OutOfCredits,
        "The {name} account has too few credits for this.",
        "Nothing was charged, says {name}. Buy credits at {billing} and generate again, or ask for less.",
    ),
    "gone": (ModelUnavailable, "{name} does not offer this model at the moment.", LATER),
    "maintenance": (ModelUnavailable, "{name} is working on this model: it is under maintenance.", LATER),
    "refused": (RequestRefused, "{name} refused the request{named}.{words}", AGAIN),
    "misfit": (RequestRefused, "{name} cannot make a video of these inputs together.{words}", AGAIN),
    "unsafe": (
        RequestRefused,
        "{name}'s safety check does not allow this.",
        f"Nothing was started, says {{name}}. {OTHER_INPUT}",
    ),
    "busy": (
        RateLimited,
        "{name} takes no more requests for the moment.",
        "Nothing was charged, says {name}. Wait a minute and generate again.",
    ),
    "broken": (
        ServerFailed,
        "{name}'s server failed on this request.",
        "{free}Try other settings (often a value is to blame), another portrait or voice, or try later.",
    ),
    "failed": (
        GenerationFailed,
        "The video failed at {name}.{words}",
        "{free}Change the input and generate again.",
    ),
    "stopped": (GenerationFailed, "{name}'s safety check stopped this video.", f"{{free}}{OTHER_INPUT}"),
    "late": (
        GenerationFailed,
        "The video took too long at {name} and was given up there.",
        "{free}Generate again; a shorter voice is quicker.",
    ),
    "unknown": (OutcomeUnknown, "{name} gave no useful answer{code}.", LOOK),
    "no_number": (OutcomeUnknown, "{name} took the request but gave no number to ask by.", LOOK),
    "no_video": (OutcomeUnknown, "{name} says it is done, but names no video.", LOOK),
    "missing": (
        RecordMissing,
        "{name} does not know this generation.",
        "Look at {history}: the video may be there.",
    ),
    "trouble": (ProviderTrouble, "{name} did not answer a question{code}.", "The studio asks again."),
    "untold": (ProviderTrouble, "{name} did not answer{code}.", "Try again in a minute."),
}


@dataclass(frozen=True)
class Meaning:
    """What an answer means, as a provider's errors.py tells."""

    kind: Kind
    words: str = ""
    """The provider's own, where they say what to correct."""
    named: tuple[str, ...] = ()
    """Parameters that it blames."""
    retry_after: float | None = None
    status: int = 0
    """The HTTP code."""


@dataclass(frozen=True)
class Refusals:
    """Says for one provider what went wrong."""

    name: str
    billing: str
    keys: tuple[Key, ...]
    meaning: Callable[[Answer], Meaning]
    """Tells what an answer means that is no success."""
    failures_free: bool = False
    """Whether it documents that a failed video is not charged."""
    history: str = ""
    """Where past generations are looked up, in words; the account's history where empty."""
    own: Mapping[Kind, tuple[str, str]] = field(default_factory=dict)
    """Sentence and hint, where this provider means something more particular by a kind."""

    def error(self, meaning: Meaning) -> ProviderError:
        """The error to raise or to keep."""
        kind, message, hint = SENTENCES[meaning.kind]
        message, hint = self.own.get(meaning.kind, (message, hint))
        named = [name for name in meaning.named if not WIRE.fullmatch(name)]
        said = {
            "name": self.name,
            "billing": self.billing,
            "history": self.history or f"your history at {self.name}",
            "keys": " and ".join(key.name.upper() for key in self.keys),
            "one": "it" if len(self.keys) == 1 else "one",
            "free": f"{self.name} says that it bills successes only. " if self.failures_free else "",
            "words": quoted(meaning.words, self.name),
            "named": f" because of {', '.join(named)}" if named else "",
            "code": f" (HTTP {meaning.status})" if meaning.status else "",
        }
        if issubclass(kind, RateLimited):
            return kind(message.format(**said), hint.format(**said), retry_after=meaning.retry_after)
        return kind(message.format(**said), hint.format(**said))

    def of(self, kind: Kind) -> ProviderError:
        """The error of a kind, without an answer to read."""
        return self.error(Meaning(kind))

    def refusal(self, answer: Answer) -> ProviderError:
        """What an answer to a submission means that is no success."""
        return self.error(self.meaning(answer))

    def trouble(self, answer: Answer, otherwise: Kind = "trouble") -> ProviderError:
        """Why a question got no useful answer: what concerns the key is told, all else can be asked again."""
        meaning = self.meaning(answer)
        if meaning.kind in ("key", "access"):
            return self.error(meaning)
        return self.error(Meaning(otherwise, status=meaning.status))

    def no_id(self, label: str) -> InvalidRequest:
        """What a person pasted cannot be what this provider asks by."""
        return InvalidRequest(
            {"id": f"That is no id of {self.name}'s. Copy the {label}, or paste the video's link."}
        )

    def no_operation(self) -> StudioError:
        """A generation was kept without what its provider could be asked by."""
        return StudioError(
            f"This generation has no number at {self.name}.",
            f"Generate again; if it stays so, ask {self.name}'s support.",
        )

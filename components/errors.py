"""Every error that a person can meet, as one tree. It knows no model, no provider and no screen.

StudioError                     a sentence that says what is wrong, and one that says what to do next
├── InvalidRequest              a parameter is missing or out of range; nothing was stored or sent
├── InvalidFile                 a file cannot be used
│   ├── FileTooLarge            larger than what is taken
│   ├── InvalidAudio
│   │   └── AudioTooLong        30 seconds or more
│   ├── InvalidImage
│   └── InvalidVideo
├── StorageTrouble              the disk or the bucket did not take or give a file; it can be tried again
├── CeilingReached              a ceiling leaves no room for it; nothing was stored or sent
├── NotFound                    no such model, asset, generation or output
├── CannotCancel                it is already with the provider
├── CannotSettle                what is in doubt cannot be decided that way
├── StillRunning                the time that `Studio.wait` was given is over; the generation goes on
├── CannotStart                 the data folder or the database is not fit to work with
│   └── DataDirInUse            another studio runs on the same data folder
├── BackupRefused               a backup cannot be made, or not be put back
├── NotAllowed                  the person who is signed in may not do that
├── TokenRefused                a program came without a token, or with one that is not good
├── TooManyRequests             a program asked too often
├── NotUnderstood               what a program sent is no request of this API
├── RepeatDiffers               a key under which a program sent another request before
├── StudioUnreachable           a script's studio runs on a server that does not answer, or not as one
├── NotDelivered                a notice did not arrive at the place that a person gave
├── NotConfigured               a key or a setting is missing or wrong
├── UnsafeAddress               an address from outside that the studio will not fetch
│   └── UnsafeRedirect          it was led there; another time it may not be
└── ProviderError               the provider's side
    ├── NotStarted              proof that nothing was started and nothing charged
    │   ├── KeyRefused          401
    │   ├── AccessDenied        403
    │   ├── OutOfCredits        402, or 406 with that text
    │   ├── ModelUnavailable    404, 405, 410 on a submission
    │   ├── RequestRefused      400, 406, 422 on a submission
    │   └── TryAgainLater       the engine may send again by itself
    │       ├── RateLimited     429
    │       └── Unreachable     the connection was never made
    ├── GenerationFailed        it ran at the provider and failed
    │   └── ServerFailed        its server broke on the submission: it says that this is free, nobody can prove it
    ├── OutcomeUnknown          sent, and no answer that tells what became of it
    ├── RecordMissing           the provider no longer knows the generation
    └── ProviderTrouble         a question (never a submission) went unanswered; asking again is safe
"""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel


class ErrorInfo(BaseModel, frozen=True):
    """An error as it is kept with a generation and shown: words only, never a raw provider body."""

    code: str
    message: str
    hint: str = ""


class StudioError(Exception):
    """What went wrong (`message`) and what to do next (`hint`), both fit for a person to read."""

    code: ClassVar[str] = "error"

    def __init__(self, message: str, hint: str = "") -> None:
        self.message, self.hint = message, hint
        super().__init__(f"{message} {hint}".strip())

    def info(self) -> ErrorInfo:
        return ErrorInfo(code=self.code, message=self.message, hint=self.hint)


class InvalidRequest(StudioError):
    """The request does not fit the model: `problems` maps a parameter's documented name to a sentence."""

    code = "invalid_request"

    def __init__(self, problems: dict[str, str]) -> None:
        self.problems = problems
        super().__init__(" ".join(problems.values()), "Nothing was sent. Correct it and generate again.")


class InvalidFile(StudioError):
    code = "invalid_file"


class FileTooLarge(InvalidFile):
    code = "file_too_large"


class InvalidAudio(InvalidFile):
    code = "invalid_audio"


class AudioTooLong(InvalidAudio):
    """Audio of 30 seconds or more; `seconds` is its true length."""

    code = "audio_too_long"

    def __init__(self, message: str, hint: str = "", *, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(message, hint)


class InvalidImage(InvalidFile):
    code = "invalid_image"


class InvalidVideo(InvalidFile):
    code = "invalid_video"


class StorageTrouble(StudioError):
    code = "storage_trouble"


class CeilingReached(StudioError):
    code = "ceiling_reached"


class NotFound(StudioError):
    code = "not_found"


class CannotCancel(StudioError):
    code = "cannot_cancel"


class CannotSettle(StudioError):
    code = "cannot_settle"


class StillRunning(StudioError):
    code = "still_running"


class CannotStart(StudioError):
    code = "cannot_start"


class DataDirInUse(CannotStart):
    code = "data_dir_in_use"


class BackupRefused(StudioError):
    code = "backup_refused"


class NotAllowed(StudioError):
    code = "not_allowed"


class TokenRefused(StudioError):
    code = "token_refused"


class TooManyRequests(StudioError):
    """`retry_after` is the number of seconds after which one more is answered."""

    code = "too_many_requests"

    def __init__(self, message: str, hint: str = "", *, retry_after: float = 1.0) -> None:
        self.retry_after = retry_after
        super().__init__(message, hint)


class NotUnderstood(StudioError):
    code = "not_understood"


class RepeatDiffers(StudioError):
    code = "repeat_differs"


class StudioUnreachable(StudioError):
    code = "studio_unreachable"


class NotDelivered(StudioError):
    code = "not_delivered"


class NotConfigured(StudioError):
    code = "not_configured"


class UnsafeAddress(StudioError):
    code = "unsafe_address"


class UnsafeRedirect(UnsafeAddress):
    code = "unsafe_redirect"


class ProviderError(StudioError):
    code = "provider_error"


class NotStarted(ProviderError):
    code = "not_started"


class KeyRefused(NotStarted):
    code = "key_refused"


class AccessDenied(NotStarted):
    code = "access_denied"


class OutOfCredits(NotStarted):
    code = "out_of_credits"


class ModelUnavailable(NotStarted):
    code = "model_unavailable"


class RequestRefused(NotStarted):
    code = "request_refused"


class TryAgainLater(NotStarted):
    """Nothing was started; `retry_after` is the provider's own wish in seconds, where it gave one."""

    code = "try_again_later"

    def __init__(self, message: str, hint: str = "", *, retry_after: float | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(message, hint)


class RateLimited(TryAgainLater):
    code = "rate_limited"


class Unreachable(TryAgainLater):
    code = "unreachable"


class GenerationFailed(ProviderError):
    code = "generation_failed"


class ServerFailed(GenerationFailed):
    code = "server_failed"


class OutcomeUnknown(ProviderError):
    code = "outcome_unknown"


class RecordMissing(ProviderError):
    code = "record_missing"


class ProviderTrouble(ProviderError):
    code = "provider_trouble"

"""Records what a provider answers, with keys, addresses, files and long tokens struck out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import requests

from components.providers.http import Answer, Http

LONGEST = 2000
MAX_DEPTH = 20

HIDDEN_NAMES = re.compile(
    r"token|secret|passw|authori[sz]ation|api.?key|^key$|signature|credential|cookie|e-?mail|phone", re.IGNORECASE
)
# In this order: what an address holds is gone before the rest is looked at.
STRUCK_OUT: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"data:[\w.+/-]*[;,]\S+", re.IGNORECASE), lambda found: f"<file of {len(found[0])} characters>"),
    (re.compile(r"[a-z][a-z0-9+.-]*://[^\s\"'<>]+", re.IGNORECASE), lambda found: f"<address{_host(found[0])}>"),
    (re.compile(r"[?&][\w.%-]+=\S+"), lambda found: "<query>"),
    (re.compile(r"\b(?:bearer|basic)\s+\S+", re.IGNORECASE), lambda found: "<key>"),
    (re.compile(r"\b(?:SG|sk|pk)[_-]\w+"), lambda found: "<key>"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), lambda found: "<e-mail>"),
    (re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE), lambda found: "<uuid>"),
    (re.compile(r"[A-Za-z0-9_+/=-]{24,}"), lambda found: f"<{len(found[0])} characters>"),
)


@contextmanager
def recorded(keys: Iterable[str]) -> Iterator[list[str]]:
    """Keeps what the provider answers, redacted, as it is read."""
    original, answers, secrets = Http._answer, [], list(keys)

    def kept(self: Http, method: str, url: str, response: requests.Response) -> Answer:
        answer = original(self, method, url, response)
        header = [value.split()[-1] for value in self._secret.values()]
        answers.append(told(method, url, answer, [*secrets, *header]))
        return answer

    Http._answer = kept
    try:
        yield answers
    finally:
        Http._answer = original


def told(method: str, url: str, answer: Answer, keys: Iterable[str]) -> str:
    """One answer in two lines: what was asked, and its status, media type and redacted body."""
    parts, known = urlsplit(url), sorted((key for key in keys if key), key=len, reverse=True)
    asked = redacted(parts.path, known)
    return f"{method} {parts.netloc}{asked}\n  {answer.status} {answer.media_type or '-'} {body(answer, known)}"


def body(answer: Answer, keys: Sequence[str]) -> str:
    """At most 2,000 characters of a body: JSON and text redacted, anything else by its size."""
    value = answer.json()
    try:
        text = redacted(answer.content.decode("utf-8"), keys) if value is None else ""
    except UnicodeDecodeError:
        return f"<{len(answer.content)} bytes>"
    text = text if value is None else json.dumps(redacted(value, keys), ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def redacted(value: Any, keys: Sequence[str] = (), depth: int = 0) -> Any:
    """JSON without keys, addresses, files and long tokens; names, numbers and short words stay."""
    if depth > MAX_DEPTH:
        return "<deeper>"
    if isinstance(value, list):
        return [redacted(item, keys, depth + 1) for item in value]
    if isinstance(value, dict):
        return {
            redacted(str(name), keys): "<hidden>"
            if isinstance(item, str | list | dict) and item and HIDDEN_NAMES.search(str(name))
            else redacted(item, keys, depth + 1)
            for name, item in value.items()
        }
    if not isinstance(value, str):
        return value
    for key in keys:
        value = value.replace(key, "<key>")
    for pattern, instead in STRUCK_OUT:
        value = pattern.sub(instead, value)
    return value


def shortened(answers: Sequence[str]) -> list[str]:
    """The answers, each run of the same ones once."""
    lines: list[str] = []
    same = 0
    for number, answer in enumerate(answers):
        same = same + 1 if number and answer == answers[number - 1] else 0
        if same == 1:
            lines.append("")
        if same:
            lines[-1] = f"  … {same} more of the same"
        else:
            lines.append(answer)
    return lines


def _host(address: str) -> str:
    try:
        host = urlsplit(address).hostname
    except ValueError:
        host = None
    return f" at {host}" if host else ""

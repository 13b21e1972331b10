"""Shows a spreadsheet's value as its cell shows it: dates, percents, money, leading zeros. Reads no file.

The codes are those of ECMA-376 part 1, 18.8.30 and 18.8.31, and of what Excel shows for them. The point separates
decimals and the comma thousands, as the codes write them. Where only the person's own system decides how a date
looks (codes 14 and 22, [$-F800], names of months in another language), it is written year-month-day, which nobody
misreads.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import pairwise

GENERAL_WIDTH = 11
"""Characters that a cell without a format gives a number at most; whole numbers keep all of their digits."""
SYSTEM_DATES = {"mm-dd-yy": "yyyy-mm-dd", "m/d/yy h:mm": "yyyy-mm-dd hh:mm"}
MONEY_44 = '_("$"* #,##0.00_)_("$"* \\(#,##0.00\\)_("$"* "-"??_)_(@_)'
"""openpyxl 3.1.5 leaves the semicolons out of the built-in format 44; written as the standard has it below."""
MONTHS: tuple[str, ...] = ("January", "February", "March", "April", "May", "June")
MONTHS += ("July", "August", "September", "October", "November", "December")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[\$(?P<money>[^\]-]*)(?:-[^\]]*)?\]|\[(?P<elapsed>h+|m+|s+)\]'
    r"|\[[^\]]*\]|(?P<half>AM/PM|A/P)|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?)|(?P<digit>[0#?])|(?P<mark>[.,%])|(?P<word>.)",
    re.IGNORECASE | re.DOTALL,
)
SECTION = re.compile(r'((?:"[^"]*"?|\\.|\[[^\]]*\]|[^;"\\\[])*)(?:;|$)', re.DOTALL)
LANGUAGE = re.compile(r"\[\$[^\]-]*-([0-9a-f]+)", re.IGNORECASE)
Piece = tuple[str, str]


def shown(value: object, code: str | None) -> str:
    """A cell's value as words, by its number format."""
    code = MONEY_44.replace("_)_(", "_);_(") if code == MONEY_44 else code
    sections = _sections(code or "General")
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime | date | time | timedelta):
        return _date(value, sections[0])
    if isinstance(value, int | float):
        return _number(value, sections)
    text = "" if value is None else str(value)
    last = sections[3] if len(sections) > 3 else sections[0]
    if "@" not in last or last.strip() == "@":
        return text
    return "".join(text if kind == "word" and said == "@" else said for kind, said in _pieces(last))


@lru_cache(maxsize=256)
def _sections(code: str) -> list[str]:
    found = [match[1] for match in SECTION.finditer(code)]
    return found[:-1] if len(found) > 1 and not found[-1] else found


@lru_cache(maxsize=256)
def _pieces(section: str) -> list[Piece]:
    """What a section is made of, in order: (kind, characters). Colours and paddings are gone."""
    found: list[Piece] = []
    for match in TOKEN.finditer(section):
        kind = match.lastgroup
        if kind:
            found.append(("word" if kind in ("quoted", "escaped", "money") else kind, match[kind]))
    return found


def _number(value: float, sections: list[str]) -> str:
    if sections == ["General"]:
        return _general(value)
    code, minus = sections[0], value < 0
    if value < 0 and len(sections) > 1:
        code, minus = sections[1], False
    elif value == 0 and len(sections) > 2:
        code = sections[2]
    if not code and len(sections) > 1:
        return ""
    bare = re.sub(r'"[^"]*"|\\.', "", code)
    conditional = any(re.search(r"\[[<>=]", section) for section in sections)
    if "general" in bare.lower() or "@" in bare or "/" in bare or conditional or not bare.strip():
        return _general(value)
    if re.search(r"e[+-]", bare, re.IGNORECASE):
        fraction = re.search(r"\.([0#?]+)", bare)
        return f"{value:.{len(fraction[1]) if fraction else 0}E}"
    written = _filled(abs(value), _pieces(code))
    return f"-{written}" if minus and re.search("[1-9]", written) else written


def _general(value: float) -> str:
    if isinstance(value, int) or value.is_integer():
        return str(int(value)) if abs(value) < 1e15 else re.sub(r"\.?0+(?=E)", "", f"{value:.5E}")
    digits = 10
    while digits > 1 and len(f"{value:.{digits}g}".lstrip("-")) > GENERAL_WIDTH:
        digits -= 1
    return f"{value:.{digits}g}".replace("e", "E")


def _filled(value: float, pieces: list[Piece]) -> str:
    """The digits put into a section's places, from the point to both sides."""
    places = [index for index, (kind, _) in enumerate(pieces) if kind == "digit"]
    if not places:
        return "".join(said for _, said in pieces).strip()
    last = places[-1]
    point = next((index for index, piece in enumerate(pieces) if piece == ("mark", ".")), len(pieces))
    whole, part = pieces[:point], pieces[point + 1 :]
    commas = [index for index, piece in enumerate(pieces) if piece == ("mark", ",")]
    thousands = any(places[0] < index < last for index in commas)
    ending = sum(index > last for index in commas)
    percents = sum(said == "%" for _, said in pieces)
    scaled = Decimal(f"{value:.15g}").scaleb(2 * percents - 3 * ending)
    decimals = sum(kind == "digit" for kind, _ in part)
    rounded = format(scaled.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP), "f")
    integer, _, fraction = rounded.partition(".")
    right = _fraction(fraction, part)
    dot = "." if point < len(pieces) and re.match(r"\s*\d", right) else ""
    return (_whole("" if integer == "0" else integer, whole, thousands) + dot + right).strip()


def _whole(digits: str, pieces: list[Piece], thousands: bool) -> str:
    first = next((index for index, (kind, _) in enumerate(pieces) if kind == "digit"), None)
    said: list[str] = []
    left, count = list(digits), 0
    for index in range(len(pieces) - 1, -1, -1):
        kind, character = pieces[index]
        if kind != "digit":
            said.append("" if character == "," else character)
            continue
        while True:
            digit = left.pop() if left else {"0": "0", "?": " "}.get(character, "")
            if thousands and count and count % 3 == 0 and digit.isdigit():
                said.append(",")
            said.append(digit)
            count += 1
            if index != first or not left:
                break
    return "".join(reversed(said))


def _fraction(digits: str, pieces: list[Piece]) -> str:
    wanted = [character for kind, character in pieces if kind == "digit"]
    needed = len("".join(wanted).rstrip("#?"))
    kept = digits.rstrip("0")
    digits = kept + "0" * (needed - len(kept))
    said, left = [], list(digits)
    for kind, character in pieces:
        if kind != "digit":
            said.append("" if character == "," else character)
        elif left:
            said.append(left.pop(0))
    return "".join(said)


def _date(value: datetime | date | time | timedelta, code: str) -> str:
    moment, elapsed = _moment(value)
    system = re.search(r"\[\$-f[48]00\]", code, re.IGNORECASE)
    language = LANGUAGE.search(code)
    foreign = bool(language) and not system and int(language[1] if language else "9", 16) & 0xFF not in (0, 9)
    if system or (foreign and re.search("mmm|ddd", code, re.IGNORECASE)):
        code = "hh:mm:ss" if system and system[0].lower() == "[$-f400]" else "yyyy-mm-dd"
    pieces = _minutes(_pieces(SYSTEM_DATES.get(code, code)))
    if not any(kind in ("date", "elapsed", "minute") for kind, _ in pieces):
        return moment.isoformat(" ")
    noon = any(kind == "half" for kind, _ in pieces)
    return "".join(_part(moment, elapsed, piece, noon) for piece in pieces).strip()


def _moment(value: datetime | date | time | timedelta) -> tuple[datetime, timedelta]:
    """The moment, and how long it is after the calendar's beginning."""
    begin = datetime(1899, 12, 30)  # noqa: DTZ001 -- a spreadsheet's dates have no zone
    if isinstance(value, timedelta):
        return begin + value, value
    if isinstance(value, time):
        value = datetime.combine(begin, value)
    elif not isinstance(value, datetime):
        value = datetime.combine(value, time())
    return value, value - begin


def _minutes(pieces: list[Piece]) -> list[Piece]:
    """An m after hours or before seconds means minutes."""
    clock = [index for index, (kind, _) in enumerate(pieces) if kind in ("date", "elapsed")]
    found = list(pieces)
    for one, other in pairwise(clock):
        (_, before), (_, after) = pieces[one], pieces[other]
        if before[0].lower() == "h" and after[0].lower() == "m":
            found[other] = ("minute", after)
        if before[0].lower() == "m" and after[0].lower() == "s" and pieces[one][0] == "date":
            found[one] = ("minute", before)
    return found


def _part(moment: datetime, elapsed: timedelta, piece: Piece, noon: bool) -> str:
    kind, code = piece
    width = len(code)
    if kind == "elapsed":
        unit = {"h": 3600, "m": 60, "s": 1}[code[0].lower()]
        return f"{int(elapsed.total_seconds()) // unit:0{width}d}"
    if kind == "half":
        half = "AM" if moment.hour < 12 else "PM"
        return half if width > 3 else half[0]
    if kind == "minute":
        return f"{moment.minute:0{min(width, 2)}d}"
    return _calendar(moment, code, noon) if kind == "date" else code


def _calendar(moment: datetime, code: str, noon: bool) -> str:
    letter, width = code[0].lower(), len(code)
    if letter == "y":
        return f"{moment.year:04d}" if width > 2 else f"{moment.year % 100:02d}"
    if letter == "s":
        whole, _, digits = code.partition(".")
        part = f".{moment.microsecond:06d}"[: len(digits) + 1] if digits else ""
        return f"{moment.second:0{min(len(whole), 2)}d}{part}"
    if letter == "h":
        hour = (moment.hour % 12 or 12) if noon else moment.hour
        return f"{hour:0{min(width, 2)}d}"
    number, name = moment.day, DAYS[moment.weekday()]
    if letter == "m":
        number, name = moment.month, MONTHS[moment.month - 1]
    if width < 3:
        return f"{number:0{width}d}"
    return {3: name[:3], 5: name[0]}.get(width, name)

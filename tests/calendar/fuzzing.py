"""Edits of calendars laid out by chance, and what each may touch.

Every edit is judged by the layout's own account of what stands where, and its result is read by another reader than the
program's: PyYAML's, with every scalar as text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

import yaml

from contentkit.calendar.edit import add_entry, remove_entry, remove_key, set_key, set_text
from contentkit.errors import ContentError
from tests.calendar.layouts import EntryPlace, Laid, laid_out

NAME = "calendar.yaml"
NEW_ENTRY = {"id": "new", "draft": "drafts/new.md", "accounts": ["ana-x"]}
APPROVED = '{by: Ana, at: 2026-11-23T08:00:00Z, digest: "sha256:aaaa", clone: "5e0c"}'
APPROVED_MEANING = {"by": "Ana", "at": "2026-11-23T08:00:00Z", "digest": "sha256:aaaa", "clone": "5e0c"}
_REASONS = ("true", "legal reads it", "a, b: c", "発売 🚀", "née # no", "'", '"quoted"')


class Touched(AssertionError):
    """An edit changed what it must not."""


def judge(seed: int, count: int = 0) -> str:
    """Lays out the calendar of this seed (0: of any number of entries), edits it, and judges the edit.

    Returns the edit's kind, with 'refused' and why where it was.

    Raises Touched, with the seed, when it changed anything else.
    """
    laid, random = laid_out(seed, count), Random(f"edit {seed}")
    edits = list(EDITS)
    if not laid.entries:
        edits = ["add"]
    kind = random.choice(edits)
    try:
        EDITS[kind](laid, random)
    except ContentError as refusal:
        return f"{kind} refused: {refusal.message} ({seed})"
    except Touched as touched:
        raise Touched(f"seed {seed}, {kind}: {touched}\n{laid.text}") from None
    return kind


def tally(seeds: range) -> Counter[str]:
    """How often each kind of edit was made, and refused."""
    return Counter(judge(seed) for seed in seeds)


# -- the edits


def _add(laid: Laid, random: Random) -> None:
    at = f"2026-{random.randint(9, 12):02}-{random.randint(1, 28):02} {random.randint(0, 23):02}:15"
    entry = {**NEW_ENTRY, "at": at, **({"warning": random.choice(_REASONS)} if random.random() < 0.3 else {})}
    after = add_entry(laid.text, NAME, entry)
    found = _read(after)
    ids = [one["id"] for one in found["entries"]]
    position = ids.index("new")
    meant = [one.meaning for one in laid.entries]
    meant.insert(position, entry)
    _meant(laid, after, {**laid.rest, "entries": meant})
    _check(_order_kept([one["at"] for one in found["entries"]], position), "stands out of order")
    gone = laid.text
    if laid.listed == "empty":
        gone = re.sub(r"""(?m)^(\ufeff?"?entries"?:)(?: +(?:\[ ?\]|~|null))?""", r"\1", gone, count=1)
        after = re.sub(r"""(?m)^(\ufeff?"?entries"?:)(?: +(?:\[ ?\]|~|null))?""", r"\1", after, count=1)
    _check(_is_woven_into(gone, after), "changed other characters")
    if laid.entries:
        _check(remove_entry(after, NAME, "new") == laid.text, "does not come undone")


def _set(key: str, value_of: Callable[[Random], tuple[str, Any]]) -> Callable[[Laid, Random], None]:
    def edit(laid: Laid, random: Random) -> None:
        entry = random.choice(laid.entries)
        written, meaning = value_of(random)
        after = set_key(laid.text, NAME, entry.id, key, written)
        _check_set(laid, entry, key, written, meaning, after)
        if key not in entry.keys:
            _check(remove_key(after, NAME, entry.id, key) == laid.text, "does not come undone")

    return edit


def _set_words(laid: Laid, random: Random) -> None:
    """As pause does with a reason, whatever is in it."""
    entry, words = random.choice(laid.entries), random.choice(_REASONS[1:])
    after = set_text(laid.text, NAME, entry.id, "paused", words)
    _meant(laid, after, _with(laid, entry, "paused", words))
    if "paused" not in entry.keys:
        _check(remove_key(after, NAME, entry.id, "paused") == laid.text, "does not come undone")


def _move_back(laid: Laid, random: Random) -> None:
    entry = random.choice(laid.entries)
    place = entry.keys["at"]
    written = laid.text[place.value : place.end]
    if "\n" in written:
        written = f'"{place.meaning}"'
    there = set_key(laid.text, NAME, entry.id, "at", "2027-06-01 09:30")
    back = set_key(there, NAME, entry.id, "at", written)
    _check(back == laid.text[: place.value] + written + laid.text[place.end :], "does not come undone")


def _remove_key(laid: Laid, random: Random) -> None:
    entry = random.choice(laid.entries)
    key = random.choice([key for key in entry.keys if key not in ("id", "at")])
    after = remove_key(laid.text, NAME, entry.id, key)
    _meant(laid, after, _with(laid, entry, key, None))
    place = entry.keys[key]
    _check_removed(laid.text, after, place.start, place.end)


def _remove_entry(laid: Laid, random: Random) -> None:
    entry = random.choice(laid.entries)
    after = remove_entry(laid.text, NAME, entry.id)
    meant = [one.meaning for one in laid.entries if one is not entry]
    _meant(laid, after, {**laid.rest, "entries": meant})
    if laid.listed == "block":
        _check(after in _without_lines(laid.text, entry), f"became {after!r}")
    else:
        _check_removed(laid.text, after, entry.start, entry.end)


EDITS: dict[str, Callable[[Laid, Random], None]] = {
    "add": _add,
    "pause": _set("paused", lambda random: ("true", "true")),
    "pause with words": _set_words,
    "move": _set("at", lambda random: ("2026-12-01 10:00", "2026-12-01 10:00")),
    "move back": _move_back,
    "approve": _set("approved", lambda random: (APPROVED, APPROVED_MEANING)),
    "slot": _set("slot", lambda random: ("evening", "evening")),
    "remove key": _remove_key,
    "remove entry": _remove_entry,
}

# -- judging


def _without_lines(text: str, entry: EntryPlace) -> list[str]:
    """The text without the lines of an entry, and perhaps without an empty line above it, or below it."""
    end = text.find("\n", entry.last) + 1 or len(text)
    head, tail = text[: entry.start], text[end:]
    if end == len(text) and not text.endswith("\n"):
        head = re.sub(r"\r?\n\Z", "", head)
    closed = [re.sub(r"\n\r?\n\Z", "\n", head), re.sub(r"(?<=\n)\r?\n\Z", "", head)] if head.endswith("\n") else []
    last = [re.sub(r"\r?\n\Z", "", head)] if not tail else []
    return [head + tail, *(one + tail for one in closed + last), head + re.sub(r"\A[ \t]*\r?\n", "", tail)]


def _meant(laid: Laid, after: str, meant: Any) -> None:
    """Checks what the result means, and how its lines end."""
    found = _read(after)
    _check(found == meant, f"means {found} instead of {meant}")
    _check_line_ends(laid.text, after)


def _check(fine: bool, why: str) -> None:
    if not fine:
        raise Touched(why)


def _read(text: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(text.removeprefix("\ufeff"), Loader=yaml.CBaseLoader)
    if data.get("entries") in ("", "~", "null"):
        data["entries"] = []
    return data


def _with(laid: Laid, entry: EntryPlace, key: str, meaning: Any) -> dict[str, Any]:
    """What the calendar means with one key of an entry set to this, or taken out."""
    changed = {name: value for name, value in entry.meaning.items() if name != key or meaning is not None}
    if meaning is not None:
        changed[key] = meaning
    return {**laid.rest, "entries": [changed if one is entry else one.meaning for one in laid.entries]}


def _check_set(laid: Laid, entry: EntryPlace, key: str, written: str, meaning: Any, after: str) -> None:
    _meant(laid, after, _with(laid, entry, key, meaning))
    text = laid.text
    if key not in entry.keys:
        added = [piece.strip(" ,\r\n") for piece in _added_pieces(text, after)]
        _check(f"{key}: {written}" in added, f"became {after!r}")
        return
    place = entry.keys[key]
    if place.empty:
        meant = text[: place.colon] + " " + written + text[place.colon :]
    elif place.nested:
        line = text.find("\n", place.colon)
        line -= text[line - 1] == "\r"
        first, end = place.colon, text.find("\n", place.end)
        end = len(text) if end < 0 else end - (text[end - 1] == "\r")
        behind = text[first:line]
        behind = re.sub(r"^ [|>][-+]?", "", behind)
        meant = text[:first] + " " + written + behind + text[end:]
    else:
        meant = text[: place.value] + written + text[place.end :]
    # Of two line ends that become one, either may be left.
    _check(after == meant or (place.nested and _unified(after) == _unified(meant)), f"became {after!r}")


def _added_pieces(before: str, after: str) -> list[str]:
    """What stands in ``after`` and not in ``before``, as one piece; where letters repeat, there are several ways to see it."""
    size, start = len(after) - len(before), _shared(before, after)
    ways = [begin for begin in range(max(start - 400, 0), start + 1) if after[begin + size :] == before[begin:]]
    return [after[begin : begin + size] for begin in ways]


def _is_woven_into(before: str, after: str) -> bool:
    """Whether everything of ``before`` stands in ``after``, in order, but for one piece or two that were added."""
    if _added_pieces(before, after):
        return True
    start = _shared(before, after)
    return after[start] == "," and bool(_added_pieces(before[start:], after[start + 1 :]))


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    return low


def _cut_out(before: str, after: str, start: int, end: int) -> tuple[int, int]:
    """What ``after`` lacks of ``before``: one piece around ``start`` to ``end``."""
    size = len(before) - len(after)
    for begin in range(min(start, _shared(before, after)), max(start - 300, -1), -1):
        if begin + size >= end and before[begin + size :] == after[begin:]:
            return begin, begin + size
    raise Touched(f"changed other characters: {after!r}")


def _check_removed(text: str, after: str, start: int, end: int) -> None:
    """What went is a piece with just a comma, space and the remark on its own line; the comma may have stood before remarks."""
    try:
        _check_taken(text, *_cut_out(text, after, start, end), start, end)
    except Touched:
        comma = _shared(text, after)
        _check(comma < start and text[comma] == ",", f"changed other characters: {after!r}")
        shorter = text[:comma] + text[comma + 1 :]
        _check_taken(shorter, *_cut_out(shorter, after, start - 1, end - 1), start - 1, end - 1)


def _check_taken(text: str, first: int, last: int, start: int, end: int) -> None:
    """Only space and one comma went with it, and the remark behind it on its own line."""
    before, behind = text[first:start], text[end:last]
    _check(bool(re.fullmatch(r"[ \t\r\n]*,?[ \t\r\n]*", before)), f"took {before!r} away, too")
    _check(bool(re.fullmatch(r"[ \t]*,?[ \t]*(#[^\r\n]*)?[ \t\r\n]*", behind)), f"took {behind!r} away, too")
    _check(not ("," in before and behind.lstrip().startswith(",")), f"took two commas: {before!r} and {behind!r}")


def _check_line_ends(before: str, after: str) -> None:
    """Where all lines end alike, those that were added do, too."""
    crlf, lines = before.count("\r\n"), before.count("\n")
    if crlf in (0, lines):
        _check(after.count("\r\n") == (after.count("\n") if crlf else 0), "has line ends of another kind")


def _unified(text: str) -> str:
    return text.replace("\r\n", "\n")


def _order_kept(times: list[str], position: int) -> bool:
    """Whether a new time stands in order where all others did."""
    others = times[:position] + times[position + 1 :]
    if others == sorted(others):
        return times == sorted(times)
    return others != sorted(others, reverse=True) or times == sorted(times, reverse=True)

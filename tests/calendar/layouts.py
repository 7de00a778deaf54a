"""Calendars laid out as people lay them out, from a seed: any mixture of styles, quotes, comments, line ends, scripts.

With each text comes what it means, and where each entry, key and value stands in it: what an edit may touch is known exactly,
by other means than those of the program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

_WORDS = (
    "launch day", "the API's end", "née", "e\u0301te\u0301", "発売日", "🚀", "👩\u200d👩\u200d👧 family", "שלום", "a\u00a0b",
    "ﬁn", "no", "on", "null", "0o7", "1_000", ".inf", "9:30", "C#", "R&D", "50%", "*", "a - b", "why? because", "100 €", "x" * 90,
)  # fmt: skip
_REMARKS = (
    "why",
    "",
    " ",
    "- id: x",
    "ask: Ana",
    "\ttabs\there",
    "発売 🚀",
    "'",
    '"',
    "{[",
    "e\u0301",
    "#",
    "at: 2026-01-01 09:30",
    "TODO",
)
_FIRST = datetime(2026, 11, 1, 9, 30)  # noqa: DTZ001 - a wall clock, as the calendar has it


@dataclass(kw_only=True)
class KeyPlace:
    """Where a key of an entry stands: the key itself, behind its colon, and its value. ``meaning`` is what it says.

    ``nested`` says that the value stands on lines of its own below, as a collection or as a block of text.
    """

    start: int
    colon: int
    value: int
    end: int
    meaning: Any
    nested: bool = False
    empty: bool = False


@dataclass(kw_only=True)
class EntryPlace:
    """Where an entry stands, without what is indented into it from below, and with it; and its keys."""

    start: int = 0
    end: int = 0
    last: int = 0
    flow: bool = False
    keys: dict[str, KeyPlace] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(self.keys["id"].meaning)

    @property
    def meaning(self) -> dict[str, Any]:
        return {key: place.meaning for key, place in self.keys.items()}


@dataclass(kw_only=True)
class Laid:
    """A calendar's text, what it means but for its entries, and its entries. ``listed`` says how the list is written."""

    text: str
    rest: dict[str, Any]
    entries: list[EntryPlace]
    listed: str

    @property
    def meaning(self) -> dict[str, Any]:
        return {**self.rest, "entries": [entry.meaning for entry in self.entries]}


def laid_out(seed: int, count: int = 0) -> Laid:
    """The calendar of this seed, of so many entries; 0: of as many as it wants, up to 500, in most cases few."""
    return _Writer(Random(seed), count).calendar()


class _Writer:
    def __init__(self, random: Random, count: int) -> None:
        self.random = random
        self.count = count
        self.pieces: list[str] = []
        self.length = 0
        self.newlines = random.choice((("\n",), ("\n",), ("\n",), ("\n",), ("\r\n",), ("\n", "\r\n")))
        # How far in the text stands that was written last, if it was a block of text: lines as deep as it belong to it.
        self.text_indent: int | None = None
        self.keeps_blank_lines = False
        self.remarks = random.choice((0.0, 0.1, 0.4))
        self.odd = random.choice((0.0, 0.05, 0.3))

    # -- writing

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def put(self, text: str) -> int:
        """Writes text with this calendar's line ends; returns where it begins."""
        start = self.length
        if "\n" in text:
            text = "".join(self.random.choice(self.newlines) if sign == "\n" else sign for sign in text)
        self.pieces.append(text)
        self.length += len(text)
        return start

    def remark(self) -> str:
        return "#" + self.random.choice((" ", "", "  ")) + self.random.choice(_REMARKS)

    def behind(self, tab: str = "\t") -> None:
        """What may stand behind a value on its line; libyaml takes no tab behind a dash."""
        if self.chance(self.remarks):
            self.put(self.random.choice((" ", "  ", tab, f" {tab} ")) + self.remark())
        elif self.chance(self.odd):
            self.put(self.random.choice((" ", "   ", tab)))

    def between(self, *indents: int) -> None:
        """Lines that mean nothing: empty ones, spaces, remarks at one of these depths."""
        while self.chance(self.remarks / 2):
            self.remark_line(self.random.choice(indents))
        if self.chance(self.odd / 2):
            self.blank_line(self.random.choice(("", "", "  ", "      ")))

    def remark_line(self, indent: int) -> bool:
        if self.text_indent is not None and indent >= self.text_indent:
            return False
        self.put(" " * indent + self.remark() + "\n")
        # A less indented remark ends a block of text.
        self.text_indent, self.keeps_blank_lines = None, False
        return True

    def blank_line(self, spaces: str = "") -> None:
        if not self.keeps_blank_lines:
            self.put(("" if self.text_indent is not None else spaces) + "\n")

    @property
    def line_end(self) -> int:
        """Where the last line ends, before its line end."""
        last = self.pieces[-1]
        return self.length - (len(last) - len(last.rstrip("\r\n")))

    # -- the calendar

    def calendar(self) -> Laid:
        random = self.random
        self.put("\ufeff" if self.chance(0.08) else "")
        if self.chance(0.05):
            return self._in_braces()
        self.between(0)
        self.put("---\n" if self.chance(0.06) else "")
        head: list[tuple[str, Callable[[], Any]]] = [
            ("version", lambda: self._line("version", "1")),
            (
                "timezone",
                lambda: self._line("timezone", random.choice(("Europe/Madrid", "America/Mexico_City", "UTC"))),
            ),
        ]
        if self.chance(0.3):
            head.append(("slots", self._slots))
        if self.chance(0.3):
            head.append(("blackout", self._blackouts))
        listed, entries, rest = "", list[EntryPlace](), dict[str, Any]()
        order = [*head, ("entries", lambda: None)]
        if self.chance(0.2):
            random.shuffle(order)
        for key, write in order:
            if key == "entries":
                listed, entries = self._entries()
            else:
                rest[key] = write()
            self.between(0)
            if key != order[-1][0]:
                self.text_indent, self.keeps_blank_lines = None, False
        self._end()
        return Laid(text="".join(self.pieces), rest=rest, entries=entries, listed=listed)

    def _end(self) -> None:
        if self.chance(0.04):
            self.put("...\n")
        elif self.chance(0.15) and self.text_indent is None:
            # A file without a last line end; at the end of a block of text that would say something else.
            self.pieces[-1] = self.pieces[-1].rstrip("\r\n")

    def _line(self, key: str, value: str) -> str:
        self.put(f"{key}: {value}")
        self.behind()
        self.put("\n")
        return value

    def _slots(self) -> Any:
        self.put('slots: {morning: {days: [mon, tue], time: "09:30", accounts: [ana-x]}}')
        self.behind()
        self.put("\n")
        return {"morning": {"days": ["mon", "tue"], "time": "09:30", "accounts": ["ana-x"]}}

    def _blackouts(self) -> Any:
        indent = self.random.choice(("", "  "))
        self.put(f"blackout:\n{indent}- {{from: 2026-12-24, to: 2026-12-26, why: holidays}}")
        self.behind()
        self.put("\n")
        return [{"from": "2026-12-24", "to": "2026-12-26", "why": "holidays"}]

    def _in_braces(self) -> Laid:
        """A whole calendar in braces, as a program may have written it."""
        wide = self.chance(0.5)
        step = "\n  " if wide else " "
        self.put("{" + ("\n  " if wide else "") + f'"version": 1,{step}"timezone": "UTC",{step}"entries": [')
        entries = list(self._flow_items("\n    " if wide else ""))
        self.put(("\n  ]\n}" if wide else "]}") + self.random.choice(("\n", "")))
        return Laid(text="".join(self.pieces), rest={"version": "1", "timezone": "UTC"}, entries=entries, listed="flow")

    # -- the list of entries

    def _count(self) -> int:
        few = self.random.choice((1, 1, 2, 2, 3, 4, 6, 9))
        return self.count or (self.random.randint(100, 500) if self.chance(0.003) else few)

    def _entries(self) -> tuple[str, list[EntryPlace]]:
        self.put(self.random.choice(("entries:", "entries:", "entries:", '"entries":')))
        kind = self.random.random()
        if kind < 0.05 and not self.count:
            self.put(self.random.choice((" []", " [ ]", "", " ~", " null")))
            self.behind()
            self.put("\n")
            return "empty", []
        if kind < 0.15:
            own = self.chance(0.7)
            self.put(" [" + (self.random.choice(("", "  # all of them")) if own else ""))
            places = list(self._flow_items("\n" + " " * self.random.choice((2, 4)) if own else ""))
            self.put(self.random.choice(("\n]", "\n  ]", "]")) if own and not self.commented else "\n]" if own else "]")
            self.behind()
            self.put("\n")
            return "flow", places
        self.behind()
        self.put("\n")
        return "block", list(self._block_items())

    commented = False

    def _flow_items(self, margin: str) -> Iterator[EntryPlace]:
        count = self._count()
        ids = self._ids(count)
        for number, (entry_id, at) in enumerate(ids):
            self.put(margin or (" " if number and self.chance(0.8) else ""))
            place = self._flow_entry(entry_id, at, margin[1:] if margin and self.chance(0.2) else "")
            yield place
            last = number == count - 1
            comma = not last or self.chance(0.2)
            self.put("," if comma else "")
            self.commented = False
            if margin and self.chance(self.remarks):
                self.put("  " + self.remark())
                self.commented = True
            place.last = self.length

    def _ids(self, count: int) -> list[tuple[str, datetime]]:
        times = [
            _FIRST + timedelta(days=self.random.randint(0, 90), minutes=30 * self.random.randint(0, 20))
            for _ in range(count)
        ]
        way = self.random.random()
        if way < 0.8:
            times.sort(reverse=way < 0.05)
        return [(f"e{number}", at) for number, at in enumerate(times)]

    def _block_items(self) -> Iterator[EntryPlace]:
        indent = self.random.choice((0, 2, 2, 2, 4))
        blank = self.random.choice((0.0, 0.0, 1.0, 0.3))
        gap = self.random.choice((1, 1, 1, 1, 2, 3))
        share = self.random.choice((0.0, 0.0, 0.3, 1.0))
        for number, (entry_id, at) in enumerate(self._ids(self._count())):
            if number and self.chance(blank):
                self.blank_line()
            self.between(0, indent, *([indent + 2] if not number else []))
            self.text_indent, self.keeps_blank_lines = None, False
            place = self._block_item(entry_id, at, indent, gap, flow=self.chance(share))
            while self.chance(self.remarks / 4):
                if self.remark_line(indent + self.random.choice((1, 2, 4))):
                    place.last = self.line_end
            yield place

    def _block_item(self, entry_id: str, at: datetime, indent: int, gap: int, *, flow: bool) -> EntryPlace:
        start = self.put(" " * indent + "-")
        below = self.chance(self.odd / 3)
        column = indent + self.random.choice((2, 4)) if below else indent + 1 + gap
        if below:
            self.behind(" ")
            self.put("\n")
            self.between(column)
        self.put(" " * (column if below else gap))
        if flow:
            place = self._flow_entry(entry_id, at, " " * (column + 1) if self.chance(0.2) else "")
            self.behind()
            self.put("\n")
        else:
            place = self._block_entry(entry_id, at, column)
        place.start = start
        place.last = place.end = self.line_end
        return place

    # -- one entry

    def _fields(self, entry_id: str, at: datetime) -> list[tuple[str, Any]]:
        random = self.random
        accounts = random.choice((["ana-x"], ["ana-mastodon", "ana-x"], "ana-x"))
        fields: list[tuple[str, Any]] = [
            ("id", entry_id), ("draft", "drafts/a.md"), ("at", f"{at:%Y-%m-%d %H:%M}"), ("accounts", accounts),
        ]  # fmt: skip
        more: list[tuple[str, Any]] = [
            ("campaign", random.choice(_WORDS)), ("late", "post within 6h"), ("paused", random.choice(("true", *_WORDS))),
            ("warning", random.choice(_WORDS)), ("slot", "morning"), ("visibility", None),
            ("when", {"url": "https://example.org/a?b=c", "contains": random.choice(_WORDS)}),
            ("approved", {"by": random.choice(_WORDS), "at": "2026-11-22T18:04:00Z", "digest": "sha256:9f2c"}),
        ]  # fmt: skip
        fields += [one for one in more if self.chance(0.25)]
        if self.chance(0.25):
            random.shuffle(fields)
        return fields

    def _key(self, key: str) -> tuple[int, int]:
        """Writes a key and its colon; returns where the key begins and where the colon ends."""
        written = self.random.choice((f'"{key}"', f"'{key}'")) if self.chance(self.odd / 3) else key
        start = self.put(written + (" " if self.chance(self.odd / 4) else "") + ":")
        return start, self.length

    def _block_entry(self, entry_id: str, at: datetime, column: int) -> EntryPlace:
        place = EntryPlace()
        for number, (key, value) in enumerate(self._fields(entry_id, at)):
            if number:
                self.between(column, column + 2, 0)
                self.text_indent, self.keeps_blank_lines = None, False
                self.put(" " * column)
            place.keys[key] = self._block_pair(key, value, column)
        return place

    def _block_pair(self, key: str, value: Any, column: int) -> KeyPlace:
        start, colon = self._key(key)
        if value is None:
            self.behind()
            self.put("\n")
            return KeyPlace(start=start, colon=colon, value=colon, end=colon, meaning="", empty=True)
        if not isinstance(value, str) and self.chance(0.3):
            return self._nested(value, start, colon, column)
        if isinstance(value, str) and key in ("warning", "paused", "campaign") and self.chance(self.odd / 2):
            return self._block_text(value, start, colon, column)
        self.put(self.random.choice((" ", " ", " ", "  ", "\t" if self.chance(self.odd) else " ")))
        if self.chance(self.odd / 4):
            self.put(self.random.choice(("", self.remark())) + "\n" + " " * (column + 2))
        raw = self.scalar(value, column + 2) if isinstance(value, str) else self.flow(value)
        begins = self.put(raw)
        ends = self.length
        self.behind()
        self.put("\n")
        return KeyPlace(start=start, colon=colon, value=begins, end=ends, meaning=value)

    def _nested(self, value: Any, start: int, colon: int, column: int) -> KeyPlace:
        self.behind()
        self.put("\n")
        deeper = column + (self.random.choice((0, 2)) if isinstance(value, list) else 2)
        self.between(deeper)
        begins = self.length
        items = (
            [f"- {item}" for item in value]
            if isinstance(value, list)
            else [f"{key}: {self.plain_or_quoted(item)}" for key, item in value.items()]
        )
        ends = begins
        for item in items:
            self.put(" " * deeper + item)
            ends = self.length
            self.behind()
            self.put("\n")
        return KeyPlace(start=start, colon=colon, value=begins, end=ends, meaning=value, nested=True)

    def _block_text(self, value: str, start: int, colon: int, column: int) -> KeyPlace:
        sign = self.random.choice(("|", "|-", ">", ">-", "|+"))
        begins = self.put(" " + sign) + 1
        if self.chance(self.remarks):
            self.put(" " + self.remark())
        self.put("\n" + " " * (column + 2) + value)
        ends = self.length
        self.put("\n")
        meaning = value if sign.endswith("-") else value + "\n"
        self.text_indent, self.keeps_blank_lines = column + 2, sign == "|+"
        if sign == "|+" and self.chance(0.5):
            self.put("\n")
            ends, meaning = self.line_end, meaning + "\n"
        return KeyPlace(start=start, colon=colon, value=begins, end=ends, meaning=meaning, nested=True)

    def _flow_entry(self, entry_id: str, at: datetime, margin: str) -> EntryPlace:
        """An entry in braces; with a margin, each key on a line of its own."""
        place = EntryPlace(flow=True)
        place.start = self.put("{" + (" " if self.chance(self.odd) else ""))
        fields = self._fields(entry_id, at)
        for number, (key, value) in enumerate(fields):
            start, colon = self._key(key)
            self.put(" ")
            if value is None:
                place.keys[key] = KeyPlace(start=start, colon=colon, value=colon, end=colon, meaning="", empty=True)
            else:
                begins = self.put(self.flow_scalar(value) if isinstance(value, str) else self.flow(value))
                place.keys[key] = KeyPlace(start=start, colon=colon, value=begins, end=self.length, meaning=value)
            if number < len(fields) - 1:
                self.put(",")
                if margin:
                    self.behind()
                    self.put("\n" + margin)
                else:
                    self.put(" ")
            elif self.chance(self.odd / 3):
                self.put("," + self.random.choice(("", " ")))
        if margin and self.chance(0.4):
            self.behind()
            self.put("\n" + margin)
        self.put("}")
        place.end = place.last = self.length
        return place

    # -- values

    def flow(self, value: Any) -> str:
        if isinstance(value, str):
            return self.flow_scalar(value)
        inner = self.random.choice(("", "", " "))
        comma = self.random.choice((", ", ", ", ","))
        if isinstance(value, list):
            return "[" + inner + comma.join(self.flow_scalar(item) for item in value) + inner + "]"
        return "{" + inner + ", ".join(f"{key}: {self.flow_scalar(item)}" for key, item in value.items()) + inner + "}"

    def flow_scalar(self, value: str) -> str:
        plain = not set(value) & set(",[]{}?") and self._may_be_plain(value)
        return value if plain and self.chance(0.6) else self.quoted(value)

    def plain_or_quoted(self, value: str) -> str:
        return value if self._may_be_plain(value) and self.chance(0.6) else self.quoted(value)

    def scalar(self, value: str, indent: int) -> str:
        """A scalar in block style; sometimes over two lines."""
        raw = self.plain_or_quoted(value)
        if " " in raw and self.chance(self.odd / 3):
            head, _, tail = raw.partition(" ")
            if tail.strip(" \"'") and head.strip(" \"'") and not tail.startswith(("#", " ", "-", "?", ":")):
                return head + "\n" + " " * indent + tail
        return raw

    def quoted(self, value: str) -> str:
        if self.chance(0.5):
            return "'" + value.replace("'", "''") + "'"
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        if self.chance(0.2):
            escaped = "".join(f"\\U{ord(sign):08x}" if not sign.isascii() else sign for sign in escaped)
        return f'"{escaped}"'

    @staticmethod
    def _may_be_plain(value: str) -> bool:
        return (
            value[0] not in "*&!|>%@`'\"#-?:{}[], "
            and ": " not in value
            and " #" not in value
            and value[-1] not in ": "
        )

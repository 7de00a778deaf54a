"""YAML that a site generator reads, as texts, lists and dicts: odd perhaps, dangerous never.

Only libyaml's events are read, so that no type is guessed and no tag obeyed. An alias is the very value it names, however
often it is named; a merge key merges nothing. Two equal keys are an error: programs differ in which of them they believe.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from contentkit.errors import ContentError
from contentkit.patterns import regex
from contentkit.text import one_line

MOST_EVENTS = 20_000
_MAX_DEPTH = 20
# What people write as they would below the front matter, with colons and quotation marks.
_PROSE = regex(
    r"(?P<key>(?:seo_?|meta_?|og_?|sub)?(?:title|description)|summary|excerpt|headline|tagline|lead|abstract|teaser)"
    r"(?P<gap>:[ \t]+)(?P<value>\S.*?)[ \t]*"
)
_MOST_MENDED = 4

Value = Any  # a text, a list of values, or a dict of texts to values


def values_of(inner: Sequence[str], above: int, name: str) -> Value:
    """What these lines say; ``above`` lines stand above them in the file ``name``. Raises ContentError with file:line.

    A title or a description that lacks its quotes is understood as if it had them.
    """
    return _values_of(list(inner), above, name, _MOST_MENDED)


def _values_of(inner: list[str], above: int, name: str, tries: int) -> Value:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _Reader(yaml.parse("\n".join(inner), Loader=loader), above, name).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        row = mark.line if mark else 0
        if tries and _quoted(inner, row):
            return _values_of(inner, above, name, tries - 1)
        line = row + above + 1
        what = " ".join(str(part) for part in (error.context, error.problem) if part)
        raise ContentError(
            f"{name}:{line}: {what}", hint="the front matter is not YAML from here on; does a value need quotes?"
        ) from None
    except (yaml.YAMLError, ValueError) as error:
        what = str(error).splitlines()[0]
        raise ContentError(f"{name}:{above}: {what}", hint="the front matter is not YAML") from None


def _quoted(inner: list[str], row: int) -> bool:
    """Whether this line was prose without quotes, and has them now."""
    prose = _PROSE.fullmatch(inner[row]) if row < len(inner) else None
    if not prose:
        return False
    value = prose["value"]
    if value[0] in "\"'" and value[-1] == value[0] and len(value) > 1:
        value = value[1:-1]
    inner[row] = f"{prose['key']}{prose['gap']}{json.dumps(value, ensure_ascii=False)}"
    return inner[row] != prose[0]


class _Reader:
    """Builds texts, lists and dicts from YAML events."""

    def __init__(self, events: Iterable[Any], above: int, name: str) -> None:
        self.above = above
        self.name = name
        self.anchors: dict[str, Value] = {}
        self.events = self._counted(events)

    def document(self) -> Value:
        for event in self.events:
            if type(event).__name__ in ("ScalarEvent", "SequenceStartEvent", "MappingStartEvent"):
                return self._value(event, 1)
        return None

    def _counted(self, events: Iterable[Any]) -> Iterator[Any]:
        for number, event in enumerate(events):
            if number == MOST_EVENTS:
                raise self._error(event, "more values than a front matter has", "move them into the text, or out of it")
            yield event

    def _value(self, event: Any, depth: int) -> Value:
        if depth > _MAX_DEPTH:
            raise self._error(event, f"nested more than {_MAX_DEPTH} deep", "nobody needs that; take it out")
        name = type(event).__name__
        if name == "AliasEvent":
            return self.anchors.get(event.anchor, "")
        if name == "ScalarEvent":
            value: Value = "" if event.implicit[0] and event.value in ("~", "null", "Null", "NULL") else event.value
        elif name == "SequenceStartEvent":
            value = self._sequence(depth)
        else:
            value = self._mapping(depth)
        if event.anchor:
            self.anchors[event.anchor] = value
        return value

    def _sequence(self, depth: int) -> list[Value]:
        items = []
        for event in self.events:
            if type(event).__name__ == "SequenceEndEvent":
                break
            items.append(self._value(event, depth + 1))
        return items

    def _mapping(self, depth: int) -> dict[str, Value]:
        values: dict[str, Value] = {}
        lines: dict[str, int] = {}
        for event in self.events:
            if type(event).__name__ == "MappingEndEvent":
                break
            key = self._value(event, depth + 1)
            value = self._value(next(self.events), depth + 1)
            if not isinstance(key, str):
                continue  # no site generator gives a list or a mapping as a key any meaning
            if key in values:
                where = f"the first is on line {lines[key]}; keep one"
                raise self._error(event, f"'{one_line(key, 60)}' stands here twice", where)
            values[key], lines[key] = value, self._line(event)
        return values

    def _line(self, event: Any) -> int:
        return int(event.start_mark.line) + self.above + 1

    def _error(self, event: Any, what: str, hint: str) -> ContentError:
        return ContentError(f"{self.name}:{self._line(event)}: {what}", hint=hint)

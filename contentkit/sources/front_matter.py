"""The front matter of a blog post: YAML or TOML, of any site generator, read for what we know and lenient with the rest.

Only the events of libyaml are read: no type is guessed, no tag is obeyed, an alias is the value it names, and nesting
is bounded, so that foreign front matter can be odd but not dangerous.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from contentkit.errors import ContentError

_MAX_DEPTH = 20
_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
_TOP_KEY = re.compile(r"^[\"']?(?P<key>[\w.-]+)[\"']?[ \t]*[:=]")
_DATE = re.compile(r"^(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_ABSOLUTE = re.compile(r"^https?://[^\s/]+\S*$", re.IGNORECASE)

Value = Any  # a text, a list of values, or a dict of texts to values


@dataclass(frozen=True, kw_only=True)
class FrontMatter:
    """The values of a front matter by lower-case key, and where the body begins.

    ``body`` is the index of the first line behind it (0: there is none). ``places`` gives the 1-based first and last
    line of each key.
    """

    values: dict[str, Value] = field(default_factory=dict)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    body: int = 0

    def text(self, *keys: str) -> str:
        """The first of these keys that holds a text, on one line; empty when none does."""
        for key in keys:
            value = self.values.get(key)
            if isinstance(value, str) and value.strip():
                return " ".join(value.split())
        return ""

    def key(self, *keys: str) -> str:
        """The first of these keys that is there at all."""
        return next((key for key in keys if key in self.values), "")


def front_matter_of(lines: Sequence[str], name: str) -> FrontMatter:
    """The front matter at the top of these lines. Raises ContentError with file:line when it cannot be read."""
    first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    fence = lines[first].rstrip() if lines else ""
    if fence not in _FENCES:
        return FrontMatter()
    last = next((index for index in range(first + 1, len(lines)) if lines[index].rstrip() in _FENCES[fence]), None)
    if last is None:
        if not any(_TOP_KEY.match(line) for line in lines[first + 1 : first + 2]):
            return FrontMatter()  # a rule, not front matter
        raise ContentError(f"{name}:{first + 1}: the front matter does not end", hint=f"close it with a line '{fence}'")
    inner = lines[first + 1 : last]
    if fence == "---" and not _looks_like_yaml(inner):
        return FrontMatter()
    values = _from_yaml(inner, first + 1, name) if fence == "---" else _from_toml(inner, first + 1, name)
    return FrontMatter(values=values, places=_places(inner, first + 2), body=last + 1)


def _looks_like_yaml(inner: Sequence[str]) -> bool:
    """Between two rules at the top of a note may stand prose."""
    written = [line for line in inner if line.strip() and not line.lstrip().startswith("#")]
    return not written or bool(_TOP_KEY.match(written[0])) or written[0].lstrip().startswith("{")


def _places(inner: Sequence[str], number: int) -> dict[str, tuple[int, int]]:
    places: dict[str, tuple[int, int]] = {}
    key = ""
    for line_number, line in enumerate(inner, number):
        match = _TOP_KEY.match(line)
        if match:
            key = match["key"].lower() if match["key"].lower() not in places else ""
            if key:
                places[key] = (line_number, line_number)
        elif key and line.strip() and not line.startswith("["):
            places[key] = (places[key][0], line_number)
    return places


def _from_toml(inner: Sequence[str], above: int, name: str) -> dict[str, Value]:
    try:
        # Empty lines above keep the line numbers of the message those of the file.
        return _lowered(tomllib.loads("\n" * above + "\n".join(inner)))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = re.search(r"line (\d+)", str(error))
        place = f"{name}:{at.group(1) if at else above}"
        what = re.sub(r" \(at .*\)$", "", str(error))
        raise ContentError(f"{place}: {what}", hint="the front matter is not TOML from here on") from None


def _from_yaml(inner: Sequence[str], above: int, name: str) -> dict[str, Value]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        value = _Reader(yaml.parse("\n".join(inner), Loader=loader)).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = (mark.line if mark else 0) + above + 1
        what = " ".join(str(part) for part in (error.context, error.problem) if part)
        raise ContentError(
            f"{name}:{line}: {what}", hint="the front matter is not YAML from here on; does a value need quotes?"
        ) from None
    except (yaml.YAMLError, ValueError) as error:
        what = str(error).splitlines()[0]
        raise ContentError(f"{name}:{above}: {what}", hint="the front matter is not YAML") from None
    if value in ("", None):
        return {}
    if not isinstance(value, dict):
        raise ContentError(
            f"{name}:{above + 1}: the front matter must be keys and values", hint="write it as 'title: …'"
        )
    return _lowered(value)


def _lowered(values: dict[str, Value]) -> dict[str, Value]:
    return {str(key).lower(): value for key, value in values.items()}


class _Reader:
    """Builds texts, lists and dicts from YAML events; of two equal keys the first wins."""

    def __init__(self, events: Iterator[Any]) -> None:
        self.events = events
        self.anchors: dict[str, Value] = {}

    def document(self) -> Value:
        for event in self.events:
            if type(event).__name__ in ("ScalarEvent", "SequenceStartEvent", "MappingStartEvent"):
                return self._value(event, 1)
        return None

    def _value(self, event: Any, depth: int) -> Value:
        if depth > _MAX_DEPTH:
            import yaml

            raise yaml.MarkedYAMLError(problem=f"nested more than {_MAX_DEPTH} deep", problem_mark=event.start_mark)
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
        for event in self.events:
            if type(event).__name__ == "MappingEndEvent":
                break
            key = self._value(event, depth + 1)
            values.setdefault(str(key), self._value(next(self.events), depth + 1))
        return values


def written_on(front: FrontMatter, name: str) -> date | None:
    """The day of a post: from its front matter, else from a file name that starts with it, else None."""
    value = front.values.get("date")
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    for words in (value if isinstance(value, str) else "", name.rsplit("/", 1)[-1]):
        match = _DATE.match(words.strip())
        if match:
            try:
                return date(*map(int, match.groups()))
            except ValueError:
                continue
    return None


def tags_of(front: FrontMatter) -> tuple[str, ...]:
    """The tags: a list, or one text with commas; Zola keeps them under ``taxonomies``."""
    taxonomies = front.values.get("taxonomies")
    value = front.values.get("tags") or (taxonomies.get("tags") if isinstance(taxonomies, dict) else None) or []
    if isinstance(value, str):
        value = value.split(",")
    words = [" ".join(item.split()) for item in value if isinstance(item, str)] if isinstance(value, list) else []
    return tuple(dict.fromkeys(word for word in words if word))


def authors_of(front: FrontMatter) -> str:
    """Who wrote it: a text, a list of texts, or mappings with a ``name``."""
    value = front.values.get("author") or front.values.get("authors") or ""
    found = value if isinstance(value, list) else [value]
    names = [item.get("name", "") if isinstance(item, dict) else item for item in found]
    return ", ".join(" ".join(item.split()) for item in names if isinstance(item, str) and item.strip())


def addresses_of(front: FrontMatter) -> tuple[str, str]:
    """The absolute address of a post and its path on its site; either may be empty."""
    link = ""
    for key in ("canonical", "canonical_url", "canonicalurl", "url", "permalink", "link"):
        value = front.text(key)
        if not link and _ABSOLUTE.match(value):
            link = value
    paths = (front.text("url"), front.text("permalink"))
    return link, next(
        (path for path in paths if path.startswith("/") and not path.startswith("//") and ":" not in path), ""
    )


def image_of(front: FrontMatter) -> tuple[str, str, str]:
    """The picture of a post as (key, path, alt text); empty when it has none."""
    for key in ("image", "cover", "featured_image", "feature_image"):
        value = front.values.get(key)
        if isinstance(value, str) and value.strip():
            return key, value.strip(), front.text(f"{key}_alt", "image_alt")
        if isinstance(value, dict):
            texts = {name: text.strip() for name, text in value.items() if isinstance(text, str)}
            path = next((texts[name] for name in ("src", "path", "image", "url", "feature") if texts.get(name)), "")
            if path:
                return key, path, texts.get("alt", "")
    return "", "", ""

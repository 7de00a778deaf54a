"""The front matter of a source: YAML or TOML of any site generator, or lines of ``Key: value`` as mails and exports have."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import field

from contentkit.errors import ContentError
from contentkit.patterns import regex
from contentkit.sources.foreign_yaml import Value, values_of
from contentkit.sources.properties import properties_in
from contentkit.values import dataclass

LARGEST = 256 * 1024
_MOST_DOTS = 2000
_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
_TOP_KEY = regex(r"^[\"']?(?P<key>[\w.\\-]+)[\"']?[ \t]*[:=]")
# Where site generators let people put keys of their own; they count where the top says nothing.
_NESTS = ("params", "extra", "header", "seo", "hero")


@dataclass(frozen=True, kw_only=True)
class FrontMatter:
    """The values of a front matter by lower-case key, and where the body begins.

    ``body`` is the index of the first line behind it (0: there is none above the body). ``places`` gives the 1-based first
    and last line of each key.
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

    def body_of(self, lines: Sequence[str]) -> list[str]:
        """These lines with those of the front matter blank, so that all keep their numbers."""
        blank = {number for first, last in self.places.values() for number in range(first, last + 1)}
        return ["" if index < self.body or index + 1 in blank else line for index, line in enumerate(lines)]


def front_matter_of(lines: Sequence[str], name: str) -> FrontMatter:
    """The front matter at the top of these lines. Raises ContentError with file:line when it cannot be read."""
    first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    fence = lines[first].rstrip() if lines else ""
    if fence not in _FENCES:
        return FrontMatter(**properties_in(lines, first))
    last = next((index for index in range(first + 1, len(lines)) if lines[index].rstrip() in _FENCES[fence]), None)
    if last is None:
        if not any(_TOP_KEY.match(line) for line in lines[first + 1 : first + 2]):
            return FrontMatter()  # a rule, not front matter
        raise ContentError(f"{name}:{first + 1}: the front matter does not end", hint=f"close it with a line '{fence}'")
    inner = lines[first + 1 : last]
    if fence == "---" and not _looks_like_yaml(inner):
        return FrontMatter()
    if sum(len(line) + 1 for line in inner) > LARGEST:
        raise ContentError(
            f"{name}:{first + 1}: the front matter is larger than {LARGEST // 1024} KiB", hint="move its text below it"
        )
    values = _from_yaml(inner, first + 1, name) if fence == "---" else _from_toml(inner, first + 1, name)
    places = _places(inner, first + 2)
    return FrontMatter(values=_unnested(values, places), places=places, body=last + 1)


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
    # The library's time grows with the square of how many names a dotted key has.
    for number, line in enumerate(inner, above + 1):
        if line.count(".") > _MOST_DOTS:
            raise ContentError(f"{name}:{number}: more dots than a line of TOML has", hint="move its text below it")
    try:
        # Empty lines above keep the line numbers of the message those of the file.
        return tomllib.loads("\n" * above + "\n".join(inner))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = re.search(r"line (\d+)", str(error))
        place = f"{name}:{at.group(1) if at else above}"
        what = re.sub(r" \(at .*\)$", "", str(error))
        raise ContentError(f"{place}: {what}", hint="the front matter is not TOML from here on") from None


def _from_yaml(inner: Sequence[str], above: int, name: str) -> dict[str, Value]:
    value = values_of(inner, above, name)
    if value in ("", None):
        return {}
    if not isinstance(value, dict):
        raise ContentError(
            f"{name}:{above + 1}: the front matter must be keys and values", hint="write it as 'title: …'"
        )
    return value


def _unnested(values: dict[str, Value], places: dict[str, tuple[int, int]]) -> dict[str, Value]:
    """The values by lower-case key, with those of nested mappings where the top has no such key, and their places."""
    lowered: dict[str, Value] = {}
    for key, value in values.items():
        lowered.setdefault(key.lower(), value)
    for nest in _NESTS:
        inside = lowered.get(nest)
        for key, value in inside.items() if isinstance(inside, dict) else ():
            if lowered.setdefault(key.lower(), value) is value and nest in places:
                places.setdefault(key.lower(), places[nest])
    return lowered

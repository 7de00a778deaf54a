"""Characters that a reader cannot see and that were written as letters: entities of HTML, escapes of YAML and TOML.

The lines hold their letters only; they come out where passages and front matter are read, and leave them again here, as
those that stood in the lines did before (see ``hidden``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from contentkit.models import Link, Passage
from contentkit.sources.foreign_yaml import Value
from contentkit.sources.front_matter import FrontMatter
from contentkit.sources.hidden import may_hide, seen_of


def seen_front(front: FrontMatter, found: Counter[str]) -> FrontMatter:
    """The front matter without what nobody sees, which is counted in ``found``."""
    # An alias of YAML is the very value it names: however often it is named, it is looked at once.
    looked_at: dict[int, Value] = {}
    return replace(front, values={key: _value(value, found, looked_at) for key, value in front.values.items()})


def _value(value: Value, found: Counter[str], looked_at: dict[int, Value]) -> Value:
    if isinstance(value, str):
        return _seen(value, found)
    if isinstance(value, list | dict) and id(value) not in looked_at:
        looked_at[id(value)] = (
            [_value(item, found, looked_at) for item in value]
            if isinstance(value, list)
            else {key: _value(item, found, looked_at) for key, item in value.items()}
        )
    return looked_at.get(id(value), value)


def seen_passages(passages: Iterable[Passage], found: Counter[str]) -> list[Passage]:
    """The passages that say anything without what nobody sees, which is counted in ``found``."""
    return [
        seen
        for passage in passages
        if (seen := _passage(passage, found) if _may_hide(passage) else passage).text or seen.kind == "image"
    ]


def _may_hide(passage: Passage) -> bool:
    links = (part for link in passage.links for part in (link.text, link.url))
    return any(map(may_hide, (passage.text, passage.speaker, passage.target, *links)))


def _passage(passage: Passage, found: Counter[str]) -> Passage:
    links = [
        Link(text=_words(link.text, Counter()), url=_seen(link.url, found), line=link.line) for link in passage.links
    ]
    speaker = _words(passage.speaker, Counter())
    return replace(
        passage,
        kind="paragraph" if passage.kind == "turn" and not speaker else passage.kind,
        text=_seen(passage.text, found) if passage.kind == "code" else _words(passage.text, found),
        speaker=speaker,
        links=tuple(links),
        target=_seen(passage.target, found),
    )


def _words(text: str, found: Counter[str]) -> str:
    """As ``_seen``, without the space around what is gone."""
    seen = _seen(text, found)
    return seen if seen == text else "\n".join(" ".join(line.split()) for line in seen.split("\n"))


def _seen(text: str, found: Counter[str]) -> str:
    seen, hidden = seen_of(text)
    found.update({f"escaped {name}": count for name, count in hidden.items()})
    return seen

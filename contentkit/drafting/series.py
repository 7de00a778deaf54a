"""Several threads from one post or note, each from sections of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contentkit.drafting.reading.sections import Section

# What carries a thread of its own, in words.
_FEWEST_WORDS = {"post": 100, "note": 50}
# So that the best ones can be chosen.
_PARTS_FOR_A_THREAD = 2


def parts_of(sections: Sequence[Section], kind: str, number: int) -> list[list[Section]]:
    """The sections in runs that each carry a thread, some more than the ``number`` of threads that are wanted.

    A short section goes with what follows it, at the end with what precedes it.
    """
    fewest = max(_FEWEST_WORDS[kind], _words(sections) // (_PARTS_FOR_A_THREAD * max(1, number)))
    parts: list[list[Section]] = []
    for section in sections:
        if parts and _words(parts[-1]) < fewest:
            parts[-1].append(section)
        else:
            parts.append([section])
    if len(parts) > 1 and _words(parts[-1]) < fewest:
        parts[-2:] = [[*parts[-2], *parts[-1]]]
    return parts


def heading_of(part: Sequence[Section]) -> str:
    """What the first section of a part with a heading of its own is called; empty when none is."""
    return next(_headings(part), "")


def _headings(part: Sequence[Section]) -> Iterator[str]:
    return (section.heading.text for section in part if section.heading and not section.titled)


def _words(part: Sequence[Section]) -> int:
    return sum(len(sentence.text.split()) for section in part for sentence in section.sentences)

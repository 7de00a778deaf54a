"""The texts of a folder, each with the brief that it is drafted by."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.drafts.words import words
from contentkit.counters.mastodon import mastodon_length
from contentkit.counters.x import weighted_length
from contentkit.drafting import Brief
from contentkit.errors import ContentError, ContentkitError
from contentkit.models import Passage, Source
from contentkit.sources import read_source

LIMITS: dict[str, tuple[int, Callable[[str], int]]] = {"mastodon": (500, mastodon_length), "x": (280, weighted_length)}
_ENDINGS = {".md", ".txt", ".vtt", ".srt", ".rst", ".docx", ".html"}
# Whose turns are drafted from, a line a file: "call.vtt" = "Ana Ruiz".
SPEAKERS = "speakers.toml"
_DRAFTED = ("paragraph", "item", "quotation", "turn")
_SPANISH = {"de", "la", "que", "el", "los", "las", "una", "para", "con", "del"}
_ENGLISH = {"the", "of", "and", "to", "is", "that", "it", "for", "with", "was"}
_NOT_TEXTS = {"SOURCES.md", "README.md"}


@dataclass(frozen=True, kw_only=True)
class Text:
    """One text to draft from; ``group`` is the folder it lies in (``posts``, ``interviews``), by which figures are averaged.

    ``language`` is what the text says of itself, else what it looks like: ``es`` or ``en``, as the baselines know two.
    """

    name: str
    group: str
    language: str
    source: Source
    brief: Brief

    def own_passages(self) -> Iterator[Passage]:
        """What may be drafted from: prose and lists, of a transcript the turns of the speaker."""
        for passage in self.source.passages:
            is_theirs = not self.brief.speaker or passage.speaker == self.brief.speaker
            if is_theirs and passage.kind in _DRAFTED and not passage.aside:
                yield passage


def texts_in(folder: Path, platform: str) -> tuple[list[Text], list[str]]:
    """The texts in this folder and those below it, by their paths; and what could not be read, a line each.

    The speaker of a transcript is named in ``speakers.toml`` beside it, else it is whoever says most. A text without an
    address of its own gets one under example.org, so that every thread ends alike. Raises ContentError for an empty folder.
    """
    texts, unread = [], []
    for path in sorted(folder.rglob("*")):
        if path.suffix not in _ENDINGS or path.name in _NOT_TEXTS:
            continue
        try:
            texts.append(_text(path, folder, platform))
        except ContentkitError as error:
            unread.append(f"{path.relative_to(folder)}: {error.message}")
    if not texts and not unread:
        raise ContentError(f"{folder}: no text is here", hint="give a folder of posts, interviews or notes of yours")
    return texts, unread


def _text(path: Path, folder: Path, platform: str) -> Text:
    source = read_source(path, path.name)
    limit, count = LIMITS[platform]
    named = path.parent / SPEAKERS
    speakers = tomllib.loads(named.read_text(encoding="utf-8")) if named.exists() else {}
    speaker = speakers.get(path.name, next(iter(source.speakers), ""))
    link = source.link or f"https://example.org/{path.stem}"
    group = path.parent.name if path.parent != folder else source.kind
    brief = Brief(limit=limit, count=count, speaker=speaker, link=link)
    language = source.language or looks_like(" ".join(passage.text for passage in source.passages))
    return Text(name=str(path.relative_to(folder)), group=group, language=language, source=source, brief=brief)


def looks_like(text: str) -> str:
    """``es`` for a text with more of the commonest Spanish words than of the commonest English ones, else ``en``."""
    said = words(text)
    return "es" if sum(word in _SPANISH for word in said) > sum(word in _ENGLISH for word in said) else "en"

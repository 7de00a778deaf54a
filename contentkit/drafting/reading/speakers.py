"""Whose words of a transcript are drafted from."""

from __future__ import annotations

from contentkit.drafting import Brief
from contentkit.errors import ContentError
from contentkit.models import Source
from contentkit.text import counted


def speaker_of(source: Source, brief: Brief) -> str:
    """Whose turns are drafted from: the brief's speaker, leniently matched, or the only one. Raises ContentError."""
    speakers = list(source.speakers)
    if not speakers:
        raise ContentError(
            f"{source.path}: nobody is named here, so nobody can be quoted",
            hint="write who speaks before the words, as 'Ana Torres: ...'",
        )
    if not brief.speaker:
        if len(speakers) == 1:
            return speakers[0]
        raise ContentError(
            f"{source.path}: {len(speakers)} people speak here: {_listing(source)}",
            hint=f'say whose words to draft from: --speaker "{likely_guest(source)}"',
        )
    wanted = brief.speaker.strip().casefold()
    exact = [name for name in speakers if name == brief.speaker] or [
        name for name in speakers if name.casefold() == wanted
    ]
    parts = [name for name in speakers if wanted in name.casefold()]
    for found in (exact, parts):
        if len(found) == 1:
            return found[0]
    problem = "nobody is" if not parts else "several people are"
    raise ContentError(
        f"{source.path}: {problem} called '{brief.speaker}' here: {_listing(source)}",
        hint=f'name one of them: --speaker "{likely_guest(source)}"',
    )


def likely_guest(source: Source) -> str:
    """The speaker with the most words that are not questions."""
    told: dict[str, int] = {}
    for passage in source.passages:
        if passage.speaker:
            words = 0 if passage.text.rstrip().endswith("?") else len(passage.text.split())
            told[passage.speaker] = told.get(passage.speaker, 0) + words
    return max(told, key=lambda name: told[name])


def _listing(source: Source) -> str:
    return ", ".join(f"{name} ({counted(words, 'word')})" for name, words in source.speakers.items())

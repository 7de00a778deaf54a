"""The example sources of these tests, and small ones made by hand."""

from __future__ import annotations

from pathlib import Path

from contentkit.counters.mastodon import mastodon_length
from contentkit.drafting import Brief
from contentkit.models import Passage, Source
from contentkit.sources import read_source

EXAMPLES = Path(__file__).parent / "examples"


def example(name: str) -> Source:
    """One of the example files, read as ``notes/<name>``."""
    return read_source(EXAMPLES / name, f"notes/{name}")


def brief(limit: int = 500, *, speaker: str = "", link: str = "", posts: int | None = None) -> Brief:
    """What is asked of a drafter for Mastodon."""
    return Brief(limit=limit, count=mastodon_length, speaker=speaker, link=link, posts=posts)


def post_of(*paragraphs: str, title: str = "", link: str = "", language: str = "en") -> Source:
    """A blog post of these paragraphs, each on one line with an empty line between; ``#`` makes a heading."""
    lines: list[str] = []
    passages = []
    for text in paragraphs:
        number = len(lines) + 1
        lines += [text, ""]
        is_heading = text.startswith("# ")
        passages.append(
            Passage(
                kind="heading" if is_heading else "paragraph",
                text=text.removeprefix("# "),
                first=number,
                last=number,
                level=1 if is_heading else 0,
            )
        )
    return Source(
        path="notes/made.md",
        kind="post",
        lines=tuple(lines),
        passages=tuple(passages),
        title=title,
        link=link,
        language=language,
    )


def interview_of(*turns: tuple[str, str]) -> Source:
    """A transcript of these (speaker, words), one line each."""
    lines = tuple(f"**{speaker}:** {words}" for speaker, words in turns)
    passages = tuple(
        Passage(kind="turn", text=words, first=number, last=number, speaker=speaker)
        for number, (speaker, words) in enumerate(turns, start=1)
    )
    return Source(path="notes/call.md", kind="transcript", lines=lines, passages=passages)

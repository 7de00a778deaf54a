"""How long a thread is, what becomes of its spans, and what is said when there is none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from contentkit.confidential import is_veiled
from contentkit.drafting import Brief
from contentkit.drafting.reading.lines import evidence_of
from contentkit.drafting.reading.typeset import with_dashes, without_marks
from contentkit.drafting.spans.candidates import Span
from contentkit.errors import ContentError
from contentkit.models import Post, Source
from contentkit.patterns import regex
from contentkit.text import sentences, slug_of

MOST_POSTS = 10
_USUAL = (7, 9)
_WORDS_PER_FURTHER_POST = 200
_LONGEST_SLUG = 36
_LONGEST_TITLE = 60
# Speech with fewer ends of sentences than one in so many words was written down without punctuation.
_WORDS_PER_END = 80
_FEWEST_WORDS_OF_SPEECH = 40
_ENDS = (".", "!", "?", "…", "。", "！", "？")
# A sentence from its capital to its end, of eight words or so.
_WHOLE = regex(r"(?:^|[.!?…]\s+)[\"“«¿¡]?[A-ZÀ-Þ][^.!?…]{30,}[.!?…]")
_CLAUSE = regex(r"[,;:.!?…–—](?:\s|$)")


def posts_wished(words: int, brief: Brief) -> int:
    """How many posts a source of so many words carries: 7, for a longer one up to 9, unless the brief says."""
    if brief.posts is not None:
        return max(1, min(MOST_POSTS, brief.posts))
    return min(_USUAL[1], _USUAL[0] + words // _WORDS_PER_FURTHER_POST)


def posts_of(spans: Sequence[Span], source: Source) -> list[Post]:
    """The spans as posts, each with the lines that its sentences stand on."""
    return [Post(text=with_dashes(span.text), evidence=evidence_of(source, span.lines)) for span in spans]


def title_of(source: Source, opening: str) -> str:
    """The source's title, else its first heading, else how its first post begins; never one with a confidential name."""
    headings = (passage.text for passage in source.passages if passage.kind == "heading")
    titles = (title for title in (source.title, *headings) if title.strip() and not is_veiled(title))
    if title := next(titles, ""):
        return without_marks(title)
    return title_from(opening) if opening else ""


def title_from(opening: str) -> str:
    """How a post begins, at most to the end of its first sentence, in a title's length."""
    start, end = sentences(opening)[0]
    opening = opening[start:end].strip('"“”«»')
    if len(opening) <= _LONGEST_TITLE:
        return opening.rstrip(".")
    clauses = [match.start() for match in _CLAUSE.finditer(opening, 0, _LONGEST_TITLE)]
    return opening[: clauses[-1]] if clauses else opening[: opening.rfind(" ", 0, _LONGEST_TITLE)]


def short_slug(words: str) -> str:
    """A slug that people type, and that stands in a table of 80 columns beside four other cells."""
    return slug_of(words, longest=_LONGEST_SLUG)


def slug_for(source: Source) -> str:
    """The slug of the source's title, else of its file."""
    title = "" if is_veiled(source.title) else source.title
    return short_slug(title) or short_slug(PurePosixPath(source.path).stem) or "draft"


def nothing_draftable(source: Source) -> ContentError:
    """The error for a source without a sentence that could be a post."""
    words = [word for passage in source.passages if passage.speaker for word in passage.text.split()]
    ended = sum(word.rstrip("\"”’')").endswith(_ENDS) for word in words)
    if len(words) >= _FEWEST_WORDS_OF_SPEECH and ended * _WORDS_PER_END < len(words):
        return ContentError(
            f"{source.path}: what is said here has no punctuation, so there are no sentences to quote",
            hint="export the transcript with punctuation, or put full stops where the sentences end",
        )
    if source.kind == "note" and source.passages and not any(_WHOLE.search(one.text) for one in source.passages):
        return ContentError(
            f"{source.path}: these are jottings, with no sentence here that could go out as it stands",
            hint="write out what is to be said, from its capital to its full stop, or put the founder's words behind '> '",
        )
    return ContentError(
        f"{source.path}: no sentence here stands on its own as a post",
        hint="add a paragraph or a list in the founder's words, or write the draft by hand",
    )


def nothing_told(source: Source) -> ContentError:
    """The error for notes of a talk in which next to nothing is for others."""
    return ContentError(
        f"{source.path}: hardly anything here is for others: no decision, no number, no result, nobody's words",
        hint="write as bullets what was decided, done or counted, or put somebody's words behind '> '",
    )

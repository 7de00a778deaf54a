"""Several sources become one thread: each is drafted from with its share, and what comes of it is joined in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from contentkit.drafting import Brief, Drafter, DraftsSeveral
from contentkit.drafting.echoes import is_echo
from contentkit.drafting.thread import MOST_POSTS
from contentkit.drafting.veiled import Veiled
from contentkit.errors import ContentError, UsageError
from contentkit.models import Draft, Post, Source
from contentkit.values import dataclass

# So many posts for each source, unless the brief says how many there are to be.
_USUAL_SHARE = 4


@dataclass(frozen=True)
class _Piece:
    """What one source gives to the thread; ``closing`` is its post with the link."""

    draft: Draft
    posts: tuple[Post, ...]
    closing: tuple[Post, ...] = ()


def draft_several(drafter: Drafter, sources: Sequence[Source], brief: Brief) -> Draft:
    """One thread of these sources, in the order given, with one hook and one closing.

    Of a later source the hook is left out where the source fills its share without it. ``brief.speaker`` holds for
    transcripts. Raises UsageError for more sources than posts, ContentError as drafters do and for two languages.
    """
    if isinstance(drafter, DraftsSeveral):
        return drafter.draft_several(sources, brief)
    if isinstance(drafter, Veiled) and isinstance(drafter.drafter, DraftsSeveral):
        return drafter.several(sources, brief)
    last = _source_of_link(sources, brief)
    number = _posts_wished(sources, brief, has_link=last is not None)
    pieces: dict[int, _Piece] = {}
    # The shortest first: what it cannot fill is left to the longer ones.
    for left, place in zip(range(len(sources), 0, -1), _by_length(sources), strict=True):
        share = max(1, number // left)
        pieces[place] = _piece(drafter, sources[place], brief, share, is_first=place == 0, has_link=place == last)
        number -= len(pieces[place].posts)
    return _joined([pieces[place] for place in range(len(sources))], sources)


def _posts_wished(sources: Sequence[Source], brief: Brief, *, has_link: bool) -> int:
    """How many posts are wanted beside the one with the link. Raises UsageError where a source would get none."""
    wished = min(MOST_POSTS, brief.posts or _USUAL_SHARE * len(sources)) - has_link
    if wished < len(sources):
        posts = f"{wished + has_link} post{'' if wished + has_link == 1 else 's'}"
        hint = "ask for more posts, or name fewer sources" if brief.posts else "name fewer sources"
        link = ", one of them for the link" if has_link else ""
        raise UsageError(f"{len(sources)} sources do not go into {posts}{link}", hint=hint)
    return wished


def _source_of_link(sources: Sequence[Source], brief: Brief) -> int | None:
    """The place of the source that the thread leads to in the end; None where it leads nowhere."""
    linked = [place for place, source in enumerate(sources) if source.link]
    if brief.link:
        return next((place for place in linked if sources[place].link == brief.link), 0)
    return linked[0] if linked else None


def _by_length(sources: Sequence[Source]) -> list[int]:
    words = [sum(len(passage.text) for passage in source.passages) for source in sources]
    return sorted(range(len(sources)), key=lambda place: (words[place], place))


def _piece(drafter: Drafter, source: Source, brief: Brief, share: int, *, is_first: bool, has_link: bool) -> _Piece:
    link = (brief.link or source.link) if has_link else ""
    wanted = min(MOST_POSTS, share + has_link + (not is_first))
    task = replace(
        brief,
        posts=wanted,
        link=link,
        speaker=brief.speaker if source.kind == "transcript" else "",
        language=brief.language or source.language,
    )
    draft = drafter.draft(replace(source, link=link), task)
    closing = tuple(post for post in draft.posts[-1:] if link and link in post.text)
    posts = draft.posts[: len(draft.posts) - len(closing)]
    return _Piece(draft, posts[len(posts) > share and not is_first :][:share], closing)


def _joined(pieces: Sequence[_Piece], sources: Sequence[Source]) -> Draft:
    languages = {piece.draft.language.partition("-")[0]: None for piece in pieces if piece.draft.language}
    if len(languages) > 1:
        hint = "draft each of them on its own; a model can write all of it in one: --drafter openai --language en"
        raise ContentError(f"the sources are in different languages: {', '.join(languages)}", hint=hint)
    posts: list[Post] = []
    for place, piece in enumerate(pieces):
        fresh = list(_without_echoes(piece.posts, posts))
        posts += fresh if place == 0 else [replace(post, alternatives=()) for post in fresh]
    closing = [post for piece in pieces for post in piece.closing]
    first = pieces[0].draft
    return replace(
        first,
        posts=(*posts, *closing),
        sources=tuple(dict.fromkeys(source.path for source in sources)),
        link=next((piece.draft.link for piece in pieces if piece.closing), ""),
        tags=tuple(dict.fromkeys(tag for piece in pieces for tag in piece.draft.tags)),
    )


def _without_echoes(posts: Sequence[Post], before: Sequence[Post]) -> Iterator[Post]:
    """The posts that say something which none of the posts before says."""
    said = [post.text for post in before]
    return (post for post in posts if not is_echo(post.text, said))

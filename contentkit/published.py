"""Which words of a draft others get to read: what networks show, and what git shows to whoever has the repository.

This is decided here and nowhere else: every check for words that nobody may repeat looks at what these functions name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from contentkit.models import Draft, Rendition
from contentkit.values import dataclass

# Where something begins and ends in a text, and what it is.
Place = tuple[int, int, str]

_FRONT_MATTER = 1
# Whatever is looked for across the end of a post goes no further than this into the next ones.
_BEYOND = 600


@dataclass(frozen=True, kw_only=True)
class Wording:
    """Words of a draft: ``where`` they stand in a reader's words, the index of their post, their line in the draft's file.

    Without a line the text begins where that post begins. Of what is found in it only that counts which lies across the
    ``seam``, the offset at which the next post of a thread begins; and what is in ``known`` is found there already.
    """

    where: str
    text: str
    post: int = 0
    line: int = 0
    seam: int = 0
    known: str = ""

    def found(self, places_in: Callable[[str], Iterable[Place]]) -> list[Place]:
        """Those of the places in this text that are to be told."""
        known = {(self.known[start:end], what) for start, end, what in places_in(self.known)} if self.known else ()
        return [
            (start, end, what)
            for start, end, what in places_in(self.text)
            if (not self.seam or start < self.seam < end) and (self.text[start:end], what) not in known
        ]


def published(draft: Draft, renditions: Iterable[Rendition] = ()) -> list[Wording]:
    """What networks show of a draft, and of its thread on each account what the draft does not say in the same words."""
    return list(dict.fromkeys((*_of_draft(draft), *(said for one in renditions for said in _of_account(one, draft)))))


def in_git(draft: Draft) -> list[Wording]:
    """What no network shows, and everybody with the repository reads."""
    said = [Wording(where="title", text=draft.title, line=_FRONT_MATTER)]
    said += [Wording(where="link", text=link, line=_FRONT_MATTER) for link in (draft.link, draft.canonical)]
    said += [Wording(where="tag", text=f"#{tag}", line=_FRONT_MATTER) for tag in draft.tags]
    said += remarks(draft)
    for index, post in enumerate(draft.posts):
        reasons = [waiver.reason for waiver in post.waivers]
        said += [Wording(where="reason of a waiver", text=words, post=index, line=post.line) for words in reasons]
        paths = [(media.path, media.line) for media in post.media]
        said += [Wording(where="name of a picture's file", text=path, post=index, line=line) for path, line in paths]
    return said


def remarks(draft: Draft) -> list[Wording]:
    """What people and drafters wrote below the posts: comments, and other words that a post could have."""
    said = []
    for index, post in enumerate(draft.posts):
        said += [Wording(where="comment", text=words, post=index, line=line) for line, words in post.comments]
        others = [(one.text, one.line or post.line) for one in post.alternatives]
        said += [Wording(where="alternative", text=words, post=index, line=line) for words, line in others]
    return said


def file_names(draft: Draft) -> list[Wording]:
    """How the draft and its sources are called: words that nobody marks, and that stand in git though the file is without
    what is off the record. A confidential name stands in the notes themselves, and is not looked for here."""
    names = [("name of the draft's file", draft.slug)]
    names += [("name of a source's file", name) for name in sorted(draft.all_sources)]
    return [Wording(where=where, text=name, line=_FRONT_MATTER) for where, name in names]


def _of_draft(draft: Draft) -> Iterator[Wording]:
    yield Wording(where="content warning", text=draft.warning, line=_FRONT_MATTER)
    for index, post in enumerate(draft.posts):
        yield Wording(where="text", text=post.text, post=index)
        for media in post.media:
            yield Wording(where="alt text", text=media.alt, post=index, line=media.line)
    yield from _across([(index, post.text) for index, post in enumerate(draft.posts)])


def _of_account(rendition: Rendition, draft: Draft) -> Iterator[Wording]:
    """With handles and names of ``people.yaml`` in place, and without the posts that are for other networks."""
    if rendition.warning != draft.warning:
        yield Wording(where="content warning of the entry", text=rendition.warning, line=_FRONT_MATTER)
    total, name = len(rendition.parts), rendition.account.name
    texts = [_without_number(part.text, f"{number}/{total}") for number, part in enumerate(rendition.parts, 1)]
    for part, text in zip(rendition.parts, texts, strict=True):
        post = draft.posts[part.post]
        # What is a piece of the post letter for letter says nothing that the post does not say.
        if text not in post.text:
            yield Wording(where=f"text on {name}", text=part.text, post=part.post, known=post.text)
        for media in part.media:
            if media not in post.media:
                yield Wording(where=f"alt text on {name}", text=media.alt, post=part.post, line=media.line)
    yield from _across([(part.post, text) for part, text in zip(rendition.parts, texts, strict=True)])


def _without_number(text: str, number: str) -> str:
    """A part without its number, which readers pass over where a name is torn by it."""
    return text.removesuffix(number).rstrip(" \n") if text.endswith((f" {number}", f"\n{number}")) else text


def _across(thread: Sequence[tuple[int, str]]) -> Iterator[Wording]:
    """Each post with the beginning of what follows: readers read on, and words may be torn by the end of a post."""
    for place, (index, text) in enumerate(thread[:-1], 1):
        following = ""
        for _, more in thread[place:]:
            following += f"\n{more}"
            if len(following) > _BEYOND:
                break
        if text:
            yield Wording(where="thread", text=text + following[:_BEYOND], post=index, seam=len(text))

"""What the review shows: the entries in their order, and everything that is to be known of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from contentkit.models import Evidence, Part, Post, Problem
from contentkit.values import dataclass
from contentkit.views.threads import Preview

# A line of what changed: words that stayed, were taken out or put in, marked as that.
Change = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Item:
    """One entry of the list. ``standing`` says in two or three words how it stands, ``when`` in short when it is due;
    ``waits`` is true while it waits for an approval. ``words`` is what else a filter may find it by."""

    entry: str
    draft: str
    when: str
    standing: str
    waits: bool
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Ground:
    """One piece of evidence of a post: the lines that it points at, and those around them.

    ``lines`` are numbers and words as they are on the record, ``first`` and ``last`` those that it points at; ``state`` says what
    became of them.
    """

    evidence: Evidence
    state: str
    first: int = 0
    last: int = 0
    lines: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """Everything that is shown of one entry.

    ``heading`` says what it is and when, ``standing`` a sentence or more of how it stands; ``changed`` is what changed since
    its last approval, a line each. ``previews`` has its thread on each account, ``grounds`` for each post what that rests on.
    ``obstacles`` keep it from being approved; ``question`` is what somebody approves, in one sentence, and ``remarks`` what they
    should know first. ``is_signed`` where an approval is a signature, whose key may ask for a
    passphrase. ``mark`` is another one whenever anything of this is another.
    """

    entry: str
    draft: str
    heading: str
    standing: tuple[str, ...]
    changed: tuple[Change, ...]
    previews: tuple[Preview, ...]
    posts: tuple[Post, ...]
    grounds: tuple[tuple[Ground, ...], ...]
    problems: tuple[Problem, ...]
    obstacles: tuple[str, ...]
    question: str
    remarks: tuple[str, ...]
    is_approved: bool
    is_signed: bool
    is_paused: bool
    mark: str

    def problems_at(self, part: Part, account: str) -> list[Problem]:
        """What was found in the post of a part; of what one account alone is about, only on that."""
        return [one for one in self.problems if one.post == part.post and one.account in ("", account)]

    @property
    def problems_of_all(self) -> list[Problem]:
        """What was found in no post."""
        return [one for one in self.problems if one.post is None]


@dataclass(frozen=True, kw_only=True)
class NextSlot:
    """The next opening that is free for an entry; ``told`` is how a person is told."""

    at: datetime
    slot: str
    told: str


def matching(items: Sequence[Item], words: str) -> list[Item]:
    """The items in which each of these words stands somewhere."""
    wanted = words.casefold().split()
    return [one for one in items if all(word in _searched(one) for word in wanted)]


def _searched(item: Item) -> str:
    return " ".join((item.entry, item.draft, item.when, item.standing, item.words)).casefold()

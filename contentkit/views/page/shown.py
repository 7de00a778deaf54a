"""What a page shows, as values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from contentkit.models import Entry, Evidence
from contentkit.values import dataclass
from contentkit.views.threads import Preview


@dataclass(frozen=True, kw_only=True)
class Quote:
    """What a source says on the lines that a post rests on, as anybody may read it.

    ``place`` is the source as it may be called; ``words`` are its paragraphs, empty where ``why`` says that they are not shown.
    """

    place: str
    words: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Work:
    """A draft, alone or as an entry has it, on the accounts that were asked for.

    ``digest`` is what an approval of the entry is bound to, of a draft alone that of its threads as they are shown; empty where a
    picture cannot be sent. ``approval`` says whether somebody approved just this; ``findings`` what 'check' has against it.
    """

    name: str
    title: str
    entry: Entry | None
    previews: tuple[Preview, ...]
    digest: str
    approval: str
    findings: str = ""
    quotes: Mapping[Evidence, Quote]

    @property
    def version(self) -> str:
        return version_of(self.digest)


def version_of(digest: str) -> str:
    """A digest in short, for people to tell each other."""
    return digest.removeprefix("sha256:")[:12]


@dataclass(frozen=True, kw_only=True)
class Page:
    """One or several works, and when the page was made (aware)."""

    works: tuple[Work, ...]
    made: datetime
    maker: str

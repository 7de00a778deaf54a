"""What a drafter wrote, word for word, so that a person's edits can be told from it later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING

from contentkit.drafts.notes import read_evidence
from contentkit.models import Alternative, Draft, Evidence, Post
from contentkit.stamps import moment_of, stamped
from contentkit.store.database import transaction
from contentkit.values import dataclass

if TYPE_CHECKING:
    from sqlite_utils import Database

_REMEMBER = """
INSERT INTO draftings (
  slug, drafted_at, drafter, title, founder, language, link,
  asked_posts, asked_speaker, asked_angle, asked_language, asked_link, asked_platform, account, story, stories
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_REMEMBER_SOURCE = "INSERT INTO drafted_sources (drafting, source, digest) VALUES (?, ?, ?)"
_REMEMBER_POST = "INSERT INTO drafted_posts (drafting, number, text, evidence) VALUES (?, ?, ?, ?)"
_REMEMBER_OFFER = (
    "INSERT INTO offered_posts (slug, post, offered_at, drafter, text, evidence) VALUES (?, ?, ?, ?, ?, ?)"
)
_LATEST = """
SELECT id, drafted_at, drafter, title, founder, language, link,
  asked_posts, asked_speaker, asked_angle, asked_language, asked_link, asked_platform, account, story, stories
FROM draftings WHERE slug = ? ORDER BY id DESC LIMIT 1"""
_WORDS = """
SELECT drafted_posts.text FROM drafted_posts JOIN draftings ON draftings.id = drafting WHERE slug = ?
UNION SELECT text FROM offered_posts WHERE slug = ?"""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a draft was asked for, as its options said it: what was left out is empty or None.

    ``platform`` is the platform or account that ``--platform`` named, ``account`` whose limit held. ``story`` is the place of
    the thread among the ``stories`` that were asked for together; None for a thread alone.
    """

    posts: int | None = None
    speaker: str = ""
    angle: str = ""
    language: str = ""
    link: str = ""
    platform: str = ""
    account: str = ""
    story: int | None = None
    stories: int | None = None


@dataclass(frozen=True, kw_only=True)
class Drafted:
    """One run of a drafter: the draft as it wrote it, what it was asked for, the digest of each source by its name, when.

    The posts of ``draft`` have their texts and evidence, and nothing that people add.
    """

    draft: Draft
    at: datetime
    asked: Asked = field(default_factory=Asked)
    sources: Mapping[str, str] = field(default_factory=dict)


def remember_drafted(database: Database, drafted: Drafted) -> None:
    """Stores what was drafted, and the other words that came with it. All of it or nothing."""
    draft, asked = drafted.draft, drafted.asked
    with transaction(database):
        row = (
            draft.slug, stamped(drafted.at), draft.drafter, draft.title, draft.founder, draft.language, draft.link,
            asked.posts, asked.speaker or None, asked.angle or None, asked.language or None, asked.link or None,
            asked.platform or None, asked.account, asked.story, asked.stories,
        )  # fmt: skip
        number = database.conn.execute(_REMEMBER, row).lastrowid
        database.conn.executemany(_REMEMBER_SOURCE, [(number, *one) for one in sorted(drafted.sources.items())])
        posts = [(number, place, post.text, _written(post.evidence)) for place, post in enumerate(draft.posts, 1)]
        database.conn.executemany(_REMEMBER_POST, posts)
        for place, post in enumerate(draft.posts, 1):
            _offer(database, draft, place, post.alternatives, drafted.at)


def remember_offered(
    database: Database, draft: Draft, place: int, offered: Iterable[Alternative], now: datetime
) -> None:
    """Stores other words that a drafter offered for a post, the first being 1."""
    with transaction(database):
        _offer(database, draft, place, offered, now)


def last_drafted(database: Database, slug: str) -> Drafted | None:
    """What was drafted last under this slug; None where nothing was."""
    row = database.conn.execute(_LATEST, [slug]).fetchone()
    if row is None:
        return None
    number, at, drafter, title, founder, language, link, *asked = row
    posts, speaker, angle, asked_language, asked_link, platform, account, story, stories = asked
    sources = dict(database.conn.execute("SELECT source, digest FROM drafted_sources WHERE drafting = ?", [number]))
    return Drafted(
        draft=Draft(
            slug=slug,
            posts=_posts(database, number),
            title=title,
            sources=tuple(sources),
            founder=founder,
            link=link,
            language=language,
            drafter=drafter,
        ),
        at=moment_of(at),
        asked=Asked(
            posts=posts,
            speaker=speaker or "",
            angle=angle or "",
            language=asked_language or "",
            link=asked_link or "",
            platform=platform or "",
            account=account,
            story=story,
            stories=stories,
        ),
        sources=sources,
    )


def drafted_slugs(database: Database, founder: str = "") -> list[str]:
    """The slugs of all drafts that were drafted here, or of those for one founder, in the order of the last run of each."""
    chosen, values = (" WHERE founder = ?", [founder]) if founder else ("", [])
    query = f"SELECT slug FROM draftings{chosen} GROUP BY slug ORDER BY max(id)"  # noqa: S608 - no word from outside
    return [slug for (slug,) in database.conn.execute(query, values)]


def words_drafted(database: Database, slug: str) -> frozenset[str]:
    """Every text that a drafter ever wrote for this draft, those that it offered among them. All others are a person's."""
    return frozenset(text for (text,) in database.conn.execute(_WORDS, [slug, slug]))


def _posts(database: Database, number: int) -> tuple[Post, ...]:
    query = "SELECT text, evidence FROM drafted_posts WHERE drafting = ? ORDER BY number"
    rows = database.conn.execute(query, [number]).fetchall()
    return tuple(Post(text=text, evidence=read_evidence(evidence)) for text, evidence in rows)


def _offer(database: Database, draft: Draft, place: int, offered: Iterable[Alternative], at: datetime) -> None:
    rows = [(draft.slug, place, stamped(at), draft.drafter, one.text, _written(one.evidence)) for one in offered]
    database.conn.executemany(_REMEMBER_OFFER, rows)


def _written(evidence: Iterable[Evidence]) -> str:
    return "; ".join(map(str, evidence))

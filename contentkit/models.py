"""The nouns of contentkit as frozen values, complete at birth.

Times are aware. Line numbers are 1-based and inclusive. Paths of sources and drafts are POSIX strings
relative to the project's root, as they stand in the files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from contentkit.stamps import latest_of
from contentkit.values import dataclass

if TYPE_CHECKING:
    from decimal import Decimal

PassageKind = Literal[
    "heading", "paragraph", "item", "quotation", "code", "image", "table", "turn", "footnote", "admonition"
]
SourceKind = Literal["post", "note", "transcript"]
Severity = Literal["error", "warning", "information"]
_LONGEST_NUMBER = 10
VISIBILITIES = ("public", "unlisted", "private", "direct")
Mentions = Literal["handles", "names"]
Splitting = Literal["sentence-first", "balanced", "never"]
Numbering = Literal["none", "1/5"]


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link of a passage: the words it stood on, where it goes, the line it stood on."""

    text: str
    url: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One paragraph, list item, quotation, heading, code block, image, table or speaker's turn of a source.

    ``text`` is plain text without markup (for an image: its alt text; for code: the code).
    A long turn of a transcript is one passage per paragraph, each with the speaker.
    ``level`` is the heading level, or the depth of a list item (1 = outermost), else 0.
    ``aside`` marks what grounds a claim but is never drafted from: footnotes, admonitions, editor's notes.
    ``embargo`` is the aware time before which nothing that rests on it may be published.
    """

    kind: PassageKind
    text: str
    first: int
    last: int
    speaker: str = ""
    level: int = 0
    links: tuple[Link, ...] = ()
    target: str = ""
    aside: bool = False
    embargo: datetime | None = None

    def touches(self, first: int, last: int) -> bool:
        """Whether any of it stands on these lines."""
        return self.first <= last and first <= self.last


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where the copy of a source came from: an address or a file's name (empty: nobody may know), when it was read, and
    how many spans were cut out of it because they were off the record; ``unclear`` are the numbers of the lines of which
    nobody knows whether that was enough."""

    place: str
    read: datetime
    cut: int = 0
    unclear: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Source:
    """A note, transcript or blog post as it was when read, without what was off the record.

    ``lines`` are the source's own lines with every off-the-record span cut out, so that line numbers stay true;
    they and the passages are the only text that later stages can see. ``digest`` is the SHA-256 of those lines.
    ``redactions`` counts the spans that were dropped, ``origin`` is told by a copy; ``doubts`` are the numbers of lines that
    speak of "off the record" without marking where it begins. ``format`` is what it was read as, ``removed`` says what
    readers could not see and was left out. ``link`` is absolute or empty; ``site_path`` is what a post
    says of its own address when it names no host (Hugo's ``url: /blog/x.html``).
    """

    path: str
    kind: SourceKind
    lines: tuple[str, ...]
    passages: tuple[Passage, ...]
    title: str = ""
    description: str = ""
    author: str = ""
    written: date | None = None
    language: str = ""
    link: str = ""
    site_path: str = ""
    tags: tuple[str, ...] = ()
    redactions: int = 0
    origin: Origin | None = None
    doubts: tuple[int, ...] = ()
    format: str = ""
    removed: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        return hashlib.sha256("\n".join(self.lines).encode()).hexdigest()

    @property
    def speakers(self) -> dict[str, int]:
        """Speaker to number of words, the most talkative first."""
        words: dict[str, int] = {}
        for passage in self.passages:
            if passage.speaker:
                words[passage.speaker] = words.get(passage.speaker, 0) + len(passage.text.split())
        return dict(sorted(words.items(), key=lambda pair: -pair[1]))

    def quoted(self, first: int, last: int) -> str:
        """The on-the-record text of these lines."""
        return quoted(self.lines, first, last)

    def evidence(self, first: int, last: int, from_column: int = 0, to_column: int = 0) -> Evidence:
        """Evidence for these lines, or from and to these columns of them, with the hash of what stands there now."""
        bare = Evidence(source=self.path, first=first, last=last, from_column=from_column, to_column=to_column)
        return replace(bare, sha=quotation_hash(bare.said_in(self.lines)))

    def embargo_on(self, cited: Iterable[Evidence]) -> datetime | None:
        """The latest time of all embargoes on passages that this evidence touches, where it is of this source; else None."""
        lines = [(one.first, one.last) for one in cited if one.source == self.path]
        held = ((one, one.embargo) for one in self.passages if one.embargo)
        return latest_of(until for one, until in held if any(one.touches(*each) for each in lines))


def quoted(lines: Sequence[str], first: int, last: int, from_column: int = 0, to_column: int = 0) -> str:
    """What stands on these lines, as it is compared: without the space at their ends.

    Columns are counted as an editor's cursor is, 1 being before the first character; 0 is the line's beginning, or its end.
    """
    said = list(lines[first - 1 : last])
    if said and to_column:
        said[-1] = said[-1][: to_column - 1]
    if said and from_column:
        said[0] = said[0][from_column - 1 :]
    return "\n".join(line.rstrip() for line in said)


def quotation_hash(quoted: str) -> str:
    """The first 8 hexadecimal digits of the SHA-256 of quoted lines, as evidence comments carry it."""
    return hashlib.sha256(quoted.encode()).hexdigest()[:8]


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The lines of a source that a post rests on, or a part of them; ``sha`` is that of just this part, empty when a person wrote
    the comment by hand.

    ``from_column`` is where it begins in the first line, ``to_column`` where it ends in the last: as ``quoted`` counts them.
    """

    source: str
    first: int
    last: int
    sha: str = ""
    from_column: int = 0
    to_column: int = 0

    @property
    def has_columns(self) -> bool:
        """Whether it points at a part of its lines only."""
        return bool(self.from_column or self.to_column)

    def said_in(self, lines: Sequence[str]) -> str:
        """What stands there in these lines of its source, as it is compared."""
        return quoted(lines, self.first, self.last, self.from_column, self.to_column)

    def points_past(self, lines: Sequence[str]) -> bool:
        """Whether it points behind the end of these lines of its source, or of the lines that it names columns of."""
        if self.last > len(lines):
            return True
        begin, end = lines[self.first - 1], lines[self.last - 1]
        return self.from_column > len(begin) + 1 or self.to_column > len(end) + 1

    def is_said_in(self, lines: Sequence[str]) -> bool:
        """Whether what it points at is there, and says what it said at drafting."""
        said = self.said_in(lines)
        there = not self.points_past(lines) and bool(said.strip())
        return there and (not self.sha or quotation_hash(said) == self.sha)

    @property
    def place(self) -> str:
        """``notes/call.md#L3``, ``…#L3-L5``, ``…#L3C5-L5C20``: as links of code hosts have it."""
        begin = f"L{self.first}" + (f"C{self.from_column}" if self.from_column else "")
        end = f"-L{self.last}" if self.last != self.first or self.to_column else ""
        return f"{self.source}#{begin}{end}" + (f"C{self.to_column}" if self.to_column else "")

    def __str__(self) -> str:
        return self.place + (f" sha:{self.sha}" if self.sha else "")


@dataclass(frozen=True, kw_only=True)
class Media:
    """A picture or film of a post: its path from the project's root, and its alt text.

    ``digest`` is the SHA-256 of the bytes that will be sent; empty until a rendition is frozen. ``line`` is where it
    stands in the draft: two pictures that differ in nothing else are the same.
    """

    path: str
    alt: str
    digest: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """A named person's word that a finding is fine: which check, which words, who, why."""

    check: str
    words: str
    by: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Alternative:
    """Other words that a post could have, with the evidence they rest on; never published as long as they are that.

    ``line`` is where the text begins in the draft.
    """

    text: str
    evidence: tuple[Evidence, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, kw_only=True)
class Post:
    """One message of a thread. ``only`` names the platforms and accounts it is for (empty: all); ``line`` is where it starts.

    ``instead`` names the platforms and accounts on which it stands instead of the post before it; elsewhere it is left out.
    ``alternatives`` are what a drafter offers in place of the text, the best first.
    ``comments`` are the lines and words of notes to people; contentkit writes none.
    """

    text: str
    media: tuple[Media, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    only: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    line: int = 0
    comments: tuple[tuple[int, str], ...] = field(default=(), compare=False)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An ordered thread of posts, with the sources it came from."""

    slug: str
    posts: tuple[Post, ...]
    title: str = ""
    sources: tuple[str, ...] = ()
    founder: str = ""
    link: str = ""
    canonical: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    visibility: str = ""
    warning: str = ""
    drafter: str = ""
    path: str = ""

    @property
    def all_sources(self) -> frozenset[str]:
        """The sources that the front matter names, and those that evidence points at."""
        return frozenset((*self.sources, *(evidence.source for post in self.posts for evidence in post.evidence)))


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one status may be on one account, as the server said when the account was last checked."""

    characters: int = 500
    url_length: int = 23
    media: int = 4
    alt_characters: int = 1500
    image_bytes: int = 16 * 1024 * 1024
    gif_bytes: int = 16 * 1024 * 1024
    video_bytes: int = 99 * 1024 * 1024
    pixels: int = 33_177_600


@dataclass(frozen=True, kw_only=True)
class Caps:
    """How many parts may go out on an account in one run, and in a day and a month of UTC; None where nobody set a limit."""

    run: int | None = None
    day: int | None = None
    month: int | None = None


@dataclass(frozen=True, kw_only=True)
class Budget:
    """What may be spent on an account in a month and in a day of UTC, in US dollars; None where nobody set a limit."""

    month: Decimal | None = None
    day: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Account:
    """A named place to publish. ``remote_id`` pins who we must be logged in as; empty until it is known.

    ``stated`` are the limits that contentkit.toml says; ``limits`` completes them with what is usual on the platform.
    ``replies`` is the visibility of what follows the first part of a public thread, ``mentions`` whether people are mentioned
    or named, ``split`` how posts that are too long become several parts, ``numbering`` what stands at the end of each part.
    Each is empty where the settings do not say it: then it is as usual on the platform. ``budget`` is what may be spent there;
    None where nobody set a limit. ``caps`` are our own limits of posts. ``line`` is where contentkit.toml says the platform.
    ``proxy`` is how this machine reaches the network where its user says so, with a password perhaps; it is never in
    contentkit.toml, and only on the account that a connection is made for.
    """

    name: str
    platform: str
    server: str = ""
    handle: str = ""
    remote_id: str = ""
    visibility: str = ""
    replies: str = ""
    language: str = ""
    mentions: Mentions | Literal[""] = ""
    split: Splitting | Literal[""] = ""
    numbering: Numbering | Literal[""] = ""
    proxy: str = field(default="", repr=False, compare=False)
    budget: Budget | None = None
    caps: Caps = field(default_factory=Caps)
    stated: Mapping[str, int] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    line: int = field(default=0, compare=False)

    def where_usual(self, usual: Limits) -> Account:
        """The same account; what its settings do not say of its limits is as usual on its platform."""
        return replace(self, limits=replace(usual, **self.stated))


@dataclass(frozen=True, kw_only=True)
class FounderSettings:
    """What holds for drafts in a person's name.

    ``voice`` is the card of how they write and ``posts`` their own posts, as paths from the project's root; empty where
    they lie in the usual place. ``accounts`` are where their drafts go unless somebody says otherwise, ``approvers`` whom
    to ask (by their keys in people.yaml): never authority, which is decided on the publishing machine.
    """

    voice: str = ""
    posts: str = ""
    accounts: tuple[str, ...] = ()
    approvers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who may be named in a post; ``handles`` maps a platform to the handle there, ``languages`` are theirs,
    the first one they write in. ``founder`` is None for people in whose name nothing is drafted. ``line`` is where they
    stand in people.yaml."""

    name: str
    display: str
    handles: dict[str, str]
    consent: Literal["mention", "name", "never"] = "name"
    languages: tuple[str, ...] = ()
    founder: FounderSettings | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, kw_only=True)
class OwnPost:
    """Something that a person published or said in their own words: what a voice is learnt from.

    ``language`` is what its network says of it, empty where it says nothing; ``key`` names the post there (``x:1789``).
    ``spoken`` words count for how a person writes, and are never examples.
    """

    text: str
    written: date | None = None
    language: str = ""
    key: str = ""
    spoken: bool = False


@dataclass(frozen=True, kw_only=True)
class Lateness:
    """What happens to an entry that is late: posted within a time, put on the next slot, or held."""

    policy: Literal["post", "next slot", "hold"] = "post"
    within: timedelta = timedelta(hours=6)


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A page that must be reachable (and contain these words) before an entry may go out."""

    url: str
    contains: str = ""


@dataclass(frozen=True, kw_only=True)
class ApprovedCopy:
    """The readable copy of an approval in ``calendar.yaml``. Never authority by itself.

    ``clone`` names the folder and machine it was given in (``places.clone_id``); empty when a person wrote the line.
    """

    by: str
    at: datetime
    digest: str
    clone: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """This draft, at this time, on these accounts. ``at`` is aware, in the entry's own zone; ``line`` is where it stands.

    ``wall`` is what a person approves: the wall clock as ISO, with an offset only where the calendar says one. ``zone`` is the
    IANA name that it is read in: the instant follows from both, late, by the zone's rules of that day. ``slot`` names the slot
    it was put on. ``warning`` is None where the draft's holds; empty, there is none whatever the draft says. ``pause_reason``
    may be empty although it is paused.
    """

    id: str
    draft: str
    at: datetime
    accounts: tuple[str, ...]
    wall: str = ""
    zone: str = ""
    slot: str = ""
    campaign: str = ""
    late: Lateness = field(default_factory=Lateness)
    when: Condition | None = None
    paused: bool = False
    pause_reason: str = ""
    after: str = ""
    visibility: str = ""
    warning: str | None = None
    approved: ApprovedCopy | None = None
    note: str = ""
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Part:
    """One status of a rendition, exactly as it will be sent. ``post`` is the index of the post it came from, ``length``
    what the account's network counts, with the warning. ``torn``: a sentence goes on in the next part. ``uncut`` says why it was
    not split though it is too long, ``remedy`` what to do about it; empty where that is not so.
    """

    post: int
    text: str
    length: int
    media: tuple[Media, ...] = ()
    visibility: str = "public"
    torn: bool = False
    uncut: str = ""
    remedy: str = ""


@dataclass(frozen=True, kw_only=True)
class Rendition:
    """The exact thread for one account. ``visibility`` is that of its first part."""

    account: Account
    parts: tuple[Part, ...]
    visibility: str
    warning: str
    language: str


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where words stand in a file: lines and columns from 1, in characters, the end behind the last of them; 0 where nobody
    knows. ``excerpt`` is what stands before them on their line, the words, and what stands behind them, cut to be read at once.
    """

    path: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    excerpt: tuple[str, str, str] = ("", "", "")


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One finding: a stable id (``CK201``), how bad, what, where (``drafts/x.md:12``), the words, and what would mend it.

    ``post`` is the index of its post, ``at`` the offset of the words in the text of that, both None where they are in none.
    ``holds`` is true for a warning that an approval waits for until somebody waives it. ``fix`` is what can stand in the place
    of the words without anybody's judgement, None where a person has to write something. ``waived`` is the waiver that covers it,
    ``spot`` where the words stand exactly, once somebody has looked into the file.
    """

    check: str
    severity: Severity
    message: str
    place: str
    words: str = ""
    remedy: str = ""
    post: int | None = None
    account: str = ""
    holds: bool = False
    at: int | None = None
    fix: str | None = None
    waived: Waiver | None = None
    spot: Spot | None = None

    @property
    def where(self) -> Spot:
        """Its spot; where nobody has looked into the file, as much of it as its place says."""
        path, _, line = self.place.rpartition(":")
        is_line = bool(path) and line.isascii() and line.isdecimal() and len(line) < _LONGEST_NUMBER
        return self.spot or (Spot(path=path, line=int(line)) if is_line else Spot(path=self.place))


def errors_of(problems: Sequence[Problem]) -> list[Problem]:
    """The problems that make a draft wrong."""
    return [problem for problem in problems if problem.severity == "error"]


def counted(problems: Sequence[Problem]) -> list[Problem]:
    """The problems that ask for something. What is only information does not."""
    return [problem for problem in problems if problem.severity != "information"]


def in_the_way(problems: Sequence[Problem]) -> list[Problem]:
    """The problems that block an approval: errors, and warnings that somebody has to waive by name."""
    return [problem for problem in problems if problem.severity == "error" or problem.holds]

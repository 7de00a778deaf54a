"""One post as it stands in a draft: text, pictures, notes.

The text is what is published, letter for letter, but for images on a line of their own (attachments with their
alt text) and HTML comments outside of code fences (notes, never published). Where a text itself has a line of three
dashes, such an image or ``<!--``, a backslash in front says so: ``\\---``, ``\\![…](…)``, ``\\<!--``; further
backslashes in front are text, so that every text can be written.

The path of an image is read as every Markdown preview reads it: from the folder of the draft, with %20 for a space.
In ``Media`` it stands from the project's root.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence

from contentkit.drafts.notes import format_note, notes_of, read_notes
from contentkit.errors import ContentError
from contentkit.media.reading import is_address
from contentkit.models import Media, Post
from contentkit.patterns import regex
from contentkit.values import dataclass

RULE = "---"
_RULE_LINE = regex(r"(?P<escape>\\*)---\s*")
_IMAGE = regex(
    r"[ \t]*(?P<escape>\\*)!\[(?P<alt>(?:[^\]\\]|\\.)*)\]"
    r"\((?:<(?P<quoted>[^<>]+)>|(?P<path>[^()<>\s\"]+(?: [^()<>\s\"]+)*))(?:[ \t]+\"[^\"]*\")?\)[ \t]*"
)
# From the first of the backslashes only: else a line of them is searched once for each.
_NOTE = regex(r"(?<!\\)(?P<escape>\\*)<!--")
# A line of back-ticks with more of them behind is a piece of inline code (CommonMark 4.5).
_FENCE = regex(r" {0,3}(?P<fence>`{3,}(?=[^`]*$)|~{3,})")
# A percent sign that would be read as the beginning of an encoded character.
_PERCENT = regex(r"%(?=[0-9A-Fa-f]{2})")
_ESCAPE = regex(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class NotePlace:
    """Where a comment stands, from its ``<!--`` to behind its ``-->``: lines as they are counted, columns from 0."""

    kind: str
    first: int
    start: int
    last: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where a post stands: its first and last line (before the first where it has none), the lines with text, its comments."""

    first: int
    last: int
    text: tuple[int, ...]
    notes: tuple[NotePlace, ...]


def read_posts(lines: Sequence[str], start: int, path: str) -> Iterator[Post]:
    """The posts of a draft's lines from index ``start`` on. Raises ContentError with ``path:line``."""
    return (post for post, _ in read_layouts(lines, start, path))


def read_layouts(lines: Sequence[str], start: int, path: str) -> Iterator[tuple[Post, Layout]]:
    """As ``read_posts``, each with where it stands."""
    reader = _PostReader(path, start + 1)
    for number, line in enumerate(lines[start:], start + 1):
        if line.rstrip() == RULE and not reader.is_inside_something:
            yield reader.post(), reader.layout(number - 1)
            reader = _PostReader(path, number + 1)
        else:
            reader.read(number, line)
    yield reader.post(), reader.layout(len(lines))


def fence_after(fence: str, line: str) -> str:
    """The code fence that is open after this line, or nothing."""
    match = _FENCE.match(line)
    if not match:
        return fence
    if not fence:
        return match["fence"]
    closes = match["fence"].startswith(fence) and line.strip() == match["fence"]
    return "" if closes else fence


class _PostReader:
    """Takes the lines of one post, in order; what it found becomes a post at the end."""

    def __init__(self, path: str, number: int) -> None:
        self.path = path
        self.begins = self.first = number
        self.text: list[str] = []
        self.rows: list[int] = []
        self.places: list[NotePlace] = []
        self.media: list[Media] = []
        self.notes: list[tuple[int, str]] = []
        self.fence = ""
        self.note: str | None = None
        self.opened = number
        self.column = 0
        self.is_blank = True
        self.has_gap = False

    @property
    def is_inside_something(self) -> bool:
        return bool(self.fence) or self.note is not None

    def read(self, number: int, line: str) -> None:
        if self.is_blank and line.strip():
            self.first, self.is_blank = number, False
        if self.note is None and self._is_code(number, line):
            self.text.append(line)
            self.rows.append(number)
            return
        kept, had_note = self._without_notes(number, line)
        image = _IMAGE.fullmatch(kept)
        if image and not image["escape"]:
            path = _from_root(image["quoted"] or image["path"], self.path)
            self.media.append(Media(path=path, alt=_ESCAPE.sub(r"\1", image["alt"]), line=number))
            self.has_gap = True
        elif had_note and not kept.strip():
            self.has_gap = True
        else:
            self._keep(_unescaped(kept))
            self.rows += [number] if kept.strip() else []

    def _is_code(self, number: int, line: str) -> bool:
        before, self.fence = self.fence, fence_after(self.fence, line)
        if self.fence and not before:
            self.opened = number
        return bool(before or self.fence)

    def _keep(self, line: str) -> None:
        """Keep a line, but of the blank ones around a line that held only a note or an image no more than one."""
        is_blank = not line.strip()
        if self.has_gap and is_blank and not (self.text and self.text[-1].strip()):
            return
        self.has_gap = self.has_gap and is_blank
        self.text.append(line)

    def _without_notes(self, number: int, line: str) -> tuple[str, bool]:
        """What of this line is published, and whether a note was taken out of it."""
        kept, position, had_note = "", 0, self.note is not None
        while True:
            if self.note is not None:
                end = line.find("-->", position)
                if end < 0:
                    self.note += line[position:] + "\n"
                    return kept.rstrip(), True
                self.notes.append((self.opened, self.note + line[position:end]))
                kind = self.notes[-1][1].partition(":")[0].strip()
                place = NotePlace(kind=kind, first=self.opened, start=self.column, last=number, end=end + 3)
                self.places.append(place)
                # Of the two spaces around a note, one is enough.
                spare = line.startswith(" ", end + 3) and (not kept or kept.endswith(" "))
                self.note, position = None, end + 3 + spare
            mark = _NOTE.search(line, position)
            if not mark:
                return (kept + line[position:]).rstrip() if had_note else kept + line[position:], had_note
            kept += line[position : mark.start()] + mark["escape"][1:]
            position = mark.end()
            if mark["escape"]:
                kept += "<!--"
            else:
                self.note, self.opened, self.column, had_note = "", number, mark.start(), True

    def layout(self, last: int) -> Layout:
        return Layout(first=self.begins, last=last, text=tuple(self.rows), notes=tuple(self.places))

    def post(self) -> Post:
        if self.note is not None:
            hint = "close it with -->, or write it as \\<!-- where it is text"
            raise ContentError(f"{self.path}:{self.opened}: the comment does not end", hint=hint)
        if self.fence:
            raise ContentError(
                f"{self.path}:{self.opened}: the code fence does not end", hint=f"close it with {self.fence}"
            )
        notes = read_notes(self.notes, self.path)
        text = "\n".join(self.text).strip()
        return Post(
            text=text,
            media=tuple(self.media),
            line=self.first,
            evidence=notes.evidence,
            only=notes.only,
            instead=notes.instead,
            waivers=notes.waivers,
            alternatives=notes.alternatives,
            comments=notes.comments,
        )


def _from_root(path: str, draft: str) -> str:
    """The path of an image of this draft from the project's root."""
    from urllib.parse import unquote  # brings networks along, which most drafts do not need

    if is_address(path):
        return path
    return posixpath.normpath(posixpath.join(posixpath.dirname(draft), unquote(path)))


def from_draft(path: str, draft: str) -> str:
    """The path of an image from this draft's folder: what ``_from_root`` reads."""
    if is_address(path):
        return path
    if not path.startswith("/"):
        # Named in full, so that the folder we happen to be in plays no part.
        path = posixpath.relpath(f"/project/{path}", f"/project/{posixpath.dirname(draft)}")
    return _PERCENT.sub("%25", path)


def format_post(post: Post, draft: str) -> str:
    """A post as it stands in the draft at this path. Raises ContentError for what no draft could hold."""
    blocks = [format_text(post.text)] if post.text else []
    if post.media:
        blocks.append("\n".join(_format_image(media, draft) for media in post.media))
    notes = "".join("\n" + format_note(note) for note in notes_of(post))
    return "\n\n".join(blocks) + notes


def _format_image(media: Media, draft: str) -> str:
    alt = re.sub(r"([\\\]])", r"\\\1", " ".join(media.alt.split("\n")))
    path = from_draft(media.path, draft)
    path = path if _IMAGE.fullmatch(f"![]({path})") else f"<{path}>"
    return _NOTE.sub(r"\\\g<0>", f"![{alt}]({path})")


def _unescaped(line: str) -> str:
    """A line of text without the backslash that says that it is text."""
    match = _IMAGE.fullmatch(line) or _RULE_LINE.fullmatch(line)
    return line[: match.start("escape")] + line[match.start("escape") + 1 :] if match and match["escape"] else line


def _escaped(line: str) -> str:
    """A line of text with a backslash wherever it would be read as something else."""
    match = _IMAGE.fullmatch(line) or _RULE_LINE.fullmatch(line)
    line = line[: match.start("escape")] + "\\" + line[match.start("escape") :] if match else line
    return _NOTE.sub(r"\\\g<0>", line)


def format_text(text: str) -> str:
    """A text as a draft has it. Raises ContentError for one whose code fence does not end."""
    lines, fence = [], ""
    for line in text.split("\n"):
        was_fenced = bool(fence)
        fence = fence_after(fence, line)
        lines.append(line if fence or was_fenced else _escaped(line))
    if fence:
        raise ContentError(f"a code fence does not end in: {text[:60]}", hint=f"close it with {fence}")
    return "\n".join(lines)

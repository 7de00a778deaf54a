"""The words of one paragraph as Markdown: what was text stays text, whatever it looks like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from contentkit.patterns import regex
from contentkit.text import urls_in

Look = Literal["plain", "bold", "italic", "code"]
_BREAK = "\n"
# A backslash that would escape something, and whatever Markdown, a site generator or HTML would take for a mark.
_MARK = regex(
    r"\\(?![^\W_])|[`*{]|(?<![^\W_])_|_(?![^\W_])|^~|~(?=~|$)|(?<=~)~|%(?=%)|(?<=%)%|<(?=[A-Za-z/!?]|$)|&(?=#?\w{0,40}(?:;|$))|(?<!\S)\^|\^(?=\[)"
    r"|(?<=[^\W_])(?:\^(?=[\w+-]{1,6}\^)|~(?=[\w+-]{1,6}~))|(?<![\w@/])@(?=[a-z])"
)
_TIME = r"\d[\d:.,]{1,14}(?:\s?(?:-|–|-->)\s?\d[\d:.,]{1,14})?"
_BRACKET = regex(rf"\[(?P<time>{_TIME})\](?=[ \n]|$)|[\[\]]")
_TIME_AT_END = regex(rf"\[(?P<time>{_TIME})\]\Z")
_LINE_START = regex(
    r"(?=#{1,6}(?: |$)|#[^\W\d]|>|[-+](?: |$)|[:|%]|!!!|\?\?\?|\$\$|\.\.|(?P<one>[-=+~^\"'#.,_])(?: |(?P=one))*$)"
    r"|\d{1,9}(?=[.)](?: |$))"
)
_UNSAFE = regex(r"[^!#-;=?-Z_a-z~]|[<>\"\\{}\[\]|^`\s]")
_LONE_PERCENT = regex(r"%(?![0-9A-Fa-f]{2})")
_PARENTHESIS = regex(r"[()]")
_BOUNDARY = " \n([{\"'“‘”’…,.;:!?)]}–—-/"


class Run(NamedTuple):
    """Words that look alike. ``href`` is where they lead; ``picture`` is an image's address, its alt text the words.

    A ``note`` is the number of a footnote that is referred to here.
    """

    text: str
    look: Look = "plain"
    href: str = ""
    picture: str | None = None
    note: int = 0


def lines_of(runs: Iterable[Run]) -> list[str]:
    """A paragraph's lines; each but the last ends with the two spaces of a hard break."""
    lines = [
        _LINE_START.sub(r"\g<0>\\", line, count=1) if _LINE_START.match(line) else line for line in _rendered(runs)
    ]
    return [f"{line}  " for line in lines[:-1]] + lines[-1:]


def line_of(runs: Iterable[Run]) -> str:
    """A heading's only line."""
    line = " ".join(_rendered(run._replace(look="plain") for run in runs))
    return f"{line[:-1]}\\#" if line.endswith("#") else line


def cell_of(runs: Iterable[Run]) -> str:
    """The cell of a table."""
    return " ".join(_rendered(runs)).replace("|", "\\|")


def is_silent(runs: Sequence[Run]) -> bool:
    """Whether there are neither words nor pictures."""
    return not any(run.text.strip() or run.note or run.picture is not None for run in runs)


def paragraphs_in(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """The runs from empty line to empty line."""
    paragraph: list[Run] = []
    broken = said = False
    for run in runs:
        silent = is_silent((run,))
        if run.text == _BREAK and broken and said:
            yield paragraph
            paragraph, said = [], False
        if said or not silent:
            paragraph.append(run)
        said = said or not silent
        broken = run.text == _BREAK or (broken and silent)
    if said:
        yield paragraph


def destination(url: str) -> str:
    """An address as Markdown writes it: nothing in it ends it."""
    whole = _LONE_PERCENT.sub("%25", url)
    written = "".join(_percent(one) if _UNSAFE.match(one) else one for one in whole)
    return written if _is_balanced(written) else written.replace("(", "%28").replace(")", "%29")


def _is_balanced(url: str) -> bool:
    depth = 0
    for one in _PARENTHESIS.findall(url):
        depth += 1 if one == "(" else -1
        if not 0 <= depth <= 3:
            return False
    return depth == 0


def _percent(one: str) -> str:
    return "".join(f"%{byte:02X}" for byte in one.encode("utf-8", "replace"))


def _rendered(runs: Iterable[Run]) -> list[str]:
    """The lines of these runs, without the escapes that only the start of a line needs."""
    plain = _unspaced(runs)
    if _is_italic(plain):
        lines = _rendered(run._replace(look="plain") for run in plain)
        return [*(f"*{lines[0]}", *lines[1:-1], f"{lines[-1]}*")] if lines[1:] else [f"*{lines[0]}*"]
    pieces: list[str] = []
    groups = [(key, list(group)) for key, group in groupby(plain, key=_likeness)]
    for index, (_, group) in enumerate(groups):
        before = pieces[-1][-1:] if pieces else ""
        after = groups[index + 1][1][0] if index + 1 < len(groups) else None
        pieces.append(_piece(group, before, after))
    return [line.strip() for line in _joined(pieces).split(_BREAK) if line.strip()]


def _likeness(run: Run) -> tuple[object, ...]:
    if run.picture is not None or run.note or run.text == _BREAK:
        return (run, id(run))
    return (run.href, "") if run.href else ("", run.look)


def _unspaced(runs: Iterable[Run]) -> list[Run]:
    """The runs with single spaces, none at the start of a line, each space outside of what is marked."""
    spaced: list[Run] = []
    space = True
    for run in runs:
        if run.picture is not None or run.note:
            spaced.append(run)
            space = False
            continue
        for part in re.split(r"(\n)", run.text):
            if part == _BREAK:
                spaced.append(Run(_BREAK))
                space = True
            elif part:
                words = " ".join(part.split())
                if part[0].isspace() and not space:
                    spaced.append(Run(" ", look=run.look, href=run.href))
                    space = True
                if words:
                    spaced.append(run._replace(text=words))
                    space = False
                    if part[-1].isspace():
                        spaced.append(Run(" ", look=run.look, href=run.href))
                        space = True
    return list(_outside(spaced))


def _outside(runs: Sequence[Run]) -> Iterator[Run]:
    """Spaces at the border of two looks belong to neither."""
    for index, run in enumerate(runs):
        if run.text == " " and run.picture is None:
            before = runs[index - 1] if index else None
            after = runs[index + 1] if index + 1 < len(runs) else None
            alike = before is not None and after is not None and _likeness(before) == _likeness(after)
            yield run._replace(look=before.look, href=before.href) if alike and before else Run(" ")
        else:
            yield run


def _is_italic(runs: Sequence[Run]) -> bool:
    """Whether all words are emphasised, as editors' notes and captions are."""
    words = [run for run in runs if run.text.strip() and not run.note]
    return bool(words) and all(run.look == "italic" and run.picture is None for run in words)


def _piece(group: Sequence[Run], before: str, after: Run | None) -> str:
    """One stretch that looks alike, between a character and what follows."""
    first = group[0]
    text = "".join(run.text for run in group)
    if first.note:
        return f"[^{first.note}]"
    if first.picture is not None:
        return f"![{_bracketed(' '.join(text.split()))}]({destination(first.picture)})"
    if first.href:
        return _link(text, first.href, before, after)
    if first.look == "code" and "`" not in text and text.strip():
        return f"`{text}`"
    if first.look in ("bold", "italic") and _may_be_marked(text, before, after):
        mark = "**" if first.look == "bold" else "*"
        return f"{mark}{_escaped(text)}{mark}"
    return _linked(text)


def _joined(pieces: Iterable[str]) -> str:
    """The pieces in one. What is no mark at the border of a piece may be one between two."""
    joined: list[str] = []
    for piece in filter(None, pieces):
        if joined:
            joined[-1] = _ended(joined[-1], piece)
        joined.append(f"\\{piece}" if piece.startswith("%") and joined and joined[-1].endswith("%") else piece)
    return "".join(joined)


def _ended(piece: str, following: str) -> str:
    """A piece before another one: an exclamation mark before a bracket would make a picture of a link, a time a link of what
    follows without a space."""
    if following.startswith("[") and piece.endswith("!"):
        return f"{piece[:-1]}\\!"
    return piece if following[0] in " \n" else _TIME_AT_END.sub(r"\\[\g<time>\\]", piece)


def _may_be_marked(text: str, before: str, after: Run | None) -> bool:
    """Whether asterisks around this text are read as emphasis: they stand at the border of words."""
    following = after.text[:1] if after and after.picture is None and not after.note else ""
    alone = (not before or before in _BOUNDARY) and (not following or following in _BOUNDARY)
    marked_next = after is not None and after.look in ("bold", "italic") and not after.href
    return alone and not marked_next and bool(text.strip()) and not text[0].isspace() and not text[-1].isspace()


def _link(text: str, href: str, before: str, after: Run | None) -> str:
    if not text.strip():
        return text
    bare = not before.strip() and (after is None or after.text[:1].isspace())
    if bare and text == href and urls_in(text) == [(0, len(text))] and _escaped(text) == text:
        return text
    return f"[{_bracketed(text)}]({destination(href)})"


def _linked(text: str) -> str:
    """Plain text; an address in it that needs escapes becomes a link, or it would be read as a shorter one."""
    pieces, end = [], 0
    for start, stop in urls_in(text):
        url = text[start:stop]
        if _escaped(url) != url:
            pieces += [_escaped(f"{text[end:start]}\0")[:-1], f"[{_escaped(url)}]({destination(url)})"]
            end = stop
    return _joined([*pieces, _escaped(text[end:])])


def _escaped(text: str) -> str:
    """The text with a backslash before each mark. Times in brackets stay, they are no links."""
    return _BRACKET.sub(_bracket, _MARK.sub(r"\\\g<0>", text))


def _bracketed(text: str) -> str:
    """The text within the brackets of a link or a picture, where a time in brackets would make other marks of them."""
    return re.sub(r"[\[\]]", r"\\\g<0>", _MARK.sub(r"\\\g<0>", text))


def _bracket(match: re.Match[str]) -> str:
    return match.group() if match["time"] else f"\\{match.group()}"

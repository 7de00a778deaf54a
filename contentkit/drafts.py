"""A draft as people write it: front matter, then posts separated by a line of three dashes.

The text of a post is what is published, letter for letter, but for images (attachments with their alt text),
``@{person}`` (resolved in the rendition) and HTML comments outside of code fences (notes, never published).
A line of three dashes within a post is written ``\\---``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from contentkit import strict_yaml
from contentkit.errors import ContentError
from contentkit.models import VISIBILITIES, Draft, Evidence, Media, Post, Waiver

KEYS = (
    "version", "title", "sources", "founder", "link", "canonical", "language", "tags", "visibility", "warning", "drafter",
)  # fmt: skip
_RULE = "---"
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
_IMAGE = re.compile(r"^[ \t]*!\[((?:[^\]\\]|\\.)*)\]\(<?([^()<>\s]+(?: [^()<>\s]+)*)>?\)[ \t]*$")
_EVIDENCE = re.compile(r"^(?P<source>.+?)#L(?P<first>[1-9]\d*)(?:-L?(?P<last>[1-9]\d*))?(?:\s+sha:(?P<sha>[0-9a-f]{8}))?$")
_WAIVER = re.compile(r"^(?P<check>CK\d{3})\s*(?:\"(?P<words>[^\"]*)\")?\s+by\s+(?P<by>[^:]+):\s*(?P<reason>\S.*)$", re.DOTALL)
_COMMENT_KINDS = ("evidence", "only", "waive")


def read_draft(path: Path, root: Path) -> Draft:
    """The draft in this file; its place in messages is relative to ``root``. Raises ContentError."""
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
    return parse_draft(read_text(path, name), name)


def read_text(path: Path, name: str) -> str:
    """A text file a person wrote, as UTF-8 without BOM and with plain line ends. Raises ContentError."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ContentError(f"{name}: there is no such file", hint="check the name, or draft it first") from None
    except IsADirectoryError:
        raise ContentError(f"{name}: is a folder", hint="name a file in it") from None
    except OSError as error:
        raise ContentError(f"{name}: cannot be read: {error.strerror}", hint="check its permissions") from None
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ContentError(f"{name}:{line}: not UTF-8 text", hint="save the file as UTF-8") from None


def parse_draft(text: str, path: str) -> Draft:
    """The draft that this text holds. Raises ContentError with ``path:line``."""
    lines = text.split("\n")
    if not text.strip():
        raise ContentError(f"{path}: the draft is empty", hint="write a post, or draft it again")
    front, body_from = _front_matter(lines, path)
    draft = _from_front_matter(front, path)
    posts = tuple(_post(chunk, first, path) for first, chunk in _chunks(lines, body_from))
    posts = tuple(post for post in posts if post.text or post.media)
    if not posts:
        raise ContentError(f"{path}:{body_from + 1}: the draft has no post", hint="write one below the front matter")
    return replace(draft, posts=posts)


def _front_matter(lines: Sequence[str], path: str) -> tuple[strict_yaml.Node | None, int]:
    if lines[0].rstrip() != _RULE:
        raise ContentError(f"{path}:1: a draft starts with front matter", hint="put '---', 'version: 1', '---' on its first lines")
    for index in range(1, len(lines)):
        if lines[index].rstrip() == _RULE:
            # An empty first line keeps YAML's line numbers those of the file.
            return strict_yaml.parse("\n".join(["", *lines[1:index]]), path), index + 1
    raise ContentError(f"{path}:1: the front matter does not end", hint="close it with a line of three dashes")


def _from_front_matter(node: strict_yaml.Node | None, path: str) -> Draft:
    if node is None:
        raise ContentError(f"{path}:1: the front matter is empty", hint="put 'version: 1' into it")
    values = strict_yaml.mapping(node, KEYS, "a draft")
    strict_yaml.check_version(values, node)
    words = {key: strict_yaml.text(value, key) for key, value in values.items() if key not in ("version", "sources", "tags")}
    lists = {key: strict_yaml.texts(values[key], key) for key in ("sources", "tags") if key in values}
    if words.get("visibility", "public") not in VISIBILITIES:
        raise values["visibility"].error(f"no visibility '{words['visibility']}'", strict_yaml.nearest(words["visibility"], VISIBILITIES))
    for key in ("link", "canonical"):
        if key in words and not re.match(r"^https?://[^\s/]+\S*$", words[key]):
            raise values[key].error(f"'{words[key]}' is not an http(s) address", "write it in full: https://…")
    return Draft(
        slug=Path(path).stem,
        path=path,
        posts=(),
        title=words.get("title", ""),
        founder=words.get("founder", ""),
        link=words.get("link", ""),
        canonical=words.get("canonical", ""),
        language=words.get("language", ""),
        visibility=words.get("visibility", ""),
        warning=words.get("warning", ""),
        drafter=words.get("drafter", ""),
        sources=lists.get("sources", ()),
        tags=lists.get("tags", ()),
    )


def _chunks(lines: Sequence[str], start: int) -> list[tuple[int, list[str]]]:
    """The posts' lines with the index of each one's first line; a rule inside a fence or a comment separates nothing."""
    chunks: list[tuple[int, list[str]]] = []
    first, fence, in_comment = start, "", False
    for index in range(start, len(lines)):
        line = lines[index]
        if not in_comment:
            fence = _fence_after(fence, line)
        if not fence:
            in_comment = _comment_after(in_comment, line)
        if line.rstrip() == _RULE and not fence and not in_comment:
            chunks.append((first, list(lines[first:index])))
            first = index + 1
    chunks.append((first, list(lines[first:])))
    return chunks


def _fence_after(fence: str, line: str) -> str:
    """The open fence after this line, or nothing."""
    match = _FENCE.match(line)
    if not match:
        return fence
    if not fence:
        return match.group(1)
    closes = match.group(1).startswith(fence) and line.strip() == match.group(1)
    return "" if closes else fence


def _comment_after(inside: bool, line: str) -> bool:
    rest = line
    while True:
        mark = "-->" if inside else "<!--"
        found = rest.find(mark)
        if found < 0:
            return inside
        rest = rest[found + len(mark) :]
        inside = not inside


def _post(lines: list[str], first: int, path: str) -> Post:
    text_lines: list[str] = []
    media: list[Media] = []
    comments: list[tuple[int, str]] = []
    fence, open_comment, opened = "", None, 0
    for offset, line in enumerate(lines):
        number = first + offset + 1
        if open_comment is None:
            was_fenced = bool(fence)
            fence = _fence_after(fence, line)
            if fence or was_fenced:
                text_lines.append(line)
                continue
        kept, open_comment, opened = _without_comments(line, number, open_comment, opened, comments)
        if kept is None:
            continue
        image = _IMAGE.match(kept)
        if image:
            media.append(Media(path=image.group(2), alt=re.sub(r"\\(.)", r"\1", image.group(1))))
        else:
            text_lines.append(_RULE if kept.rstrip() == "\\" + _RULE else kept)
    if open_comment is not None:
        raise ContentError(f"{path}:{opened}: the comment does not end", hint="close it with -->")
    if fence:
        raise ContentError(f"{path}:{first + 1}: a code fence does not end", hint=f"close it with {fence}")
    evidence, only, waivers = _notes(comments, path)
    # Lines left empty by removed images and comments must not leave holes in what is published.
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(text_lines)) if comments or media else "\n".join(text_lines)
    start = first + next((index for index, line in enumerate(lines) if line.strip()), 0) + 1
    return Post(text=text.strip(), media=tuple(media), evidence=evidence, only=only, waivers=waivers, line=start)


def _without_comments(
    line: str, number: int, open_comment: str | None, opened: int, comments: list[tuple[int, str]]
) -> tuple[str | None, str | None, int]:
    """What of this line is published (None: the line was a note only), and the comment still open after it."""
    kept, rest, had_comment = "", line, open_comment is not None
    while True:
        if open_comment is not None:
            end = rest.find("-->")
            if end < 0:
                return (kept or None), open_comment + rest + "\n", opened
            comments.append((opened, (open_comment + rest[:end]).strip()))
            open_comment, rest = None, rest[end + 3 :]
        start = rest.find("<!--")
        if start < 0:
            kept += rest
            return (None if had_comment and not kept.strip() else kept), None, opened
        kept, rest, had_comment, opened, open_comment = kept + rest[:start], rest[start + 4 :], True, number, ""


def _notes(comments: Sequence[tuple[int, str]], path: str) -> tuple[tuple[Evidence, ...], tuple[str, ...], tuple[Waiver, ...]]:
    evidence: list[Evidence] = []
    only: tuple[str, ...] = ()
    waivers: list[Waiver] = []
    for line, comment in comments:
        kind, colon, rest = comment.partition(":")
        if not colon or kind.strip() not in _COMMENT_KINDS:
            continue
        if kind.strip() == "evidence":
            evidence += [_evidence(piece.strip(), f"{path}:{line}") for piece in re.split(r";|\n", rest) if piece.strip()]
        elif kind.strip() == "only":
            only = tuple(word.strip() for word in rest.split(",") if word.strip())
        else:
            waivers.append(_waiver(rest.strip(), f"{path}:{line}"))
    return tuple(evidence), only, tuple(waivers)


def _evidence(words: str, place: str) -> Evidence:
    match = _EVIDENCE.match(words)
    if not match:
        raise ContentError(f"{place}: cannot read the evidence '{words}'", hint="write it as notes/call.md#L12-L14")
    first = int(match["first"])
    last = int(match["last"] or first)
    if last < first:
        raise ContentError(f"{place}: the evidence ends before it begins: L{first}-L{last}", hint="swap the two lines")
    return Evidence(source=match["source"], first=first, last=last, sha=match["sha"] or "")


def _waiver(words: str, place: str) -> Waiver:
    match = _WAIVER.match(words)
    if not match:
        raise ContentError(f"{place}: cannot read the waiver '{words}'", hint='write it as: waive: CK201 "60%" by Ana: she checked the paper')
    return Waiver(check=match["check"], words=match["words"] or "", by=match["by"].strip(), reason=match["reason"].strip())


def format_draft(draft: Draft) -> str:
    """The file for a draft; ``parse_draft`` gives the same draft back."""
    front = ["version: 1"]
    for key in KEYS[1:]:
        value = getattr(draft, key)
        if isinstance(value, tuple):
            if value:
                front.append(f"{key}: [{', '.join(_scalar(item, flow=True) for item in value)}]")
        elif value:
            front.append(f"{key}: {_scalar(value)}")
    posts = "\n\n---\n\n".join(_format_post(post) for post in draft.posts)
    return "---\n" + "\n".join(front) + "\n---\n" + posts + "\n"


def _format_post(post: Post) -> str:
    blocks = [_escaped(post.text)] if post.text else []
    if post.media:
        blocks.append("\n".join(_format_image(media) for media in post.media))
    notes = [f"<!-- evidence: {evidence} -->" for evidence in post.evidence]
    if post.only:
        notes.append(f"<!-- only: {', '.join(post.only)} -->")
    for waiver in post.waivers:
        words = f' "{waiver.words}"' if waiver.words else ""
        notes.append(f"<!-- waive: {waiver.check}{words} by {waiver.by}: {waiver.reason} -->")
    return "\n\n".join(blocks) + ("\n" + "\n".join(notes) if notes else "")


def _format_image(media: Media) -> str:
    alt = re.sub(r"([\\\]])", r"\\\1", media.alt)
    return f"![{alt}]({media.path})"


def _escaped(text: str) -> str:
    lines, fence = [], ""
    for line in text.split("\n"):
        was_fenced = bool(fence)
        fence = _fence_after(fence, line)
        lines.append("\\---" if line.rstrip() == _RULE and not (fence or was_fenced) else line)
    return "\n".join(lines)


_PLAIN_SAFE = re.compile(r"^[A-Za-zÀ-ɏ0-9/.][^\n\t\"'#\[\]{}]*$")
_NOT_PLAIN = frozenset(("true", "false", "null", "~", "yes", "no", "on", "off"))


def _scalar(value: str, *, flow: bool = False) -> str:
    """The value as one YAML scalar: plain where nobody could misread it, else double-quoted."""
    plain = _PLAIN_SAFE.match(value) and ": " not in value and not value.endswith((" ", ":")) and value.lower() not in _NOT_PLAIN
    if plain and not (flow and "," in value) and value.isprintable():
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    escaped = "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in escaped)
    return f'"{escaped}"'
